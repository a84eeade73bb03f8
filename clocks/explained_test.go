package clocks

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var update = flag.Bool("update", false, "write the goldens anew; somebody must read them")

// What a lawyer reads beside a deadline.
func TestExplanations(t *testing.T) {
	t.Parallel()
	dublin, boston := mustLoad("Europe/Dublin"), mustLoad("America/New_York")
	at := func(text string) time.Time {
		instant, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return instant
	}
	var got strings.Builder
	for _, x := range []struct {
		what string
		d    casework.Deadline
	}{
		{"An EPOC received on 17 December 2026, ten days (Regulation (EU) 2023/1543 Art. 10(2))", EUDays("2026-12-17", 10, dublin, Ireland)},
		{"An emergency EPOC received at 23:30 on New Year's Eve, eight hours (Art. 10(4))", Hours(at("2026-12-31T23:30:00Z"), 8, dublin)},
		{"A warrant served on Friday 13 November 2026, fourteen days over Thanksgiving", USDays("2026-11-13", 14, boston, USFederal)},
		{"A comity motion, fourteen days from service on 11 December 2026 (18 USC 2703(h))", USDays("2026-12-11", 14, boston, USFederal)},
		{"Preservation received on 23 November 2026, ninety days (18 USC 2703(f))", Days("2026-11-23", 90, boston)},
		{"Its renewal, ninety more", Days("2027-02-21", 90, boston)},
		{"Two working days that begin on 29 February 2028", BusinessDays("2028-02-29", 2, boston, USFederal)},
		{"Forty-eight hours over the change to summer time in Boston", Hours(at("2027-03-13T15:00:00Z"), 48, boston)},
		{"Five working days in Bavaria over Epiphany", BusinessDays("2027-01-04", 5, mustLoad("Europe/Berlin"), Shipped().Of("DE-BY"))},
		{"Two working days where no holidays are known", BusinessDays("2026-12-24", 2, time.UTC, Shipped().Of("XK"))},
	} {
		fmt.Fprintf(&got, "%s:\n  %s\n  due %s (%s)\n", x.what, x.d.Computed, x.d.Due.Format(time.RFC3339), x.d.Zone)
	}
	const golden = "testdata/explained.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}
