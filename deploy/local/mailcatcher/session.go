package mailcatcher

import (
	"io"

	"github.com/emersion/go-smtp"
)

// session is one client's conversation. Every sender and recipient is welcome.
type session struct {
	keep   func(letter) error
	letter letter
}

// Mail begins a letter.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.letter = letter{sender: from}
	return nil
}

// Rcpt adds a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.letter.recipients = append(s.letter.recipients, to)
	return nil
}

// Data takes the content; the client hears "accepted" once it is on disk.
func (s *session) Data(content io.Reader) (err error) {
	if s.letter.raw, err = io.ReadAll(content); err != nil {
		return err
	}
	if err := s.keep(s.letter); err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The mail could not be stored; try again later"}
	}
	return nil
}

// Reset forgets the letter begun.
func (s *session) Reset() { s.letter = letter{} }

// Logout has nothing to tidy.
func (s *session) Logout() error { return nil }
