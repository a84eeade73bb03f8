package api

import (
	"strings"
	"testing"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// databases are the two that a case may be kept in.
var databases = map[string]func(testing.TB) *pagetest.House{"SQLite": pagetest.Open, "PostgreSQL": pagetest.OpenOnPostgres}

// A name in an address that is no text is that of nothing, whatever the database makes of it.
func TestNamesThatAreNoTextAreNotFound(t *testing.T) {
	t.Parallel()
	for name, house := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := officeIn(t, house(t))
			id := o.received()
			for _, r := range (&api{}).routes() {
				for _, odd := range []string{"%00", "%FF", id + "%00"} {
					if at := strings.ReplaceAll(placesOf(r, odd), "/1/", "/"+odd+"/"); strings.Contains(at, "%") {
						o.do(call{somebody(r), r.method, at, nil, nil}).refused(casework.NotFound)
					}
				}
			}
		})
	}
}
