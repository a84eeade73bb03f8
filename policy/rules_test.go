package policy

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dueprocess/casework"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// required are the ids that the default rulebook must have; they are stable, and others check them.
var required = strings.Fields(`
	face.signature face.target face.period face.prospective face.issuer face.statute face.officer face.stale face.date face.shared_ip
	face.direct_mlat face.emergency
	us.subscriber.process us.traffic.order us.content.warrant us.live.pen_register us.live.wiretap us.live.only us.reverse us.state.shield
	concern.privileged enterprise.customer us.comity civil.defence us.action
	us.nsl.limits us.fisa.counsel us.emergency us.preservation us.informal customer.consent
	civil.records civil.content civil.governmental civil.dmca civil.venue civil.anonymous
	foreign.us_process foreign.subscriber.direct foreign.traffic foreign.content foreign.live foreign.rogatory foreign.concerns
	foreign.actions foreign.preservation foreign.emergency foreign.informal
	agreement.not_in_force agreement.designated_authority agreement.permit agreement.us_person agreement.us_person_unknown
	agreement.serious_crime agreement.review agreement.speech agreement.action
	eu.not_bound eu.addressee eu.epoc.subscriber eu.epoc.issuer eu.epoc.threshold eu.epoc.traffic eu.epoc.content eu.epoc.concerns
	eu.epoc.hold eu.epoc.respond eu.epoc.emergency eu.epoc_pr eu.action
	notice.default notice.requested notice.order notice.indefinite secrecy.indefinite notice.instrument secrecy.over_one_year
	secrecy.nsl_review notice.emergency notice.eu notice.preservation notice.harm`)

// ruleCases is testdata/rules.yaml.
type ruleCases struct {
	Lists    [][]string             `json:"lists"` // named for use below
	Requests map[string]changed     `json:"requests"`
	Rules    map[string]ruleSamples `json:"rules"`
}

type changed struct {
	From   string         `json:"from"`
	Change map[string]any `json:"change"`
}

type ruleSamples struct {
	Fires  []sample `json:"fires"`
	Misses []sample `json:"misses"`
}

// sample is a request with some values changed, and what must be answered. Unknown: the contact book does not know the
// authority; agreement: an agreement with its country is in force; each: the rule gives this answer to all that is asked.
type sample struct {
	Request   string            `json:"request"`
	Change    map[string]any    `json:"change"`
	On        casework.Date     `json:"on"`
	Unknown   bool              `json:"unknown"`
	Agreement bool              `json:"agreement"`
	Each      casework.Answer   `json:"each"`
	Paths     map[string]string `json:"paths"` // of findings, by rule
	Expect    Expectation       `json:"expect"`
}

func readRuleCases(t *testing.T) ruleCases {
	t.Helper()
	text, err := os.ReadFile("testdata/rules.yaml")
	require.NoError(t, err)
	raw, err := yaml.YAMLToJSON(text)
	require.NoError(t, err)
	var cases ruleCases
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&cases))
	return cases
}

func TestTheRulebookHasTheRequiredRules(t *testing.T) {
	have := map[string]bool{}
	for _, r := range Default().rules {
		have[r.id] = true
	}
	for _, id := range required {
		assert.True(t, have[id], "the rulebook has no rule %s", id)
	}
}

func TestEveryRuleHasARequestThatFiresItAndOneThatDoesNot(t *testing.T) {
	cases := readRuleCases(t)
	for _, r := range Default().rules {
		assert.NotEmpty(t, cases.Rules[r.id].Fires, "no request fires %s", r.id)
		assert.NotEmpty(t, cases.Rules[r.id].Misses, "no request just misses %s", r.id)
	}
	for id := range cases.Rules {
		assert.True(t, slices.ContainsFunc(Default().rules, func(r *rule) bool { return r.id == id }), "there is no rule %s", id)
	}
}

func TestRules(t *testing.T) {
	cases := readRuleCases(t)
	for _, id := range slices.Sorted(maps.Keys(cases.Rules)) {
		for i, s := range cases.Rules[id].Fires {
			t.Run(id+"/fires/"+strconv.Itoa(i), func(t *testing.T) { cases.try(t, s, id, true) })
		}
		for i, s := range cases.Rules[id].Misses {
			t.Run(id+"/misses/"+strconv.Itoa(i), func(t *testing.T) { cases.try(t, s, id, false) })
		}
	}
}

func (c ruleCases) try(t *testing.T, s sample, id string, fires bool) {
	t.Helper()
	d := s.book(Default()).Determine(c.request(t, s), Facts{On: s.On, AuthorityKnown: !s.Unknown})
	assert.Equal(t, fires, slices.Contains(speakers(d), id), "whether %s speaks; these do: %v", id, speakers(d))
	assert.Empty(t, s.faults(d, id))
}

// faults is what the determination says otherwise than the sample expects of the rule.
func (s sample) faults(d casework.Determination, id string) []string {
	out := s.Expect.Check(d)
	for _, f := range d.Findings {
		if want, ok := s.Paths[f.Rule]; ok && want != f.Path {
			out = append(out, f.Rule+" at "+f.Path+", not at "+want)
		}
	}
	for topic, a := range laid(d) {
		if s.Each != "" && (a.answer != s.Each || !slices.Contains(reasonIDs(a.reasons), id)) {
			out = append(out, string(topic)+": "+string(a.answer)+", not "+string(s.Each)+" by "+id)
		}
	}
	return out
}

// book is the rulebook, with an agreement with France where the sample wants one.
func (s sample) book(of *Rulebook) *Rulebook {
	if !s.Agreement {
		return of
	}
	book := *of
	book.countries = maps.Clone(of.countries)
	france := book.countries["FR"]
	france.AgreementFrom = "2026-01-01"
	book.countries["FR"] = france
	return &book
}

// request is the sample's request with the changes of its base and its own.
func (c ruleCases) request(t *testing.T, s sample) casework.Request {
	t.Helper()
	base, ok := c.Requests[s.Request]
	require.True(t, ok, "there is no request %q", s.Request)
	var tree any
	require.NoError(t, json.Unmarshal(readScenario(t, filepath.Join("testdata/cases", base.From+".json")).Request, &tree))
	for _, changes := range []map[string]any{base.Change, s.Change} {
		for path, value := range changes {
			set(t, tree, strings.Split(path, "."), value)
		}
	}
	raw, err := json.Marshal(tree)
	require.NoError(t, err)
	var req casework.Request
	require.Empty(t, casework.Decode(raw, &req))
	return req
}

// set puts a value at a path into a tree of JSON; every step but the last must be there.
func set(t *testing.T, tree any, path []string, value any) {
	t.Helper()
	switch tree := tree.(type) {
	case map[string]any:
		if len(path) == 1 {
			tree[path[0]] = value
			return
		}
		set(t, tree[path[0]], path[1:], value)
	case []any:
		i, err := strconv.Atoi(path[0])
		require.NoError(t, err)
		if len(path) == 1 {
			tree[i] = value
			return
		}
		set(t, tree[i], path[1:], value)
	default:
		require.Fail(t, "there is nothing at", "%v", path)
	}
}

// speakers are the ids of all rules that a determination names, in whatever part.
func speakers(d casework.Determination) []string {
	reasons := slices.Concat(d.Grounds, d.Notice.Reasons, d.Approvals.Reasons, d.Verification.Reasons)
	for _, a := range d.Answers {
		reasons = append(reasons, a.Reasons...)
	}
	for _, a := range d.Actions {
		reasons = append(reasons, a.Reasons...)
	}
	out := append(reasonIDs(reasons), findingIDs(d)...)
	for _, due := range d.Deadlines {
		out = append(out, due.Basis)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Each effect of each rule must follow in some sample and, where it has a condition, not follow in another: so no
// branch of a rule stands untried.
func TestEveryEffectIsTriedBothWays(t *testing.T) {
	cases := readRuleCases(t)
	follows, stays := map[string]bool{}, map[string]bool{}
	for _, samples := range cases.Rules {
		for _, s := range slices.Concat(samples.Fires, samples.Misses) {
			tally(s.book(Default()), cases.request(t, s), s, follows, stays)
		}
	}
	for _, r := range Default().rules {
		for i := range r.then {
			name := r.effectName(i)
			assert.True(t, follows[name], "%s never follows", name)
			assert.True(t, stays[name] || (r.then[i].when == nil && r.when == nil), "%s always follows", name)
		}
	}
}

func (r *rule) effectName(i int) string { return "effect " + strconv.Itoa(i+1) + " of " + r.id }

// tally notes which effects of the rules that look at the request follow, and which do not.
func tally(book *Rulebook, req casework.Request, s sample, follows, stays map[string]bool) {
	v := book.look(&req, Facts{On: s.On, AuthorityKnown: !s.Unknown})
	for _, served := range req.Instrument.Types() {
		counts := book.hear(v, served).instrument
		for _, r := range book.index[key{v.class, served}] {
			if r.recounts() {
				r.tally(v.as(served, served), follows, stays)
			}
		}
		for _, r := range book.index[key{v.class, counts}] {
			if !r.recounts() {
				r.tally(v.as(served, counts), follows, stays)
			}
		}
	}
}

func (r *rule) tally(v *view, follows, stays map[string]bool) {
	holding, _ := r.holding(v)
	for i := range r.then {
		into := stays
		if slices.Contains(holding, &r.then[i]) {
			into = follows
		}
		into[r.effectName(i)] = true
	}
}
