package wire

import (
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/letters/writing"
	"dueprocess/policy"
)

var update = flag.Bool("update", false, "write the goldens anew")

// The source's own case under the rulebook that ships, decided as it is determined: dissidents, and a redirect, from a
// respected state. The letter names the country's way as the table of countries has it, the rulebook's reasons, and what
// is kept until when; it promises nothing.
func TestTheReferralOfTheSourcesOwnCase(t *testing.T) {
	o, _ := openTest(t)
	raw, err := os.ReadFile("../../policy/testdata/cases/foreign_dissent.json")
	require.NoError(t, err)
	var scenario struct {
		Request casework.Request `json:"request"`
	}
	require.NoError(t, json.Unmarshal(raw, &scenario))
	r := scenario.Request
	d := o.Rules().Determine(r, policy.Facts{AuthorityKnown: true})
	decided := []casework.DecisionAnswer{}
	for _, a := range d.Answers {
		decided = append(decided, casework.DecisionAnswer{Data: a.Data, Answer: a.Answer})
	}
	for _, a := range d.Actions {
		decided = append(decided, casework.DecisionAnswer{Action: a.Action, Answer: a.Answer})
	}
	c := casework.Case{View: casework.View{
		ID: "LR-2026-000123", Request: r, ReceivedAt: r.ReceivedAt, Determination: &d, Decision: &casework.Decision{Answers: decided}, Stage: casework.InMLATReferral,
		Preservation: &casework.Preservation{From: "2026-11-20", Until: "2027-02-18", Status: casework.PreservationRunning},
	}}
	l, ok, err := writing.With(c, casework.Effect{Kind: casework.DoMail, Mail: casework.MailReferral}, o.Papers(), time.Date(2026, 11, 20, 17, 4, 5, 0, time.UTC), "en")
	require.NoError(t, err)
	require.True(t, ok)
	const golden = "testdata/referral.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(l.Text()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), l.Text())
}

// Every country of the table has a way that a letter can tell, and an agreement only from the day of its entry into force.
func TestTheWayOfEveryCountryIsThatOfTheTable(t *testing.T) {
	o, _ := openTest(t)
	require.Equal(t, "Andorra", o.way("AD").Country)
	require.Empty(t, o.way("AD").Form)
	require.Equal(t, "XX", o.way("XX").Country, "a country that the table does not have is named as the request does")
	w := o.way("DE")
	require.Equal(t, []string{"Germany", "treaty", "2009-10-18", "Bundesamt für Justiz"}, []string{w.Country, w.Form, string(w.Since), w.CentralAuthority})
	require.True(t, w.Unverified)
	require.Empty(t, o.agreementSince("DE"))
	require.Equal(t, casework.Date("2024-01-31"), o.agreementSince("AU"))
}
