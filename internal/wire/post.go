package wire

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/mail"
	"dueprocess/mail/templates"
)

// post sends letters by SMTP.
type post struct{ o *Office }

// Send renders a letter and hands it over under the one Message-ID of its case, step and copy.
func (p post) Send(ctx context.Context, l activities.Letter) (string, bool, error) {
	fields := templates.Fields{Case: l.Case, URL: l.URL, Date: l.Until}
	subject, text, err := templates.Render(casework.MailKind(l.Kind), l.Language, fields)
	if err != nil {
		return "", false, err
	}
	id := p.messageID(l)
	err = p.o.sender.Send(ctx, mail.Message{MessageID: id, From: p.o.Settings.From, To: l.To, Subject: subject, Text: text})
	if errors.Is(err, mail.ErrBounced) || err != nil && casework.CodeOf(err) == casework.Invalid {
		return id, true, nil
	}
	return id, false, err
}

func (p post) messageID(l activities.Letter) string {
	host := "localhost"
	if u, err := url.Parse(p.o.Settings.URL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	caseID := l.Case
	if l.Copy > 0 {
		caseID = fmt.Sprintf("%s.%d", l.Case, l.Copy)
	}
	return mail.MessageID(caseID, l.Step, host)
}
