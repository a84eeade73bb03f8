package activities

import (
	"context"

	"dueprocess/casework"
)

// Resolve looks the targets up: for each the account it names, none, or several; and the language to write to the
// customer in.
func (a *Activities) Resolve(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, _ casework.Effect) (casework.Result, error) {
		found := casework.Lookup{Accounts: []casework.Account{}}
		for i, target := range c.Request.Demand.Targets {
			holders, err := a.world.Records.Resolve(ctx, target)
			if err != nil {
				return casework.Result{}, err
			}
			found.Accounts = append(found.Accounts, accountsOf(i, holders)...)
			if len(holders) > 0 && found.Language == "" {
				found.Language = holders[0].Language
			}
		}
		return casework.Result{Resolution: &found}, nil
	})
}

func accountsOf(target int, holders []casework.AccountHolder) []casework.Account {
	if len(holders) == 0 {
		return []casework.Account{{Target: target, Match: casework.MatchNone}}
	}
	match := casework.MatchFound
	if len(holders) > 1 {
		match = casework.MatchSeveral
	}
	out := make([]casework.Account, 0, len(holders))
	for _, h := range holders {
		out = append(out, casework.Account{Target: target, Match: match, Account: h.Account})
	}
	return out
}
