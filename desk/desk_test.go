package desk_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"dueprocess/casework"
	"dueprocess/desk"
	"dueprocess/intake"
	"dueprocess/internal/wire"
	"dueprocess/policy/testdata"
)

var (
	olivia = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	mina   = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
)

// house is an office with a real workflow server and no mail server.
type house struct {
	*desk.Desk

	t      *testing.T
	office *wire.Office
	server string // where the workflow server is
	client client.Client
	worker worker.Worker
}

func open(t *testing.T) *house {
	t.Helper()
	return openWith(t, "127.0.0.1:1")
}

func openWith(t *testing.T, smtp string) *house {
	t.Helper()
	dir := t.TempDir()
	office, err := wire.Open(t.Context(), wire.Settings{
		Database: "sqlite:" + filepath.Join(dir, "registry.db"), KeyFile: filepath.Join(dir, "keys.json"), Vault: filepath.Join(dir, "vault"),
		SMTP: smtp, From: "legal@office.example", URL: "http://office.example", Records: "demo", Local: true,
	}, time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, office.Close()) })
	require.NoError(t, office.Registry.Migrate(t.Context()))
	for _, u := range []casework.Actor{olivia, mina, adam} {
		require.NoError(t, office.Registry.PutUser(t.Context(), u.Name, u.Roles, ""))
	}
	at := server(t, dir)
	c, err := office.Dial(at, wire.Logger())
	require.NoError(t, err)
	t.Cleanup(c.Close)
	h := &house{Desk: office.Desk(c), t: t, office: office, server: at, client: c}
	h.start()
	t.Cleanup(func() { h.worker.Stop() })
	return h
}

func (h *house) start() {
	h.t.Helper()
	h.worker = h.office.Worker(h.client)
	require.NoError(h.t, h.worker.Start())
}

// server starts the embedded workflow server as a process, and answers its address.
func server(t *testing.T, dir string) string {
	t.Helper()
	program, err := filepath.Abs("../bin/local")
	require.NoError(t, err)
	_, err = os.Stat(program)
	require.NoError(t, err, "the programs are built by: make build")
	return begin(t, program, "temporal", "--dir", filepath.Join(dir, "temporal"), "--no-ui").Address
}

// told is what a server of the local mode says of itself.
type told struct {
	Address string `json:"address"`
	SMTP    string `json:"smtp"`
}

func begin(t *testing.T, program string, arguments ...string) (said told) {
	t.Helper()
	c := exec.CommandContext(context.WithoutCancel(t.Context()), program, arguments...)
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() { _, _ = c.Process.Signal(syscall.SIGTERM), c.Wait() })
	line, err := bufio.NewReader(out).ReadBytes('\n')
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(line, &said))
	return said
}

func warrant(t *testing.T) casework.Request {
	t.Helper()
	text, err := testdata.Cases.ReadFile("cases/us_warrant_all.json")
	require.NoError(t, err)
	r, err := intake.Read(intake.Unwrap(text), time.Now(), intake.Submit)
	require.NoError(t, err)
	return r
}

func (h *house) submit(key string) (string, error) {
	return h.Submit(h.t.Context(), casework.Intake{Request: warrant(h.t), Actor: olivia, Scope: "olivia /requests", Key: key, BodySHA256: "x"})
}

func (h *house) comment(id, key string) error {
	return h.Act(h.t.Context(), id, casework.Act{Action: casework.Comment, Actor: olivia, Key: key, Body: &casework.CommentBody{Text: "called them"}})
}

func (h *house) count(id string, verb casework.Verb) int {
	h.t.Helper()
	events, err := h.Registry.Events(h.t.Context(), id, casework.TheSystem)
	require.NoError(h.t, err)
	n := 0
	for _, e := range events {
		if e.Verb == verb {
			n++
		}
	}
	return n
}

func TestOneKeyMakesOneCaseHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	h := open(t)
	ids := make([]string, 6)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() { ids[i], _ = h.submit("one") })
	}
	all.Wait()
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	require.Equal(t, 1, h.count(ids[0], casework.Received))
	other, err := h.submit("")
	require.NoError(t, err)
	require.NotEqual(t, ids[0], other)
}

func TestAnActIsStoredWhenItIsAnsweredAndDoneOncePerKey(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, err := h.submit("")
	require.NoError(t, err)
	require.NoError(t, h.comment(id, "k"))
	require.Equal(t, 1, h.count(id, casework.Commented), "read your writes")
	require.NoError(t, h.comment(id, "k"))
	require.Equal(t, 1, h.count(id, casework.Commented))
}

func TestRefusalsComeBackAsTheyAre(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, err := h.submit("")
	require.NoError(t, err)
	for what, x := range map[string]struct {
		act  casework.Act
		code casework.Code
	}{
		"the wrong role":         {casework.Act{Action: casework.Hold, Actor: olivia, Body: &casework.WithReason{Reason: "x"}}, casework.Forbidden},
		"a deadline not there":   {casework.Act{Action: casework.ExtendDeadline, Actor: mina, Body: &casework.ExtendBody{Kind: casework.DueObject, Until: "2030-01-01", Reason: "x"}}, casework.Conflict},
		"nobody of staff":        {casework.Act{Action: casework.Assign, Actor: mina, Body: &casework.AssignBody{To: "nobody"}}, casework.Invalid},
		"an administrator":       {casework.Act{Action: casework.Assign, Actor: mina, Body: &casework.AssignBody{To: "adam"}}, casework.Invalid},
		"no address":             {casework.Act{Action: casework.Renotify, Actor: olivia, Body: &casework.RenotifyBody{Address: "nonsense", Reason: "x"}}, casework.Invalid},
		"its number, as dialled": {casework.Act{Action: casework.VerifyRequester, Actor: olivia, Body: &casework.VerifyBody{Method: casework.ByCallback, Phone: "(617) 555-0142"}}, casework.Conflict},
		"a case that is none":    {casework.Act{Action: casework.LinkCase, Actor: olivia, Body: &casework.LinkBody{Case: "LR-2000-000001", Relation: casework.Related}}, casework.Invalid},
		"a number of the paper":  {casework.Act{Action: casework.VerifyRequester, Actor: olivia, Body: &casework.VerifyBody{Method: casework.ByCallback, Phone: "+1 617 555 0142"}}, casework.Conflict},
	} {
		x.act.Key = uuid.NewString()
		err := h.Act(t.Context(), id, x.act)
		require.Equal(t, x.code, casework.CodeOf(err), "%s: %v", what, err)
	}
	require.Equal(t, casework.NotFound, casework.CodeOf(h.comment("LR-2000-000001", "x")))
}

func TestWithoutAWorkerItIsUnavailableAndLaterDoneOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, err := h.submit("")
	require.NoError(t, err)
	h.worker.Stop()
	h.Patience = 500 * time.Millisecond
	require.Equal(t, casework.Unavailable, casework.CodeOf(h.comment(id, "late")))
	h.start()
	h.Patience = 30 * time.Second
	require.NoError(t, h.comment(id, "late"), "the same key again")
	require.Equal(t, 1, h.count(id, casework.Commented))
}

// What was registered and never started, since the process died between, is started by the sweep.
func TestACaseWhoseStartWasLostIsStartedBySweeping(t *testing.T) {
	t.Parallel()
	h := open(t)
	terms, members := h.Terms()
	id, err := h.Registry.Register(t.Context(), casework.Intake{
		CaseKey: uuid.NewString(), Request: warrant(t), Actor: olivia, Terms: terms, Members: members, At: casework.Truncate(time.Now().Add(-time.Minute)),
	})
	require.NoError(t, err)
	require.NoError(t, h.Sweep(t.Context()))
	require.Equal(t, 1, h.count(id, casework.Received))
	require.NoError(t, h.Sweep(t.Context()))
	require.Equal(t, 1, h.count(id, casework.Received))
}

// A file whose rows lie outside what was asked never gets near a parcel.
func TestRecordsOutsideTheTimeRangeAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, err := h.submit("")
	require.NoError(t, err)
	rows := "account,at,host\nharbor.lights@example.net,2031-01-01T00:00:00Z,example.net\n"
	sum, size, err := h.Vault.Put(t.Context(), "uploads/x", bytes.NewReader([]byte(rows)))
	require.NoError(t, err)
	err = h.Act(t.Context(), id, casework.Act{Action: casework.AddRecords, Actor: olivia, Key: "x", Body: &casework.AddRecordsBody{
		Data: casework.Traffic, File: casework.Document{Name: "more.csv", Ref: "uploads/x", SHA256: sum, Size: size},
	}})
	var refused *casework.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, casework.Invalid, refused.Code)
	require.Equal(t, "file", refused.Faults[0].Path)
}
