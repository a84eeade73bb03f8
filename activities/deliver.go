package activities

import (
	"context"

	"dueprocess/casework"
)

// Deliver mails the officer a link to a released parcel; the link expires.
func (a *Activities) Deliver(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		expires := casework.Truncate(a.world.Now()).AddDate(0, 0, c.Work.Terms.DeliveryDays)
		url, err := a.mailedLink(ctx, c, e, casework.DeliveryLink, e.Disclosure, expires)
		if err != nil {
			return casework.Result{}, err
		}
		letter := Letter{
			Kind: "delivery", Case: c.ID, Step: e.Step, To: c.DeliveryAddress(e.Disclosure), Language: "en", URL: url,
			Until: casework.Date(expires.Format(casework.DayFormat)),
		}
		sent, err := a.sendWith(ctx, c, e, letter)
		if err != nil {
			return casework.Result{}, err
		}
		return casework.Result{Delivered: &casework.Delivery{MessageID: sent.Mail.MessageID, SentAt: sent.Mail.SentAt, ExpiresAt: expires}, Letters: sent.Letters}, nil
	})
}
