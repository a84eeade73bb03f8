package casework

import (
	"cmp"
	"time"
)

// FiguresQuery asks how the work stands: what was due and what was left between two instants, and what is open now.
type FiguresQuery struct {
	From, Until time.Time // [From, Until)
	GroupBy     Grouping
	Now         time.Time
	Zone        *time.Location // whose days the forecast counts
}

// The first and the last day that figures may be asked of: no case is of before or after them, and days beyond the year
// 9999 have no form in which they could be written.
const (
	FirstFigured Date = "1900-01-01"
	LastFigured  Date = "2999-12-31"
)

// Between is the query for the days from one to another, both included, or what is wrong with them. No last day is today,
// no first one so many days before the last.
func (q FiguresQuery) Between(from, to Date, usual int) (FiguresQuery, []Fault) {
	f := faults{}
	from, to = f.figured("from", from), f.figured("to", to)
	to = cmp.Or(to, DateOf(q.Now, q.Zone))
	from = cmp.Or(from, to.AddDays(-usual))
	if len(f) == 0 && to.Before(from) {
		f.add("to", "must not be before from")
	}
	q.From, q.Until = from.Start(q.Zone), to.AddDays(1).Start(q.Zone)
	return q, f
}

// figured is a day that figures may be asked of; none where it is no such day.
func (f *faults) figured(path string, d Date) Date {
	switch {
	case !d.Valid():
		f.add(path, "must be a date that exists, such as 2026-11-20")
	case d != "" && (d.Before(FirstFigured) || LastFigured.Before(d)):
		f.add(path, "must be a day from "+string(FirstFigured)+" to "+string(LastFigured))
	default:
		return d
	}
	return ""
}

// Grouping is by what figures are grouped; empty: not at all.
type Grouping string

// The groupings.
const (
	ByInstrument Grouping = "instrument"
	ByCountry    Grouping = "country"
	ByAssignee   Grouping = "assignee"
)

// Groupings lists the vocabulary.
var Groupings = []Grouping{ByInstrument, ByCountry, ByAssignee}

// Figures are how the work stands, for those who watch it. Cases behind a wall are in none of them but their members'.
type Figures struct {
	From       Date         `json:"from"`
	To         Date         `json:"to"`
	At         time.Time    `json:"at"`
	GroupBy    Grouping     `json:"group_by"`
	Attainment []Attainment `json:"attainment"`
	Ageing     []Age        `json:"ageing"`
	InStage    []InStage    `json:"time_in_stage"`
	Load       []Load       `json:"load"`
	Breaches   []Breaches   `json:"breaches"`
	Forecast   []Forecast   `json:"forecast"`
}

// Attainment is what became of the deadlines that fell due: Rate is the share met of those met, missed and breached;
// null where none was due.
type Attainment struct {
	Group    string       `json:"group"`
	Kind     DeadlineKind `json:"kind"`
	Due      int          `json:"due"`
	Met      int          `json:"met"`
	Missed   int          `json:"missed"`
	Breached int          `json:"breached"`
	Open     int          `json:"open"`
	Rate     *float64     `json:"rate"`
}

// Week is what became of the deadlines of all kinds that fell due in a week, or in as much of it as was asked for.
type Week struct {
	From     Date     `json:"from"` // a Monday, but for the first
	To       Date     `json:"to"`
	Due      int      `json:"due"`
	Met      int      `json:"met"`
	Missed   int      `json:"missed"`
	Breached int      `json:"breached"`
	Open     int      `json:"open"`
	Rate     *float64 `json:"rate"` // as of an attainment
}

// MostWeeks is how many weeks may be asked for at once: three years.
const MostWeeks = 157

// Age is how many open cases were received so many days ago: FromDays or more, and less than ToDays (null: any number).
type Age struct {
	Group    string `json:"group"`
	FromDays int    `json:"from_days"`
	ToDays   *int   `json:"to_days"`
	Cases    int    `json:"cases"`
}

// InStage is how long cases stayed in a stage, of those that left it: half of them no longer than Median, nine in ten no
// longer than P90; both to three significant digits.
type InStage struct {
	Group  string `json:"group"`
	Stage  Stage  `json:"stage"`
	Cases  int    `json:"cases"`
	Median Period `json:"median"`
	P90    Period `json:"p90"`
}

// Load is how many open cases somebody has, and how they stand; nobody's have no assignee.
type Load struct {
	Assignee string `json:"assignee"`
	Open     int    `json:"open"`
	DueSoon  int    `json:"due_soon"`
	Breached int    `json:"breached"`
	Paused   int    `json:"paused"`
}

// Breaches are deadlines of the time asked for that passed: still open, or met too late.
type Breaches struct {
	Group string       `json:"group"`
	Kind  DeadlineKind `json:"kind"`
	Cases int          `json:"cases"`
}

// Forecast is how many deadlines that still count fall due on a day of the next seven, today being the first.
type Forecast struct {
	Group string `json:"group"`
	Date  Date   `json:"date"`
	Due   int    `json:"due"`
}
