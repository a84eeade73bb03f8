package api

import (
	"archive/zip"
	"bytes"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/transparency"
	"dueprocess/web/ui/pagetest"
)

// Every role reads it, an administrator too; and it counts what is behind a wall.
func TestTheReportIsForEveryRole(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	o.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	year := "/reports/transparency?period=" + o.Now().Format("2006")
	for _, who := range []casework.Actor{pagetest.Olivia, pagetest.Rosa, pagetest.Mina, pagetest.Adam, pagetest.Tess} {
		var r transparency.Report
		o.do(call{who, "GET", year, nil, nil}).is(http.StatusOK, &r)
		require.Equal(t, "by_instrument", r.Tables[0].Name)
		require.Equal(t, 1, r.Tables[0].Total["received"], who.Name)
	}
	require.Equal(t, "application/pdf", o.do(call{pagetest.Tess, "GET", year + "&format=pdf", nil, nil}).Header().Get("Content-Type"))
	require.Contains(t, o.do(call{pagetest.Tess, "GET", year + "&format=html", nil, nil}).Body.String(), "<caption>Requests by instrument</caption>")
	archived := o.do(call{pagetest.Tess, "GET", year + "&format=csv", nil, nil}).Body.Bytes()
	files, err := zip.NewReader(bytes.NewReader(archived), int64(len(archived)))
	require.NoError(t, err)
	require.Equal(t, "datapackage.json", files.File[len(files.File)-1].Name)
}

func TestAReportOfNoPeriodNamesEveryFault(t *testing.T) {
	t.Parallel()
	o := open(t)
	p := o.do(call{pagetest.Mina, "GET", "/reports/transparency?format=xml&colour=red", nil, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"period", "format", "colour"}, p.paths())
}
