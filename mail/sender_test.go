package mail

import (
	"context"
	"crypto/tls"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// letter is a message as the office sends it.
func letter() Message {
	return Message{
		MessageID: MessageID("LR-2026-000123", 17, "office.example"), From: "Legal Office <legal@office.example>", To: "officer@agency.example",
		Subject: "LR-2026-000123: prüfen", Text: "Your request has been received.\nhttps://office.example/portal/\n.\nÜber alles: " + strings.Repeat("x", 200) + "\n",
	}
}

func senderTo(t *testing.T, s Settings) *Sender {
	t.Helper()
	out, err := New(s, clock)
	require.NoError(t, err)
	return out
}

func refusal(code int) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "officer@agency.example is not known here"}
}

func TestAMessageArrivesAsItWasWritten(t *testing.T) {
	s := started(t, &server{}, nil, false)
	require.NoError(t, senderTo(t, Settings{Address: s.address, TLS: TLSNone}).Send(context.Background(), letter()))
	require.Len(t, s.caught(), 1)
	got := s.caught()[0]
	require.Equal(t, []string{"legal@office.example", "officer@agency.example"}, []string{got.from, got.to})
	m, err := netmail.ReadMessage(strings.NewReader(got.text))
	require.NoError(t, err)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, letter().Subject, subject)
	require.Equal(t, "<LR-2026-000123.17@office.example>", m.Header.Get("Message-Id"))
	require.Equal(t, `"Legal Office" <legal@office.example>`, m.Header.Get("From"))
	require.Equal(t, "<officer@agency.example>", m.Header.Get("To"))
	require.Equal(t, "auto-generated", m.Header.Get("Auto-Submitted"))
	date, err := m.Header.Date()
	require.NoError(t, err)
	require.True(t, date.Equal(now))
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	require.NoError(t, err)
	require.Equal(t, letter().Text, strings.ReplaceAll(string(text), "\r\n", "\n"))
	require.NotContains(t, got.text, "go-mail")
}

func TestWhatAServerSaysIsABounceOrNot(t *testing.T) {
	for name, c := range map[string]struct {
		server *server
		want   error
		says   string
	}{
		"no such recipient":     {&server{onRcpt: refusal(550)}, ErrBounced, "the mail server refused the message for good (550)"},
		"the text is refused":   {&server{onData: refusal(554)}, ErrBounced, "the mail server refused the message for good (554)"},
		"the mailbox is full":   {&server{onRcpt: refusal(452)}, ErrTemporary, "the mail server did not take the message now (452)"},
		"try the text later":    {&server{onData: refusal(451)}, ErrTemporary, "the mail server did not take the message now (451)"},
		"we are refused":        {&server{onMail: refusal(550)}, ErrTemporary, "the mail server did not take the message now (550)"},
		"we ought to log in":    {&server{wants: true}, ErrTemporary, "the mail server did not take the message now (502)"},
		"try again, we are new": {&server{onMail: refusal(421)}, ErrTemporary, "the mail server did not take the message now (421)"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, c.server, nil, false)
			err := senderTo(t, Settings{Address: s.address, TLS: TLSNone}).Send(context.Background(), letter())
			require.ErrorIs(t, err, c.want)
			require.EqualError(t, err, c.says, "and nothing that the server wrote")
			require.Empty(t, s.caught())
		})
	}
}

func TestAnAcceptedMessageIsSentWhateverComesAfter(t *testing.T) {
	hung := atomic.Bool{}
	s := &server{onReset: func() { hung.Store(true) }}
	started(t, s, nil, false)
	require.NoError(t, senderTo(t, Settings{Address: s.address, TLS: TLSNone}).Send(context.Background(), letter()))
	require.Len(t, s.caught(), 1)
	require.True(t, hung.Load(), "the connection broke after the message was accepted")
}

func TestAServerThatIsAwayIsTemporary(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	require.Equal(t, ErrTemporary, senderTo(t, Settings{Address: address, TLS: TLSNone}).Send(context.Background(), letter()))
}

func TestAServerThatHangsIsLeft(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	ctx, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer stop()
	require.ErrorIs(t, senderTo(t, Settings{Address: l.Addr().String(), TLS: TLSNone, Timeout: time.Hour}).Send(ctx, letter()), ErrTemporary)
	short := senderTo(t, Settings{Address: l.Addr().String(), TLS: TLSNone, Timeout: 50 * time.Millisecond})
	require.ErrorIs(t, short.Send(context.Background(), letter()), ErrTemporary)
}

func TestTheConnectionIsProtectedAndTheServerKnowsUs(t *testing.T) {
	password := filepath.Join(t.TempDir(), "password")
	require.NoError(t, os.WriteFile(password, []byte("secret\n"), 0o600))
	wrong := filepath.Join(t.TempDir(), "wrong")
	require.NoError(t, os.WriteFile(wrong, []byte("guess\n"), 0o600))
	certificates := []tls.Certificate{ours}
	for name, c := range map[string]struct {
		certificates []tls.Certificate
		implicit     bool
		settings     Settings
		want         error
	}{
		"STARTTLS and a login":           {certificates, false, Settings{TLS: TLSStart, User: "office", PasswordFile: password}, nil},
		"TLS from the start and a login": {certificates, true, Settings{TLS: TLSImplicit, User: "office", PasswordFile: password}, nil},
		"a wrong password":               {certificates, false, Settings{TLS: TLSStart, User: "office", PasswordFile: wrong}, ErrTemporary},
		"STARTTLS and no login":          {certificates, false, Settings{TLS: TLSStart}, nil},
		"a server without STARTTLS":      {nil, false, Settings{TLS: TLSStart}, ErrTemporary},
		"a server without TLS":           {nil, false, Settings{TLS: TLSImplicit, Timeout: 100 * time.Millisecond}, ErrTemporary},
		"a certificate nobody knows":     {[]tls.Certificate{certificate(filepath.Join(t.TempDir(), "x"))}, false, Settings{TLS: TLSStart}, ErrTemporary},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, &server{wants: c.settings.User != ""}, c.certificates, c.implicit)
			c.settings.Address = s.address
			require.ErrorIs(t, senderTo(t, c.settings).Send(context.Background(), letter()), c.want)
			require.Equal(t, c.want == nil, len(s.caught()) == 1)
		})
	}
}

func TestNoMessageCarriesAHeaderOfSomebodyElse(t *testing.T) {
	s := started(t, &server{}, nil, false)
	sender := senderTo(t, Settings{Address: s.address, TLS: TLSNone})
	for name, c := range map[string]struct {
		spoil func(*Message)
		path  string
	}{
		"a line feed in the subject":      {func(m *Message) { m.Subject = "hello\nBcc: x@y.example" }, "subject"},
		"a return in the subject":         {func(m *Message) { m.Subject = "hello\rBcc: x@y.example" }, "subject"},
		"a line separator":                {func(m *Message) { m.Subject = "hello\u2028Bcc: x@y.example" }, "subject"},
		"a zero":                          {func(m *Message) { m.Subject = "hello\x00" }, "subject"},
		"no subject":                      {func(m *Message) { m.Subject = "" }, "subject"},
		"a subject without end":           {func(m *Message) { m.Subject = strings.Repeat("x", 501) }, "subject"},
		"a second recipient":              {func(m *Message) { m.To = "a@x.example, b@x.example" }, "to"},
		"a recipient with more":           {func(m *Message) { m.To = "a@x.example\r\nBcc: b@x.example" }, "to"},
		"a recipient with a name":         {func(m *Message) { m.To = "A <a@x.example>" }, "to"},
		"no recipient":                    {func(m *Message) { m.To = "" }, "to"},
		"a recipient that is none":        {func(m *Message) { m.To = "somebody" }, "to"},
		"a sender with more":              {func(m *Message) { m.From = "A <a@x.example>\nBcc: b@x.example" }, "from"},
		"a sender that is none":           {func(m *Message) { m.From = "office" }, "from"},
		"an identification with more":     {func(m *Message) { m.MessageID = "<a@b>\nBcc: x@y.example" }, "message_id"},
		"an identification without its <": {func(m *Message) { m.MessageID = "a@b" }, "message_id"},
		"no text":                         {func(m *Message) { m.Text = "" }, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			m := letter()
			c.spoil(&m)
			err := sender.Send(context.Background(), m)
			var refused *casework.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, casework.Invalid, refused.Code)
			require.Len(t, refused.Faults, 1)
			require.Equal(t, c.path, refused.Faults[0].Path)
			require.NotContains(t, refused.Faults[0].Message, "example")
		})
	}
	require.Empty(t, s.caught())
}

// A text cannot end the message early, nor begin a second one.
func TestATextStaysAText(t *testing.T) {
	s := started(t, &server{}, nil, false)
	m := letter()
	m.Text = "one\r\n.\r\nMAIL FROM:<x@y.example>\r\n.\r\n"
	require.NoError(t, senderTo(t, Settings{Address: s.address, TLS: TLSNone}).Send(context.Background(), m))
	require.Len(t, s.caught(), 1)
	require.Contains(t, s.caught()[0].text, "MAIL FROM")
}

func TestSettingsAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		settings Settings
		path     string
	}{
		"no port":                  {Settings{Address: "localhost", TLS: TLSNone}, "mail.address"},
		"no such port":             {Settings{Address: "localhost:99999", TLS: TLSNone}, "mail.address"},
		"plain text to the world":  {Settings{Address: "mail.office.example:25", TLS: TLSNone}, "mail.tls"},
		"plain text to a stranger": {Settings{Address: "198.51.100.1:25", TLS: TLSNone}, "mail.tls"},
		"a protection that is not": {Settings{Address: "localhost:25", TLS: "maybe"}, "mail.tls"},
		"no protection named":      {Settings{Address: "localhost:25"}, "mail.tls"},
		"a password that is gone":  {Settings{Address: "localhost:25", TLS: TLSNone, User: "x", PasswordFile: "/gone"}, "mail.password_file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(c.settings, clock)
			var refused *casework.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, c.path, refused.Faults[0].Path)
		})
	}
	for _, host := range []string{"localhost:25", "127.0.0.1:25", "[::1]:25"} {
		_, err := New(Settings{Address: host, TLS: TLSNone}, clock)
		require.NoError(t, err)
	}
}

func TestMessageID(t *testing.T) {
	require.Equal(t, "<LR-2026-000123.17@office.example>", MessageID("LR-2026-000123", 17, "office.example"))
}
