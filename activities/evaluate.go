package activities

import (
	"context"
	"time"

	"dueprocess/casework"
)

// Evaluate asks the policy about the case's request. Whether the contact book knows the authority is looked up once,
// for the day of receipt, and stays so for the case.
func (a *Activities) Evaluate(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, _ casework.Effect) (casework.Result, error) {
		known, err := a.known(ctx, c)
		if err != nil {
			return casework.Result{}, err
		}
		country, received, today := c.Request.Authority.Country, casework.DateOf(c.ReceivedAt, time.UTC), casework.DateOf(a.world.Now(), time.UTC)
		d := a.world.Policy.Determine(c.Request, known)
		return casework.Result{
			Determination: &d, Known: known, Route: a.world.Policy.Route(country),
			Agreement: a.world.Policy.Agreement(country, received) && a.world.Policy.Agreement(country, today),
		}, nil
	})
}

func (a *Activities) known(ctx context.Context, c casework.Case) (bool, error) {
	if len(c.Deadlines) > 0 {
		return c.Work.AuthorityKnown, nil
	}
	_, ok, err := a.world.Store.Authority(ctx, c.Request, casework.DateOf(c.ReceivedAt, time.UTC))
	return ok, err
}
