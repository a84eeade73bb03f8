package activities

import (
	"context"
	"time"

	"dueprocess/casework"
)

// Evaluate asks the policy about the case's request. An authority that the contact book did not know on the day of
// receipt stays unknown for the case, whoever enters it later; one whose entry has gone since is unknown too.
func (a *Activities) Evaluate(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, _ casework.Effect) (casework.Result, error) {
		known, err := a.known(ctx, c)
		if err != nil {
			return casework.Result{}, err
		}
		country, received, today := c.Request.Authority.Country, casework.DateOf(c.ReceivedAt, time.UTC), casework.DateOf(a.world.Now(), time.UTC)
		d := a.world.Policy.Determine(c.Evaluated(), known)
		return casework.Result{
			Determination: &d, Known: known, Route: a.world.Policy.Route(country),
			Agreement: a.world.Policy.Agreement(country, received) && a.world.Policy.Agreement(country, today),
		}, nil
	})
}

func (a *Activities) known(ctx context.Context, c casework.Case) (bool, error) {
	if len(c.Deadlines) > 0 && !c.Work.AuthorityKnown {
		return false, nil
	}
	_, ok, err := a.world.Store.Authority(ctx, c.Request, casework.DateOf(c.ReceivedAt, time.UTC))
	return ok, err
}
