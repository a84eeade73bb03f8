package policy

import (
	"maps"
	"slices"
	"testing"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func lookOf(t *testing.T, e Explanation, id string) Look {
	t.Helper()
	i := slices.IndexFunc(e.Rules, func(l Look) bool { return l.Rule == id })
	require.GreaterOrEqual(t, i, 0, "nothing is said of %s", id)
	return e.Rules[i]
}

// An explanation is the determination itself, and every rule that the determination names is said to have spoken.
func TestExplanationAgreesWithTheDetermination(t *testing.T) {
	cases := readRuleCases(t)
	for id, samples := range cases.Rules {
		for _, s := range slices.Concat(samples.Fires, samples.Misses) {
			req, f := cases.request(t, s), Facts{On: s.On, AuthorityKnown: !s.Unknown}
			book := s.book(Default())
			e := book.Explain(req, f)
			require.Equal(t, book.Determine(req, f), e.Determination)
			require.Len(t, e.Rules, len(book.rules)*len(req.Instrument.Types()))
			spoke := map[string]bool{}
			for _, look := range e.Rules {
				spoke[look.Rule] = spoke[look.Rule] || look.State == Spoke
				require.Equal(t, look.State == Spoke, len(look.Follows) > 0, "%s under %s", look.Rule, id)
				require.NotEmpty(t, look.Why, "%s under %s", look.Rule, id)
			}
			for _, name := range speakers(e.Determination) {
				if name != "profile" && name != basisInstrument && name != noRule.Rule {
					require.True(t, spoke[name], "%s speaks in a sample of %s, and the explanation does not say so", name, id)
				}
			}
		}
	}
}

func TestWhyARuleIsSilent(t *testing.T) {
	e := Default().Explain(sampled(t, "foreign", map[string]any{"matter.concerns": []any{"lawful_care"}}), Facts{AuthorityKnown: true})
	for id, want := range map[string]Look{
		"foreign.us_process": {State: NotInForce, Why: "until 2019-02-27, and not on 2026-11-20"},
		"us.fisa.counsel":    {State: Elsewhere, Why: "looks at fisa_order of us authorities"},
		"foreign.content":    {State: Unconcerned, Why: "speaks of what is not asked"},
		"foreign.concerns": {
			State: Silent,
			Why:   `needs matter.concerns.touches(["dissent", "political", "press", "religion", "separatism", "whistleblower", "privilege"]) [matter.concerns = [lawful_care]]`,
		},
		"notice.default":  {State: Spoke, Why: "nothing further", Follows: []string{"notice: before_disclosure"}},
		"face.signature":  {State: Silent, Why: "needs !instrument.signed [instrument.signed = true]"},
		"foreign.traffic": {State: Unconcerned, Why: "speaks of what is not asked"},
	} {
		look := lookOf(t, e, id)
		assert.Equal(t, want.State, look.State, id)
		assert.Contains(t, look.Why, want.Why, id)
		assert.Equal(t, casework.ForeignOrder, look.Instrument, id)
		assert.Equal(t, len(want.Follows) > 0, len(look.Follows) > 0, id)
	}
}

func TestExplainSaysWhatFollows(t *testing.T) {
	e := Default().Explain(sampled(t, "letter", nil), Facts{})
	assert.Equal(t, []string{
		"subscriber: permit; limits name, address, length_of_service",
		"identification, traffic, content, live_traffic, live_content, block, redirect, remove, other: refuse",
	}, lookOf(t, e, "us.nsl.limits").Follows)
	assert.Equal(t, []string{"ground to challenge; deadline: nsl_review"}, lookOf(t, e, "secrecy.nsl_review").Follows)
	assert.Equal(t, []string{"people who decide: 2"}, lookOf(t, e, "approval.national_security").Follows)
	assert.Equal(t, []string{"verification: second_channel"}, lookOf(t, e, "verification.unknown").Follows)
	e = Default().Explain(sampled(t, "foreign", map[string]any{"instrument.type": "search_warrant", "instrument.signed": false}), Facts{})
	assert.Equal(t, []string{"counts as foreign_order"}, lookOf(t, e, "foreign.us_instrument").Follows)
	assert.Equal(t, casework.SearchWarrant, lookOf(t, e, "foreign.us_instrument").Instrument)
	assert.Equal(t, []string{"defect at instrument.signed"}, lookOf(t, e, "face.signature").Follows)
}

func TestExplainOfARuleThatFails(t *testing.T) {
	book := with(Default(), append([]*rule{written(t, "when: "+failing, "then: {answer: permit, about: data}")}, Default().rules...))
	assert.Equal(t, Unanswered, lookOf(t, book.Explain(sampled(t, "subpoena", nil), Facts{}), "one.rule").State)
}

func TestListingIsEveryRuleInForce(t *testing.T) {
	all := Default().Rules("")
	assert.Len(t, all, len(Default().rules))
	listedIDs := func(on casework.Date) []string {
		var ids []string
		for _, r := range Default().Rules(on) {
			ids = append(ids, r.ID)
		}
		return ids
	}
	assert.Contains(t, listedIDs("2019-02-27"), "foreign.us_process")
	assert.NotContains(t, listedIDs("2019-02-28"), "foreign.us_process")
	assert.Contains(t, listedIDs("2019-02-28"), "foreign.subscriber.direct")
	assert.NotContains(t, listedIDs("2019-02-27"), "foreign.subscriber.direct")
	for _, r := range all {
		assert.NotEmpty(t, r.Citation, r.ID)
		require.NotEmpty(t, r.Then, r.ID)
		for _, e := range r.Then {
			assert.NotEmpty(t, e.Follows, r.ID)
			assert.NotEmpty(t, e.Citation, r.ID)
			assert.NotEmpty(t, e.Sentence, r.ID)
		}
	}
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == "us.fisa.counsel" })
	assert.Equal(t, []string{"us"}, all[i].Authorities)
	assert.Equal(t, []casework.InstrumentType{casework.FISAOrder}, all[i].Instruments)
}

func TestListingOfCountriesHasTheProfilesFacts(t *testing.T) {
	book, err := Default().WithProfile([]byte("employees: [{country: BR, from: 2026-01-01}]\n"), "p.yaml")
	require.NoError(t, err)
	staffed := func(on casework.Date) []string {
		var isos []string
		for _, c := range book.Countries(on) {
			if c.Employees {
				isos = append(isos, c.ISO)
			}
		}
		return isos
	}
	assert.Equal(t, []string{"BR"}, staffed("2026-01-01"))
	assert.Empty(t, staffed("2025-12-31"))
	assert.Len(t, book.Countries("2026-01-01"), len(book.countries))
	assert.True(t, slices.IsSortedFunc(book.Countries(""), func(a, b Country) int { return len(a.ISO) - len(b.ISO) }))
}

func TestCompareTwoDays(t *testing.T) {
	req := sampled(t, "foreign", nil)
	changes := Compare(Side{Default(), "2019-02-27"}, Side{Default(), "2019-02-28"}, req, true)
	said := map[string]string{}
	for _, c := range changes {
		said[c.What] = c.Before + " -> " + c.After
	}
	assert.Equal(t, map[string]string{"outcome": "refer_to_mlat -> disclose", "subscriber": "refer -> permit"}, said)
	i := slices.IndexFunc(changes, func(c Changed) bool { return c.What == "subscriber" })
	assert.Equal(t, []string{"foreign.us_process"}, reasonIDs(changes[i].Was))
	assert.Equal(t, []string{"foreign.subscriber.direct"}, reasonIDs(changes[i].Is))
	assert.Empty(t, Compare(Side{Default(), ""}, Side{Default(), ""}, req, true))
}

// Every part of a determination that differs is said.
func TestCompareTwoRulebooks(t *testing.T) {
	other := with(Default(), []*rule{
		written(t, "then: {answer: permit, about: [subscriber, block], deadline: {kind: respond, count: hours, n: 1}}"),
		written(t, "then: {finding: doubt, path: instrument.signed}"),
		written(t, "then: [{notice: after_emergency, until: received.on}, {ground: true}, {verification: second_channel}]"),
	})
	req := sampled(t, "letter", map[string]any{"demand.data": []any{"subscriber"}, "demand.actions": []any{"block"}})
	said := map[string][2]string{}
	for _, c := range Compare(Side{Default(), ""}, Side{other, ""}, req, true) {
		said[c.What] = [2]string{c.Before, c.After}
	}
	assert.Equal(t, [2]string{"permit (name, address, length_of_service)", "permit"}, said["subscriber"])
	assert.Equal(t, [2]string{"refuse", "permit"}, said["block"])
	assert.Equal(t, [2]string{"none", "one.rule (doubt)"}, said["findings"])
	assert.Equal(t, [2]string{"secrecy.nsl_review", "one.rule"}, said["challenge grounds"])
	assert.Equal(t, [2]string{"prohibited", "after_emergency until 2026-11-20"}, said["notice"])
	assert.Equal(t, [2]string{"2", "1"}, said["approvals"])
	assert.Equal(t, [2]string{"standard", "second_channel"}, said["verification"])
	assert.Equal(t, [2]string{"2026-12-04 (instrument.respond_by)", "2026-11-20 (one.rule)"}, said["deadline respond"])
	assert.Equal(t, [2]string{"2026-12-20 (secrecy.nsl_review)", "none"}, said["deadline nsl_review"])
	assert.Contains(t, slices.Collect(maps.Keys(said)), "outcome")
}
