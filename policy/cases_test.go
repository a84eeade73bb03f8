package policy

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scenario is a request with what the default rulebook must answer; a key of expect that is left out is not checked.
type scenario struct {
	Name     string          `json:"name"`
	Sentence string          `json:"sentence"`
	On       casework.Date   `json:"on"`
	Request  json.RawMessage `json:"request"`
	Expect   expectation     `json:"expect"`
}

type expectation struct {
	Outcome      casework.Outcome                             `json:"outcome"`
	Answers      map[string]casework.Answer                   `json:"answers"`
	Actions      map[string]casework.Answer                   `json:"actions"`
	Rules        []string                                     `json:"rules"`
	Findings     *[]string                                    `json:"findings"`
	Severity     map[string]casework.Severity                 `json:"severity"`
	Paths        map[string]string                            `json:"paths"`
	Grounds      *[]string                                    `json:"challenge_grounds"`
	Notice       casework.NoticeDuty                          `json:"notice"`
	NoticeUntil  *casework.Date                               `json:"notice_until"`
	Approvals    int                                          `json:"approvals"`
	Verification casework.VerificationLevel                   `json:"verification"`
	Limits       map[casework.Data][]casework.SubscriberField `json:"limits"`
	Deadline     *expectedDeadline                            `json:"deadline"`
}

type expectedDeadline struct {
	Kind    casework.DeadlineKind `json:"kind"`
	On      casework.Date         `json:"on"`
	Date    casework.Date         `json:"date"`
	Basis   string                `json:"basis"`
	Due     string                `json:"due"`
	Shifted casework.Date         `json:"shifted"`
}

// judge is what an expectation tells of its failures: a test, or a count of them.
type judge interface {
	require.TestingT
	Helper()
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			s := readScenario(t, file)
			s.Expect.check(t, s.determine(t, Default()))
		})
	}
}

func readScenario(t *testing.T, file string) scenario {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var s scenario
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&s))
	return s
}

func (s scenario) determine(t *testing.T, book *Rulebook) casework.Determination {
	var req casework.Request
	require.Empty(t, casework.Decode(s.Request, &req))
	return book.Determine(req, Facts{On: s.On, AuthorityKnown: true})
}

func (e expectation) check(t judge, d casework.Determination) {
	t.Helper()
	if e.Outcome != "" {
		assert.Equal(t, e.Outcome, d.Outcome, "outcome")
	}
	e.checkAnswers(t, d)
	if e.Findings != nil {
		assert.ElementsMatch(t, *e.Findings, findingIDs(d), "findings")
	}
	for _, f := range d.Findings {
		if want, ok := e.Severity[f.Rule]; ok {
			assert.Equal(t, want, f.Severity, "severity of %s", f.Rule)
		}
	}
	for _, f := range d.Findings {
		if want, ok := e.Paths[f.Rule]; ok {
			assert.Equal(t, want, f.Path, "path of %s", f.Rule)
		}
	}
	if e.Grounds != nil {
		assert.ElementsMatch(t, *e.Grounds, reasonIDs(d.Grounds), "challenge_grounds")
	}
	e.checkDuties(t, d)
}

func (e expectation) checkAnswers(t judge, d casework.Determination) {
	t.Helper()
	got, spoken := map[string]casework.Answer{}, []string{}
	for _, a := range d.Answers {
		got[string(a.Data)] = a.Answer
		spoken = append(spoken, reasonIDs(a.Reasons)...)
		if want, ok := e.Limits[a.Data]; ok {
			assert.Equal(t, want, a.Limits, "limits of %s", a.Data)
		}
	}
	for _, a := range d.Actions {
		got[string(a.Action)] = a.Answer
		spoken = append(spoken, reasonIDs(a.Reasons)...)
	}
	for topic, want := range e.Answers {
		assert.Equal(t, want, got[topic], "answer to %s", topic)
	}
	for topic, want := range e.Actions {
		assert.Equal(t, want, got[topic], "answer to %s", topic)
	}
	for _, id := range e.Rules {
		assert.Contains(t, spoken, id, "rules")
	}
}

func (e expectation) checkDuties(t judge, d casework.Determination) {
	t.Helper()
	if e.Notice != "" {
		assert.Equal(t, e.Notice, d.Notice.Duty, "notice")
	}
	if e.NoticeUntil != nil {
		assert.Equal(t, *e.NoticeUntil, d.Notice.Until, "notice_until")
	}
	if e.Approvals != 0 {
		assert.Equal(t, e.Approvals, d.Approvals.Required, "approvals")
	}
	if e.Verification != "" {
		assert.Equal(t, e.Verification, d.Verification.Level, "verification")
	}
	if e.Deadline != nil {
		e.Deadline.check(t, d)
	}
}

func (e expectedDeadline) check(t judge, d casework.Determination) {
	t.Helper()
	got, ok := d.DeadlineOf(e.Kind)
	if !assert.True(t, ok, "no deadline of kind %s in %v", e.Kind, d.Deadlines) {
		return
	}
	if want := max(e.On, e.Date); want != "" {
		assert.Equal(t, want, got.Date, "deadline")
	}
	if e.Basis != "" {
		assert.Equal(t, e.Basis, got.Basis, "basis")
	}
	if e.Due != "" {
		assert.Equal(t, e.Due, got.Due.Format("2006-01-02T15:04:05Z07:00"), "due")
	}
	if e.Shifted != "" && assert.NotNil(t, got.Shifted, "shifted") {
		assert.Equal(t, e.Shifted, got.Shifted.Date, "shifted")
	}
}

func findingIDs(d casework.Determination) []string {
	ids := []string{}
	for _, f := range d.Findings {
		ids = append(ids, f.Rule)
	}
	return ids
}

func reasonIDs(reasons []casework.Reason) []string {
	ids := []string{}
	for _, r := range reasons {
		ids = append(ids, r.Rule)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
