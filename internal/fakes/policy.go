package fakes

import (
	"sync"
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// Policy answers every request as it was told to; what it does not say is the plainest permission.
type Policy struct {
	mu        sync.Mutex
	Adjust    func(r casework.Request, d *casework.Determination)
	InForce   bool // an agreement with every country
	Evaluated int
}

// Determine permits what is asked after a notice of seven days, with one reviewer, and then adjusts.
func (p *Policy) Determine(r casework.Request, _ bool) casework.Determination {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Evaluated++
	d := casework.Determination{
		EvaluatedFor: casework.DateOf(r.ReceivedAt, time.UTC), Rulebook: casework.Rulebook{Version: "fake", SHA256: "00"}, Outcome: casework.OutcomeDisclose,
		Findings: []casework.Finding{}, Grounds: []casework.Reason{}, Actions: []casework.ActionAnswer{}, Approvals: casework.Approval{Required: 1},
		Notice:       casework.NoticeAnswer{Duty: casework.BeforeDisclosure, Period: casework.Period(7 * 24 * time.Hour), PeriodDays: 7},
		Verification: casework.Verification{Level: casework.Standard},
	}
	for _, data := range r.Demand.Data {
		d.Answers = append(d.Answers, casework.DataAnswer{Data: data, Answer: casework.Permit, Limits: []casework.SubscriberField{}})
	}
	d.Deadlines = []casework.Deadline{Due(r, casework.DueAcknowledge, 2), Due(r, casework.DueRespond, 30)}
	if p.Adjust != nil {
		p.Adjust(r, &d)
	}
	return d
}

// Due is a deadline some days after receipt, in UTC.
func Due(r casework.Request, kind casework.DeadlineKind, days int) casework.Deadline {
	day := casework.DateOf(r.ReceivedAt.AddDate(0, 0, days), time.UTC)
	return casework.Deadline{Kind: kind, Date: day, Due: day.End(time.UTC), Zone: "UTC", Basis: "profile", Computed: "counted in calendar days"}
}

// Agreement says what it was told.
func (p *Policy) Agreement(string, casework.Date) bool { return p.InForce }

// Route is the treaty.
func (p *Policy) Route(string) casework.Route { return casework.RouteTreaty }

// Way knows Spain and France; of others, that there is none.
func (p *Policy) Way(country string) letters.Way {
	return map[string]letters.Way{
		"ES": {Country: "Spain", Form: "treaty", Since: "1993-06-30", Unverified: true, CentralAuthority: "Ministry of Justice"},
		"FR": {Country: "France", Form: "treaty", Since: "2001-12-01", Unverified: true},
	}[country]
}

// Provider is a name.
func (p *Policy) Provider() string { return "Example Provider, Inc." }
