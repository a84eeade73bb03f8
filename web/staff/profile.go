package staff

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/clocks"
	"dueprocess/letters"
	"dueprocess/policy"
	"dueprocess/web/ui"
)

// targetsPage is the profile in force: our own times, and the periods. It is changed in its file, not here.
type targetsPage struct {
	ui.Frame
	Profile policy.Profile
	Targets []targetRow
	Keep    []keepRow

	Notice, NoticeLeast string
}

// targetRow is our own time for a kind of deadline of some instruments.
type targetRow struct {
	Of     string
	Kind   casework.DeadlineKind
	Within string
}

// keepRow is how long a closed case is kept.
type keepRow struct {
	Resolution string
	Days       int
}

var targetsTemplate = ui.Parse(files, "targets.html")

func (p *pages) targets(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	profile := p.Rules.Profile()
	page := targetsPage{Frame: p.frame(r, "Targets and periods", user), Profile: profile}
	page.Notice, page.NoticeLeast = ui.Length(profile.NoticePeriod), ui.Length(profile.NoticeMinimum)
	for _, of := range slices.Sorted(maps.Keys(profile.SLA)) {
		for _, kind := range slices.Sorted(maps.Keys(profile.SLA[of])) {
			page.Targets = append(page.Targets, targetRow{of, kind, within(profile.SLA[of][kind])})
		}
	}
	for _, resolution := range slices.Sorted(maps.Keys(profile.Retention)) {
		page.Keep = append(page.Keep, keepRow{resolution, profile.Retention[resolution]})
	}
	return targetsTemplate.Render(w, http.StatusOK, page)
}

func within(t policy.Target) string {
	switch {
	case t.WorkingDays > 0:
		return counted(t.WorkingDays, "working day")
	case t.Days > 0:
		return counted(t.Days, "day")
	}
	return ui.Length(t.Length)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// calendarsPage is which days are no working days, place by place.
type calendarsPage struct {
	ui.Frame
	Year      int
	Calendars []clocks.Origin
	Place     string
	Origin    clocks.Origin
	Days      []casework.Date // of the year, Mondays to Fridays that are no working days
}

var calendarsTemplate = ui.Parse(files, "calendars.html")

func (p *pages) calendars(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	page := calendarsPage{Frame: p.frame(r, "Calendars", user), Year: p.Now().In(p.zone()).Year(), Place: r.URL.Query().Get("place")}
	for _, c := range p.Rules.Calendars().All() {
		page.Calendars = append(page.Calendars, c.Origin())
		if c.Origin().Place == page.Place {
			page.Origin, page.Days = c.Origin(), daysOff(c, page.Year)
		}
	}
	if page.Place != "" && page.Origin.Name == "" {
		return casework.Refuse(casework.NotFound, "There is no calendar of that place: only weekends are no working days there.")
	}
	return calendarsTemplate.Render(w, http.StatusOK, page)
}

// daysOff are the Mondays to Fridays of a year that are no working days.
func daysOff(c *clocks.Calendar, year int) []casework.Date {
	out := []casework.Date{}
	for day := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		if d := casework.DateOf(day, time.UTC); day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !c.Works(d) {
			out = append(out, d)
		}
	}
	return out
}

// letterKindsPage lists the kinds of letters, each with a preview.
type letterKindsPage struct {
	ui.Frame
	Kinds    []letterKind
	Messages []Message
}

// Message is what a message of a kind says, with invented facts.
type Message struct {
	Kind                    casework.MailKind
	Language, Subject, Text string
}

// letterKind is a kind of letter and the languages that it is written in.
type letterKind struct {
	Kind      letters.Kind
	Languages []string
}

var letterKindsTemplate = ui.Parse(files, "letterkinds.html")

func (p *pages) letterKinds(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	page := letterKindsPage{Frame: p.frame(r, "Letters and messages", user)}
	for _, k := range letters.Kinds {
		page.Kinds = append(page.Kinds, letterKind{k, letters.Languages(k)})
	}
	if p.Messages != nil {
		var err error
		if page.Messages, err = p.Messages(); err != nil {
			return err
		}
	}
	return letterKindsTemplate.Render(w, http.StatusOK, page)
}

// letterPreview gives a kind of letter with invented facts, as the PDF that would be sent.
func (p *pages) letterPreview(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	language := r.URL.Query().Get("language")
	if language == "" {
		language = "en"
	}
	letter, err := letters.Preview(letters.Kind(r.PathValue("kind")), language)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := letter.PDF(&out); err != nil {
		return err
	}
	ui.Download(w, "preview-"+r.PathValue("kind")+"-"+language+".pdf")
	_, _ = out.WriteTo(w) // whoever is gone needs no answer
	return nil
}
