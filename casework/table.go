package casework

import (
	"slices"
	"time"
)

// permission is one row of the one table that pages, API, validator and allowed_actions all ask: which roles (and which
// outsiders) may do an action, in which stages, and in which state of the case; and what the action does.
type permission struct {
	roles  []Role
	others []ActorKind
	stages []Stage // nil: any
	when   func(c Case, by Actor, at time.Time) *Error
	do     func(t *turn, a Act) error
}

var (
	staff    = []Role{LegalOps, Reviewer, Manager}
	open     = []Stage{InReceipt, InLegalReview, InCustomerNotice, InChallenge, InMLATReferral, InDisclosure}
	toTheEnd = []Stage(nil)
)

// table is filled by init, since what actions do asks it again.
var table map[Action]permission

func init() { //nolint:gochecknoinits // table and what it does ask each other; Go takes that for a cycle
	table = map[Action]permission{
		VerifyRequester:      {roles: []Role{LegalOps}, stages: []Stage{InReceipt}, when: verifiable, do: with(verify)},
		RejectRequester:      {roles: []Role{LegalOps}, stages: []Stage{InReceipt}, do: with(reject)},
		CorrectRequest:       {roles: []Role{LegalOps}, stages: []Stage{InReceipt, InLegalReview}, do: with(correct)},
		AskClarification:     {roles: []Role{LegalOps, Reviewer}, stages: []Stage{InReceipt, InLegalReview}, when: nothingAsked, do: with(ask)},
		ReceiveClarification: {roles: []Role{LegalOps}, others: []ActorKind{AuthorityKind}, stages: []Stage{InReceipt, InLegalReview}, when: asked, do: with(clarified)},
		Review:               {roles: []Role{Reviewer}, stages: []Stage{InLegalReview}, when: reviewable, do: with(review)},
		Approve:              {roles: []Role{Reviewer}, stages: []Stage{InLegalReview}, when: approvable, do: with(approve)},
		SendBack:             {roles: []Role{Reviewer}, stages: []Stage{InLegalReview}, when: approvable, do: with(sendBack)},
		Renotify:             {roles: []Role{LegalOps}, stages: []Stage{InCustomerNotice}, when: notSilenced, do: with(renotify)},
		RecordObjection:      {roles: []Role{LegalOps}, others: []ActorKind{Customer}, stages: []Stage{InCustomerNotice, InDisclosure}, when: beforeRelease, do: with(object)},
		ResolveObjection:     {roles: []Role{Reviewer}, stages: open, when: objectionIsOpen, do: with(resolveObjection)},
		FileChallenge:        {roles: []Role{Reviewer}, when: contestable, do: with(fileChallenge)},
		RecordRuling:         {roles: []Role{Reviewer}, when: challengeIsOpen, do: with(recordRuling)},
		ReferToMLAT:          {roles: []Role{Reviewer}, stages: []Stage{InCustomerNotice, InChallenge, InDisclosure}, when: beforeRelease, do: with(referToMLAT)},
		RecordMLATOutcome:    {roles: []Role{Reviewer}, stages: []Stage{InMLATReferral}, do: with(recordMLAT)},
		ClearHold:            {roles: []Role{LegalOps, Reviewer}, stages: open, when: holdRuns, do: with(clearHold)},
		AddRecords:           {roles: []Role{LegalOps}, stages: []Stage{InDisclosure}, when: parcelInHand, do: with(addRecords)},
		Release:              {roles: []Role{Reviewer}, stages: []Stage{InDisclosure}, when: releasable, do: with(release)},
		Redeliver:            {roles: []Role{LegalOps}, when: deliveredOrExpired, do: with(redeliver)},
		ConfirmReceipt:       {roles: []Role{LegalOps}, others: []ActorKind{AuthorityKind}, when: delivered, do: with(confirmReceipt)},
		Download:             {others: []ActorKind{AuthorityKind}, do: with(download)},
		ReportError:          {roles: []Role{LegalOps, Reviewer}, when: afterRelease, do: with(reportError)},
		Withdraw:             {roles: []Role{LegalOps}, others: []ActorKind{AuthorityKind}, stages: open, when: beforeRelease, do: with(withdraw)},
		PauseClock:           {roles: []Role{Manager, Reviewer}, stages: open, when: clockRuns, do: with(pauseClock)},
		ResumeClock:          {roles: []Role{Manager, Reviewer}, stages: open, when: clockStands, do: with(resumeClock)},
		ExtendDeadline:       {roles: []Role{Manager, Reviewer}, stages: open, do: with(extendDeadline)},
		SetSecrecy:           {roles: []Role{Reviewer}, do: with(setSecrecy)},
		LiftSecrecy:          {roles: []Role{Reviewer}, when: secrecyStands, do: with(liftSecrecy)},
		ExtendPreservation:   {roles: []Role{LegalOps}, others: []ActorKind{AuthorityKind}, when: preserving, do: with(extendPreservation)},
		EndPreservation:      {roles: []Role{LegalOps}, when: preserving, do: with(endPreservation)},
		Restrict:             {roles: []Role{Manager, Reviewer}, do: with(restrict)},
		Unrestrict:           {roles: []Role{Manager, Reviewer}, when: isRestricted, do: with(unrestrict)},
		Hold:                 {roles: []Role{Reviewer}, when: notHeld, do: with(hold)},
		Unhold:               {roles: []Role{Reviewer}, when: isHeld, do: with(unhold)},
		Assign:               {roles: staff, stages: toTheEnd, do: with(assign)},
		Comment:              {roles: staff, stages: toTheEnd, do: with(comment)},
		Attach:               {roles: staff, stages: toTheEnd, do: with(attach)},
		LinkCase:             {roles: staff, stages: toTheEnd, do: with(link)},
		Close:                {roles: []Role{Reviewer}, stages: open, when: beforeRelease, do: with(closeByHand)},
	}
}

// with gives an action's function its own body.
func with[B any](do func(t *turn, a Act, b B) error) func(*turn, Act) error {
	return func(t *turn, a Act) error {
		body, ok := any(a.Body).(*B)
		if !ok {
			return Refuse(Invalid, "The body does not belong to the action %s.", a.Action)
		}
		return do(t, a, *body)
	}
}

// Allowed lists the actions that the actor may do to the case now.
func (c Case) Allowed(by Actor, at time.Time) []Action {
	out := []Action{}
	for _, action := range Actions {
		if c.may(action, by, at) == nil {
			out = append(out, action)
		}
	}
	return out
}

// May says why the actor may not do the action to the case now, as whoever acts would be told; nil: they may, as far as
// can be told without the act's body.
func (c Case) May(action Action, by Actor, at time.Time) error {
	if refused := c.may(action, by, at); refused != nil {
		return refused
	}
	return nil
}

// MayEver reports whether any role of the actor may do the action to some case.
func MayEver(action Action, by Actor) bool { return table[action].admits(by) }

func (p permission) admits(by Actor) bool {
	if by.Kind == Person {
		return by.Has(p.roles...)
	}
	return slices.Contains(p.others, by.Kind)
}

// may asks the table: who, where, and in which state.
func (c Case) may(action Action, by Actor, at time.Time) *Error {
	p, ok := table[action]
	switch {
	case !ok || c.WalledOff(by):
		return Refuse(NotFound, "There is no such case or action.")
	case c.Work.Purged:
		return Refuse(Conflict, "The case was purged: nothing is left that could be acted on.")
	case !p.admits(by):
		return Refuse(Forbidden, "Your role may not do this: %s is for %s.", action, p.who())
	case p.stages != nil && !slices.Contains(p.stages, c.Stage):
		return Refuse(Conflict, "The case is in the stage %s; %s is for %s.", c.Stage, action, join(list(p.stages)))
	case p.when != nil:
		return p.when(c, by, at)
	}
	return nil
}

func (p permission) who() string {
	return join(append(list(p.roles), list(p.others)...))
}

// WalledOff reports whether the case is restricted and the person is not inside its wall.
func (c Case) WalledOff(by Actor) bool {
	return c.Restricted && by.Kind == Person && !slices.Contains(c.Work.Members, by.Name)
}

func (a Act) apply(t *turn) error {
	if a.Key != "" && slices.Contains(t.c.Work.Seen, a.Key) {
		return nil
	}
	if err := t.c.may(a.Action, a.Actor, t.at); err != nil {
		return err
	}
	if a.Version != 0 && a.Version != t.c.Version {
		return Refuse(Conflict, "The case has changed since version %d: it is now version %d, in the stage %s, waiting on %s.",
			a.Version, t.c.Version, t.c.Stage, t.c.WaitingOn)
	}
	if err := table[a.Action].do(t, a); err != nil {
		return err
	}
	t.changed = true
	if r, ok := a.Body.(remarked); ok {
		t.aside(a, r.remark())
	}
	t.see(a.Key)
	return nil
}

// aside keeps what was written with an act, beside it.
func (t *turn) aside(a Act, text string) {
	if text != "" && t.c.Work.Terms.Behaviour >= BehaviourRemarks {
		t.record(Commented, nil, entry{"text": text, "on": string(a.Action)})
	}
}

// keysKept is how many keys of acts a case remembers; older ones are answered by the registry.
const keysKept = 200

func (t *turn) see(key string) {
	if key == "" {
		return
	}
	seen := append(t.c.Work.Seen, key) //nolint:gocritic // the tail of it is kept
	t.c.Work.Seen = seen[max(0, len(seen)-keysKept):]
}
