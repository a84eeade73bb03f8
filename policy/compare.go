package policy

import (
	"slices"
	"strconv"

	"dueprocess/casework"
)

// Side is one side of a comparison: a rulebook, and the day whose rules apply; no day: the day of receipt.
type Side struct {
	Book *Rulebook
	On   casework.Date
}

// Changed is one thing that is answered otherwise, with the reasons of both sides.
type Changed struct {
	What   string            `json:"what"` // outcome, a category or action, notice, approvals, verification, findings, a deadline
	Before string            `json:"before"`
	After  string            `json:"after"`
	Was    []casework.Reason `json:"was"`
	Is     []casework.Reason `json:"is"`
}

// Compare says what of a request is answered otherwise on the second side; empty: nothing.
func Compare(a, b Side, req casework.Request, authorityKnown bool) []Changed {
	before := a.Book.Determine(req, Facts{On: a.On, AuthorityKnown: authorityKnown})
	after := b.Book.Determine(req, Facts{On: b.On, AuthorityKnown: authorityKnown})
	out := []Changed{}
	for _, c := range slices.Concat(changedAnswers(before, after), changedDuties(before, after), changedDeadlines(before, after)) {
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

func changedAnswers(a, b casework.Determination) []Changed {
	out := []Changed{{What: "outcome", Before: string(a.Outcome), After: string(b.Outcome)}}
	for i, x := range a.Answers {
		y := b.Answers[i]
		out = append(out, Changed{string(x.Data), answered(x.Answer, x.Limits), answered(y.Answer, y.Limits), x.Reasons, y.Reasons})
	}
	for i, x := range a.Actions {
		y := b.Actions[i]
		out = append(out, Changed{string(x.Action), string(x.Answer), string(y.Answer), x.Reasons, y.Reasons})
	}
	return out
}

func answered(a casework.Answer, limits []casework.SubscriberField) string {
	if len(limits) == 0 {
		return string(a)
	}
	return string(a) + " (" + join(limits) + ")"
}

func changedDuties(a, b casework.Determination) []Changed {
	return []Changed{
		{"findings", found(a), found(b), nil, nil},
		{"challenge grounds", rulesOf(a.Grounds), rulesOf(b.Grounds), a.Grounds, b.Grounds},
		{"notice", told(a.Notice), told(b.Notice), a.Notice.Reasons, b.Notice.Reasons},
		{"approvals", strconv.Itoa(a.Approvals.Required), strconv.Itoa(b.Approvals.Required), a.Approvals.Reasons, b.Approvals.Reasons},
		{"verification", string(a.Verification.Level), string(b.Verification.Level), a.Verification.Reasons, b.Verification.Reasons},
	}
}

func found(d casework.Determination) string {
	ids := make([]string, len(d.Findings))
	for i, f := range d.Findings {
		ids[i] = f.Rule + " (" + string(f.Severity) + ")"
	}
	return orNone(join(ids))
}

func rulesOf(reasons []casework.Reason) string {
	ids := make([]string, len(reasons))
	for i, r := range reasons {
		ids[i] = r.Rule
	}
	return orNone(join(slices.Compact(ids)))
}

func told(n casework.NoticeAnswer) string {
	if n.Until == "" {
		return string(n.Duty)
	}
	return string(n.Duty) + " until " + string(n.Until)
}

func changedDeadlines(a, b casework.Determination) []Changed {
	var out []Changed
	for _, kind := range casework.DeadlineKinds {
		x, _ := a.DeadlineOf(kind)
		y, _ := b.DeadlineOf(kind)
		out = append(out, Changed{"deadline " + string(kind), orNone(dated(x)), orNone(dated(y)), nil, nil})
	}
	return out
}

func dated(d casework.Deadline) string {
	if d.Date == "" {
		return ""
	}
	return string(d.Date) + " (" + d.Basis + ")"
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
