package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

func reviewable(c Case, _ Actor, _ time.Time) *Error {
	switch {
	case c.Work.Clarification != nil:
		return Refuse(Conflict, "A clarification is asked of the authority; the review waits for the answer.")
	case c.Determination == nil || !c.Work.ResolvedOnce:
		return Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	case c.Decision != nil:
		return Refuse(Conflict, "The case is reviewed and waits for an approval; it can be approved or sent back.")
	}
	return nil
}

// review: a reviewer answers every category and every action asked, as determined or stricter.
func review(t *turn, a Act, b ReviewBody) error {
	if err := Faulty(t.c.reviewFaults(b)); err != nil {
		return err
	}
	if err := t.c.reviewAllowed(b); err != nil {
		return err
	}
	answers := t.c.reasoned(b)
	t.decide(a.Actor, answers)
	t.record(Reviewed, nil, t.c.Decision)
	if !slices.ContainsFunc(answers, func(x DecisionAnswer) bool { return x.Reason == b.Reason }) {
		t.aside(a, b.Reason) // a reason that nothing needed
	}
	t.takeDecision()
	return nil
}

// reasoned are the answers of a review, each that differs from the determination with its reason: the one that was given for
// all of them, where it has none of its own.
func (c Case) reasoned(b ReviewBody) []DecisionAnswer {
	out := slices.Clone(b.Answers)
	for i, a := range out {
		if a.Reason == "" && c.differs(a) && c.Work.Terms.Behaviour >= BehaviourRemarks {
			out[i].Reason = b.Reason
		}
	}
	return out
}

// decide writes a decision with its hash and what it needs to be approved.
func (t *turn) decide(by Actor, answers []DecisionAnswer) {
	d := Decision{By: by.Name, At: t.at, Answers: append([]DecisionAnswer{}, answers...)}
	for i := range d.Answers {
		d.Answers[i].Scope = t.c.limited(d.Answers[i])
	}
	d.Outcome = t.c.outcomeOf(d.Answers)
	d.SHA256 = t.c.digest(d)
	t.c.Decision = &d
	t.c.Approvals = Approvals{Required: t.c.approversNeeded(), Given: []GivenApproval{}}
}

// takeDecision moves on where the reviewer alone was enough.
func (t *turn) takeDecision() {
	if len(t.c.Approvals.Given)+1 >= t.c.Approvals.Required {
		t.c.Work.Decided = true
	}
}

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

// reviewFaults: what is wrong with the body, whatever the law says.
func (c Case) reviewFaults(b ReviewBody) []Fault {
	f := faults{}
	c.answersComplete(&f, b.Answers)
	for i, a := range b.Answers {
		path := "answers[" + strconv.Itoa(i) + "]"
		c.scopeFaults(&f, path+".scope", a)
		if c.differs(a) && a.Reason == "" && b.Reason == "" {
			f.add(path+".reason", "is missing: the answer differs from the determination")
		}
	}
	if len(f) == 0 && b.Outcome != "" && b.Outcome != c.outcomeOf(b.Answers) {
		f.add("outcome", "does not follow from the answers, which make: "+string(c.outcomeOf(b.Answers)))
	}
	return f
}

// answersComplete: every category and action asked, once, and nothing else.
func (c Case) answersComplete(f *faults, answers []DecisionAnswer) {
	count := map[string]int{}
	for i, a := range answers {
		count[a.subject()]++
		if !c.askedFor(a) {
			f.add("answers["+strconv.Itoa(i)+"]", "answers what the request does not ask")
		}
	}
	for _, subject := range c.subjects() {
		switch {
		case count[subject] == 0:
			f.add("answers", "must answer "+subject)
		case count[subject] > 1:
			f.add("answers", "must answer "+subject+" once")
		}
	}
}

func (a DecisionAnswer) subject() string { return string(a.Data) + string(a.Action) }

func (c Case) subjects() []string {
	return append(list(c.Request.Demand.Data), list(c.Request.Demand.Answered())...)
}

func (c Case) askedFor(a DecisionAnswer) bool { return slices.Contains(c.subjects(), a.subject()) }

// scopeFaults: a scope narrows; it never reaches beyond the demand or the determination's limits.
func (c Case) scopeFaults(f *faults, path string, a DecisionAnswer) {
	if a.Answer == Permit && a.Data != "" && c.mustChoose(a) {
		f.add(path+".targets", "a target names several accounts: choose by naming them")
	}
	if a.Scope == nil {
		return
	}
	c.rangeFaults(f, path, *a.Scope)
	if limits := c.determined(a.Data).Limits; len(limits) > 0 && !subset(a.Scope.Fields, limits) {
		f.add(path+".fields", "reach beyond the limits of the determination: "+join(list(limits)))
	}
	if len(a.Scope.Fields) > 0 && a.Data != Subscriber {
		f.add(path+".fields", "belong to subscriber only")
	}
	for i, name := range a.Scope.Targets {
		if !c.namesAccount(name) {
			f.add(path+".targets["+strconv.Itoa(i)+"]", "is none of the case's accounts")
		}
	}
}

// rangeFaults: a range that is the wrong way round, or that reaches beyond what is demanded of every target.
func (c Case) rangeFaults(f *faults, path string, s Scope) {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return
	}
	if s.From != "" && s.To != "" && !s.From.From().Before(s.To.Until()) {
		f.add(path+".to", "must not be before from")
	}
	targets := c.Request.Demand.Targets
	if s.From != "" && len(targets) > 0 && !slices.ContainsFunc(targets, func(t Target) bool { return t.From == "" || !s.From.From().Before(t.From.From()) }) {
		f.add(path+".from", "reaches beyond the demand: a scope narrows it")
	}
	if s.To != "" && len(targets) > 0 && !slices.ContainsFunc(targets, func(t Target) bool { return t.To == "" || !t.To.Until().Before(s.To.Until()) }) {
		f.add(path+".to", "reaches beyond the demand: a scope narrows it")
	}
}

// cuts reports whether a scope's range leaves out something of what is demanded of some target.
func (c Case) cuts(s Scope) bool {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return s.From != "" || s.To != ""
	}
	return slices.ContainsFunc(c.Request.Demand.Targets, func(t Target) bool {
		return s.From != "" && t.From.From().Before(s.From.From()) || s.To != "" && (t.To == "" || s.To.Until().Before(t.To.Until()))
	})
}

func subset[T comparable](inner, outer []T) bool {
	return !slices.ContainsFunc(inner, func(x T) bool { return !slices.Contains(outer, x) })
}

func (c Case) namesAccount(name string) bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Account != "" && a.Account == name })
}

func (c Case) mustChoose(a DecisionAnswer) bool {
	several := slices.ContainsFunc(c.Accounts, func(x Account) bool { return x.Match == MatchSeveral })
	return several && (a.Scope == nil || len(a.Scope.Targets) == 0)
}

// reviewAllowed: what the determination lets a reviewer decide (lifecycle.md, "What a reviewer may decide").
func (c Case) reviewAllowed(b ReviewBody) error {
	for _, a := range b.Answers {
		if a.Answer != Permit {
			continue
		}
		if err := c.mayPermit(a); err != nil {
			return err
		}
	}
	return nil
}

// MayAnswer lists what a reviewer may answer to a category or an action that is asked, as the case now is; and says why
// permission is not among it, where it is not.
func (c Case) MayAnswer(data Data, action DemandedAction) (answers []Answer, why error) {
	for _, x := range Answers {
		if x != Permit && x != Escalate {
			answers = append(answers, x)
		}
	}
	if c.Determination == nil {
		return nil, Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	}
	if why := c.mayPermit(DecisionAnswer{Data: data, Action: action, Answer: Permit}); why != nil {
		return answers, why
	}
	return append([]Answer{Permit}, answers...), nil
}

// Differs reports whether an answer is not what was determined, or narrower: then it needs a reason.
func (c Case) Differs(a DecisionAnswer) bool { return c.differs(a) }

func (c Case) mayPermit(a DecisionAnswer) error {
	switch answer := c.determinedAnswer(a); {
	case c.Determination.HasDefect():
		return Refuse(Conflict, "A defect stands on the face of the request: nothing may be permitted until it is cured.")
	case answer == Permit:
		return nil
	case answer != Escalate:
		return Refuse(Conflict, "The determination answers %s to %s; it may not be permitted. Correct the request or change the rulebook.", answer, a.subject())
	case a.Data.IsContent() && c.Request.Authority.IsForeign() && !c.underAgreement():
		return Refuse(Conflict, "Content may not go to a non-US authority outside an agreement in force (18 USC 2702(a)).")
	case a.Data == Content && c.Work.Terms.Behaviour >= BehaviourLetter:
		return c.contentBarred()
	}
	return nil
}

// contentBarred: what a person must decide may not become what the statute closes. Stored content goes to no civil party, and
// to an authority of the US by a warrant, in an emergency, or as the account's holder consents (18 USC 2702(b), 2703(a)).
func (c Case) contentBarred() error {
	r := c.Request
	switch {
	case r.Authority.Kind == CivilParty:
		return Refuse(Conflict, "Stored content may not go to a party to civil process (18 USC 2702(a)).")
	case r.Authority.IsForeign(), r.Instrument.Is(SearchWarrant, FISAOrder), r.IsEmergency(), r.Matter.Consent:
		return nil
	}
	return Refuse(Conflict, "Stored content may not go to an authority without a warrant (18 USC 2703(a)).")
}

// underAgreement reports whether the order is one under a CLOUD Act agreement in force on the day of receipt and still.
func (c Case) underAgreement() bool {
	return c.Request.Instrument.Is(AgreementOrder) && c.Request.Instrument.UnderAgreement && c.Work.Agreement
}

func (c Case) determined(d Data) DataAnswer {
	if c.Determination == nil {
		return DataAnswer{}
	}
	i := slices.IndexFunc(c.Determination.Answers, func(a DataAnswer) bool { return a.Data == d })
	if i < 0 {
		return DataAnswer{}
	}
	return c.Determination.Answers[i]
}

func (c Case) determinedAnswer(a DecisionAnswer) Answer {
	if a.Data != "" {
		return c.determined(a.Data).Answer
	}
	for _, x := range c.Determination.Actions {
		if x.Action == a.Action {
			return x.Answer
		}
	}
	return ""
}

// differs reports whether a decision's answer is not what was determined, or narrower.
func (c Case) differs(a DecisionAnswer) bool {
	return a.Answer != c.determinedAnswer(a) || a.Answer == Permit && c.narrows(a.Scope, c.determined(a.Data).Limits)
}

// narrows reports whether the scope is narrower than the demand within the determination's limits.
func (c Case) narrows(s *Scope, limits []SubscriberField) bool {
	if s == nil {
		return false
	}
	return c.cuts(*s) || len(s.Fields) > 0 && !subset(limits, s.Fields) || len(s.Fields) > 0 && len(limits) == 0 || c.forgoes(s)
}

// forgoes reports whether the scope leaves out every account of some target; to choose one of several is no narrowing.
func (c Case) forgoes(s *Scope) bool {
	if len(s.Targets) == 0 || c.Work.Terms.Behaviour < BehaviourHearings {
		return false
	}
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Match != MatchNone && !c.reaches(s, a.Target) })
}

func (c Case) reaches(s *Scope, target int) bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Target == target && slices.Contains(s.Targets, a.Account) })
}

// limited is the scope as it binds: the determination's limits where the reviewer named no fields.
func (c Case) limited(a DecisionAnswer) *Scope {
	limits := c.determined(a.Data).Limits
	if a.Answer != Permit || len(limits) == 0 || a.Scope != nil && len(a.Scope.Fields) > 0 {
		return a.Scope
	}
	s := Scope{}
	if a.Scope != nil {
		s = *a.Scope
	}
	s.Fields = limits
	return &s
}

func (c Case) outcomeOf(answers []DecisionAnswer) Outcome {
	all, limited := []Answer{}, false
	for _, a := range answers {
		all = append(all, a.Answer)
		limited = limited || a.Answer == Permit && (len(c.determined(a.Data).Limits) > 0 || c.narrows(a.Scope, nil))
	}
	if len(c.subjects()) == 0 {
		all = []Answer{PreserveAnswer} // nothing is asked but to preserve
	}
	return OutcomeOf(false, c.preservesOnly(), all, limited)
}

// preservesOnly reports whether only the preservation rules speak.
func (c Case) preservesOnly() bool {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return c.Request.Instrument.Type.AsksOnlyToPreserve()
	}
	return c.Request.Instrument.AsksOnlyToPreserve()
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

// leaveReview: where the decision leads, once it is approved (lifecycle.md, "After the decision").
func (t *turn) leaveReview() bool {
	if !t.c.Work.Decided {
		return false
	}
	t.answerAuthority()
	return t.route()
}

// route is the way on from what is decided and ruled.
func (t *turn) route() bool {
	switch {
	case len(t.c.permitted()) > 0 && !t.c.anyAccount():
		return t.close(ResolvedNoData)
	case len(t.c.permitted()) > 0 && len(t.c.free()) == 0:
		return t.enter(InChallenge)
	case len(t.c.permitted()) > 0 && !t.c.noticeSatisfied(t.at):
		return t.enter(InCustomerNotice)
	case len(t.c.permitted()) > 0:
		return t.enter(InDisclosure)
	case t.c.answers(Object):
		return t.enter(InChallenge)
	case t.c.answers(Refer):
		return t.refer()
	case t.c.onlyPreserves():
		return t.close(ResolvedPreservedOnly)
	case t.c.upheld():
		return t.close(ResolvedQuashed)
	}
	return t.close(ResolvedRefused)
}

// answerAuthority sends one letter with everything that was not permitted.
func (t *turn) answerAuthority() {
	if t.c.Work.Answered || t.c.Decision.Outcome == OutcomeDisclose || len(t.c.Decision.Answers) == 0 {
		return // where nothing is asked but to preserve, the letter that it is preserved is the answer
	}
	t.c.Work.Answered = true
	if t.c.Work.Terms.Behaviour >= BehaviourLetters && t.c.onlyRefers() {
		return // the letter of referral is the answer
	}
	t.order(Effect{Kind: DoMail, Mail: MailAnswer})
}

// onlyRefers reports whether everything that is asked is sent to mutual legal assistance.
func (c Case) onlyRefers() bool {
	return len(c.Decision.Answers) > 0 && !slices.ContainsFunc(c.Decision.Answers, func(a DecisionAnswer) bool { return a.Answer != Refer })
}

// effective is what counts as the answer to a category: the decision, what a court made of it, and what an enforcing
// authority refused.
func (c Case) effective(a DecisionAnswer) Answer {
	if c.Work.HoldRefused && (a.Data == Traffic || a.Data == Content) {
		return RefuseIt
	}
	if ruled, ok := c.Work.Ruled[a.Data]; ok && a.Data != "" {
		return ruled
	}
	return a.Answer
}

// permitted lists the categories that may be disclosed, approved and not taken back.
func (c Case) permitted() []Data {
	out := []Data{}
	if c.Decision == nil || !c.Work.Decided {
		return out
	}
	for _, a := range c.Decision.Answers {
		if a.Data != "" && c.effective(a) == Permit {
			out = append(out, a.Data)
		}
	}
	return out
}

// answers reports whether some category or action is answered so.
func (c Case) answers(x Answer) bool {
	return c.Decision != nil && slices.ContainsFunc(c.Decision.Answers, func(a DecisionAnswer) bool { return c.effective(a) == x })
}

func (c Case) onlyPreserves() bool {
	if c.Decision != nil && len(c.Decision.Answers) == 0 {
		return true
	}
	return c.answers(PreserveAnswer) && !c.answers(RefuseIt)
}

func (c Case) anyAccount() bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Match != MatchNone })
}
