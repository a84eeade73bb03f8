package mail

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// ours is the certificate of the servers of this test; TestMain makes the machine trust it.
var ours tls.Certificate

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mail")
	if err != nil {
		log.Fatal(err)
	}
	trust := filepath.Join(dir, "ca.pem")
	ours = certificate(trust)
	if err := os.Setenv("SSL_CERT_FILE", trust); err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func certificate(trust string) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(trust, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// server is a real mail server that answers as a test tells it to.
type server struct {
	address string
	onMail  error
	onRcpt  error
	onData  error
	onReset func()
	wants   bool // a login

	mutex sync.Mutex
	mails []caught
}

type caught struct{ from, to, text string }

// started begins to serve; implicit: TLS from the first byte; else STARTTLS where certificates are given.
func started(t *testing.T, s *server, certificates []tls.Certificate, implicit bool) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.address = l.Addr().String()
	served := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	served.Domain, served.ErrorLog = "test", log.New(io.Discard, "", 0)
	if len(certificates) > 0 {
		served.TLSConfig = &tls.Config{Certificates: certificates}
	}
	if implicit {
		l = tls.NewListener(l, served.TLSConfig)
	}
	go func() { _ = served.Serve(l) }()
	t.Cleanup(func() { _ = served.Close() })
	return s
}

func (s *server) caught() []caught {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.mails
}

type session struct {
	server *server
	conn   *smtp.Conn
	mail   caught
	known  bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if s.known = user == "office" && password == "secret"; !s.known {
			return errors.New("wrong")
		}
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.wants && !s.known {
		return smtp.ErrAuthRequired
	}
	s.mail.from = from
	return s.server.onMail
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error { s.mail.to = to; return s.server.onRcpt }

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil || s.server.onData != nil {
		return cmp.Or(s.server.onData, err)
	}
	s.mail.text = string(b)
	s.server.mutex.Lock()
	defer s.server.mutex.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

func (s *session) Reset() {
	if s.server.onReset != nil && s.mail.text != "" {
		s.server.onReset()
		_ = s.conn.Conn().Close()
	}
}

func (*session) Logout() error { return nil }
