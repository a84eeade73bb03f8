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
	Expect   Expectation     `json:"expect"`
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			s := readScenario(t, file)
			assert.Empty(t, s.Expect.Check(s.determine(t, Default())))
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
