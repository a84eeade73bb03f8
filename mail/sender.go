package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"dueprocess/casework"
)

// What may become of a message that was not accepted. The texts carry no address and nothing that the server wrote.
var (
	// ErrBounced: the server refused this recipient or this message for good (5xx); trying again is useless.
	ErrBounced = errors.New("the mail server refused the message for good")
	// ErrTemporary: the server is away, busy, or does not let us in; the same message may be sent again later.
	ErrTemporary = errors.New("the mail server did not take the message now")
)

// TLS is how the connection to the server is protected.
type TLS string

// The ways. TLSNone is refused for a server that is not on this machine.
const (
	TLSStart    TLS = "starttls" // asked for and insisted on
	TLSImplicit TLS = "implicit" // from the first byte
	TLSNone     TLS = "none"
)

// Settings say where and how mail is handed over. User is empty where the server asks for none; the password is read
// from a file. A zero Timeout is 30 seconds.
type Settings struct {
	Address      string // host:port
	User         string
	PasswordFile string
	TLS          TLS
	Timeout      time.Duration
}

// Sender hands messages to one server, each over a connection of its own. It is safe for concurrent use.
type Sender struct {
	host    string
	line    dialer
	options []gomail.Option
	now     func() time.Time
}

// dialer is net.Dialer or tls.Dialer.
type dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// New makes a sender; it does not connect. now dates the messages.
func New(s Settings, now func() time.Time) (*Sender, error) {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return nil, wrong("address", "must be host:port", err)
	}
	number, err := net.LookupPort("tcp", port) //nolint:noctx // the list of services is in a file
	if err != nil {
		return nil, wrong("address", "has no such port", err)
	}
	protection, err := s.TLS.options(host)
	if err != nil {
		return nil, err
	}
	login, err := s.login()
	if err != nil {
		return nil, err
	}
	options := append([]gomail.Option{gomail.WithPort(number), gomail.WithTimeout(s.timeout()), gomail.WithoutNoop()}, protection...)
	return &Sender{host: host, line: s.TLS.dialer(host), options: append(options, login...), now: now}, nil
}

func wrong(path, message string, cause error) error {
	return (&casework.Error{
		Code: casework.Invalid, Message: "The mail settings have faults.", Faults: []casework.Fault{{Path: "mail." + path, Message: message}},
	}).Because(cause)
}

func (s Settings) timeout() time.Duration {
	if s.Timeout == 0 {
		return 30 * time.Second
	}
	return s.Timeout
}

// options are the client's for the protection; plain text never leaves this machine.
func (t TLS) options(host string) ([]gomail.Option, error) {
	switch t {
	case TLSStart:
		return []gomail.Option{gomail.WithTLSPolicy(gomail.TLSMandatory)}, nil
	case TLSImplicit:
		return []gomail.Option{gomail.WithTLSPolicy(gomail.TLSOpportunistic)}, nil // our dialer has TLS, the client only sees it
	case TLSNone:
		if isLoopback(host) {
			return []gomail.Option{gomail.WithTLSPolicy(gomail.NoTLS)}, nil
		}
		return nil, wrong("tls", "may be none only for a server on this machine", nil)
	}
	return nil, wrong("tls", "must be starttls, implicit or none", nil)
}

func (t TLS) dialer(host string) dialer {
	if t == TLSImplicit {
		return &tls.Dialer{Config: &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}}
	}
	return &net.Dialer{}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// login are the client's options for a server that asks who we are.
func (s Settings) login() ([]gomail.Option, error) {
	if s.User == "" {
		return nil, nil
	}
	password, err := os.ReadFile(s.PasswordFile)
	if err != nil {
		return nil, wrong("password_file", "cannot be read", err)
	}
	return []gomail.Option{
		gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(strings.TrimRight(string(password), "\r\n")),
	}, nil
}

// Send hands a message over. It returns nil once the server has accepted it, and only then; ErrBounced or ErrTemporary
// otherwise; an invalid error for a message that must not be sent as it is.
func (s *Sender) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	letter, err := m.letter(s.now())
	if err != nil {
		return casework.Refuse(casework.Invalid, "The message cannot be written.")
	}
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client, err := gomail.NewClient(s.host, append(slices.Clone(s.options), gomail.WithDialContextFunc(s.dialUntil(ctx)))...)
	if err != nil {
		return casework.Refuse(casework.Internal, "The mail settings cannot be used.")
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if letter.IsDelivered() {
		return nil // whatever went wrong in saying goodbye: a second try would be a second message
	}
	return outcome(err)
}

// dialUntil connects, and hangs up when ctx ends: the client looks at its context only while it connects.
func (s *Sender) dialUntil(ctx context.Context) gomail.DialContextFunc {
	return func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := s.line.DialContext(dialing, network, address)
		if err == nil {
			context.AfterFunc(ctx, func() { _ = conn.Close() })
		}
		return conn, err
	}
}

// letter is the message as the wire has it: plain UTF-8 text, marked as written by a machine (RFC 3834).
func (m Message) letter(now time.Time) (*gomail.Msg, error) {
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := errors.Join(out.From(m.From), out.To(m.To)); err != nil {
		return nil, err
	}
	out.Subject(m.Subject)
	out.SetMessageIDWithValue(strings.Trim(m.MessageID, "<>"))
	out.SetDateWithValue(now.UTC())
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	out.SetBodyString(gomail.TypeTextPlain, m.Text)
	return out, nil
}

// outcome is what an error means for whoever sends. Only an answer to the recipient or to the text itself is a bounce:
// a server that refuses us refuses every message, and that is for people to mend.
func outcome(err error) error {
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return ErrTemporary
	}
	code := refused.ErrorCode()
	switch refused.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		if code >= 500 && code < 600 {
			return fmt.Errorf("%w (%d)", ErrBounced, code)
		}
	}
	if code == 0 {
		return ErrTemporary
	}
	return fmt.Errorf("%w (%d)", ErrTemporary, code)
}
