package casework

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Input is what moves a case: the receipt of its request, somebody's act, a passed instant, what an effect brought.
type Input interface {
	when() time.Time
	who() Actor
	apply(t *turn) error
}

// Receipt begins a case that the registry has numbered.
type Receipt struct {
	At    time.Time `json:"at"`
	Actor Actor     `json:"actor"`
}

// Tick says that an instant has come; Wakes told which.
type Tick struct {
	At time.Time `json:"at"`
}

func (r Receipt) when() time.Time { return r.At }
func (r Receipt) who() Actor      { return r.Actor }
func (k Tick) when() time.Time    { return k.At }
func (k Tick) who() Actor         { return TheSystem }
func (r Result) when() time.Time  { return r.At }
func (r Result) who() Actor       { return TheSystem }
func (a Act) when() time.Time     { return a.At }
func (a Act) who() Actor          { return a.Actor }

// Apply says what an input makes of the case: the new case with the effects still to be done, and the events to store
// with it; or a refusal, an *Error, after which nothing has changed. It is the only place where a case changes:
// validators, pages, allowed_actions and the random walks all ask it.
func (c Case) Apply(in Input) (Change, error) {
	t := &turn{c: c.clone(), at: latest(Truncate(in.when()), c.Work.At), actor: in.who()}
	if err := in.apply(t); err != nil {
		return Change{}, err
	}
	t.proceed()
	if !t.changed {
		return Change{Case: c}, nil
	}
	t.settle()
	t.c.Version++
	t.c.Work.At = t.at
	return Change{Case: t.c, Step: t.step(), Events: t.events}, nil
}

// turn is one application: the copy that is being changed, and what is recorded on the way.
type turn struct {
	c       Case
	at      time.Time
	actor   Actor
	events  []Event
	changed bool
}

// record writes an event; old and new are what changed, as JSON.
func (t *turn) record(verb Verb, old, now any) {
	t.changed = true
	t.events = append(t.events, Event{At: t.at, Actor: Actor{Kind: t.actor.Kind, Name: t.actor.Name}, Verb: verb, Old: asJSON(old), New: asJSON(now)})
}

// bySystem records what follows by itself from what somebody did.
func (t *turn) bySystem(verb Verb, old, now any) {
	actor := t.actor
	t.actor = TheSystem
	t.record(verb, old, now)
	t.actor = actor
}

// step gives the next number to a thing to store or to do.
func (t *turn) step() int {
	t.c.Work.Step++
	return t.c.Work.Step
}

// order adds an effect to what is still to be done.
func (t *turn) order(e Effect) {
	e.Step = t.step()
	t.changed = true
	t.c.Work.Pending = append(t.c.Work.Pending, e)
}

// cancel takes back effects that are not yet done; what they may still bring is ignored.
func (t *turn) cancel(which func(Effect) bool) {
	t.c.Work.Pending = slices.DeleteFunc(t.c.Work.Pending, which)
}

// entry is the old or new state of a few named facts, as an event keeps them.
type entry map[string]string

func asJSON(v any) json.RawMessage {
	if v == nil {
		return json.RawMessage(`{}`)
	}
	b, err := json.Marshal(v)
	if err != nil || string(b) == "null" {
		return json.RawMessage(`{}`)
	}
	return b
}

// clone copies everything that a turn changes in place; what a pointer holds is replaced whole, never changed.
func (c Case) clone() Case {
	c.Accounts = slices.Clone(c.Accounts)
	c.Approvals.Given = slices.Clone(c.Approvals.Given)
	c.Deadlines = slices.Clone(c.Deadlines)
	c.Pauses = slices.Clone(c.Pauses)
	c.Notices = slices.Clone(c.Notices)
	c.Objections = slices.Clone(c.Objections)
	c.Challenges = slices.Clone(c.Challenges)
	c.Disclosures = slices.Clone(c.Disclosures)
	c.Documents = slices.Clone(c.Documents)
	c.Letters = slices.Clone(c.Letters)
	c.Links = slices.Clone(c.Links)
	c.Work.Pending = slices.Clone(c.Work.Pending)
	c.Work.Members = slices.Clone(c.Work.Members)
	c.Work.AddedBy = slices.Clone(c.Work.AddedBy)
	c.Work.Added = slices.Clone(c.Work.Added)
	c.Work.Seen = slices.Clone(c.Work.Seen)
	c.Work.Ruled = maps.Clone(c.Work.Ruled)
	c.Work.Base = maps.Clone(c.Work.Base)
	c.Work.Moves = slices.Clone(c.Work.Moves)
	c.Work.Standing = slices.Clone(c.Work.Standing)
	c.Work.Rings = slices.Clone(c.Work.Rings)
	c.Work.Kept = slices.Clone(c.Work.Kept)
	return c
}

// proceed takes the case as far as it goes by itself.
func (t *turn) proceed() {
	t.dropStaleParcels()
	for range Stages {
		if !t.forward() {
			break
		}
	}
	t.tellLate()
	t.keepRecords()
	t.confirmKeeping()
}

// forward takes the case one stage on where it may leave the one it is in; false where it stays.
func (t *turn) forward() bool {
	switch t.c.Stage {
	case InReceipt:
		return t.leaveReceipt()
	case InLegalReview:
		return t.leaveReview()
	case InCustomerNotice:
		return t.leaveNotice()
	case InChallenge:
		return t.leaveChallenge()
	case InDisclosure:
		return t.leaveDisclosure()
	case InClosed, InMLATReferral:
	}
	return false
}

// enter moves the case to a stage.
func (t *turn) enter(s Stage) bool {
	t.c.Stage = s
	t.changed = true
	return true
}
