package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// approversNeeded: as the policy says; what it left to a person is always approved by a second.
func (c Case) approversNeeded() int {
	n := max(1, c.Determination.Approvals.Required)
	if c.escalated() {
		return max(2, n)
	}
	return n
}

// Agreeing is how many people must agree to what is decided, the reviewer included; 0 while the policy has not answered.
func (c Case) Agreeing() int {
	if c.Determination == nil {
		return 0
	}
	return c.approversNeeded()
}

func (c Case) escalated() bool {
	return slices.ContainsFunc(c.Determination.Answers, func(a DataAnswer) bool { return a.Answer == Escalate }) ||
		slices.ContainsFunc(c.Determination.Actions, func(a ActionAnswer) bool { return a.Answer == Escalate })
}

func approvable(c Case, by Actor, _ time.Time) *Error {
	switch {
	case c.Decision == nil || c.Work.Decided:
		return Refuse(Conflict, "No approval is pending.")
	case c.Decision.By == by.Name:
		return Refuse(Forbidden, "Whoever reviewed does not approve: another reviewer must.")
	case slices.ContainsFunc(c.Approvals.Given, func(g GivenApproval) bool { return g.By == by.Name }):
		return Refuse(Conflict, "You have approved this already; a third person must.")
	}
	return nil
}

// approve: another person agrees to exactly this decision.
func approve(t *turn, a Act, b ApproveBody) error {
	if b.Decision != t.c.Decision.SHA256 {
		return Refuse(Conflict, "The decision has changed since you looked: its sha256 is another now.")
	}
	t.c.Approvals.Given = append(t.c.Approvals.Given, GivenApproval{By: a.Actor.Name, At: t.at})
	t.record(Approved, nil, entry{"decision": b.Decision})
	t.takeDecision()
	return nil
}

func sendBack(t *turn, _ Act, b WithReason) error {
	t.record(SentBack, t.c.Decision, entry{"reason": b.Reason})
	t.dismissDecision()
	return nil
}

// dismissDecision: the case must be reviewed again.
func (t *turn) dismissDecision() {
	t.c.Decision, t.c.Work.Decided, t.c.Work.Referring = nil, false, false
	t.c.Approvals = Approvals{Given: []GivenApproval{}}
	t.c.Work.Ruled, t.c.Work.Answered = nil, false
}

// digest binds an approval to what is approved: request, accounts, determination and answers.
func (c Case) digest(d Decision) string {
	b, err := json.Marshal(struct { //nolint:musttag // the digest binds approvals already given: its shape stays
		Case     string
		Targets  []boundTarget
		Accounts []Account
		Rulebook Rulebook
		By       string
		Outcome  Outcome
		Answers  []DecisionAnswer
	}{c.ID, bound(c.Request.Demand.Targets), c.Accounts, c.Determination.Rulebook, d.By, d.Outcome, d.Answers})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// boundTarget is a target as approvals have always bound it: what it does not have is not in the digest.
type boundTarget struct {
	Type  TargetType `json:"type"`
	Value string     `json:"value"`
	From  Moment     `json:"from"`
	To    Moment     `json:"to"`
	Port  *int       `json:"port,omitempty"`
	Host  string     `json:"host,omitempty"`
}

func bound(targets []Target) []boundTarget {
	if targets == nil {
		return nil
	}
	out := make([]boundTarget, len(targets))
	for i, t := range targets {
		out[i] = boundTarget(t)
	}
	return out
}
