package casework

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// The walks: thousands of random histories of random cases, with acts by everybody, time that jumps from wake to wake,
// and an outbox that loses and repeats what it does. An observer that knows only the acts and the effects, not the
// case's own bookkeeping, holds each history to the ten rules of lifecycle.md.

const walks = 10_000

func TestTheTenRulesHoldOnRandomWalks(t *testing.T) {
	t.Parallel()
	reached := map[string]int{}
	for seed := range uint64(walks) {
		w := newWalk(seed)
		if broken := w.run(); broken != "" {
			t.Fatalf("seed %d: %s\n%s", seed, broken, w.story())
		}
		reached[string(w.c.Stage)]++
		for _, e := range w.verbs {
			reached[string(e)]++
		}
		for _, l := range w.c.Letters {
			reached["letter "+string(l.Kind)]++
		}
		if w.c.Resolution != nil {
			reached["resolution "+string(*w.c.Resolution)]++
		}
	}
	mustReach(t, reached)
}

// mustReach: a walk that never gets anywhere proves nothing.
func mustReach(t *testing.T, reached map[string]int) {
	t.Helper()
	for _, what := range []string{
		"purged", "settings_changed", "resolution disclosed", "resolution disclosed_in_part", "resolution no_responsive_data", "resolution refused", "resolution referred_to_mlat",
		"resolution withdrawn", "resolution quashed", "resolution not_authentic", "resolution not_clarified", "resolution preserved_only",
		string(NoticeWasSent), string(NoticeDidBounce), string(Objected), string(ObjectionResolved), string(ChallengeFiled), string(RulingRecorded),
		string(Released), string(Downloaded), string(ExpiredUnread), string(Redelivered), string(SecrecyEnded), string(SecrecyEndAsked), string(PreservationEnded),
		string(DeadlineBreached), string(DeadlineWarned), string(ClockResumed), string(HoldCleared), string(RecordsAdded), string(SentBack),
		"letter notice", "letter referral", "letter objection", "letter preservation", "letter preservation_end", "letter delivery", "letter answer",
	} {
		if reached[what] < 10 {
			t.Errorf("the walks reached %q only %d times", what, reached[what])
		}
	}
}

type walk struct {
	r      *rand.Rand
	now    time.Time
	c      Case
	det    Determination
	agreed bool // an agreement is in force
	kept   map[int]Result
	taken  map[int]bool // steps of which the case has the result
	steps  map[int]bool
	verbs  []Verb
	log    []string
	saw    observer

	clockEvents []Event    // those that moved deadlines
	counted     []Deadline // as the policy last counted them
}

// observer is what the outside knows.
type observer struct {
	reviewedBy   string
	approvedBy   []string
	needs        int
	adders       []string
	secrecy      Secrecy
	noticeTo     []time.Time // when notices were accepted
	noticeSteps  map[int]bool
	lateNotices  int
	objections   map[int]bool // open
	challenges   map[int]Challenge
	holdCleared  bool
	holdRefused  bool
	delivered    map[int]int
	redelivered  map[int]int
	acknowledged int
	keeping      bool // a preservation runs, as the events say
	letters      int  // events that name a letter
	held         bool
}

func newWalk(seed uint64) *walk {
	w := &walk{r: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC), kept: map[int]Result{}, taken: map[int]bool{}, steps: map[int]bool{}}
	w.saw = observer{noticeSteps: map[int]bool{}, objections: map[int]bool{}, challenges: map[int]Challenge{}, delivered: map[int]int{}, redelivered: map[int]int{}}
	w.agreed = w.r.IntN(2) == 0
	w.c = Case{View: View{ID: "LR-2026-000001", Stage: InReceipt, Request: w.request(), ReceivedAt: w.now}, Work: Work{
		Terms: Terms{NoticeMinimum: Period(48 * time.Hour), DeliveryDays: 14, Reminders: []int{7, 14}, ClarifyCloses: 30, AfterEmergency: 90, MLATPreserveDays: 90, AskBeforeEnd: 10, TellAfterwards: w.r.IntN(2) == 0, Behaviour: pick(w, BehaviourFirst, NewestBehaviour), Hours: Hours{Zone: "America/New_York", From: 9 * 60, To: 17 * 60}}}}
	w.saw.secrecy = w.c.Request.Secrecy
	w.det = w.determine()
	return w
}

func pick[T any](w *walk, from ...T) T { return from[w.r.IntN(len(from))] }

func (w *walk) request() Request {
	r := Request{Channel: ByPortal, ReceivedAt: w.now}
	r.Authority = Authority{Name: "A", Country: pick(w, "US", "DE", "GB"), Kind: LawEnforcement}
	r.Officer = Officer{Email: "officer@police.example", Phone: "+1 555 1"}
	r.Instrument = Instrument{Type: pick(w, SearchWarrant, GrandJurySubpoena, ForeignOrder, AgreementOrder, EPOC, EPOCPR, PreservationRequest, EmergencyRequest), ServedOn: "2026-11-20", UnderAgreement: true}
	r.Demand.Targets = []Target{{Type: AccountEmail, Value: "x@example.net", From: "2026-06-01", To: "2026-10-31"}}
	r.Demand.Data = pick(w, []Data{Subscriber}, []Data{Subscriber, Traffic}, []Data{Subscriber, Traffic, Content}, []Data{Content})
	r.Demand.Actions = pick(w, nil, nil, []DemandedAction{Block})
	if r.Instrument.Type.AsksOnlyToPreserve() && w.r.IntN(3) == 0 {
		r.Demand.Data, r.Demand.Actions = []Data{}, []DemandedAction{Preserve}
	}
	r.Secrecy = pick(w, Secrecy{Kind: NoSecrecy}, Secrecy{Kind: SecrecyRequested}, Secrecy{Kind: SecrecyByOrder, Until: "2027-01-30"}, Secrecy{Kind: Certification})
	return r
}

// determine is a policy that may answer anything; the rules must hold whatever it says.
func (w *walk) determine() Determination {
	d := Determination{Rulebook: Rulebook{Version: "walk", SHA256: fmt.Sprint(w.r.IntN(1000))}, Verification: Verification{Level: pick(w, Standard, Standard, SecondChannel)}}
	if w.r.IntN(2) == 0 {
		d.Grounds = []Reason{{Rule: comityRule}}
	}
	preserving := w.c.Request.Instrument.Type.AsksOnlyToPreserve()
	for _, x := range w.c.Request.Demand.Data {
		a := DataAnswer{Data: x, Answer: pick(w, Permit, Permit, Permit, Permit, Permit, RefuseIt, Refer, Object, Escalate)}
		if preserving {
			a.Answer = PreserveAnswer
		}
		if x == Subscriber && a.Answer == Permit && w.r.IntN(3) == 0 {
			a.Limits = []SubscriberField{FieldName, FieldAddress}
		}
		d.Answers = append(d.Answers, a)
	}
	for _, x := range w.c.Request.Demand.Answered() {
		d.Actions = append(d.Actions, ActionAnswer{Action: x, Answer: pick(w, RefuseIt, Refer, Escalate)})
	}
	if w.r.IntN(8) == 0 {
		d.Findings = []Finding{{Rule: "face.signature", Severity: Defect, Path: "instrument.signed", Sentence: "It is not signed."}}
	}
	d.Approvals.Required = pick(w, 1, 2)
	d.Notice = NoticeAnswer{Duty: w.duty(preserving), Period: Period(7 * 24 * time.Hour)}
	d.Deadlines = w.deadlines()
	d.Outcome = OutcomeDisclose
	return d
}

func (w *walk) duty(preserving bool) NoticeDuty {
	s := w.c.Request.Secrecy
	switch {
	case preserving:
		return NoNotice
	case w.c.Request.Instrument.Type == EPOC:
		return ByIssuingAuthority
	case s.Kind.HasForce() && s.Until == "":
		return NoticeProhibited
	case s.Kind.HasForce():
		return AfterSecrecyEnds
	case w.c.Request.Instrument.Type == EmergencyRequest:
		return AfterEmergency
	}
	return pick(w, BeforeDisclosure, BeforeDisclosure, BeforeDisclosure, NoticeProhibited)
}

func (w *walk) deadlines() []Deadline {
	due := func(kind DeadlineKind, days int) Deadline {
		d := DateOf(w.c.ReceivedAt.AddDate(0, 0, days), time.UTC)
		return Deadline{Kind: kind, Date: d, Due: d.End(time.UTC), Zone: "UTC", Basis: "profile"}
	}
	out := []Deadline{due(DueAcknowledge, 2), due(DueVerify, 3), due(DueReview, 7+w.r.IntN(3)), due(DueRespond, 14+w.r.IntN(3))}
	if w.r.IntN(3) == 0 {
		out = append(out, due(DueComityMotion, 14))
	}
	if w.c.Request.Instrument.Type == EPOC {
		out = append(out, due(ReleaseNotBefore, 10))
	}
	if w.c.Request.Instrument.Type.AsksOnlyToPreserve() {
		out = append(out, due(PreserveUntil, 60))
	}
	return out
}

func (w *walk) run() string {
	if broken := w.apply(Receipt{At: w.now, Actor: TheSystem}); broken != "" {
		return broken
	}
	for range 100 {
		if broken := w.move(); broken != "" {
			return broken
		}
		if broken := w.observeLetters(); broken != "" {
			return broken
		}
	}
	if broken := w.finish(); broken != "" {
		return broken
	}
	return w.observeLetters()
}

// move is one thing that happens: an effect is carried out, time passes, or somebody acts.
func (w *walk) move() string {
	w.now = w.now.Add(time.Duration(w.r.IntN(5400)) * time.Second)
	switch n := w.r.IntN(100); {
	case n < 45:
		return w.carryOut()
	case n < 50 && len(w.c.Work.Pending) == 0, n == 50:
		return w.sleep()
	case n == 51:
		return w.apply(Reconsideration{At: w.now, Of: SettingsChanged, New: "walk"})
	case n == 52:
		return w.purge()
	default:
		return w.act()
	}
}

// purge tries to erase the case; rule 9 says when that must not be.
func (w *walk) purge() string {
	before := w.c
	if broken := w.apply(Purge{At: w.now}); broken != "" || !w.c.Work.Purged || before.Work.Purged {
		return broken
	}
	_, owed := before.lateNotice()
	switch {
	case before.Held:
		return "rule 9: purged while held"
	case before.Preservation != nil && before.Preservation.Status == PreservationRunning:
		return "rule 9: purged while records are preserved"
	case before.Stage != InClosed, owed, len(before.Work.Pending) > 0:
		return "rule 9: purged before its end"
	}
	if len(w.c.Allowed(Actor{Kind: Person, Name: "rosa", Roles: Roles}, w.now)) > 0 {
		return "rule 9: something may be done to a purged case"
	}
	return ""
}

// finish: time runs for three years while the system does its part and nobody acts.
func (w *walk) finish() string {
	if broken := w.apply(Tick{At: w.now}); broken != "" { // the clock that was wound before the last act has rung since
		return broken
	}
	for range 200 {
		if len(w.c.Work.Pending) > 0 {
			if broken := w.carryOut(); broken != "" {
				return broken
			}
			continue
		}
		if _, more := w.c.Wakes(w.now); !more {
			break
		}
		if broken := w.sleep(); broken != "" {
			return broken
		}
	}
	if ch, err := w.c.Apply(Tick{At: w.now.AddDate(20, 0, 0)}); err != nil || ch.Step != 0 && len(w.c.Work.Pending) == 0 {
		return fmt.Sprintf("rule 10: something waits that no wake was set for: %v %v", ch.Events, err)
	}
	return w.silent()
}

// silent: rule 10, a counting deadline that passed while the case was open and its duty not done has its alarm.
func (w *walk) silent() string {
	for _, d := range w.c.Deadlines {
		late := d.Kind.IsOurs() && !d.done() && w.c.Stage != InClosed && w.now.After(d.Due.Add(time.Second)) && !w.c.fulfilled(d) && !w.c.standsStill(d)
		if late && !slices.Contains(w.verbs, DeadlineBreached) {
			return fmt.Sprintf("rule 10: %s passed in silence", d.Kind)
		}
	}
	return w.silentHearings()
}

// silentHearings: nobody is left waiting for a hearing that has been: people were told when it was over.
func (w *walk) silentHearings() string {
	for _, x := range w.c.Challenges {
		passed := x.HearingOn != "" && w.now.After(x.HearingOn.AddDays(3).Start(time.UTC))
		if x.Status == ChallengeOpen && passed && w.c.Work.Terms.Behaviour >= BehaviourHearings && !slices.Contains(w.c.Work.HearingsTold, HearingTold{x.N, x.HearingOn, -1}) {
			return fmt.Sprintf("rule 10: the hearing of challenge %d passed in silence", x.N)
		}
	}
	return ""
}

// sleep jumps to the next wake; an instant earlier nothing may happen by itself.
func (w *walk) sleep() string {
	next, ok := w.c.Wakes(w.now)
	if !ok {
		return ""
	}
	if early := next.Add(-time.Second); early.After(w.now) {
		if ch, err := w.c.Apply(Tick{At: early}); err != nil || ch.Step != 0 && !w.tickDue() {
			return fmt.Sprintf("rule 10: something happens at %s, before the wake at %s", early, next)
		}
	}
	w.now = next
	return w.apply(Tick{At: next})
}

// tickDue reports whether time has already done something at this very instant that no tick has yet brought in.
func (w *walk) tickDue() bool {
	ch, err := w.c.Apply(Tick{At: w.now})
	return err == nil && ch.Step != 0
}

// carryOut does a pending effect; sometimes the answer is lost and it is done again, sometimes brought twice.
func (w *walk) carryOut() string {
	if len(w.c.Work.Pending) == 0 {
		return ""
	}
	e := pick(w, w.c.Work.Pending...)
	r, done := w.kept[e.Step]
	if !done {
		if broken := w.observe(e, &r); broken != "" {
			return broken
		}
		w.kept[e.Step] = r
	}
	if w.r.IntN(4) == 0 {
		return "" // lost: the worker died before it could say so
	}
	r.At = w.now
	if broken := w.apply(r); broken != "" {
		return broken
	}
	w.taken[e.Step] = true
	if w.r.IntN(4) == 0 {
		return w.repeat(r)
	}
	return ""
}

func (w *walk) repeat(r Result) string {
	ch, err := w.c.Apply(r)
	if err != nil {
		return "rule 8: a repeated result is refused: " + err.Error()
	}
	for _, e := range ch.Events {
		if e.Verb != DeadlineSet && e.Verb != DeadlineWarned && e.Verb != DeadlineBreached {
			return "rule 8: a repeated result does something again: " + string(e.Verb)
		}
	}
	return ""
}

// observe carries an effect out for the first time and holds it to the rules.
func (w *walk) observe(e Effect, r *Result) string {
	r.Step, r.At = e.Step, w.now
	if !w.c.Clears(e, w.now) {
		r.Dropped = true
		return ""
	}
	switch e.Kind {
	case DoEvaluate:
		if w.r.IntN(6) == 0 {
			w.det = w.determine()
		}
		d := w.det
		r.Determination, r.Known, r.Agreement, r.Route = &d, true, w.agreed, RouteTreaty
	case DoResolve:
		found := Account{Match: MatchFound, Account: "acct-1"}
		r.Resolution = &Lookup{Accounts: []Account{pick(w, found, found, found, found, Account{Match: MatchNone})}}
	case DoMail:
		r.Mail = &MailResult{MessageID: fmt.Sprint(e.Step), SentAt: w.now, Bounced: e.Mail == MailNotice && w.r.IntN(6) == 0}
		r.Letters = w.lettersFor(e)
		return w.observeMail(e, r.Mail.Bounced)
	case DoCollect:
		r.Collected = &Collection{Rows: pick(w, 0, 5, 9, 5, 9), Files: 1}
		return w.observeGrants(e)
	case DoSeal:
		r.Sealed = &SealedParcel{ManifestSHA256: fmt.Sprintf("m%d", e.Step)}
		return w.observeGrants(e)
	case DoPreserve:
		r.Snapshot = &Snapshot{}
		for _, q := range w.c.ToKeep() {
			r.Snapshot.Kept = append(r.Snapshot.Kept, Kept{Query: q, At: w.now, Rows: 1})
		}
	case DoForget:
		r.Forgotten = true
		return w.observeForgetting()
	case DoDeliver:
		r.Delivered = &Delivery{SentAt: w.now, ExpiresAt: w.now.AddDate(0, 0, 14)}
		r.Letters = w.lettersFor(e)
		return w.observeDelivery(e)
	}
	return ""
}

func (w *walk) observeMail(e Effect, bounced bool) string {
	if e.Mail == MailAcknowledge {
		if w.saw.acknowledged++; w.saw.acknowledged > 1 {
			return "rule 8: acknowledged twice"
		}
	}
	if e.Mail != MailNotice {
		return ""
	}
	d := w.det.Notice.Duty
	switch {
	case w.saw.secrecy.Binds(w.now):
		return "rule 5: the customer is told while secrecy binds"
	case w.c.Determination.Notice.Duty == ByIssuingAuthority || d == ByIssuingAuthority:
		return "rule 5: the customer is told where the authority tells them"
	case w.saw.noticeSteps[e.Step]:
		return "rule 8: one notice twice"
	}
	w.saw.noticeSteps[e.Step] = true
	if w.c.Notices[e.Notice-1].Kind != BeforeDisclosure {
		if w.saw.lateNotices++; w.saw.lateNotices > 1 {
			return "rule 5: a delayed notice goes out twice"
		}
	}
	if !bounced {
		w.saw.noticeTo = append(w.saw.noticeTo, w.now)
	}
	return ""
}

// observeGrants: rule 2, what is looked up lies inside the demand and the decision.
func (w *walk) observeGrants(e Effect) string {
	demand := w.c.Request.Demand
	for _, g := range w.c.Grants(e.Disclosure) {
		i := slices.IndexFunc(w.c.Decision.Answers, func(a DecisionAnswer) bool { return a.Data == g.Query.Data })
		ruled := w.c.Work.Ruled[g.Query.Data] == Permit
		switch {
		case !demand.Asks(g.Query.Data) || i < 0 || w.c.Decision.Answers[i].Answer != Permit && !ruled:
			return "rule 2: a category that is not approved"
		case g.Query.From.Before(demand.Targets[0].From.From()) || g.Query.Until.After(demand.Targets[0].To.Until()) || g.Query.Until.IsZero():
			return "rule 2: outside the time range"
		case g.Query.Account != "acct-1":
			return "rule 2: another account"
		case len(w.c.determined(g.Query.Data).Limits) > 0 && (len(g.Query.Fields) == 0 || !subset(g.Query.Fields, w.c.determined(g.Query.Data).Limits)):
			return "rule 2: beyond the limits"
		}
	}
	return ""
}

// observeForgetting: rule 9, nothing is deleted that is still preserved or held.
func (w *walk) observeForgetting() string {
	if w.saw.keeping || w.saw.held {
		return "rule 9: what was preserved is deleted while a preservation runs or a hold stands"
	}
	return ""
}

// observeDelivery: rules 1, 3, 4 and 6 at the moment when something leaves.
func (w *walk) observeDelivery(e Effect) string {
	d := w.c.Disclosures[slices.IndexFunc(w.c.Disclosures, func(x Disclosure) bool { return x.N == e.Disclosure })]
	w.saw.delivered[d.N]++
	abroad := w.c.Request.Authority.IsForeign()
	content := slices.Contains(d.Data, Content)
	switch {
	case w.saw.reviewedBy == "":
		return "rule 1: disclosed without a review"
	case len(w.saw.approvedBy)+1 < w.saw.needs:
		return "rule 1: disclosed without every approval"
	case content && abroad && (!w.agreed || w.c.Request.Instrument.Type != AgreementOrder):
		return "rule 3: content to a non-US authority"
	case w.saw.delivered[d.N] > 1+w.saw.redelivered[d.N]:
		return "rule 8: delivered twice"
	}
	return ""
}

// observeRelease: rule 4, at the moment when a person lets it go.
func (w *walk) observeRelease(d Disclosure) string {
	for _, open := range w.saw.objections {
		if open {
			return "rule 4: released while an objection is open"
		}
	}
	for _, x := range w.saw.challenges {
		if x.Status == ChallengeOpen && x.Kind != SecrecyOnly && (len(x.Data) == 0 || slices.ContainsFunc(d.Data, func(d Data) bool { return slices.Contains(x.Data, d) })) {
			return "rule 4: released while a challenge holds it"
		}
	}
	barrier := w.c.Request.Instrument.Type == EPOC && !w.saw.holdCleared && w.now.Before(time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC))
	if (barrier || w.saw.holdRefused) && (slices.Contains(d.Data, Traffic) || slices.Contains(d.Data, Content)) {
		return "rule 4: released before the enforcing authority's days ended"
	}
	duty := w.c.Determination.Notice.Duty
	owed := duty != ByIssuingAuthority && duty != NoNotice && duty != AfterEmergency && !w.saw.secrecy.Binds(w.now) && !w.c.Secrecy.Binds(w.now)
	if owed && !w.periodRan() {
		return "rule 4: released before the customer's notice period ended"
	}
	return ""
}

func (w *walk) periodRan() bool {
	return slices.ContainsFunc(w.saw.noticeTo, func(at time.Time) bool { return !w.now.Before(at.Add(48 * time.Hour)) })
}

func (w *walk) story() string {
	out := ""
	for _, line := range w.log {
		out += line + "\n"
	}
	return out
}
