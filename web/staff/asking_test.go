package staff

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func TestWhatTheSearchBoxAsks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]casework.CaseQuery{
		"":                               {},
		"  harbor   lights ":             {Q: "harbor lights"},
		"LR-2026-000123":                 {Q: "LR-2026-000123"},
		"1:26-mj-04417":                  {Q: "1:26-mj-04417"},
		`"type:x" "stage: y"`:            {Q: "type:x stage: y"},
		`say "open`:                      {Q: `say "open`},
		"type:search_warrant country:DE": {Instrument: casework.SearchWarrant, Country: "DE"},
		"Stage:Legal_Review words":       {Stage: casework.InLegalReview, Q: "words"},
		"country:uk":                     {Country: "GB"},
		"country:el":                     {Country: "GR"},
		"waiting:reviewer sla:breached":  {WaitingOn: casework.OnReviewer, SLA: casework.Breached},
		"waiting:us is:open":             {WaitingOnUs: true, Open: true},
		"waiting:US is:Open":             {WaitingOnUs: true, Open: true},
		"WAITING:Us waiting:us":          {WaitingOnUs: true},
		"assignee:ME":                    {Assignee: "olivia"},
		"assignee:Nobody":                {Unassigned: true},
		"assignee:Rosa":                  {Assignee: "Rosa"},
		"stage:RECEIPT stage:receipt":    {Stage: casework.InReceipt},
		"due:Overdue":                    {DueBefore: noon},
		"due:<3D":                        {DueBefore: noon.AddDate(0, 0, 3)},
		"assignee:me":                    {Assignee: "olivia"},
		"assignee:nobody":                {Unassigned: true},
		"assignee:rosa is:emergency":     {Assignee: "rosa", Emergency: true},
		"is:unassigned is:open":          {Unassigned: true, Open: true},
		"is:any":                         {},
		"is:emergency is:closed":         {Stage: casework.InClosed, Emergency: true},
		"stage:closed is:emergency":      {Stage: casework.InClosed, Emergency: true},
		"is:closed resolution:refused":   {Stage: casework.InClosed, Resolution: casework.ResolvedRefused},
		"due:overdue":                    {DueBefore: noon},
		"due:<3d":                        {DueBefore: noon.AddDate(0, 0, 3)},
		"due:<90m":                       {DueBefore: noon.Add(90 * time.Minute)},
		"due:<2w":                        {DueBefore: noon.AddDate(0, 0, 14)},
		"due:<2026-12-01":                {DueBefore: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
		"stage:receipt x stage:receipt":  {Q: "x", Stage: casework.InReceipt},
	} {
		got, faults := asked(text, "olivia", noon, time.UTC)
		require.Empty(t, faults, text)
		require.Equal(t, want, got, text)
	}
}

func TestADayIsTheViewers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]time.Time{
		"America/New_York": time.Date(2026, 12, 5, 5, 0, 0, 0, time.UTC),
		"Asia/Tokyo":       time.Date(2026, 12, 4, 15, 0, 0, 0, time.UTC),
		"UTC":              time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC),
	} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		q, faults := asked("due:<2026-12-05", "olivia", noon, zone)
		require.Empty(t, faults)
		require.True(t, want.Equal(q.DueBefore), "%s: %s", name, q.DueBefore)
	}
}

func TestEveryFaultOfASearchIsSaidInASentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]casework.Fault{
		"colour:red":    {{Path: "colour", Message: "is no filter; there are assignee, country, due, is, resolution, sla, stage, type, waiting. To search for the words themselves, put them in quotes"}},
		"stage:":        {{Path: "stage", Message: "has no value: write it right after the colon"}},
		"stage:limbo":   {{Path: "stage", Message: "has no value limbo; it is one of receipt, legal_review, customer_notice, challenge, mlat_referral, disclosure, closed"}},
		"waiting:godot": {{Path: "waiting", Message: "has no value godot; it is one of us, legal_ops, reviewer, approver, authority, customer, court, central_authority, system, nobody"}},
		"country:DEU":   {{Path: "country", Message: "is not DEU; write the two letters of ISO 3166-1, as in country:DE"}},
		"country:ZZ":    {{Path: "country", Message: "is not ZZ; write the two letters of ISO 3166-1, as in country:DE"}},
		"due:3d":        {{Path: "due", Message: "is not understood as 3d; write due:overdue, due:<3d (or 4h, 30m, 2w), or due:<2026-12-01"}},
		"due:<99999d":   {{Path: "due", Message: "is not understood as <99999d; write due:overdue, due:<3d (or 4h, 30m, 2w), or due:<2026-12-01"}},
		"is:late":       {{Path: "is", Message: "has no value late; it is one of open, closed, emergency, unassigned, any"}},
		"is:open is:closed": {
			{Path: "is", Message: "cannot be open and closed at once"},
		},
		"stage:receipt x stage:closed sla:late": {
			{Path: "stage", Message: "is asked twice, as receipt and as closed; one case has one"},
			{Path: "sla", Message: "has no value late; it is one of on_track, due_soon, breached, paused, met, missed"},
		},
	} {
		_, got := asked(text, "olivia", noon, time.UTC)
		require.Equal(t, want, got, text)
	}
}

func TestTermsThatContradictEachOtherAreRefusedInWhateverOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		terms []string
		want  casework.Fault
	}{
		{[]string{"is:open", "is:closed"}, casework.Fault{Path: "is", Message: "cannot be open and closed at once"}},
		{[]string{"is:open", "stage:closed"}, casework.Fault{Path: "is", Message: "cannot be open and closed at once"}},
		{[]string{"is:closed", "stage:receipt"}, casework.Fault{Path: "is", Message: "cannot be closed in the stage receipt; a closed case has the stage closed"}},
		{[]string{"is:unassigned", "assignee:me"}, casework.Fault{Path: "assignee", Message: "cannot be nobody and olivia at once"}},
	} {
		for _, text := range []string{c.terms[0] + " x " + c.terms[1], c.terms[1] + " " + c.terms[0]} {
			_, got := asked(text, "olivia", noon, time.UTC)
			require.Equal(t, []casework.Fault{c.want}, got, text)
		}
	}
	for _, text := range []string{"is:closed stage:closed", "stage:closed is:closed", "is:closed"} {
		got, faults := asked(text, "olivia", noon, time.UTC)
		require.Empty(t, faults, text)
		require.Equal(t, casework.CaseQuery{Stage: casework.InClosed}, got, text)
	}
}

// Whatever is typed is read or refused; and words alone are looked for as they are.
func TestWhateverIsTypedIsReadOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		q, faults := asked(text, "olivia", noon, time.UTC)
		again, same := asked(text, "olivia", noon, time.UTC)
		require.Equal(t, q, again)
		require.Equal(t, faults, same)
		for _, f := range faults {
			require.NotEmpty(t, f.Path)
			require.NotEmpty(t, f.Message)
		}
	})
}

func TestFiltersOfTheAddressAreTerms(t *testing.T) {
	t.Parallel()
	v, err := url.ParseQuery("stage=receipt&waiting_on=legal_ops&assignee=me&country=DE&instrument=epoc&sla=breached&q=harbor+lights&sort=due")
	require.NoError(t, err)
	require.Equal(t, "stage:receipt waiting:legal_ops assignee:me country:DE type:epoc sla:breached harbor lights", textOf(v))
	require.Empty(t, textOf(url.Values{"q": {"  "}}))
	require.Equal(t, "stage:closed", textOf(url.Values{"q": {openCases}, "stage": {"closed"}}), "the filter of a page that shows what is open")
	require.Equal(t, "stage:Closed", textOf(url.Values{"q": {openCases}, "stage": {"Closed"}}))
	require.Equal(t, "stage:receipt is:open", textOf(url.Values{"q": {openCases}, "stage": {"receipt"}}))
	require.Equal(t, `harbor "type: x" sla:breached`, without(`stage:receipt harbor "type: x" Waiting:us sla:breached`, "stage", "waiting"))
}
