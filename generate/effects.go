package generate

import (
	"fmt"
	"time"

	"dueprocess/casework"
	"dueprocess/policy"
)

// carryOut brings what the oldest effect brought; one that no longer clears is dropped, as in the workflow.
func (l *life) carryOut() error {
	e := l.c.Work.Pending[0]
	r := casework.Result{Step: e.Step, At: l.now}
	if !l.c.Clears(e, l.now) {
		r.Dropped = true
		return l.apply(r)
	}
	switch e.Kind {
	case casework.DoEvaluate:
		l.evaluate(&r)
	case casework.DoResolve:
		r.Resolution = &casework.Lookup{Accounts: l.accounts(), Language: "en"}
	case casework.DoMail:
		r.Mail = &casework.MailResult{
			MessageID: fmt.Sprintf("<%s.%d@dueprocess.example>", l.c.ID, e.Step), SentAt: l.now, Bounced: e.Mail == casework.MailNotice && l.of(5),
		}
	case casework.DoCollect:
		r.Collected = &casework.Collection{Rows: l.rows(), Files: 1 + l.IntN(3)}
	case casework.DoSeal:
		r.Sealed = &casework.SealedParcel{ManifestSHA256: l.hash()}
	case casework.DoPreserve:
		r.Snapshot = l.snapshot()
	case casework.DoForget:
		r.Forgotten = true
	case casework.DoDeliver:
		ends := l.now.AddDate(0, 0, l.c.Work.Terms.DeliveryDays)
		r.Delivered = &casework.Delivery{MessageID: fmt.Sprintf("<%s.%d@dueprocess.example>", l.c.ID, e.Step), SentAt: l.now, ExpiresAt: ends}
	}
	return l.apply(r)
}

// evaluate asks the rulebook, once for each text of the request.
func (l *life) evaluate(r *casework.Result) {
	rules, req := l.office.opt.Rules, l.c.Request
	if l.c.Determination == nil {
		d := rules.Determine(req, policy.Facts{AuthorityKnown: true})
		l.det = &d
	}
	d, country := *l.det, req.Authority.Country
	route, _ := rules.Route(country)
	received, today := casework.DateOf(l.c.ReceivedAt, time.UTC), casework.DateOf(l.now, time.UTC)
	r.Determination, r.Known, r.Route = &d, true, casework.Route(route)
	r.Agreement = rules.Agreement(country, received) && rules.Agreement(country, today)
}

// accounts are what the targets name: mostly one account each, sometimes none, seldom two.
func (l *life) accounts() []casework.Account {
	out := []casework.Account{}
	none := l.of(9)
	for i := range l.c.Request.Demand.Targets {
		switch {
		case none:
			out = append(out, casework.Account{Target: i, Match: casework.MatchNone})
		case l.of(2):
			out = append(out, l.account(i, casework.MatchSeveral), l.account(i, casework.MatchSeveral))
		default:
			out = append(out, l.account(i, casework.MatchFound))
		}
	}
	return out
}

func (l *life) account(target int, m casework.Match) casework.Account {
	return casework.Account{Target: target, Match: m, Account: "acct-" + l.digits(8)}
}

func (l *life) rows() int {
	if l.of(4) {
		return 0
	}
	return 1 + l.IntN(400)
}

// snapshot is what a preservation has copied; the copies themselves are nowhere, as no records of the demonstration are.
func (l *life) snapshot() *casework.Snapshot {
	taken := &casework.Snapshot{Kept: []casework.Kept{}}
	for _, q := range l.c.ToKeep() {
		taken.Kept = append(taken.Kept, casework.Kept{Query: q, Rows: l.rows(), SHA256: l.hash(), At: l.now})
	}
	return taken
}
