package policy

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// trialFolder is a folder of tests beside the rules: one request, and the files given.
func trialFolder(t *testing.T, files map[string]string) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile("testdata/cases/foreign_subscriber_ok.json")
	require.NoError(t, err)
	var s scenario
	require.NoError(t, json.Unmarshal(text, &s))
	dir := fstest.MapFS{"requests/german.yaml": {Data: s.Request}, "requests/bad.yaml": {Data: []byte("- a list")}}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

const goodTrial = `Before 2019-02-28 a foreign order went to US process.
-- request --
like: german
instrument: {served_on: null}
matter: {concerns: [press]}
-- expect --
on: 2019-02-27
unknown_authority: true
outcome: refer_to_mlat
answers: {subscriber: refer}
verification: second_channel
notice: before_disclosure
notice_until: ""
approvals: 2
rules: [foreign.us_process, foreign.concerns]
silent: [foreign.subscriber.direct]
findings: []
challenge_grounds: []
limits: {subscriber: []}
deadline: {kind: respond, date: 2026-12-04}
deadlines: [{kind: preserve_until, none: true}]
`

func TestTrialsRun(t *testing.T) {
	trials, err := Trials(trialFolder(t, map[string]string{"good.txtar": goodTrial, "notes.md": "no test"}))
	require.NoError(t, err)
	require.Len(t, trials, 1)
	assert.Equal(t, "Before 2019-02-28 a foreign order went to US process.", trials[0].Sentence)
	assert.Empty(t, trials[0].Request.Instrument.ServedOn, "null takes a field away")
	assert.Empty(t, trials[0].Run(Default()))
}

func TestATrialSaysWhatIsOtherwise(t *testing.T) {
	for name, c := range map[string]struct{ old, with, says string }{
		"outcome":      {"outcome: refer_to_mlat", "outcome: disclose", "outcome: disclose expected, refer_to_mlat found"},
		"answer":       {"subscriber: refer", "subscriber: permit", "subscriber: permit expected, refer found"},
		"not asked":    {"subscriber: refer", "content: refer", "content: refer expected, none found"},
		"action":       {"approvals: 2", "actions: {block: refer}", "block: refer expected, none found"},
		"verification": {"second_channel", "standard", "verification: standard expected"},
		"notice":       {"before_disclosure", "none", "notice: none expected"},
		"until":        {`notice_until: ""`, "notice_until: 2027-01-01", "notice_until: 2027-01-01 expected, none found"},
		"approvals":    {"approvals: 2", "approvals: 1", "approvals: 1 expected, 2 found"},
		"rules":        {"foreign.concerns]", "foreign.actions]", "rules: foreign.actions is not among"},
		"silent":       {"foreign.subscriber.direct", "foreign.concerns", "foreign.concerns speaks, and should not"},
		"findings":     {"findings: []", "findings: [face.date]", "findings: face.date expected, none found"},
		"grounds":      {"grounds: []", "grounds: [us.comity]", "challenge_grounds: us.comity expected, none found"},
		"limits":       {"{subscriber: []}", "{subscriber: [name]}", "limits of subscriber: name expected, none found"},
		"deadline":     {"2026-12-04}", "2026-12-05}", "deadline respond: 2026-12-05 expected, 2026-12-04 found"},
		"basis":        {"2026-12-04}", "2026-12-04, basis: profile}", "deadline respond, basis: profile expected, instrument.respond_by found"},
		"due":          {"date: 2026-12-04}", `due: "2026-12-05T22:59:59Z"}`, "deadline respond, due: 2026-12-05T22:59:59Z expected, 2026-12-04T22:59:59Z found"},
		"shifted":      {"date: 2026-12-04}", "shifted: 2026-12-07}", "deadline respond: shifted to 2026-12-07 expected"},
		"no deadline":  {"preserve_until, none: true", "preserve_until", "deadline preserve_until: one expected, none found"},
		"a deadline":   {"preserve_until, none: true", "respond, none: true", "deadline respond: none expected, 2026-12-04"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, goodTrial, c.old)
			trials, err := Trials(trialFolder(t, map[string]string{"a.txtar": strings.Replace(goodTrial, c.old, c.with, 1)}))
			require.NoError(t, err)
			said := trials[0].Run(Default())
			require.Len(t, said, 1)
			assert.Contains(t, said[0], c.says)
		})
	}
}

func TestTrialsAreReadStrictly(t *testing.T) {
	for name, c := range map[string]struct{ old, with, says string }{
		"no sentence":       {"Before 2019-02-28 a foreign order went to US process.\n", "", "says nothing before its first section"},
		"unknown section":   {"-- expect --", "-- expects --", `unknown section "expects"`},
		"no such request":   {"like: german", "like: french", "there is no requests/french.yaml"},
		"a bad base":        {"like: german", "like: bad", "is no YAML object"},
		"no YAML":           {"like: german", "like: [", "request: is no YAML object"},
		"an unknown field":  {"matter: {", "matter: {colour: red, ", "request: matter.colour"},
		"an unknown expect": {"outcome:", "outcomes:", `expect: unknown field "outcomes"`},
		"expect no YAML":    {"silent: [", "silent: [[", "expect: is missing or no YAML"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, goodTrial, c.old)
			dir := trialFolder(t, map[string]string{"a.txtar": strings.Replace(goodTrial, c.old, c.with, 1), "b.txtar": "-- request --\nlike: nobody\n"})
			_, err := Trials(dir)
			var faults Faults
			require.ErrorAs(t, err, &faults)
			assert.Contains(t, err.Error(), "a.txtar:1:1: ")
			assert.Contains(t, err.Error(), c.says)
			assert.Contains(t, err.Error(), "b.txtar:1:1: request: there is no requests/nobody.yaml", "every fault of every file at once")
		})
	}
}

// The tests beside the default rulebook pass, and each rule has one on which it speaks and one on which it is silent.
func TestTheRulebooksOwnTests(t *testing.T) {
	trials, err := Trials(os.DirFS("rulebook/tests"))
	require.NoError(t, err)
	tried := map[string]bool{}
	for _, trial := range trials {
		assert.Empty(t, trial.Run(Default()), trial.File)
		for _, id := range trial.Expect.Speaks {
			tried[id+" speaks"] = true
		}
		for _, id := range trial.Expect.Silent {
			tried[id+" is silent"] = true
		}
	}
	for _, r := range Default().rules {
		assert.True(t, tried[r.id+" speaks"], "%s speaks in no test", r.id)
		assert.True(t, tried[r.id+" is silent"], "%s is silent in no test", r.id)
	}
}
