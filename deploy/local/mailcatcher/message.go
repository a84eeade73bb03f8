package mailcatcher

import (
	"bytes"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// Message is one caught mail, decoded. Addresses are bare, without names.
type Message struct {
	MessageID  string    `json:"message_id"` // without angle brackets; empty where the mail has none
	From       string    `json:"from"`       // of the From header, else of the envelope
	To         []string  `json:"to"`         // everybody it was delivered to, hidden copies too
	Subject    string    `json:"subject"`
	Text       string    `json:"text"`       // the plain text part, else the text of the HTML
	At         time.Time `json:"at"`         // first arrival, UTC
	Deliveries int       `json:"deliveries"` // how often it came
}

// letter is a mail as the envelope brought it.
type letter struct {
	sender     string
	recipients []string
	raw        []byte
}

// read decodes a letter. Nothing is refused: what cannot be decoded stays empty, as a mail catcher's reader must see
// broken mail too.
func (l letter) read(at time.Time) Message {
	message := Message{From: l.sender, To: slices.Clone(l.recipients), At: at, Deliveries: 1}
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(l.raw))
	if err != nil {
		message.Text = string(l.raw)
		return message
	}
	message.MessageID = bareID(envelope.GetHeader("Message-Id"))
	message.Subject = envelope.GetHeader("Subject")
	message.Text = strings.ReplaceAll(envelope.Text, "\r\n", "\n")
	if from, err := mail.ParseAddress(envelope.GetHeader("From")); err == nil {
		message.From = from.Address
	}
	return message
}

func bareID(header string) string { return strings.Trim(strings.TrimSpace(header), "<>") }

// again counts one more delivery of the same mail, perhaps to others.
func (m Message) again(recipients []string) Message {
	m.Deliveries++
	m.To = slices.Clone(m.To)
	for _, recipient := range recipients {
		if !slices.Contains(m.To, recipient) {
			m.To = append(m.To, recipient)
		}
	}
	return m
}
