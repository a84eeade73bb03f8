package casework

import "strconv"

// ReviewBody is a reviewer's decision on every category and action asked.
type ReviewBody struct {
	Remark
	Outcome Outcome          `json:"outcome,omitempty"`
	Answers []DecisionAnswer `json:"answers"`
	Reason  string           `json:"reason,omitempty"`
}

func (b ReviewBody) check(f *faults) {
	if b.Outcome != "" {
		oneOf(f, "outcome", b.Outcome, Outcomes)
	}
	for i, a := range b.Answers {
		a.check(f, "answers["+strconv.Itoa(i)+"]")
	}
}

func (a DecisionAnswer) check(f *faults, path string) {
	switch {
	case (a.Data == "") == (a.Action == ""):
		f.add(path, "must name either data or action")
	case a.Data != "":
		oneOf(f, path+".data", a.Data, DataCategories)
	default:
		oneOf(f, path+".action", a.Action, DemandedActions)
	}
	oneOf(f, path+".answer", a.Answer, Answers)
	if a.Answer == Escalate {
		f.add(path+".answer", "escalate is no decision: a person must decide now")
	}
	if a.Scope != nil {
		eachOf(f, path+".scope.fields", a.Scope.Fields, SubscriberFields)
		f.moment(path+".scope.from", a.Scope.From)
		f.moment(path+".scope.to", a.Scope.To)
	}
}

// ApproveBody names the decision that is approved by its hash.
type ApproveBody struct {
	Remark
	Decision string `json:"decision"`
}

func (b ApproveBody) check(f *faults) { needText(f, "decision", b.Decision) }
