package generate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/generate"
	"dueprocess/policy"
)

const (
	many  = 6000
	until = casework.Date("2026-11-20")
)

func office(cases int, seed uint64) *generate.Office {
	return generate.New(generate.Options{Cases: cases, Seed: seed, Until: until, Rules: policy.Default()})
}

// lives are many, made once for all tests.
var lives = sync.OnceValues(func() ([]generate.Life, error) {
	o, out := office(many, 3), make([]generate.Life, many)
	for i := range out {
		var err error
		if out[i], err = o.Life(i); err != nil {
			return nil, err
		}
	}
	return out, nil
})

func all(t *testing.T) []generate.Life {
	t.Helper()
	out, err := lives()
	require.NoError(t, err)
	return out
}

func end(l generate.Life) casework.Case { return l.Changes[len(l.Changes)-1].Case }

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestACaseFollowsFromSeedAndPlaceAlone(t *testing.T) {
	for _, i := range []int{0, 17, 399} {
		one, err := office(400, 5).Life(i)
		require.NoError(t, err)
		again, err := office(400, 5).Life(i)
		require.NoError(t, err)
		require.Equal(t, text(t, one), text(t, again))
		other, err := office(400, 6).Life(i)
		require.NoError(t, err)
		require.NotEqual(t, text(t, one), text(t, other))
	}
}

// One reviewer permitted what the statute closes, and the whole seed was lost: content that the policy leaves to a person,
// asked without a warrant.
func TestWhatTheStatuteClosesNoReviewerPermits(t *testing.T) {
	o := generate.New(generate.Options{Cases: 4000, Seed: 12, Until: "2026-11-28", Rules: policy.Default()})
	l, err := o.Life(3564)
	require.NoError(t, err)
	answered := slices.IndexFunc(end(l).Determination.Answers, func(a casework.DataAnswer) bool { return a.Data == casework.Content && a.Answer == casework.Escalate })
	require.GreaterOrEqual(t, answered, 0, "content is left to a person")
}

func TestNumbersAreDenseInTheOrderOfReceipt(t *testing.T) {
	o := generate.New(generate.Options{Cases: 300, Seed: 1, Until: until, Rules: policy.Default(), Last: map[int]int{2024: 50}})
	last := time.Time{}
	n := map[string]int{"LR-2024": 50}
	keys := map[string]bool{}
	for i := range 300 {
		l, err := o.Life(i)
		require.NoError(t, err)
		require.False(t, l.Intake.Request.ReceivedAt.Before(last))
		last = l.Intake.Request.ReceivedAt
		year := "LR-" + last.Format("2006")
		n[year]++
		require.Equal(t, year, l.ID[:7])
		require.Equal(t, n[year], number(t, l.ID))
		require.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, l.Intake.CaseKey)
		keys[l.Intake.CaseKey] = true
	}
	require.Len(t, keys, 300)
}

func number(t *testing.T, id string) (n int) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(strings.TrimLeft(id[8:], "0")), &n))
	return n
}

func TestEveryInstrumentStageAndResolutionOccurs(t *testing.T) {
	seen, countries := map[string]int{}, map[string]bool{}
	for _, l := range all(t) {
		c := end(l)
		countries[c.Request.Authority.Country] = true
		seen[string(c.Request.Instrument.Type)]++
		seen[string(c.Stage)]++
		if c.Resolution != nil {
			seen[string(*c.Resolution)]++
		}
		for _, d := range c.Deadlines {
			seen[string(d.State)]++
		}
	}
	for _, i := range casework.InstrumentTypes {
		require.NotZero(t, seen[string(i)], i)
	}
	for _, s := range casework.Stages {
		require.NotZero(t, seen[string(s)], s)
	}
	for _, r := range casework.Resolutions {
		if r != casework.ResolvedExpired { // the state machine knows no way there yet
			require.NotZero(t, seen[string(r)], r)
		}
	}
	for _, s := range casework.SLAStates {
		require.NotZero(t, seen[string(s)], s)
	}
	require.GreaterOrEqual(t, len(countries), 30)
}

func TestTheOfficeLooksLikeARealOne(t *testing.T) {
	share := map[string]float64{}
	for _, l := range all(t) {
		c := end(l)
		count := func(what string, is bool) {
			if is {
				share[what] += 100.0 / many
			}
		}
		count("open", c.Stage != casework.InClosed)
		count("restricted", c.Restricted)
		count("held", c.Held)
		count("missed", c.SLA == casework.Missed)
		count("disclosed", c.Resolution != nil && strings.HasPrefix(string(*c.Resolution), "disclosed"))
		count("assigned", c.Assignee != "")
	}
	t.Log(share)
	require.InDelta(t, 4, share["open"], 1.5)
	require.InDelta(t, 3, share["restricted"], 1.5)
	require.InDelta(t, 1.6, share["held"], 1)
	require.InDelta(t, 15, share["missed"], 10)
	require.Greater(t, share["disclosed"], 35.0)
	require.Greater(t, share["assigned"], 85.0)
}

func TestNothingHappensAfterTheEndOrBackwards(t *testing.T) {
	first := until.Start(time.UTC).AddDate(-3, 0, 0)
	for _, l := range all(t) {
		last := first
		for i, ch := range l.Changes {
			require.Equal(t, i+1, ch.Case.Version)
			for _, e := range ch.Events {
				require.False(t, e.At.Before(last), l.ID)
				last = e.At
			}
		}
		require.False(t, last.After(until.Start(time.UTC)), l.ID)
	}
}

// TestNothingIsOverdueUnnoticed: the clock of an open case would ring next after the last day, so that a run that were
// started from it had nothing to catch up with.
func TestNothingIsOverdueUnnoticed(t *testing.T) {
	for _, l := range all(t) {
		c := end(l)
		if ring, rings := c.Wakes(c.Work.At); rings && len(c.Work.Pending) == 0 && ring.Before(until.Start(time.UTC)) {
			ch, err := c.Apply(casework.Tick{At: ring})
			require.NoError(t, err)
			require.Zero(t, ch.Step, "%s would ring at %s", l.ID, ring)
		}
	}
}

func TestEverybodyIsInventedAndNobodyOutsideAWallActs(t *testing.T) {
	staff := []string{"olivia", "omar", "rosa", "rafael", "mina"}
	for _, l := range all(t) {
		c := end(l)
		if email := c.Request.Officer.Email; email != "" {
			require.True(t, strings.HasSuffix(email, ".example"), email)
		}
		for _, ch := range l.Changes {
			for _, e := range ch.Events {
				if e.Actor.Kind == casework.Person {
					require.Contains(t, staff, e.Actor.Name)
				}
			}
		}
		if c.Restricted {
			require.NotEmpty(t, c.Work.Members)
			require.True(t, c.Assignee == "" || slices.Contains(c.Work.Members, c.Assignee) || !c.Request.Instrument.IsNationalSecurity(), l.ID)
		}
	}
}

func BenchmarkLife(b *testing.B) {
	o, i := office(many, 1), 0
	for b.Loop() {
		if _, err := o.Life(i % many); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
