package staff

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/web/ui/pagetest"
)

// late is an office with a case whose review is overdue, given to rosa.
func late(t *testing.T, h *pagetest.House) string {
	t.Helper()
	id := h.Receive(t, pagetest.Request())
	h.Does(t, pagetest.Olivia, id, casework.Assign, &casework.AssignBody{To: "rosa"})
	h.Pass(40 * 24 * time.Hour)
	h.Tick(t, id)
	return id
}

func TestFromTheFiguresToALateCase(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := late(t, h)
	b := visit(t, h, pagetest.Mina)
	page := b.Get("/sla")
	page.IsGuarded(t)
	page.Says(t, "Late now", `<a href="/cases/`+id+`">`, "Attainment by week", "Age of open cases", "30 to 89", "Time in stage", "The next seven days",
		`<svg class="plot" id="plot-ageing"`, `<title id="plot-ageing-title">Open cases by age</title>`, "Load", "/?q=sla%3Abreached+assignee%3Arosa")
	require.NotContains(t, page.Text, " style=")
	require.Equal(t, http.StatusOK, b.Get("/cases/"+id).StatusCode)
	adams := visit(t, h, pagetest.Adam).Get("/sla")
	adams.Says(t, "Age of open cases")
	require.NotContains(t, adams.Text, "/cases/", "who sees no case is led to none")
	require.NotContains(t, adams.Text, "/?q=")
}

func TestEachTableIsAFile(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	late(t, h)
	b := visit(t, h, pagetest.Tess)
	for name, want := range map[string]string{
		"attainment": "from,due,met,missed,breached,open,rate", "kinds": "country,kind,due,met,missed,breached,open,rate", "ageing": "country,from_days,cases\r\nUS,30,1",
		"stages": "country,stage,cases,median_hours,p90_hours", "load": "assignee,open,due_soon,breached,paused\r\nrosa,1,0,1,0", "breaches": "country,kind,cases", "forecast": "country,date,due",
	} {
		a := b.Get("/sla/" + name + ".csv?group_by=country")
		require.Equal(t, http.StatusOK, a.StatusCode, name)
		require.Contains(t, a.Header.Get("Content-Disposition"), "sla-"+name)
		require.True(t, strings.HasPrefix(a.Text, want), "%s: %s", name, a.Text)
		rows, err := csv.NewReader(strings.NewReader(a.Text)).ReadAll()
		require.NoError(t, err)
		require.NotEmpty(t, rows)
	}
	require.Equal(t, http.StatusNotFound, b.Get("/sla/nothing.csv").StatusCode)
	require.Equal(t, http.StatusBadRequest, b.Get("/sla/load.csv?from=x").StatusCode)
}

func TestWhatCannotBeCountedIsSaidWithEveryFault(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Mina)
	a := b.Get("/sla?from=2026-02-30&to=x&group_by=colour")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>from</code>", "<code>to</code>", "<code>group_by</code>")
	a = b.Get("/sla?from=2019-01-01&to=2026-01-01")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "three years")
	a = b.Get("/sla?to=9999-12-31")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>to</code>")
}

func TestBehindAWallNothingIsCounted(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := late(t, h)
	h.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	page := visit(t, h, pagetest.Mina).Get("/sla?group_by=country")
	require.NotContains(t, page.Text, id)
	page.Says(t, "No case is late.", "No case is open.", "Nothing fell due in this time.", "No deadline of this time was missed.")
	visit(t, h, pagetest.Rosa).Get("/sla").Says(t, id)
}

// due has what is received from now on fall due then.
func due(h *pagetest.House, at time.Time) {
	h.Policy.Adjust = func(r casework.Request, d *casework.Determination) {
		respond := fakes.Due(r, casework.DueRespond, 1)
		respond.Due = at
		d.Deadlines = []casework.Deadline{respond}
	}
}

// soonOn is the list of what will be late.
func soonOn(a pagetest.Answer) string {
	_, rest, _ := strings.Cut(a.Text, `<section aria-labelledby="soon">`)
	list, _, _ := strings.Cut(rest, "</section>")
	return list
}

// However many are overdue, and whether or not they heard of it yet, what falls due is listed as far as the forecast looks.
func TestWhatFallsDueIsListedHoweverManyAreOverdue(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	due(h, pagetest.Now.Add(24*time.Hour))
	ids := []string{}
	for range 4*mostLate + 2 {
		ids = append(ids, h.Receive(t, pagetest.Request()))
	}
	h.Pass(48 * time.Hour)
	for _, id := range ids[:2*mostLate+1] {
		h.Tick(t, id)
	}
	b := visit(t, h, pagetest.Mina)
	require.Contains(t, soonOn(b.Get("/sla")), "No case that is in time falls due in the next seven days.")
	end := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	due(h, end.Add(-time.Minute))
	within := h.Receive(t, pagetest.Request())
	due(h, end.Add(time.Minute))
	beyond := h.Receive(t, pagetest.Request())
	page := b.Get("/sla")
	page.Says(t, "There are more; these are the first 25.", "All that are late, in the queue")
	require.Contains(t, soonOn(page), within)
	require.NotContains(t, soonOn(page), beyond, "nor does the forecast count it")
	require.NotContains(t, soonOn(page), ids[0])
	require.NotContains(t, soonOn(page), "There are more")
	require.Equal(t, "date,due\r\n2026-11-28,1\r\n", b.Get("/sla/forecast.csv").Text)
}

func TestOfWhatFallsDueTheFirstAreShownAndThatThereAreMore(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	due(h, pagetest.Now.Add(72*time.Hour))
	for range mostLate {
		h.Receive(t, pagetest.Request())
	}
	b := visit(t, h, pagetest.Mina)
	require.NotContains(t, soonOn(b.Get("/sla")), "There are more")
	due(h, pagetest.Now.Add(48*time.Hour))
	first := h.Receive(t, pagetest.Request())
	list := soonOn(b.Get("/sla"))
	require.Contains(t, list, "There are more; these are the first 25.")
	require.Contains(t, list, first)
	require.Equal(t, mostLate, strings.Count(list, `<a href="/cases/`))
}
