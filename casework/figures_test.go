package casework

import (
	"testing"
	"time"
)

func TestFiguresAreOfDaysThatCanBeWritten(t *testing.T) {
	today := FiguresQuery{Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Zone: time.UTC}
	for asked, want := range map[[2]Date][2]Date{
		{"2026-11-01", "2026-11-19"}: {"2026-11-01", "2026-11-19"}, {FirstFigured, LastFigured}: {FirstFigured, LastFigured},
		{"", ""}: {"2026-10-22", "2026-11-20"}, {"", "2026-01-30"}: {"2026-01-01", "2026-01-30"}, {"2026-11-20", ""}: {"2026-11-20", "2026-11-20"},
	} {
		q, faults := today.Between(asked[0], asked[1], 29)
		if len(faults) > 0 || DateOf(q.From, q.Zone) != want[0] || DateOf(q.Until.Add(-time.Second), q.Zone) != want[1] {
			t.Errorf("%v: %v, %v", asked, q, faults)
		}
	}
}

func TestOtherDaysAreRefused(t *testing.T) {
	for asked, want := range map[[2]Date]string{
		{"2026-11-20", "2026-11-19"}: "to ", {"", "9999-12-31"}: "to ", {"9999-12-02", "9999-12-31"}: "from to ", {"0001-01-01", ""}: "from ",
		{"2026-11-20", "3000-01-01"}: "to ", {"2026-02-30", "x"}: "from to ", {"2027-01-01", ""}: "to ",
	} {
		_, faults := FiguresQuery{Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Zone: time.UTC}.Between(asked[0], asked[1], 29)
		got := ""
		for _, f := range faults {
			got += f.Path + " "
		}
		if got != want {
			t.Errorf("%v: %s", asked, got)
		}
	}
}
