package staff

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestTheReportOfAPeriodOnAPage(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	h.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	b := visit(t, h, pagetest.Adam)
	page := b.Get("/report?period=2026")
	page.IsGuarded(t)
	page.Says(t, "1 January 2026 to 31 December 2026", "Requests by instrument", `<svg class="plot" id="plot-by_instrument"`, "Search warrant", "National security process",
		"We never gave anybody a key.", "Attested by counsel, accurate as of 1 July 2026", "The period is not over", `<option value="2026" selected>2026</option>`, `<option value="2025-Q4">`)
	require.NotContains(t, page.Text, id)
	require.NotContains(t, page.Text, `value="2026-H3"`)
	b.Get("/report").Says(t, `<option value="2026-H1" selected>`)
	for file, begins := range map[string]string{
		"transparency.json": `{`, "transparency.zip": "PK", "transparency.html": "<!doctype html>", "transparency.pdf": "%PDF-", "by_country.csv": "country,received,answered",
	} {
		a := b.Get("/report/" + file + "?period=2026")
		require.Equal(t, http.StatusOK, a.StatusCode, file)
		require.Regexp(t, `^attachment; filename="?transparency-2026[.-]`, a.Header.Get("Content-Disposition"), file)
		require.Equal(t, begins, a.Text[:len(begins)], file)
	}
	require.Equal(t, http.StatusNotFound, b.Get("/report/nothing.csv?period=2026").StatusCode)
	require.Equal(t, http.StatusBadRequest, b.Get("/report/by_country.csv?period=x").StatusCode)
	wrong := b.Get("/report?period=2026-H3")
	require.Equal(t, http.StatusBadRequest, wrong.StatusCode)
	wrong.Says(t, "must be a year (2013), a half (2026-H1)")
}

func TestPeriodsToChooseFromHaveBegun(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	require.Equal(t, "2025-H2", lastHalf(at))
	require.Equal(t, []periodGroup{
		{"Half-years", []string{"2026-H1", "2025-H2", "2025-H1", "2024-H2", "2024-H1"}},
		{"Quarters", []string{"2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1", "2024-Q4", "2024-Q3", "2024-Q2", "2024-Q1"}},
		{"Years", []string{"2026", "2025", "2024"}},
	}, periodsTo(at))
	require.Equal(t, "2026-H1", lastHalf(at.AddDate(0, 2, 0)))
}
