package policy

import (
	"slices"

	"dueprocess/casework"
)

// Determine answers a request: every rule in force that names its instrument speaks, every reason is gathered, and what
// no rule permits is not permitted.
func (r *Rulebook) Determine(req casework.Request, f Facts) casework.Determination {
	v := r.look(&req, f)
	var heard []*ruling
	for _, served := range req.Instrument.Types() {
		heard = append(heard, r.hear(v, served))
	}
	d := casework.Determination{EvaluatedFor: v.on, Rulebook: r.Identity()}
	var limited bool
	d.Answers, d.Actions, limited = answers(&req, heard)
	d.Findings, d.Grounds = findings(heard), grounds(heard)
	d.Notice, d.Approvals, d.Verification = r.notice(heard), approvals(heard), verification(heard)
	d.Deadlines = r.deadlines(v, heard)
	d.Outcome = casework.OutcomeOf(d.HasDefect(), preserving(heard), outcomeParts(d, heard), limited)
	return d
}

// ruling is what the rules say under one instrument.
type ruling struct {
	instrument casework.InstrumentType
	emergency  bool
	answers    []topicAnswer
	findings   []casework.Finding
	grounds    []casework.Reason
	notices    []saidNotice
	people     []saidPeople
	levels     []saidLevel
	deadlines  []casework.Deadline
}

// topicAnswer is what rules say on one topic that is asked.
type topicAnswer struct {
	topic topic
	said  []said
	notes []casework.Reason // why the instrument counts as another
}

type (
	said struct {
		answer casework.Answer
		limits []casework.SubscriberField
		reason casework.Reason
	}
	saidNotice struct {
		duty   casework.NoticeDuty
		until  casework.Date
		reason casework.Reason
	}
	saidPeople struct {
		people int
		reason casework.Reason
	}
	saidLevel struct {
		level  casework.VerificationLevel
		reason casework.Reason
	}
)

// hear lets every rule in force speak that looks at the instrument: as it was served, or as it counts.
func (r *Rulebook) hear(v *view, served casework.InstrumentType) *ruling {
	out := &ruling{instrument: served, answers: asked(v.req)}
	counts := served
	for _, rule := range r.index[key{v.class, served}] {
		if rule.inForce(v.on) && rule.recounts() {
			counts = out.recount(rule, v.as(served, served), counts)
		}
	}
	w := v.as(served, counts)
	out.instrument, out.emergency = counts, w.emergency()
	for _, rule := range r.index[key{v.class, counts}] {
		if rule.inForce(v.on) && !rule.recounts() {
			out.apply(rule, w)
		}
	}
	return out
}

func (v *view) emergency() bool {
	return v.req.Emergency.Claimed || v.instrument == casework.EmergencyRequest
}

// asked are the topics that get an answer: each category, each demanded action, and to preserve.
func asked(req *casework.Request) []topicAnswer {
	out := make([]topicAnswer, 0, len(req.Demand.Data)+len(req.Demand.Actions))
	for _, d := range req.Demand.Data {
		out = append(out, topicAnswer{topic: topic(d)})
	}
	for _, a := range req.Demand.Actions {
		out = append(out, topicAnswer{topic: topic(a)})
	}
	return out
}

// recounts reports whether the rule says that an instrument counts as another.
func (r *rule) recounts() bool {
	return slices.ContainsFunc(r.then, func(e effect) bool { return e.counts != "" })
}

func (out *ruling) recount(rule *rule, v *view, counts casework.InstrumentType) casework.InstrumentType {
	holding, err := rule.holding(v)
	if err != nil {
		out.fail(rule)
	}
	for _, e := range holding {
		counts = e.counts
		for i := range out.answers {
			out.answers[i].notes = append(out.answers[i].notes, rule.speak(e))
		}
	}
	return counts
}

// holding are the effects of a rule that follow for the view.
func (r *rule) holding(v *view) ([]*effect, error) {
	if holds, err := r.when.holds(v); err != nil || !holds {
		return nil, err
	}
	var out []*effect
	for i := range r.then {
		holds, err := r.then[i].when.holds(v)
		if err != nil {
			return nil, err
		}
		if holds {
			out = append(out, &r.then[i])
		}
	}
	return out, nil
}

func (out *ruling) apply(rule *rule, v *view) {
	holding, err := rule.holding(v)
	for _, e := range holding {
		if err == nil && out.concerns(e) {
			err = out.follow(rule, e, v)
		}
	}
	if err != nil {
		out.fail(rule)
	}
}

// concerns reports whether an effect bears on anything that is asked: an answer to what nobody asked sets no deadline.
func (out *ruling) concerns(e *effect) bool {
	return len(e.about) == 0 || slices.ContainsFunc(out.answers, func(t topicAnswer) bool { return slices.Contains(e.about, t.topic) })
}

// follow lets one effect follow.
func (out *ruling) follow(rule *rule, e *effect, v *view) error {
	reason := rule.speak(e)
	out.answer(e.about, said{e.answer, e.limits, reason})
	if e.finding != "" {
		out.findings = append(out.findings, casework.Finding{
			Rule: rule.id, Path: e.path.at(v), Severity: e.finding, Sentence: reason.Sentence + e.path.rest(v), Citation: reason.Citation,
		})
	}
	if e.ground {
		out.grounds = append(out.grounds, reason)
	}
	if e.people > 0 {
		out.people = append(out.people, saidPeople{e.people, reason})
	}
	if e.verify != "" {
		out.levels = append(out.levels, saidLevel{e.verify, reason})
	}
	return out.dated(rule, e, v, reason)
}

// dated lets the effects follow that name days.
func (out *ruling) dated(rule *rule, e *effect, v *view, reason casework.Reason) error {
	if e.notice != "" {
		until, err := e.until.dayOr(v)
		if err != nil {
			return err
		}
		out.notices = append(out.notices, saidNotice{e.notice, until, reason})
	}
	if e.due != nil {
		d, err := e.due.reckon(v)
		if err != nil {
			return err
		}
		d.Basis = rule.id
		out.deadlines = append(out.deadlines, d)
	}
	return nil
}

func (out *ruling) answer(about []topic, s said) {
	for i := range out.answers {
		if slices.Contains(about, out.answers[i].topic) {
			out.answers[i].said = append(out.answers[i].said, s)
		}
	}
}

// fail is what follows where a rule cannot be evaluated: never a permission. A person decides on everything that the
// rule could have spoken on, and its demands on notice, approvals and verification hold as if it had spoken.
func (out *ruling) fail(rule *rule) {
	reason := casework.Reason{Rule: rule.id, Citation: rule.cites, Sentence: "This rule of our policy could not be evaluated; a person decides."}
	about := groups["everything"]
	if spoken := rule.about(); len(spoken) > 0 && !rule.findsDefect() {
		about = spoken
	}
	out.answer(about, said{casework.Escalate, nil, reason})
	for _, e := range rule.then {
		if e.notice != "" {
			out.notices = append(out.notices, saidNotice{e.notice, "", reason})
		}
		if e.people > 0 {
			out.people = append(out.people, saidPeople{e.people, reason})
		}
		if e.verify != "" {
			out.levels = append(out.levels, saidLevel{e.verify, reason})
		}
	}
}

// findsDefect reports whether the rule may hold back everything that is asked.
func (r *rule) findsDefect() bool {
	return slices.ContainsFunc(r.then, func(e effect) bool { return e.finding == casework.Defect })
}

// about is every topic that a rule may answer.
func (r *rule) about() []topic {
	var out []topic
	for _, e := range r.then {
		out = append(out, e.about...)
	}
	return out
}
