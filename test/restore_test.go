package test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	runs "dueprocess/desk"
	"dueprocess/registry/registrytest"
)

// place is a product that runs, wherever: its front desk, its mail, and how to stop it.
type place struct {
	t      *testing.T
	url    string
	mail   string // mail.json
	server string // the workflow server
	tokens map[string]string
	stop   func()
}

// localMode runs the product of a folder.
func localMode(t *testing.T, dir string) *place {
	t.Helper()
	said := &lines{}
	c := command(t, append(os.Environ(), "LOCAL_DIR="+dir, "LOCAL_EMPTY=1", "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0"), "local", "run")
	c.Stdout, c.Stderr = said, said
	stop := started(t, c)
	require.Eventually(t, func() bool { return strings.Contains(said.String(), "Ctrl-C") }, time.Minute, 50*time.Millisecond, said)
	url := regexp.MustCompile(`http://[^/]+`).FindString(said.String())
	server := regexp.MustCompile(`Workflow server +(\S+)`).FindStringSubmatch(said.String())[1]
	return &place{t, url, url + "/dev/mail.json", server, tokensIn(t, filepath.Join(dir, "tokens.json")), stop}
}

// lines is what a program says, to be read while it runs.
type lines struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.String()
}

// started starts a program; what is returned stops it, and expects that it stops cleanly.
func started(t *testing.T, c *exec.Cmd) (stop func()) {
	t.Helper()
	require.NoError(t, c.Start())
	stop = sync.OnceFunc(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		require.NoError(t, c.Wait(), c.Path)
	})
	t.Cleanup(stop)
	return stop
}

func tokensIn(t *testing.T, file string) (tokens map[string]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &tokens))
	return tokens
}

// ask sends JSON and reads JSON.
func (p *place) ask(who, method, url string, body, into any) int {
	p.t.Helper()
	text, err := json.Marshal(body)
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), method, url, bytes.NewReader(text))
	require.NoError(p.t, err)
	request.Header.Set("Authorization", "Bearer "+p.tokens[who])
	answer, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	said, err := io.ReadAll(answer.Body)
	require.NoError(p.t, err)
	require.NoError(p.t, answer.Body.Close())
	if answer.StatusCode >= http.StatusBadRequest {
		p.t.Logf("%s %s: %d %s", method, url, answer.StatusCode, said)
	} else if into != nil {
		require.NoError(p.t, json.Unmarshal(said, into))
	}
	return answer.StatusCode
}

func (p *place) submit(scenario string, change func(request map[string]any)) string {
	p.t.Helper()
	text, err := os.ReadFile("../policy/testdata/cases/" + scenario + ".json")
	require.NoError(p.t, err)
	var outer struct {
		Request map[string]any `json:"request"`
	}
	require.NoError(p.t, json.Unmarshal(text, &outer))
	change(outer.Request)
	var got struct {
		CaseID string `json:"case_id"`
	}
	require.Equal(p.t, http.StatusCreated, p.ask("olivia", http.MethodPost, p.url+"/api/v1/requests", outer.Request, &got))
	return got.CaseID
}

func (p *place) act(who, id, action string, body any) {
	p.t.Helper()
	require.Equal(p.t, http.StatusOK, p.ask(who, http.MethodPost, p.url+"/api/v1/cases/"+id+"/actions/"+action, body, nil), action)
}

func (p *place) see(id string) (v casework.View) {
	p.t.Helper()
	require.Equal(p.t, http.StatusOK, p.ask("mina", http.MethodGet, p.url+"/api/v1/cases/"+id, nil, &v))
	return v
}

// becomes waits until a case is as wanted.
func (p *place) becomes(id string, wanted func(casework.View) bool) casework.View {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return wanted(p.see(id)) }, time.Minute, 50*time.Millisecond)
	return p.see(id)
}

func in(s casework.Stage) func(casework.View) bool {
	return func(v casework.View) bool { return v.Stage == s }
}

func parcel(s casework.DisclosureStatus) func(casework.View) bool {
	return func(v casework.View) bool { return len(v.Disclosures) > 0 && v.Disclosures[0].Status == s }
}

// reviewed is a case that waits for its approval.
func (p *place) reviewed(scenario string, data []string, change func(request map[string]any)) string {
	p.t.Helper()
	id := p.submit(scenario, change)
	p.becomes(id, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.act("olivia", id, "verify_requester", map[string]string{"method": "callback", "evidence": "called", "phone": "+1 202 555 0170"})
	answers := []map[string]string{}
	for _, d := range data {
		answers = append(answers, map[string]string{"data": d, "answer": "permit"})
	}
	p.act("rosa", id, "review", map[string]any{"answers": answers})
	return id
}

func (p *place) approve(id string) {
	p.t.Helper()
	p.act("rafael", id, "approve", map[string]string{"decision": p.see(id).Decision.SHA256})
}

// finish takes a case whose parcel is ready, or about to be, to its end.
func (p *place) finish(id string) {
	p.t.Helper()
	ready := p.becomes(id, parcel(casework.ParcelReady))
	p.act("rafael", id, "release", map[string]string{"confirm": id, "manifest": ready.Disclosures[0].ManifestSHA256})
	p.becomes(id, parcel(casework.ParcelDelivered))
	p.act("olivia", id, "confirm_receipt", map[string]string{})
	p.becomes(id, in(casework.InClosed))
}

var everything = []string{"subscriber", "traffic", "content"}

func asItIs(map[string]any) {}

// underSecrecy has a court forbid to tell the customer for a while.
func underSecrecy(until time.Time) func(map[string]any) {
	return func(r map[string]any) {
		r["secrecy"] = map[string]any{"kind": "court_order", "basis": "18 USC 2705(b)", "until": until.Format(casework.DayFormat)}
	}
}

func (p *place) advance(by string) {
	p.t.Helper()
	require.Equal(p.t, http.StatusOK, p.ask("", http.MethodPost, p.url+"/dev/clock", map[string]string{"advance": by}, nil))
}

// letter is a caught mail.
type letter struct {
	MessageID  string   `json:"message_id"`
	To         []string `json:"to"`
	Subject    string   `json:"subject"`
	Deliveries int      `json:"deliveries"`
}

// letters are all caught mails; none of them came twice.
func (p *place) letters() (all []letter) {
	p.t.Helper()
	require.Equal(p.t, http.StatusOK, p.ask("", http.MethodGet, p.mail, nil, &all))
	seen := map[string]bool{}
	for _, l := range all {
		require.Equal(p.t, 1, l.Deliveries, l.Subject)
		require.False(p.t, seen[l.MessageID], l.Subject)
		seen[l.MessageID] = true
	}
	return all
}

// toCustomer counts what the customer has of a case.
func (p *place) toCustomer(id string) (n int) {
	p.t.Helper()
	for _, l := range p.letters() {
		if strings.Contains(l.Subject, id) && l.To[0] == "harbor.lights@example.net" {
			n++
		}
	}
	return n
}

// verbs are how often each verb stands among a case's events.
func (p *place) verbs(id string) map[casework.Verb]int {
	p.t.Helper()
	var got struct {
		Events []casework.Event `json:"events"`
	}
	require.Equal(p.t, http.StatusOK, p.ask("mina", http.MethodGet, p.url+"/api/v1/cases/"+id+"/events", nil, &got))
	out := map[casework.Verb]int{}
	for _, e := range got.Events {
		out[e.Verb]++
	}
	return out
}

// reconciled is what starter reconcile --json prints.
type reconciled struct {
	runs.Reconciled

	Differences []runs.Difference `json:"differences"`
}

// reconcile runs the command to its end.
func reconcile(t *testing.T, environment []string, arguments ...string) (got reconciled) {
	t.Helper()
	c := command(t, environment, "starter", append([]string{"--json", "reconcile"}, arguments...)...)
	c.Stderr = t.Output()
	out, err := c.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &got), string(out))
	return got
}

// The whole of it in the local mode: a backup while the product runs, everything lost, restored elsewhere with an empty
// workflow server.
func TestALocalModeIsRestoredAndItsCasesGoOn(t *testing.T) {
	dir, backup, again := filepath.Join(t.TempDir(), "local"), filepath.Join(t.TempDir(), "backup.tar.gz"), filepath.Join(t.TempDir(), "again")
	p := localMode(t, dir)
	secret := p.reviewed("secrecy_order", []string{"content"}, underSecrecy(time.Now().AddDate(0, 0, 20)))
	p.approve(secret)
	p.finish(secret)
	told := p.reviewed("us_warrant_all", everything, asItIs)
	p.approve(told)
	p.becomes(told, in(casework.InCustomerNotice))
	waiting := p.reviewed("us_warrant_all", everything, asItIs)
	p.advance("24h")
	require.Equal(t, []int{0, 1, 0}, []int{p.toCustomer(secret), p.toCustomer(told), p.toCustomer(waiting)})
	finish(t, os.Environ(), "starter", "backup", "--dir", dir, backup)
	p.stop()
	require.NoError(t, os.RemoveAll(dir))

	finish(t, os.Environ(), "starter", "restore", "--dir", again, backup)
	p = localMode(t, again)
	settings := append(os.Environ(), "DUEPROCESS_DATABASE_URL=sqlite:"+filepath.Join(again, "registry.db"), "DUEPROCESS_KEY_FILE="+filepath.Join(again, "keys.json"), "TEMPORAL_ADDRESS="+p.server)
	require.Eventually(t, func() bool { return reconcile(t, settings, "--dry-run").Differ == 0 }, time.Minute, 100*time.Millisecond)
	for _, id := range []string{secret, told, waiting} {
		require.Equal(t, 1, p.verbs(id)[casework.Rebuilt], "by itself, at its start")
	}
	p.approve(waiting)
	p.advance("720h")
	p.finish(waiting)
	p.finish(told)
	require.Equal(t, []int{1, 1, 1}, []int{p.toCustomer(secret), p.toCustomer(told), p.toCustomer(waiting)})
	p.stop()
	finish(t, os.Environ(), "starter", "ledger", "verify", "--database", "sqlite:"+filepath.Join(again, "registry.db"), "--key-file", filepath.Join(again, "keys.json"))
}

// office is the product in separate programs on PostgreSQL.
type office struct {
	*place

	environment []string
}

// opens starts worker and front desk; the mails of both offices are caught by the same server.
func opens(t *testing.T, base []string, tokens, mail string) *office {
	t.Helper()
	staff, portal, ops := freeAddress(t), freeAddress(t), freeAddress(t)
	environment := slices.Concat(base, []string{"DUEPROCESS_PUBLIC_URL=http://127.0.0.1:8081"})
	worker := command(t, environment, "worker")
	front := command(t, environment, "starter", "serve", "--staff", staff, "--portal", portal, "--ops", ops)
	worker.Stderr, front.Stderr = t.Output(), t.Output()
	stopWorker, stopFront := started(t, worker), started(t, front)
	awaitReady(t, "http://"+ops+"/readyz")
	stop := func() { stopFront(); stopWorker() }
	return &office{&place{t, "http://" + staff, mail, "", tokensIn(t, tokens), stop}, environment}
}

// The registry restored from yesterday's dump beside an empty workflow server: reconcile brings every open case back, the
// walk of one of them goes on to its end, no mail is sent twice.
func TestYesterdaysDumpBesideAnEmptyWorkflowServer(t *testing.T) {
	dir, before := t.TempDir(), registrytest.StartPostgres(t)
	post := announced(t, "local", "mail", "--dir", filepath.Join(dir, "mail"))
	mail := "http://" + post["http"] + "/dev/mail.json"
	first := announced(t, "local", "temporal", "--dir", filepath.Join(dir, "first"), "--no-ui")
	base := settings(t, dir, map[string]string{"DUEPROCESS_SMTP": post["smtp"]})
	one := slices.Concat(base, []string{"DUEPROCESS_DATABASE_URL=" + before, "TEMPORAL_ADDRESS=" + first["address"]})
	finish(t, one, "starter", "migrate")
	tokens := seed(t, dir, before)
	p := opens(t, one, tokens, mail)
	closed := p.reviewed("secrecy_order", []string{"content"}, underSecrecy(time.Now().AddDate(0, 1, 0)))
	p.approve(closed)
	p.finish(closed)
	waiting, ready := p.reviewed("us_warrant_all", everything, asItIs), p.reviewed("us_warrant_all", everything, asItIs)
	p.approve(ready)
	p.becomes(ready, parcel(casework.ParcelReady))
	require.Equal(t, 0, reconcile(t, p.environment).Differ)
	dump(t, dir, before)
	p.act("olivia", waiting, "comment", map[string]string{"text": "after the dump"})
	p.stop()

	after, second := registrytest.StartPostgres(t), announced(t, "local", "temporal", "--dir", filepath.Join(dir, "second"), "--no-ui")
	undump(t, dir, after)
	two := slices.Concat(base, []string{"DUEPROCESS_DATABASE_URL=" + after, "TEMPORAL_ADDRESS=" + second["address"]})
	got := reconcile(t, two)
	require.Equal(t, runs.Reconciled{Cases: 3, Differ: 3, Done: 3}, got.Reconciled)
	for _, d := range got.Differences {
		require.Equal(t, runs.Difference{Case: d.Case, Differs: runs.Missing, Done: runs.WasRebuilt}, d)
	}
	require.Zero(t, reconcile(t, two).Differ)
	p = opens(t, two, tokens, mail)
	p.finish(ready)
	p.approve(waiting)
	p.finish(waiting)
	for _, id := range []string{closed, waiting, ready} {
		require.Equal(t, 1, p.verbs(id)[casework.Rebuilt])
	}
	require.Zero(t, p.verbs(waiting)[casework.Commented], "what came after the dump is lost")
	p.act("olivia", closed, "comment", map[string]string{"text": "its run waits for the end of secrecy"})
	require.Equal(t, []int{0, 1, 1}, []int{p.toCustomer(closed), p.toCustomer(waiting), p.toCustomer(ready)})
	require.Zero(t, reconcile(t, two).Differ)
	finish(t, two, "starter", "ledger", "verify")
}

// The registry restored from yesterday's dump beside the workflow server that is there: it has the run of a case that the
// registry has lost. No number is given twice, even by whoever starts first and reconciles later; the lost run is ended.
func TestYesterdaysDumpBesideTheWorkflowServerThatIsThere(t *testing.T) {
	dir, before := t.TempDir(), registrytest.StartPostgres(t)
	post := announced(t, "local", "mail", "--dir", filepath.Join(dir, "mail"))
	mail := "http://" + post["http"] + "/dev/mail.json"
	server := announced(t, "local", "temporal", "--dir", filepath.Join(dir, "server"), "--no-ui")
	base := settings(t, dir, map[string]string{"DUEPROCESS_SMTP": post["smtp"], "TEMPORAL_ADDRESS": server["address"]})
	one := append(slices.Clone(base), "DUEPROCESS_DATABASE_URL="+before)
	finish(t, one, "starter", "migrate")
	tokens := seed(t, dir, before)
	p := opens(t, one, tokens, mail)
	kept := p.submit("us_warrant_all", asItIs)
	dump(t, dir, before)
	lost := p.submit("us_warrant_all", asItIs)
	p.becomes(lost, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.stop()

	after := registrytest.StartPostgres(t)
	undump(t, dir, after)
	two := append(slices.Clone(base), "DUEPROCESS_DATABASE_URL="+after)
	finish(t, two, "starter", "migrate")
	finish(t, two, "starter", "ledger", "verify")
	p = opens(t, two, tokens, mail)
	hasty := p.submit("us_warrant_all", asItIs)
	p.stop()
	told := runs.Difference{Case: lost, Differs: runs.Lost, Done: runs.WasEnded}
	got := reconcile(t, two)
	require.Contains(t, got.Differences, told)
	require.Equal(t, got.Differ, got.Done)
	got = reconcile(t, two)
	require.Zero(t, got.Differ)
	require.Equal(t, []runs.Difference{{Case: lost, Differs: runs.Lost, Done: runs.WasPassed}}, got.Differences, "somebody must ask for it again")

	p = opens(t, two, tokens, mail)
	next := p.submit("us_warrant_all", asItIs)
	require.Less(t, lost, hasty)
	require.Less(t, hasty, next)
	for _, id := range []string{kept, hasty, next} {
		p.becomes(id, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
		p.act("olivia", id, "comment", map[string]string{"text": "it lives"})
	}
	p.stop()
	finish(t, two, "starter", "ledger", "verify")
}

// dump does what docs/guides/operator.md says: the registry first, then the keys by themselves.
func dump(t *testing.T, dir, database string) {
	t.Helper()
	postgres(t, "pg_dump", "--format=custom", "--exclude-table-data=case_keys", "--file="+filepath.Join(dir, "registry.dump"), database)
	postgres(t, "pg_dump", "--format=custom", "--data-only", "--table=case_keys", "--file="+filepath.Join(dir, "case-keys.dump"), database)
}

func undump(t *testing.T, dir, database string) {
	t.Helper()
	postgres(t, "pg_restore", "--no-owner", "--exit-on-error", "--dbname="+database, filepath.Join(dir, "registry.dump"))
	postgres(t, "pg_restore", "--no-owner", "--exit-on-error", "--data-only", "--dbname="+database, filepath.Join(dir, "case-keys.dump"))
}

// postgres runs one of PostgreSQL's programs, from the PATH or from where Debian and Homebrew put them.
func postgres(t *testing.T, name string, arguments ...string) {
	t.Helper()
	path, err := exec.LookPath(name)
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/", "/opt/homebrew/opt/postgresql@*/bin/", "/usr/local/opt/postgresql@*/bin/"} {
		if found, _ := filepath.Glob(pattern + name); err != nil && len(found) > 0 {
			path, err = found[len(found)-1], nil
		}
	}
	require.NoError(t, err)
	said, err := exec.CommandContext(context.WithoutCancel(t.Context()), path, arguments...).CombinedOutput()
	require.NoError(t, err, string(said))
}
