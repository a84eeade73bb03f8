// Package mail sends the office's messages over SMTP. It owns how a message is addressed, identified and handed over,
// and what a server's refusal means; what messages say is in the templates below it, when they are sent and how often
// they are tried again is their sender's business.
package mail

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"

	"dueprocess/casework"
)

// Message is one plain text to one address. From may carry a display name; To is an address and nothing else.
type Message struct {
	MessageID string // as MessageID makes it, in angle brackets
	From      string
	To        string
	Subject   string
	Text      string
}

// MessageID is the one identification that a message of a case's step has, however often it is tried:
// <LR-2026-000123.17@host>.
func MessageID(caseID string, step int, host string) string {
	return fmt.Sprintf("<%s.%d@%s>", caseID, step, host)
}

var messageID = regexp.MustCompile(`^<[A-Za-z0-9._-]{1,100}@[A-Za-z0-9.-]{1,100}>$`)

const longestHeader = 500

// check refuses a message that could carry a header of somebody else's making: every fault at once, no value repeated.
func (m Message) check() error {
	var faults []casework.Fault
	need := func(ok bool, path, message string) {
		if !ok {
			faults = append(faults, casework.Fault{Path: path, Message: message})
		}
	}
	need(messageID.MatchString(m.MessageID), "message_id", "is not an identification in angle brackets")
	need(isMailbox(m.From), "from", "is not an e-mail address")
	need(isAddress(m.To), "to", "is not a plain e-mail address")
	need(m.Subject != "" && oneLine(m.Subject), "subject", "is empty, too long, or has a control character")
	need(m.Text != "", "text", "is missing")
	return casework.Faulty(faults)
}

// isMailbox reports an address with or without a display name.
func isMailbox(s string) bool {
	_, err := mail.ParseAddress(s)
	return err == nil && oneLine(s)
}

// isAddress reports an address alone.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && oneLine(s)
}

// oneLine reports a text that stays within its header.
func oneLine(s string) bool {
	return len(s) <= longestHeader && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029'
	})
}
