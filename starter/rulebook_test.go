package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rulebook is a copy of the default rulebook in a folder, with some files other than they are.
func rulebook(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../policy/rulebook")))
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestCheckOfTheDefaultRulebook(t *testing.T) {
	t.Parallel()
	require.Contains(t, run(t, "policy", "check", "../policy/rulebook").well(t), "is sound")
}

func TestCheckNamesEveryFaultWithItsPlace(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/ten_faults.yaml")
	require.NoError(t, err)
	run(t, "policy", "check", rulebook(t, map[string]string{"broken.yaml": string(text)})).fails(t, exitWrong,
		"broken.yaml:5:", "broken.yaml:11:", "broken.yaml:15:", "broken.yaml:20:", "broken.yaml:25:", "broken.yaml:32:", "broken.yaml:40:",
		"broken.yaml:47:", "broken.yaml:52:", "broken.yaml:57:")
	run(t, "policy", "check", "nowhere").fails(t, exitWrong, "nowhere")
}

// A faulty rulebook answers nothing.
func TestNothingIsEvaluatedByAFaultyRulebook(t *testing.T) {
	t.Parallel()
	dir := rulebook(t, map[string]string{"broken.yaml": "rules: 7\n"})
	s := run(t, "policy", "evaluate", "--rulebook", dir, "../policy/testdata/cases/us_warrant_all.json")
	s.fails(t, exitWrong, "broken.yaml:1:")
	require.Empty(t, s.out)
}

func TestTheTestsBesideTheRules(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^All \d+ tests pass\.`, run(t, "policy", "test", "../policy/rulebook").well(t))
	dir := rulebook(t, nil)
	name := filepath.Join(dir, "tests", "foreign.content.speaks.1.txtar")
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(string(text), "-- expect --\n", "-- expect --\nverification: second_channel\n", 1)), 0o600))
	s := run(t, "policy", "test", dir)
	require.Equal(t, exitFailed, s.status)
	require.Contains(t, s.out, "foreign.content.speaks.1.txtar")
	require.Contains(t, s.out, "verification: second_channel expected, standard found")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "tests")))
	run(t, "policy", "test", dir).fails(t, exitWrong, "has no tests")
}

// The source article's change of policy: on 28 February 2019 what was referred before could be given.
func TestTheChangeOfPolicyOf2019(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text, err := os.ReadFile("../policy/testdata/cases/foreign_subscriber_2018.json")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "german.json"), text, 0o600))
	golden(t, "diff_2019", run(t, "policy", "diff", "--on", "2018-11-23", "--on", "2019-02-28", folder).well(t))
	require.Contains(t, run(t, "policy", "diff", "--on", "2018-11-23", "--on", "2019-02-27", folder).well(t), "0 of 1 requests")
}

func TestTwoRulebooksAreCompared(t *testing.T) {
	t.Parallel()
	stricter := rulebook(t, map[string]string{"stricter.yaml": `rules:
  - id: house.nothing
    cites: our policy
    scope: {instruments: search_warrant}
    then: {answer: escalate, about: content}
    say: We look at every warrant.
`})
	out := run(t, "policy", "diff", "--rulebook", "../policy/rulebook", "--rulebook", stricter, "../policy/testdata/cases").well(t)
	require.Contains(t, out, "us_warrant_all.json (1 person)")
	require.Contains(t, out, "content: permit → escalate")
	require.Contains(t, out, "is: We look at every warrant. (our policy; house.nothing)")
	require.NotContains(t, out, "us_subpoena_subscriber.json")
}

func TestComparisonsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, arguments := range []string{"--on 2019-01-01 x", "--on 2019-01-01 --on soon x", "--on 2019-01-01 --on 2019-02-31 x", "x"} {
		run(t, append([]string{"policy", "diff"}, strings.Fields(arguments)...)...).fails(t, exitWrong)
	}
	run(t, "policy", "diff", "--on", "2019-01-01", "--on", "2019-03-01", t.TempDir()).fails(t, exitWrong, "holds no requests")
}

func TestAnExplanationForCounsel(t *testing.T) {
	t.Parallel()
	out := run(t, "policy", "explain", "--on", "2018-11-23", "../policy/testdata/cases/foreign_subscriber_2018.json").well(t)
	for _, piece := range []string{"Rules that spoke", "foreign.us_process", "→", "Rules that are not in force on that day", "is in force from 2019-02-28", "did not speak", "needs "} {
		require.Contains(t, out, piece)
	}
	require.NotContains(t, out, "us.nsl.limits")
	require.Contains(t, run(t, "policy", "explain", "--all", "../policy/testdata/cases/foreign_subscriber_2018.json").well(t), "us.nsl.limits")
}
