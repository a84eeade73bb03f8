package policy

import (
	"fmt"
	"slices"

	"dueprocess/casework"
)

// Expectation is what a determination must say; what is left out is not checked.
type Expectation struct {
	Outcome      casework.Outcome                             `json:"outcome"`
	Answers      map[string]casework.Answer                   `json:"answers"`
	Actions      map[string]casework.Answer                   `json:"actions"`
	Rules        []string                                     `json:"rules"`             // each among the rules of the answers' reasons
	Speaks       []string                                     `json:"speaks"`            // rules that something must speak of
	Silent       []string                                     `json:"silent"`            // rules that nothing may speak of
	Findings     *[]string                                    `json:"findings"`          // exactly these
	Severity     map[string]casework.Severity                 `json:"severity"`          // of findings
	Grounds      *[]string                                    `json:"challenge_grounds"` // exactly these
	Notice       casework.NoticeDuty                          `json:"notice"`
	NoticeRules  []string                                     `json:"notice_rules"` // each among its reasons
	NoticeUntil  *casework.Date                               `json:"notice_until"`
	Approvals    int                                          `json:"approvals"`
	Verification casework.VerificationLevel                   `json:"verification"`
	Limits       map[casework.Data][]casework.SubscriberField `json:"limits"`
	Deadline     *ExpectedDeadline                            `json:"deadline"`
	Deadlines    []ExpectedDeadline                           `json:"deadlines"`
}

// ExpectedDeadline is a deadline that must be there; On and Date are the same.
type ExpectedDeadline struct {
	Kind    casework.DeadlineKind `json:"kind"`
	On      casework.Date         `json:"on"`
	Date    casework.Date         `json:"date"`
	Basis   string                `json:"basis"`
	Due     string                `json:"due"` // RFC 3339
	Shifted casework.Date         `json:"shifted"`
	None    bool                  `json:"none"` // there must be none of that kind
}

// Check says what of the determination is otherwise, in words; empty: nothing.
func (e Expectation) Check(d casework.Determination) []string {
	c := checking{}
	same(&c, "outcome", e.Outcome, d.Outcome)
	c.answers(e, d)
	c.reasons(e, d)
	same(&c, "notice", e.Notice, d.Notice.Duty)
	if e.NoticeUntil != nil && *e.NoticeUntil != d.Notice.Until {
		c.fault("notice_until: %s expected, %s found", orNone(string(*e.NoticeUntil)), orNone(string(d.Notice.Until)))
	}
	if e.Approvals != 0 && e.Approvals != d.Approvals.Required {
		c.fault("approvals: %d expected, %d found", e.Approvals, d.Approvals.Required)
	}
	same(&c, "verification", e.Verification, d.Verification.Level)
	for _, due := range e.deadlines() {
		c.deadline(due, d)
	}
	return c.faults
}

func (e Expectation) deadlines() []ExpectedDeadline {
	if e.Deadline == nil {
		return e.Deadlines
	}
	return append(slices.Clone(e.Deadlines), *e.Deadline)
}

// checking gathers what is otherwise.
type checking struct{ faults []string }

func (c *checking) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// same compares where something is expected.
func same[W ~string](c *checking, what string, want, got W) {
	if want != "" && want != got {
		c.fault("%s: %s expected, %s found", what, want, orNone(string(got)))
	}
}

func (c *checking) answers(e Expectation, d casework.Determination) {
	got := map[string]casework.Answer{}
	for _, a := range d.Answers {
		got[string(a.Data)] = a.Answer
		if want, ok := e.Limits[a.Data]; ok && !slices.Equal(want, a.Limits) {
			c.fault("limits of %s: %s expected, %s found", a.Data, orNone(join(want)), orNone(join(a.Limits)))
		}
	}
	for _, a := range d.Actions {
		got[string(a.Action)] = a.Answer
	}
	for _, topic := range sortedKeys(e.Answers) {
		same(c, topic, e.Answers[topic], got[topic])
	}
	for _, topic := range sortedKeys(e.Actions) {
		same(c, topic, e.Actions[topic], got[topic])
	}
}

func (c *checking) reasons(e Expectation, d casework.Determination) {
	var spoken, found []string
	for _, a := range d.Answers {
		spoken = append(spoken, ruleIDs(a.Reasons)...)
	}
	for _, a := range d.Actions {
		spoken = append(spoken, ruleIDs(a.Reasons)...)
	}
	for _, f := range d.Findings {
		found = append(found, f.Rule)
		same(c, "severity of "+f.Rule, e.Severity[f.Rule], f.Severity)
	}
	c.among("rules", e.Rules, spoken)
	c.among("notice_rules", e.NoticeRules, ruleIDs(d.Notice.Reasons))
	c.exactly("findings", e.Findings, found)
	c.exactly("challenge_grounds", e.Grounds, ruleIDs(d.Grounds))
	c.voices(e, slices.Concat(spoken, found, voicesBeside(d)))
}

// voicesBeside are the rules that a determination names beside its answers and findings.
func voicesBeside(d casework.Determination) []string {
	out := slices.Concat(ruleIDs(d.Grounds), ruleIDs(d.Notice.Reasons), ruleIDs(d.Approvals.Reasons), ruleIDs(d.Verification.Reasons))
	for _, due := range d.Deadlines {
		out = append(out, due.Basis)
	}
	return out
}

func (c *checking) voices(e Expectation, heard []string) {
	for _, id := range e.Speaks {
		if !slices.Contains(heard, id) {
			c.fault("%s is silent, and should speak", id)
		}
	}
	for _, id := range e.Silent {
		if slices.Contains(heard, id) {
			c.fault("%s speaks, and should not", id)
		}
	}
}

func (c *checking) among(what string, want, got []string) {
	for _, id := range want {
		if !slices.Contains(got, id) {
			c.fault("%s: %s is not among %s", what, id, orNone(join(got)))
		}
	}
}

func (c *checking) exactly(what string, want *[]string, got []string) {
	if want == nil {
		return
	}
	a, b := slices.Sorted(slices.Values(*want)), slices.Compact(slices.Sorted(slices.Values(got)))
	if !slices.Equal(a, b) {
		c.fault("%s: %s expected, %s found", what, orNone(join(a)), orNone(join(b)))
	}
}

func (c *checking) deadline(want ExpectedDeadline, d casework.Determination) {
	what := "deadline " + string(want.Kind)
	got, ok := d.DeadlineOf(want.Kind)
	if want.None || !ok {
		if want.None == ok {
			c.fault("%s: %v expected, %s found", what, map[bool]string{true: "none", false: "one"}[want.None], orNone(dated(got)))
		}
		return
	}
	same(c, what, max(want.On, want.Date), got.Date)
	same(c, what+", basis", want.Basis, got.Basis)
	same(c, what+", due", want.Due, got.Due.UTC().Format("2006-01-02T15:04:05Z"))
	if want.Shifted != "" && (got.Shifted == nil || got.Shifted.Date != want.Shifted) {
		c.fault("%s: shifted to %s expected", what, want.Shifted)
	}
}

func ruleIDs(reasons []casework.Reason) []string {
	ids := make([]string, len(reasons))
	for i, r := range reasons {
		ids[i] = r.Rule
	}
	return ids
}
