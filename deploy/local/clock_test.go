package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/desk"
	"dueprocess/internal/wire"
	"dueprocess/policy/testdata"
)

// product is the whole product, running without demo cases.
type product struct {
	t       *testing.T
	address string
	tokens  map[string]string
	running started

	dir, temporal string // what it keeps, and its workflow server
}

func runProduct(t *testing.T, dir string) product {
	t.Helper()
	running := begin(t, []string{"LOCAL_DIR=" + dir, "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0", "LOCAL_EMPTY=1"}, "run")
	said := ""
	for !strings.Contains(said, "Its pages") {
		line, err := running.lines.ReadString('\n')
		require.NoError(t, err)
		said += line
	}
	go func() { _, _ = io.Copy(io.Discard, running.lines) }() // the lines that follow
	tokens, err := tokensOf(filepath.Join(dir, "tokens.json"))
	require.NoError(t, err)
	temporal := regexp.MustCompile(`Workflow server +(\S+)`).FindStringSubmatch(said)
	require.NotNil(t, temporal, said)
	return product{t, regexp.MustCompile(`http://[^/]+`).FindString(said), tokens, running, dir, temporal[1]}
}

// call sends JSON and reads JSON.
func (p product) call(status int, who, method, path string, body, into any) {
	p.t.Helper()
	text, err := json.Marshal(body)
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.address+path, bytes.NewReader(text))
	require.NoError(p.t, err)
	request.Header.Set("Authorization", "Bearer "+p.tokens[who])
	answer, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	said, err := io.ReadAll(answer.Body)
	require.NoError(p.t, err)
	require.NoError(p.t, answer.Body.Close())
	require.Equal(p.t, status, answer.StatusCode, string(said))
	if into != nil {
		require.NoError(p.t, json.Unmarshal(said, into))
	}
}

func (p product) submit(scenario string, change func(map[string]any)) string {
	p.t.Helper()
	text, err := testdata.Cases.ReadFile("cases/" + scenario + ".json")
	require.NoError(p.t, err)
	var outer struct {
		Request map[string]any `json:"request"`
	}
	require.NoError(p.t, json.Unmarshal(text, &outer))
	change(outer.Request)
	var got struct {
		CaseID string `json:"case_id"`
	}
	p.call(http.StatusCreated, "olivia", http.MethodPost, "/api/v1/requests", outer.Request, &got)
	return got.CaseID
}

func (p product) act(who, id, action string, body any) {
	p.t.Helper()
	p.call(http.StatusOK, who, http.MethodPost, "/api/v1/cases/"+id+"/actions/"+action, body, nil)
}

func (p product) state(id string) (view casework.View) {
	p.t.Helper()
	p.call(http.StatusOK, "tess", http.MethodGet, "/api/v1/cases/"+id, nil, &view)
	return view
}

// becomes waits until a case is as wanted.
func (p product) becomes(id string, wanted func(casework.View) bool) casework.View {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return wanted(p.state(id)) }, time.Minute, 50*time.Millisecond)
	return p.state(id)
}

// verbs are how often each verb stands among a case's events.
func (p product) verbs(id string) map[casework.Verb]int {
	p.t.Helper()
	var got struct {
		Events []casework.Event `json:"events"`
	}
	p.call(http.StatusOK, "tess", http.MethodGet, "/api/v1/cases/"+id+"/events", nil, &got)
	out, now := map[casework.Verb]int{}, p.now()
	for _, e := range got.Events {
		require.False(p.t, e.At.After(now), "%s of %s is at %s, and it is %s: no case lives beyond the clock", e.Verb, id, e.At, now)
		out[e.Verb]++
	}
	return out
}

// now is what the clock of cases shows.
func (p product) now() time.Time {
	p.t.Helper()
	var clock struct {
		Now time.Time `json:"now"`
	}
	p.call(http.StatusOK, "", http.MethodGet, "/dev/clock", nil, &clock)
	return clock.Now
}

// alarms are how often each deadline of a case was warned of and breached.
func (p product) alarms(id string) map[string]int {
	p.t.Helper()
	var got struct {
		Events []struct {
			Verb casework.Verb         `json:"verb"`
			New  struct{ Kind string } `json:"new"`
		} `json:"events"`
	}
	p.call(http.StatusOK, "tess", http.MethodGet, "/api/v1/cases/"+id+"/events", nil, &got)
	out := map[string]int{}
	for _, e := range got.Events {
		if e.Verb == casework.DeadlineWarned || e.Verb == casework.DeadlineBreached {
			out[string(e.Verb)+" "+e.New.Kind]++
		}
	}
	return out
}

// notices are how many mails the customer has of a case.
func (p product) notices(id string) int {
	p.t.Helper()
	var mails []struct {
		To      []string `json:"to"`
		Subject string   `json:"subject"`
	}
	p.call(http.StatusOK, "tess", http.MethodGet, "/dev/mail.json", nil, &mails)
	n := 0
	for _, m := range mails {
		if strings.Contains(m.Subject, id) && m.To[0] == "harbor.lights@example.net" {
			n++
		}
	}
	return n
}

func (p product) advance(by string) {
	p.t.Helper()
	p.call(http.StatusOK, "", http.MethodPost, "/dev/clock", map[string]string{"advance": by}, nil)
}

// disclosedInSecret brings a request under a court's secrecy to its end.
func (p product) disclosedInSecret(until string) string {
	p.t.Helper()
	id := p.submit("secrecy_order", func(r map[string]any) {
		r["secrecy"] = map[string]any{"kind": "court_order", "basis": "18 USC 2705(b)", "until": until}
	})
	p.becomes(id, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.act("olivia", id, "verify_requester", map[string]string{"method": "callback", "evidence": "called", "phone": "+1 202 555 0170"})
	p.act("rosa", id, "review", map[string]any{"answers": []map[string]string{{"data": "content", "answer": "permit"}}})
	p.act("rafael", id, "approve", map[string]string{"decision": p.state(id).Decision.SHA256})
	ready := p.becomes(id, func(v casework.View) bool {
		return len(v.Disclosures) > 0 && v.Disclosures[0].Status == casework.ParcelReady
	})
	p.act("rafael", id, "release", map[string]string{"confirm": id, "manifest": ready.Disclosures[0].ManifestSHA256})
	p.becomes(id, func(v casework.View) bool { return v.Disclosures[0].Status == casework.ParcelDelivered })
	p.act("olivia", id, "confirm_receipt", map[string]string{})
	return id
}

// The clock is wound past a secrecy's end: the customer is told, once. A case that nobody looks at warns and breaches on
// the way. Pages and workflows agree on the time, also after a restart, and for cases that come in later.
func TestTheClockIsWound(t *testing.T) {
	dir := t.TempDir()
	p := runProduct(t, dir)
	secret := p.disclosedInSecret(time.Now().AddDate(0, 6, 0).Format(casework.DayFormat))
	left := p.submit("us_subpoena_subscriber", func(map[string]any) {})
	p.becomes(left, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.advance("96h")
	require.Positive(t, p.verbs(left)[casework.DeadlineWarned])
	require.Less(t, p.verbs(left)[casework.DeadlineBreached], 3, "the rest is still to come")
	p.running.requireCleanStop(t)
	p = runProduct(t, dir)
	p.advance("2304h")
	for alarm, times := range p.alarms(left) {
		require.Equal(t, 1, times, "%s, with a restart between", alarm)
	}
	require.Zero(t, p.notices(secret), "secrecy binds still")
	require.GreaterOrEqual(t, p.verbs(left)[casework.DeadlineWarned], 2)
	require.GreaterOrEqual(t, p.verbs(left)[casework.DeadlineBreached], 3)
	require.Equal(t, casework.Breached, p.state(left).SLA)
	before := p.verbs(left)
	p.running.requireCleanStop(t)
	p = runProduct(t, dir)
	p.advance("2400h")
	require.Equal(t, before, p.verbs(left), "after a restart nothing is warned of or breached twice")
	require.Equal(t, 1, p.notices(secret))
	verbs := p.verbs(secret)
	require.Equal(t, []int{1, 1, 1}, []int{verbs[casework.SecrecyEndAsked], verbs[casework.SecrecyEnded], verbs[casework.NoticeWasSent]})
	p.advance("43800h") // five years
	require.Equal(t, 1, p.notices(secret), "told once is told")
	p.running.requireCleanStop(t)

	again := runProduct(t, dir)
	later := again.submit("us_subpoena_subscriber", func(map[string]any) {})
	require.True(t, again.state(later).ReceivedAt.After(time.Now().AddDate(5, 0, 0)), "the clock is still wound")
	again.act("olivia", later, "comment", map[string]string{"text": "looked at"})
	again.running.requireCleanStop(t)
}

// rebuild begins a case's run anew as starter case rebuild does: in a program that knows nothing of the clock.
func (p product) rebuild(id string) {
	p.t.Helper()
	p.t.Setenv("TEMPORAL_ADDRESS", p.temporal)
	require.NoError(p.t, wire.Rebuilding(p.t.Context(), "sqlite:"+filepath.Join(p.dir, "registry.db"), "", func(b *desk.Rebuilder) error {
		_, _, err := b.Rebuild(p.t.Context(), id, casework.TheSystem, true)
		return err
	}))
}

// lags is how far a case's run is behind the clock.
func (p product) lags(id string) time.Duration {
	p.t.Helper()
	through, err := client.Dial(client.Options{HostPort: p.temporal})
	require.NoError(p.t, err)
	defer through.Close()
	run, err := through.DescribeWorkflowExecution(p.t.Context(), id, "")
	require.NoError(p.t, err)
	at := time.Now()
	if virtual := run.GetWorkflowExtendedInfo().GetTimeSkippingInfo().GetCurrentTime(); virtual != nil {
		at = virtual.AsTime()
	}
	return p.now().Sub(at)
}

// A run that was begun anew is brought to where the clock is: by itself while the product runs, and by the next wind after
// a restart.
func TestARebuiltRunIsWoundToo(t *testing.T) {
	dir := t.TempDir()
	p := runProduct(t, dir)
	left := p.submit("us_subpoena_subscriber", func(map[string]any) {})
	p.becomes(left, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.advance("96h")
	p.rebuild(left)
	p.advance("240h")
	before := p.alarms(left)
	require.NotEmpty(t, before)
	for alarm, times := range before {
		require.Equal(t, 1, times, alarm)
	}
	p.rebuild(left)
	require.Eventually(t, func() bool { return p.lags(left) < time.Minute }, 30*time.Second, 200*time.Millisecond)
	require.Equal(t, before, p.alarms(left), "nothing is warned of or breached twice")
	p.rebuild(left)
	p.running.requireCleanStop(t)
	p = runProduct(t, dir)
	p.advance("2400h")
	require.Less(t, p.lags(left), time.Minute)
	require.Equal(t, casework.Breached, p.state(left).SLA)
	p.running.requireCleanStop(t)
}

// Retention counts from the wound clock too: what is due at the end of a wind is erased when it is answered.
func TestTheTimeOfRetentionIsWound(t *testing.T) {
	p := runProduct(t, t.TempDir())
	twice := p.submit("us_warrant_all", func(map[string]any) {})
	p.becomes(twice, func(v casework.View) bool { return v.WaitingOn == casework.OnLegalOps })
	p.act("rosa", twice, "close", map[string]string{"resolution": "duplicate", "reason": "served twice"})
	open := p.submit("us_subpoena_subscriber", func(map[string]any) {})
	p.advance("8736h") // 364 days
	require.NotEmpty(t, p.state(twice).Request.Authority.Name, "it is kept for 365")
	require.Zero(t, p.verbs(twice)[casework.Purged])
	p.advance("120h")
	require.Empty(t, p.state(twice).Request.Authority.Name)
	require.Equal(t, 1, p.verbs(twice)[casework.Purged])
	p.advance("120h")
	require.Equal(t, 1, p.verbs(twice)[casework.Purged], "a case that was purged needs no winding")
	require.Zero(t, p.verbs(open)[casework.Purged])
	p.running.requireCleanStop(t)
}

func TestTheClockIsWoundOnlyByWhoMay(t *testing.T) {
	p := runProduct(t, t.TempDir())
	for _, by := range []string{"", "-1h", "soon", "0h", "900000h"} {
		p.call(http.StatusBadRequest, "", http.MethodPost, "/dev/clock", map[string]string{"advance": by}, nil)
	}
	p.call(http.StatusBadRequest, "", http.MethodPost, "/dev/clock", map[string]string{"back": "1h"}, nil)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.address+"/dev/clock", strings.NewReader(`{"advance": "1h"}`))
	require.NoError(t, err)
	request.Header.Set("Origin", "https://elsewhere.example")
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	var told struct {
		Wound string `json:"wound"`
	}
	p.call(http.StatusOK, "", http.MethodGet, "/dev/clock", nil, &told)
	require.Equal(t, "0s", told.Wound, "nothing was wound")
	p.running.requireCleanStop(t)
}
