package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"dueprocess/casework"
)

// Mail sends one message: to the officer, or to the customers whose data is asked.
func (a *Activities) Mail(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		switch {
		case e.Mail.ToCustomer():
			return a.notify(ctx, c, e)
		case e.Mail.ToStaff():
			return a.alarm(ctx, c, e)
		}
		letter := Letter{
			Kind: string(e.Mail), Case: c.ID, Step: e.Step, To: c.Request.Officer.Email, Language: "en",
			URL: a.world.URL + "/portal/", Until: untilOf(c, e.Mail),
		}
		return a.sendWith(ctx, c, e, letter)
	})
}

// sendWith writes the letters that go with messages, and then sends these.
func (a *Activities) sendWith(ctx context.Context, c casework.Case, e casework.Effect, messages ...Letter) (casework.Result, error) {
	papers, err := a.lettersFor(ctx, c, e, languages(messages)...)
	if err != nil {
		return casework.Result{}, err
	}
	r, err := a.send(ctx, messages...)
	r.Letters = papers
	return r, err
}

func (a *Activities) send(ctx context.Context, letters ...Letter) (casework.Result, error) {
	result := casework.MailResult{}
	for i, letter := range letters {
		letter.Copy = i
		id, bounced, err := a.world.Post.Send(ctx, letter)
		if err != nil {
			return casework.Result{}, err
		}
		result.MessageID, result.Bounced = id, result.Bounced || bounced
	}
	result.SentAt = casework.Truncate(a.world.Now())
	return casework.Result{Mail: &result}, nil
}

// notify tells every customer concerned, each in a message of their own with a link to the notice page.
func (a *Activities) notify(ctx context.Context, c casework.Case, e casework.Effect) (casework.Result, error) {
	url, err := a.mailedLink(ctx, c, e, casework.NoticeLink, e.Notice, time.Time{})
	if err != nil {
		return casework.Result{}, err
	}
	letters := []Letter{}
	for _, account := range c.Concerned() {
		holder, err := a.world.Records.Holder(ctx, account)
		if err != nil {
			return casework.Result{}, err
		}
		letters = append(letters, Letter{Kind: string(e.Mail), Case: c.ID, Step: e.Step, To: holder.Email, Language: holder.Language, URL: url})
	}
	if address := c.NoticeAddress(e.Notice); address != "" && len(letters) > 0 {
		letters[0].To = address
		letters = letters[:1]
	}
	return a.sendWith(ctx, c, e, letters...)
}

// mailedLink keeps the link before anybody can follow it.
func (a *Activities) mailedLink(ctx context.Context, c casework.Case, e casework.Effect, p casework.LinkPurpose, n int, expires time.Time) (string, error) {
	token := a.world.Tokens.Token(p, c.ID, e.Step)
	sum := sha256.Sum256([]byte(token))
	link := casework.MailedLink{TokenSHA256: hex.EncodeToString(sum[:]), Case: c.ID, Purpose: p, N: n, ExpiresAt: expires}
	path := map[casework.LinkPurpose]string{casework.NoticeLink: "/notice/", casework.DeliveryLink: "/portal/delivery/"}[p]
	return a.world.URL + path + token, a.world.Store.PutLink(ctx, link)
}

// untilOf is the day that a message to the authority names.
func untilOf(c casework.Case, mail casework.MailKind) casework.Date {
	if (mail == casework.MailPreservationEnding || mail == casework.MailPreservationConfirmed) && c.Preservation != nil {
		return c.Preservation.Until
	}
	return c.Secrecy.Until
}
