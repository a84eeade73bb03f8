package registrytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// referralsCounted: what came of the cases sent to the treaty route, and after how many days, by country; also of those
// behind walls and of those erased since.
func referralsCounted(t *testing.T, h *house) {
	h.referred(t, paper(), 0, "")
	h.referred(t, secret("rosa"), 10, casework.ProcessReceived)
	h.referred(t, paper(), 30, casework.ReferralLapsed)
	erased := h.referred(t, paper(), 90, casework.ProcessReceived)
	french := paper()
	french.Request.Authority.Country = "FR"
	h.referred(t, french, 1, casework.ReferralAbandoned)
	h.receive(t, paper())
	found := func(from, until casework.Date) []casework.ReferralTally {
		out, err := h.Referrals(ctx(t), from, until)
		require.NoError(t, err)
		return out
	}
	day := casework.DateOf(noon, time.UTC)
	want := []casework.ReferralTally{
		{Country: "DE", Route: casework.RouteTreaty, Cases: 4, Waiting: 1, MedianDays: 30, NinetiethDays: 90,
			Outcomes: map[casework.MLATOutcome]int{casework.ProcessReceived: 2, casework.ReferralLapsed: 1}},
		{Country: "FR", Route: casework.RouteTreaty, Cases: 1, MedianDays: 1, NinetiethDays: 1, Outcomes: map[casework.MLATOutcome]int{casework.ReferralAbandoned: 1}},
	}
	require.Equal(t, want, found(day, day.AddDays(1)))
	require.Empty(t, found(day.AddDays(1), day.AddDays(9)), "by the day of the referral")
	require.NoError(t, h.Erase(ctx(t), erased.ID))
	require.Equal(t, want, found(day, day.AddDays(1)))
	h.exec(t, "UPDATE counting SET mlat_on = '2031-01-01' WHERE case_id = $1", erased.ID)
	again, err := h.Rederive(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []string{erased.ID}, again.Differ)
	require.Equal(t, want, found(day, day.AddDays(1)))
}

// referred is a case sent to the treaty route at noon, of which something came some days later.
func (h *house) referred(t *testing.T, in casework.Intake, days int, o casework.MLATOutcome) casework.Case {
	t.Helper()
	c := h.receive(t, in)
	c.Referral = &casework.Referral{At: noon, Route: casework.RouteTreaty}
	c = h.staged(t, c, noon, casework.InMLATReferral)
	if o == "" {
		return c
	}
	at, closed := noon.AddDate(0, 0, days), casework.ResolvedReferred
	c.Referral, c.Resolution, c.Work.ClosedAt = &casework.Referral{At: noon, Route: casework.RouteTreaty, Outcome: &o}, &closed, &at
	return h.staged(t, c, at, casework.InClosed)
}
