package activities

import (
	"context"
	"time"

	"dueprocess/casework"
	"dueprocess/policy"
)

// Evaluate asks the policy about the case's request. Whether the contact book knows the authority is looked up once,
// for the day of receipt, and stays so for the case.
func (a *Activities) Evaluate(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, _ casework.Effect) (casework.Result, error) {
		known, err := a.known(ctx, c)
		if err != nil {
			return casework.Result{}, err
		}
		rules := a.world.Rules()
		d := rules.Determine(c.Request, policy.Facts{AuthorityKnown: known})
		today := casework.DateOf(a.world.Now(), time.UTC)
		route, _ := rules.Route(c.Request.Authority.Country)
		return casework.Result{
			Determination: &d, Known: known, Route: casework.Route(route),
			Agreement: rules.Agreement(c.Request.Authority.Country, casework.DateOf(c.ReceivedAt, time.UTC)) && rules.Agreement(c.Request.Authority.Country, today),
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
