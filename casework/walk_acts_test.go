package casework

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	people = []Actor{
		{Kind: Person, Name: "olivia", Roles: []Role{LegalOps}}, {Kind: Person, Name: "omar", Roles: []Role{LegalOps}},
		{Kind: Person, Name: "rosa", Roles: []Role{Reviewer}}, {Kind: Person, Name: "rafael", Roles: []Role{Reviewer}}, {Kind: Person, Name: "ruth", Roles: []Role{Reviewer, LegalOps}},
		{Kind: Person, Name: "mina", Roles: []Role{Manager}}, {Kind: AuthorityKind, Name: "officer"}, {Kind: Customer, Name: "customer"},
	}
	book = &BookEntry{Country: "", Domains: []string{"police.example"}, Phones: []string{"+1 800 7"}}
)

// rarely are actions that end or stall a walk; they are tried less often, so that walks go far.
var rarely = []Action{
	RejectRequester, Withdraw, Close, ReferToMLAT, PauseClock, Restrict, AskClarification, CorrectRequest, SetSecrecy, EndPreservation, FileChallenge, RecordObjection,
}

// onwards are the actions that take a case along; half of the acts are such where one is allowed.
var onwards = []Action{VerifyRequester, ReceiveClarification, Review, Approve, ResolveObjection, Release, RecordRuling, Renotify, Redeliver, ResumeClock}

// act: somebody does something that the table allows, or, now and then, something that it does not.
func (w *walk) act() string {
	by := pick(w, people...)
	allowed := w.c.Allowed(by, w.now)
	if by.Kind == AuthorityKind && w.c.released() && w.r.IntN(3) == 0 {
		return w.download(by)
	}
	if len(allowed) == 0 || w.r.IntN(20) == 0 {
		return w.tryForbidden(by, allowed)
	}
	action := pick(w, allowed...)
	if next := slices.DeleteFunc(slices.Clone(allowed), func(a Action) bool { return !slices.Contains(onwards, a) }); len(next) > 0 && w.r.IntN(2) == 0 {
		action = pick(w, next...)
	}
	if slices.Contains(rarely, action) && w.r.IntN(8) != 0 {
		return ""
	}
	return w.do(action, by)
}

func (w *walk) download(by Actor) string {
	return w.applyAct(Act{Action: Download, Actor: by, At: w.now, Body: &DownloadBody{Disclosure: len(w.c.Disclosures)}})
}

func (w *walk) tryForbidden(by Actor, allowed []Action) string {
	action := pick(w, Actions...)
	if slices.Contains(allowed, action) {
		return ""
	}
	body := w.body(action, by)
	if _, err := w.c.Apply(Act{Action: action, Actor: by, At: w.now, Body: body, Book: w.book()}); err == nil {
		return fmt.Sprintf("rule 6: %s did %s, which the table does not allow", by.Name, action)
	}
	return ""
}

func (w *walk) book() *BookEntry {
	b := *book
	b.Country = w.c.Request.Authority.Country
	return &b
}

func (w *walk) do(action Action, by Actor) string {
	body := w.body(action, by)
	if comment := reflect.ValueOf(body).Elem().FieldByName("Comment"); comment.IsValid() && w.r.IntN(4) == 0 {
		comment.SetString("and another thing")
	}
	return w.applyAct(Act{Action: action, Actor: by, At: w.now, Body: body, Book: w.book()})
}

// lifecycle is "who" of the table of actions in lifecycle.md, written again: l legal ops, r reviewer, m manager, a the
// authority, c the customer.
var lifecycle = map[Action]string{
	VerifyRequester: "l", RejectRequester: "l", CorrectRequest: "l", AskClarification: "lr", ReceiveClarification: "la", Review: "r", Approve: "r", SendBack: "r",
	Renotify: "l", RecordObjection: "lc", ResolveObjection: "r", FileChallenge: "r", RecordRuling: "r", ReferToMLAT: "r", RecordMLATOutcome: "r", ClearHold: "lr",
	AddRecords: "l", Release: "r", Redeliver: "l", ConfirmReceipt: "la", ReportError: "lr", Withdraw: "la", PauseClock: "mr", ResumeClock: "mr", ExtendDeadline: "mr",
	SetSecrecy: "r", LiftSecrecy: "r", ExtendPreservation: "la", EndPreservation: "l", Restrict: "mr", Unrestrict: "mr", Hold: "r", Unhold: "r",
	Assign: "lrm", Comment: "lrm", Attach: "lrm", LinkCase: "lrm", Close: "r", Download: "a",
}

// mayBy asks that table, and not the code's.
func mayBy(action Action, by Actor) bool {
	letters := map[ActorKind]string{AuthorityKind: "a", Customer: "c"}[by.Kind]
	for role, letter := range map[Role]string{LegalOps: "l", Reviewer: "r", Manager: "m"} {
		if by.Has(role) {
			letters += letter
		}
	}
	return strings.ContainsAny(lifecycle[action], letters)
}

func (w *walk) applyAct(a Act) string {
	before := w.c
	if broken := w.apply(a); broken != "" {
		return broken
	}
	if w.c.Version == before.Version {
		return ""
	}
	if !mayBy(a.Action, a.Actor) {
		return fmt.Sprintf("rule 6: %s is not for %s", a.Action, a.Actor.Name)
	}
	return w.witness(a, before)
}

// witness writes down what the outside sees of an act, and holds it to the rules.
func (w *walk) witness(a Act, before Case) string {
	switch b := a.Body.(type) {
	case *ReviewBody:
		w.saw.reviewedBy, w.saw.approvedBy, w.saw.needs = a.Actor.Name, nil, before.Determination.Approvals.Required
		if before.escalated() {
			w.saw.needs = 2
		}
	case *ApproveBody:
		if a.Actor.Name == w.saw.reviewedBy || slices.Contains(w.saw.approvedBy, a.Actor.Name) {
			return "rule 6: approved by whoever reviewed or approved"
		}
		w.saw.approvedBy = append(w.saw.approvedBy, a.Actor.Name)
	case *AddRecordsBody:
		w.saw.adders = append(w.saw.adders, a.Actor.Name)
	case *SecrecyBody:
		w.saw.secrecy = Secrecy{Kind: b.Kind, Until: b.Until}
	case *RequestBody:
		w.forgetReview()
	case *ObjectionBody:
		w.saw.objections[len(w.c.Objections)] = true
	case *ResolveBody:
		w.closeObjections()
		if b.Outcome == ObjectionSustained {
			w.forgetReview()
		}
	case *ChallengeBody:
		if b.Challenge == 0 {
			w.saw.challenges[len(w.c.Challenges)] = w.c.Challenges[len(w.c.Challenges)-1]
		}
	case *RulingBody:
		w.witnessRuling(b)
	case *HoldBody:
		w.saw.holdCleared, w.saw.holdRefused = w.saw.holdCleared || b.Outcome == HoldIsCleared, w.saw.holdRefused || b.Outcome == HoldIsRefused
	case *ReleaseBody:
		return w.witnessRelease(a, b, before)
	case *ParcelBody:
		w.saw.redelivered[b.Disclosure]++
	case *WithReason:
		w.witnessReason(a)
	}
	return ""
}

func (w *walk) witnessReason(a Act) {
	switch a.Action {
	case LiftSecrecy:
		at := w.now
		w.saw.secrecy.LiftedAt = &at
	case SendBack:
		w.forgetReview()
	case ReferToMLAT:
		w.saw.reviewedBy, w.saw.approvedBy = a.Actor.Name, nil
	}
}

func (w *walk) witnessRuling(b *RulingBody) {
	for n, x := range w.saw.challenges {
		if w.c.Challenges[n-1].Status != ChallengeOpen && x.Status == ChallengeOpen {
			if x.Kind == SecrecyOnly && b.Outcome == ChallengeUpheld {
				at := w.now
				w.saw.secrecy.LiftedAt = &at
			}
			x.Status = b.Outcome
			w.saw.challenges[n] = x
		}
	}
	if w.c.Decision == nil {
		w.forgetReview()
	}
}

func (w *walk) witnessRelease(a Act, b *ReleaseBody, before Case) string {
	if slices.Contains(w.saw.adders, a.Actor.Name) {
		return "rule 6: released by whoever added records"
	}
	i := slices.IndexFunc(before.Disclosures, func(d Disclosure) bool { return d.ManifestSHA256 == b.Manifest })
	return w.observeRelease(before.Disclosures[i])
}

func (w *walk) forgetReview() { w.saw.reviewedBy, w.saw.approvedBy = "", nil }

func (w *walk) closeObjections() {
	for n := range w.saw.objections {
		w.saw.objections[n] = w.c.Objections[n-1].Status == ObjectionOpen
	}
}

// words: rule 7, what somebody writes with an act is in the events of it.
func (w *walk) words(a Act, ch Change) string {
	if w.c.Work.Terms.Behaviour < BehaviourRemarks {
		return ""
	}
	var said strings.Builder
	for _, e := range ch.Events {
		said.Write(e.New)
	}
	for _, written := range writtenIn(a.Body) {
		if !strings.Contains(said.String(), strconv.Quote(written)) {
			return fmt.Sprintf("rule 7: with %s, %q was written and is in no event", a.Action, written)
		}
	}
	return ""
}

// writtenIn are the texts of a body.
func writtenIn(b Body) (out []string) {
	v := reflect.ValueOf(b).Elem()
	for _, name := range []string{"Reason", "Comment", "Evidence", "Text", "Basis", "Court"} {
		if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			out = append(out, f.String())
		}
	}
	return out
}

// apply puts an input in, stores the change as the registry would, and holds it to rules 7 and 10.
func (w *walk) apply(in Input) string {
	before := w.c
	ch, err := w.c.Apply(in)
	if err != nil {
		if CodeOf(err) == Internal {
			return "refused without a code: " + err.Error()
		}
		return ""
	}
	if ch.Step == 0 {
		return ""
	}
	if w.steps[ch.Step] || len(ch.Events) == 0 || ch.Case.Version != before.Version+1 {
		return fmt.Sprintf("rule 7: a change without an event, or a step used twice (%T %+v)", in, in)
	}
	w.steps[ch.Step] = true
	if a, ok := in.(Act); ok {
		if wrong := w.words(a, ch); wrong != "" {
			return wrong
		}
	}
	for _, e := range ch.Events {
		if e.Actor.Name == "" || !e.Verb.Valid() {
			return "rule 7: an event without an actor or of an unknown verb"
		}
		w.verbs = append(w.verbs, e.Verb)
		w.saw.watch(e.Verb)
		if e.Verb == LetterSent && strings.Contains(string(e.New), `"sha256"`) {
			w.saw.letters++
		}
		w.log = append(w.log, fmt.Sprintf("%s %-12s %-10s %-22s old %s new %s", w.now.Format("01-02 15:04"), ch.Case.Stage, e.Actor.Name, e.Verb, e.Old, e.New))
	}
	w.c = ch.Case
	if r, ok := in.(Result); ok && r.Determination != nil {
		w.counted = r.Determination.Deadlines
	}
	w.closeObjections()
	if wrong := w.recount(ch.Events); wrong != "" {
		return wrong
	}
	if wrong := w.moved(before, ch.Events); wrong != "" {
		return wrong
	}
	return w.notShortened(before, ch.Events)
}

// notShortened: rule 10, no deadline comes nearer unless the case is evaluated anew; rule 9, preservation never ends early.
func (w *walk) notShortened(before Case, events []Event) string {
	for _, e := range events {
		over := before.isPreserving() && !w.c.isPreserving() && e.Verb == PreservationEnded
		if over && e.Actor.Kind == System && !endsAfter(before, w.now) {
			return "rule 9: a preservation ended early"
		}
	}
	if slices.ContainsFunc(events, func(e Event) bool { return e.Verb == Evaluated || e.Verb == NoticeWasSent }) {
		return ""
	}
	for _, old := range before.Deadlines {
		if now, ok := w.c.deadline(old.Kind); ok && now.Due.Before(old.Due) {
			return fmt.Sprintf("rule 10: %s was shortened", old.Kind)
		}
	}
	return ""
}

// watch keeps what the events say of preservation and holds.
func (o *observer) watch(v Verb) {
	switch v {
	case PreservationStarted:
		o.keeping = true
	case PreservationEnded:
		o.keeping = false
	case Held, Unheld:
		o.held = v == Held
	}
}

func endsAfter(c Case, now time.Time) bool {
	return c.Preservation != nil && !now.Before(c.Preservation.Until.AddDays(1).Start(time.UTC))
}
