package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestFiguresOfTheWork(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.received()
	id := o.Delivered(t)
	var f casework.Figures
	o.do(call{pagetest.Adam, "GET", "/sla?group_by=instrument", nil, nil}).is(http.StatusOK, &f)
	require.Equal(t, casework.ByInstrument, f.GroupBy)
	require.Equal(t, f.From.AddDays(29), f.To)
	open := 0
	for _, l := range f.Load {
		open += l.Open
	}
	require.Equal(t, 2, open)
	require.NotEmpty(t, f.InStage)
	require.NotEmpty(t, f.Ageing)
	o.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	o.do(call{pagetest.Mina, "GET", "/sla", nil, nil}).is(http.StatusOK, &f)
	require.Equal(t, 1, f.Load[0].Open, "one is behind a wall now")
}

// Days are those of the office's zone, and the answer says which that is.
func TestFiguresSayWhereTheirDaysAreCounted(t *testing.T) {
	t.Parallel()
	o := open(t)
	var f struct {
		Zone string `json:"zone"`
		To   string `json:"to"`
	}
	o.do(call{pagetest.Mina, "GET", "/sla", nil, nil}).is(http.StatusOK, &f)
	require.Equal(t, "UTC", f.Zone, "no zone is set")
	zone, err := time.LoadLocation("Pacific/Kiritimati")
	require.NoError(t, err)
	o.zone = zone
	o.do(call{pagetest.Mina, "GET", "/sla", nil, nil}).is(http.StatusOK, &f)
	require.Equal(t, "Pacific/Kiritimati", f.Zone)
	require.Equal(t, o.Now().In(zone).Format(casework.DayFormat), f.To)
	var described struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Description string }
			}
		}
	}
	o.do(call{casework.Actor{}, "GET", "/openapi.json", nil, nil}).is(http.StatusOK, &described)
	require.Contains(t, described.Components.Schemas["Figures"].Properties["zone"].Description, "IANA")
}

func TestFiguresNameEveryFaultOfTheQuestion(t *testing.T) {
	t.Parallel()
	o := open(t)
	p := o.do(call{pagetest.Mina, "GET", "/sla?from=2026-02-30&to=x&group_by=colour&size=2", nil, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"from", "to", "group_by", "size"}, p.paths())
	p = o.do(call{pagetest.Mina, "GET", "/sla?from=2026-11-20&to=2026-11-19", nil, nil}).refused(casework.Invalid)
	require.Equal(t, []string{"to"}, p.paths())
	p = o.do(call{pagetest.Mina, "GET", "/sla?to=9999-12-31&group_by=colour", nil, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"to", "group_by"}, p.paths())
}
