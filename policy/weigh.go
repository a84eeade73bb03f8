package policy

import (
	"cmp"
	"slices"

	"dueprocess/casework"
)

// strength orders the answers that rules give to one topic: a refusal beats a permission.
var strength = []casework.Answer{
	casework.Escalate, casework.Object, casework.Refer, casework.RefuseIt, casework.PreserveAnswer, casework.Permit,
}

// reach orders the answers that several instruments of one paper bring: the one reaching furthest counts.
var reach = []casework.Answer{
	casework.Permit, casework.PreserveAnswer, casework.Escalate, casework.Object, casework.Refer, casework.RefuseIt,
}

// duties orders the notice duties, the strictest first.
var duties = []casework.NoticeDuty{
	casework.NoticeProhibited, casework.AfterSecrecyEnds, casework.ByIssuingAuthority, casework.AfterEmergency, casework.NoNotice,
	casework.BeforeDisclosure,
}

// noRule is the reason where no rule speaks.
var noRule = casework.Reason{
	Rule: "policy.no_rule", Citation: "our policy", Sentence: "No rule of our policy answers this under the instrument served; a person decides.",
}

// weighed is the answer to one topic under one instrument.
type weighed struct {
	answer  casework.Answer
	limits  []casework.SubscriberField
	reasons []casework.Reason
}

// weigh makes one answer of what the rules say on a topic: the strongest, with every reason, its own first.
func (t topicAnswer) weigh() weighed {
	out := weighed{answer: casework.Escalate, limits: []casework.SubscriberField{}}
	if len(t.said) == 0 {
		out.reasons = append([]casework.Reason{noRule}, t.notes...)
		return out
	}
	all := slices.Clone(t.said)
	slices.SortStableFunc(all, func(a, b said) int {
		return cmp.Or(cmp.Compare(rank(strength, a.answer), rank(strength, b.answer)), byRule(a.reason, b.reason))
	})
	out.answer = all[0].answer
	for _, s := range all {
		out.reasons = append(out.reasons, s.reason)
	}
	out.reasons = append(out.reasons, t.notes...)
	if out.answer == casework.Permit {
		out.narrow(all)
	}
	return out
}

// narrow keeps the fields that every limited permission names; where none is left, a person decides.
func (w *weighed) narrow(all []said) {
	limited := false
	for _, s := range all {
		switch {
		case len(s.limits) == 0:
		case !limited:
			w.limits, limited = slices.Clone(s.limits), true
		default:
			w.limits = slices.DeleteFunc(w.limits, func(f casework.SubscriberField) bool { return !slices.Contains(s.limits, f) })
		}
	}
	if limited && len(w.limits) == 0 {
		w.answer = casework.Escalate
	}
}

func rank[W comparable](order []W, w W) int { return slices.Index(order, w) }

func byRule(a, b casework.Reason) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Sentence, b.Sentence))
}

// further reports whether a reaches further than b.
func (w weighed) further(b weighed) bool { return w.distance() < b.distance() }

func (w weighed) distance() int {
	distance := 2 * rank(reach, w.answer)
	if len(w.limits) > 0 {
		distance++
	}
	return distance
}

// furthest is the whole answer of the instrument that reaches furthest on the i-th topic asked.
func furthest(heard []*ruling, i int) weighed {
	out := heard[0].answers[i].weigh()
	for _, h := range heard[1:] {
		if w := h.answers[i].weigh(); w.further(out) {
			out = w
		}
	}
	return out
}

// answers makes the answers to data and to actions; limited: some permission is.
func answers(req *casework.Request, heard []*ruling) (data []casework.DataAnswer, actions []casework.ActionAnswer, limited bool) {
	data, actions = []casework.DataAnswer{}, []casework.ActionAnswer{}
	for i, t := range heard[0].answers {
		w := furthest(heard, i)
		switch {
		case i < len(req.Demand.Data):
			data = append(data, casework.DataAnswer{Data: casework.Data(t.topic), Answer: w.answer, Limits: w.limits, Reasons: w.reasons})
			limited = limited || len(w.limits) > 0
		case t.topic != preserve:
			actions = append(actions, casework.ActionAnswer{Action: casework.DemandedAction(t.topic), Answer: w.answer, Reasons: w.reasons})
		}
	}
	return data, actions, limited
}

// preserving reports whether only the preservation rules speak.
func preserving(heard []*ruling) bool {
	return !slices.ContainsFunc(heard, func(h *ruling) bool { return !h.instrument.AsksOnlyToPreserve() })
}

// outcomeParts are the answers that make the outcome. Where an instrument asks to preserve and names no category, what
// the preservation rules say on preserving is the answer.
func outcomeParts(d casework.Determination, heard []*ruling) []casework.Answer {
	var out []casework.Answer
	for _, a := range d.Answers {
		out = append(out, a.Answer)
	}
	for _, a := range d.Actions {
		out = append(out, a.Answer)
	}
	for i, t := range heard[0].answers {
		if t.topic == preserve && preserving(heard) {
			out = append(out, furthest(heard, i).answer)
		}
	}
	return out
}

// findings gathers every finding, each rule's worst once.
func findings(heard []*ruling) []casework.Finding {
	out := []casework.Finding{}
	for _, h := range heard {
		out = append(out, h.findings...)
	}
	slices.SortStableFunc(out, func(a, b casework.Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Path, b.Path))
	})
	return slices.CompactFunc(out, func(a, b casework.Finding) bool { return a.Rule == b.Rule })
}

// grounds gathers every ground to challenge, once.
func grounds(heard []*ruling) []casework.Reason {
	out := []casework.Reason{}
	for _, h := range heard {
		out = append(out, h.grounds...)
	}
	return tidy(out)
}

// tidy orders reasons by rule and drops repeats.
func tidy(reasons []casework.Reason) []casework.Reason {
	slices.SortStableFunc(reasons, byRule)
	return slices.Compact(reasons)
}

// notice is the strictest duty, with the latest day on which it ends.
func (r *Rulebook) notice(heard []*ruling) casework.NoticeAnswer {
	period := casework.Period(r.profile.NoticePeriod)
	out := casework.NoticeAnswer{Duty: casework.BeforeDisclosure, Period: period, PeriodDays: period.Days(), Reasons: []casework.Reason{}}
	for _, h := range heard {
		for _, n := range h.notices {
			if rank(duties, n.duty) < rank(duties, out.Duty) {
				out.Duty, out.Until, out.Reasons = n.duty, "", nil
			}
			if n.duty == out.Duty {
				out.Until, out.Reasons = max(out.Until, n.until), append(out.Reasons, n.reason)
			}
		}
	}
	out.Reasons = tidy(out.Reasons)
	return out
}

// approvals is the highest number of people asked for; one, a reviewer, at least.
func approvals(heard []*ruling) casework.Approval {
	out := casework.Approval{Required: 1, Roles: []casework.Role{casework.Reviewer}, Reasons: []casework.Reason{}}
	for _, h := range heard {
		for _, p := range h.people {
			if p.people > out.Required {
				out.Required, out.Reasons = p.people, nil
			}
			if p.people == out.Required {
				out.Reasons = append(out.Reasons, p.reason)
			}
		}
	}
	out.Reasons = tidy(out.Reasons)
	return out
}

// verification is the highest level asked for.
func verification(heard []*ruling) casework.Verification {
	out := casework.Verification{Level: casework.Standard, Reasons: []casework.Reason{}}
	for _, h := range heard {
		for _, l := range h.levels {
			if rank(levels, l.level) > rank(levels, out.Level) {
				out.Level, out.Reasons = l.level, nil
			}
			if l.level == out.Level {
				out.Reasons = append(out.Reasons, l.reason)
			}
		}
	}
	out.Reasons = tidy(out.Reasons)
	return out
}
