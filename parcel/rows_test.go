package parcel

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

func TestTallyReadsOnlyFilesOfRows(t *testing.T) {
	require.Nil(t, tallyOf("records/mailbox.mbox", strings.NewReader("a,b\n")))
	require.Equal(t, 1, tallyOf("records/x.csv", strings.NewReader("account,value\na,b\n")).rows)
}

func TestARowThatWouldFillTheMemoryIsAFault(t *testing.T) {
	for name, start := range map[string]string{"records/x.csv": "account,at\n\"", "records/x.jsonl": `{"at":"`} {
		rest := &io.LimitedReader{R: endless{}, N: 10 * longestRow}
		require.Equal(t, "cannot be read after row 0", tallyOf(name, io.MultiReader(strings.NewReader(start), rest)).fault)
		require.Greater(t, rest.N, int64(8*longestRow), "it is not read to its end")
	}
}

func TestManySmallRowsAreNoLongRow(t *testing.T) {
	rows := strings.NewReader("account,at\n" + strings.Repeat("a,2026-01-01T00:00:00Z\n", 2*longestRow/23))
	tally := tallyOf("records/x.csv", rows)
	require.Empty(t, tally.faults([]window{{}}))
	require.Equal(t, 2*longestRow/23, tally.rows)
}

func TestTooManyHoursAreSaid(t *testing.T) {
	d := tally{days: days{hours: map[int64]span{}}}
	for i := range mostHours + 1 {
		d.days.add(time.Unix(int64(i)*3600, 0))
	}
	require.Equal(t, []string{"has rows of more hours than can be checked"}, d.faults([]window{{}}))
}

func TestWindowsMeet(t *testing.T) {
	for name, c := range map[string]struct {
		targets []Target
		want    string
	}{
		"none":                   {nil, ""},
		"one":                    {ranges("2026-06-01", "2026-06-02"), "[2026-06-01 2026-06-03)"},
		"two that follow":        {ranges("2026-06-03", "2026-06-04", "2026-06-01", "2026-06-02"), "[2026-06-01 2026-06-05)"},
		"two apart":              {ranges("2026-06-04", "2026-06-05", "2026-06-01", "2026-06-02"), "[2026-06-01 2026-06-03)[2026-06-04 2026-06-06)"},
		"one inside another":     {ranges("2026-06-01", "2026-06-30", "2026-06-02", "2026-06-03"), "[2026-06-01 2026-07-01)"},
		"open at its start":      {ranges("", "2026-06-02", "2026-06-01", "2026-06-04"), "[0001-01-01 2026-06-05)"},
		"open at its end":        {ranges("2026-06-01", "", "2026-06-02", "2026-06-04"), "[2026-06-01 0001-01-01)"},
		"later one open":         {ranges("2026-06-01", "2026-06-04", "2026-06-02", ""), "[2026-06-01 0001-01-01)"},
		"open at both":           {ranges("", "", "2026-06-02", "2026-06-04"), "[0001-01-01 0001-01-01)"},
		"instants, end included": {ranges("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z"), "[2026-06-01 2026-06-01)"},
	} {
		t.Run(name, func(t *testing.T) {
			windows, faults := windowsOf(c.targets)
			require.Empty(t, faults)
			var got strings.Builder
			for _, w := range windows {
				fmt.Fprintf(&got, "[%s %s)", w.from.Format(casework.DayFormat), w.until.Format(casework.DayFormat))
			}
			require.Equal(t, c.want, got.String())
		})
	}
}

func ranges(ends ...casework.Moment) (out []Target) {
	for i := 0; i < len(ends); i += 2 {
		out = append(out, Target{From: ends[i], To: ends[i+1]})
	}
	return out
}

// Whatever the ranges and the rows are: no row outside stays hidden, and none inside is accused unless a gap between
// two ranges lies in its very hour.
func TestRowsOutsideAreFound(t *testing.T) {
	minute := func(n int) time.Time { return sealedAt.Add(time.Duration(n) * time.Minute) }
	rapid.Check(t, func(t *rapid.T) {
		var targets []Target
		for range rapid.IntRange(1, 3).Draw(t, "targets") {
			from := rapid.IntRange(0, 600).Draw(t, "from")
			to := from + rapid.IntRange(0, 300).Draw(t, "length")
			targets = append(targets, Target{From: moment(minute(from)), To: moment(minute(to))})
		}
		windows, _ := windowsOf(targets)
		d, bad := days{hours: map[int64]span{}}, false
		for _, n := range rapid.SliceOf(rapid.IntRange(-60, 960)).Draw(t, "rows") {
			d.add(minute(n))
			bad = bad || !holdsAny(targets, minute(n))
		}
		found := d.outside(windows) > 0
		if bad {
			require.True(t, found)
		} else if len(windows) == 1 {
			require.False(t, found)
		}
	})
}

// Both ends of an hour count: a row may leave the range within the hour in which another lies inside.
func TestOneHourWithRowsInsideAndOutside(t *testing.T) {
	windows, _ := windowsOf(ranges("2026-06-01T10:10:00Z", "2026-06-01T10:20:00Z", "2026-06-01T10:40:00Z", "2026-06-01T10:50:00Z"))
	for name, c := range map[string]struct {
		minutes []int
		want    int
	}{
		"inside": {[]int{10, 20}, 0}, "too early": {[]int{15, 9}, 1}, "too late": {[]int{45, 51}, 1}, "in the gap": {[]int{30}, 1},
		"on both sides of the gap": {[]int{15, 45}, 1}, "the gap hidden between": {[]int{15, 30, 45}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			d := days{hours: map[int64]span{}}
			for _, m := range c.minutes {
				d.add(time.Date(2026, 6, 1, 10, m, 0, 0, time.UTC))
			}
			require.Equal(t, c.want, d.outside(windows))
		})
	}
}

func moment(t time.Time) casework.Moment { return casework.Moment(t.Format(time.RFC3339)) }

// holdsAny asks each range by itself, as the vocabulary defines it.
func holdsAny(targets []Target, at time.Time) bool {
	for _, t := range targets {
		if !at.Before(t.From.From()) && at.Before(t.To.Until()) {
			return true
		}
	}
	return false
}

func TestCheckRowsSaysBeforehandWhatVerifyWouldSay(t *testing.T) {
	june := ranges("2026-06-01", "2026-06-30")
	for name, c := range map[string]struct {
		path, text string
		rows       int
		faults     []string
	}{
		"rows within":       {"records/x.csv", "account,at\na,2026-06-01T00:00:00Z\nb,\n", 2, nil},
		"a row outside":     {"records/x.jsonl", `{"at":"2026-07-01T00:00:00Z"}`, 1, []string{"has rows outside the time range of the targets (hours with such rows: 1)"}},
		"not made of rows":  {"records/x.pdf", "%PDF", 0, nil},
		"not what it seems": {"records/x.csv", "a,b\nc\n", 0, []string{"cannot be read after row 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, faults := CheckRows(c.path, strings.NewReader(c.text), june)
			require.Equal(t, c.rows, rows)
			require.Equal(t, c.faults, faults)
		})
	}
}
