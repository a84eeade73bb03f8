package generate

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"time"

	"dueprocess/casework"
	"dueprocess/policy"
)

// Options say which cases are made.
type Options struct {
	Cases int
	Seed  uint64
	Until casework.Date // nothing happens on this day or later; the first case is received three years before
	Rules *policy.Rulebook
	Last  map[int]int // the last running number that each year has given already
}

// Office is a row of cases, in the order of their receipt. It is safe for concurrent use.
type Office struct {
	opt     Options
	days    calendar
	terms   casework.Terms
	members []string
	zone    *time.Location
	began   map[int]int // the first place of each year
}

// years is how long the office has been receiving.
const years = 3

// New opens an office; the day must be a valid one.
func New(opt Options) *Office {
	p := opt.Rules.Profile()
	o := &Office{opt: opt, members: p.NationalSecurity, days: newCalendar(opt.Until), began: map[int]int{}, zone: time.UTC}
	if zone, err := time.LoadLocation(p.BusinessHours.Zone); err == nil {
		o.zone = zone
	}
	o.terms = casework.Terms{
		NoticeMinimum: casework.Period(p.NoticeMinimum), DeliveryDays: p.DeliveryDays, Reminders: p.ClarifyReminders, ClarifyCloses: p.ClarifyCloses,
		AfterEmergency: p.AfterEmergencyDays, MLATPreserveDays: p.MLATPreserveDays, AskBeforeEnd: askBeforeEnd, TellAfterwards: p.TellAfterwards,
		Behaviour: casework.NewestBehaviour, Hours: p.BusinessHours,
	}
	for year := o.days.from.Year(); year <= o.days.until().Year(); year++ {
		o.began[year] = sort.Search(opt.Cases, func(i int) bool { return o.receivedAt(i).Year() >= year })
	}
	return o
}

// askBeforeEnd is how many days before secrecy ends the authority is asked (lifecycle.md, rule 5).
const askBeforeEnd = 10

// Life is a whole case: its number, what was registered, and what became of it, change by change.
type Life struct {
	ID      string
	Intake  casework.Intake
	Changes []casework.Change
}

// Life makes the case at a place from 0; a refusal of the state machine that nothing explains is an error.
func (o *Office) Life(i int) (Life, error) {
	c := &chance{rand.New(rand.NewPCG(o.opt.Seed, uint64(i)))} //nolint:gosec // invented cases need to be repeatable, not secret
	at := o.receivedAt(i)
	p := newPaper(c, at, o.opt.Rules)
	in := casework.Intake{CaseKey: key(c, at), Request: p.request, Actor: p.receivedBy(), Members: o.members, Terms: o.terms, At: p.registeredAt(o.days.until())}
	return o.live(c, o.id(i), p, in)
}

// id is the number that the registry would give.
func (o *Office) id(i int) string {
	year := o.receivedAt(i).Year()
	return fmt.Sprintf("LR-%d-%06d", year, o.opt.Last[year]+i-o.began[year]+1)
}

// receivedAt spreads the cases over the days: the later place is received later.
func (o *Office) receivedAt(i int) time.Time {
	within := rand.New(rand.NewPCG(o.opt.Seed, ^uint64(i))).Float64() //nolint:gosec // invented
	return o.days.at((float64(i) + within) / float64(o.opt.Cases))
}

// key is a UUIDv7 whose chance is the seed's.
func key(c *chance, at time.Time) string {
	a, b, ms := c.Uint64(), c.Uint64(), uint64(at.UnixMilli())
	return fmt.Sprintf("%08x-%04x-7%03x-%04x-%012x", ms>>16&0xffffffff, ms&0xffff, a&0xfff, b>>48&0x3fff|0x8000, b&0xffffffffffff)
}
