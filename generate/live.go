package generate

import (
	"time"

	"dueprocess/casework"
)

// life is a case while it is lived: time goes from one thing that happens to the next. The system carries out its
// effects within seconds, its clock rings when the case says so, and people do what the case waits for after a while.
type life struct {
	*chance

	office  *Office
	paper   paper
	now     time.Time
	c       casework.Case
	changes []casework.Change

	first, second bool // which of the two people of a role
	slow          float64
	fate          fate
	next          intention
	refusals      int
	det           *casework.Determination
	done          map[string]bool // what is done once, or decided once not to be
}

// fate is a turn that a few lives take.
type fate string

const (
	ordinary  fate = ""
	withdrawn fate = "withdrawn"
	duplicate fate = "duplicate"
	paused    fate = "paused"
	extended  fate = "extended"
	kept      fate = "held"
	walled    fate = "walled"
	contested fate = "contested"
)

// Bounds of a life: nothing that is not broken reaches them.
const (
	mostMoves    = 300
	mostRefusals = 12
	usualChanges = 26
)

func (o *Office) live(c *chance, id string, p paper, in casework.Intake) (Life, error) {
	l := &life{chance: c, office: o, paper: p, now: in.At, c: registered(in, id), slow: 1, done: map[string]bool{}, changes: make([]casework.Change, 0, usualChanges)}
	l.first, l.second = c.of(55), c.of(50)
	l.fate = choose(c, []weighted[fate]{
		{82, ordinary}, {3, withdrawn}, {1.4, duplicate}, {6, paused}, {2.2, extended}, {1.8, kept}, {0.6, walled}, {3, contested},
	})
	if c.of(7) {
		l.slow = 4
	}
	err := l.apply(casework.Receipt{At: in.At, Actor: in.Actor})
	for moves := 0; err == nil && moves < mostMoves; moves++ {
		var more bool
		if more, err = l.move(); !more {
			break
		}
	}
	return Life{ID: id, Intake: in, Changes: l.changes}, err
}

// registered is the case as the registry reads it back before its receipt.
func registered(in casework.Intake, id string) casework.Case {
	c := casework.Case{View: casework.View{
		ID: id, Stage: casework.InReceipt, WaitingOn: casework.OnSystem, SLA: casework.OnTrack, Restricted: in.Request.Instrument.IsNationalSecurity(),
		ReceivedAt: in.Request.ReceivedAt, Request: in.Request,
	}}
	c.Work.Key, c.Work.Terms = in.CaseKey, in.Terms
	if c.Restricted {
		c.Work.Members = in.Members
	}
	return c
}

// move is the next thing that happens; false where nothing more does before the last day.
func (l *life) move() (bool, error) {
	if len(l.c.Work.Pending) > 0 {
		return l.at(l.now.Add(l.seconds(1, 9)), l.carryOut)
	}
	l.intend()
	ring, rings := l.c.Wakes(l.now)
	acts := l.next.body != nil
	switch {
	case !rings && !acts:
		return false, nil
	case acts && (!rings || l.next.at.Before(ring)):
		return l.at(latest(l.next.at, l.now), l.act)
	}
	return l.at(ring, func() error { return l.apply(casework.Tick{At: l.now}) })
}

// at lets time come to an instant, if that is not beyond the end.
func (l *life) at(at time.Time, do func() error) (bool, error) {
	if !at.Before(l.office.days.until()) {
		return false, nil
	}
	l.now = casework.Truncate(at)
	return true, do()
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// apply puts an input in and keeps what came of it.
func (l *life) apply(in casework.Input) error {
	ch, err := l.c.Apply(in)
	if err != nil {
		return err
	}
	if ch.Step > 0 {
		l.c, l.changes = ch.Case, append(l.changes, ch)
	}
	return nil
}

// act does what was intended. What the case refuses today may be allowed tomorrow: a barrier ends, a clerk comes back.
func (l *life) act() error {
	a := casework.Act{Action: l.next.action, Actor: l.next.by, At: l.now, Body: l.next.body, Book: l.book()}
	err := l.apply(a)
	if err == nil {
		l.next = intention{}
		return nil
	}
	l.next.at = l.now.Add(26 * time.Hour)
	if l.refusals++; l.refusals > mostRefusals {
		return err
	}
	return nil
}

// book is the contact book's entry of the authority.
func (l *life) book() *casework.BookEntry {
	return &casework.BookEntry{
		Country: l.c.Request.Authority.Country, Domains: []string{l.paper.cured.Officer.Domain()}, Phones: []string{"+1 800 555 0199"},
	}
}
