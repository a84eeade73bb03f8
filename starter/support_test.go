package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/policy"
	"dueprocess/web/api"
	"dueprocess/web/ui/pagetest"
)

var update = flag.Bool("update", false, "write the goldens anew")

// desk is a front desk that runs: the real API on a real registry, whose cases move at once.
type desk struct {
	*pagetest.House

	t   *testing.T
	url string
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{House: pagetest.Open(t), t: t}
	for _, u := range pagetest.People {
		sum := sha256.Sum256([]byte("token of " + u.Name))
		require.NoError(t, d.PutUser(t.Context(), u.Name, u.Roles, hex.EncodeToString(sum[:])))
	}
	site := httptest.NewServer(api.New(api.Config{
		Desk: d, Registry: d.Registry, Vault: &fakes.Vault{}, Rules: rules{policy.Default()}, Book: d.Registry, Parcels: d.House, Now: d.Now,
	}))
	t.Cleanup(site.Close)
	d.url = site.URL
	return d
}

// Submit registers a case and starts it at once; the same key gives the same case.
func (d *desk) Submit(ctx context.Context, in casework.Intake) (string, error) {
	in.CaseKey, in.At, in.Members = uuid.NewString(), d.Now(), []string{pagetest.Rosa.Name}
	id, err := d.Register(ctx, in)
	if err != nil {
		return "", err
	}
	c, err := d.Load(ctx, id)
	if err != nil || c.Work.Started {
		return id, err
	}
	ch, err := c.Apply(casework.Receipt{At: d.Now(), Actor: in.Actor})
	if err != nil {
		return "", err
	}
	return id, d.Store(ctx, ch)
}

type rules struct{ *policy.Rulebook }

func (r rules) Evaluate(req casework.Request, on casework.Date, known bool) casework.Determination {
	return r.Determine(req, policy.Facts{On: on, AuthorityKnown: known})
}

// said is what a command said, and its exit status.
type said struct {
	out, complaints string
	status          int
}

// run runs the program with nothing on standard input.
func run(t *testing.T, arguments ...string) said { return runWith(t, "", arguments...) }

func runWith(t *testing.T, in string, arguments ...string) said {
	t.Helper()
	var out, complaints bytes.Buffer
	status := starter(t.Context(), arguments, strings.NewReader(in), &out, &complaints)
	return said{out.String(), complaints.String(), status}
}

// as runs a command at the desk as one of its people.
func (d *desk) as(who casework.Actor, arguments ...string) said {
	d.t.Helper()
	return d.asWith(who, "", arguments...)
}

func (d *desk) asWith(who casework.Actor, in string, arguments ...string) said {
	d.t.Helper()
	return runWith(d.t, in, append(arguments, "--url", d.url, "--token", "token of "+who.Name)...)
}

// well checks that a command succeeded and complained of nothing, and gives what it printed.
func (s said) well(t *testing.T) string {
	t.Helper()
	require.Zero(t, s.status, s.complaints)
	require.Empty(t, s.complaints)
	return s.out
}

// fails checks the exit status and every piece of the complaint; nothing is printed beside it.
func (s said) fails(t *testing.T, status int, pieces ...string) {
	t.Helper()
	require.Equal(t, status, s.status, s.complaints)
	require.Empty(t, s.out)
	require.Regexp(t, `^starter: .`, s.complaints)
	for _, piece := range pieces {
		require.Contains(t, s.complaints, piece)
	}
}

// file writes a file and gives its path.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

const scenarios = "../policy/testdata/cases/"

// request is a scenario's request, which a test may change.
func request(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(scenarios + name + ".json")
	require.NoError(t, err)
	var outer struct{ Request map[string]any }
	require.NoError(t, json.Unmarshal(text, &outer))
	return outer.Request
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

// golden holds a text against the one that a person has read.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// somewhereElse answers every call alike.
func somewhereElse(t *testing.T, status int, media, body string) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // whoever asks will see
	}))
	t.Cleanup(site.Close)
	return site.URL
}

// cases are the ids of all cases.
func (d *desk) cases() []string {
	d.t.Helper()
	list, err := d.Cases(d.t.Context(), casework.CaseQuery{Limit: 100, Sort: "case_id"}, casework.TheSystem)
	require.NoError(d.t, err)
	ids := []string{}
	for _, c := range list.Cases {
		ids = append(ids, c.ID)
	}
	return ids
}

func trimmed(text string) string { return strings.TrimSpace(text) }
