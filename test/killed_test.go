package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// walksAndKills are how many cases wander, and how often the whole process is killed meanwhile: FAULT_WALKS=100 for the
// long form, with a kill for every other walk.
func walksAndKills(t *testing.T) (walks, kills int) {
	t.Helper()
	walks = 6
	if text := os.Getenv("FAULT_WALKS"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		walks = n
	}
	return walks, max(2, walks/2)
}

// Random acts by everybody on cases of every kind, while worker, front desk and workflow server are killed at random
// moments. At the end every case has ended, the ledger is whole, and what happened to each keeps the rules.
func TestRandomWalksGoOnWhereverTheyAreKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "local")
	walks, kills := walksAndKills(t)
	w := &wanderer{t: t, dir: dir, r: rand.New(rand.NewPCG(uint64(walks), 11))}
	w.open()
	for i := range walks {
		w.receive(i)
	}
	for range kills {
		w.wanderAndDie()
	}
	w.bringToAnEnd()
	for _, id := range w.cases {
		w.holdToTheRules(id)
	}
	w.close()
	finish(t, os.Environ(), "starter", "ledger", "verify", "--database", "sqlite:"+filepath.Join(dir, "registry.db"), "--key-file", filepath.Join(dir, "keys.json"))
}

// wanderer is everybody who acts, on a product that may be gone at any moment.
type wanderer struct {
	t       *testing.T
	dir     string
	r       *rand.Rand
	url     string
	tokens  map[string]string
	process *exec.Cmd
	cases   []string
	acts    int
}

var everybody = []string{"olivia", "rosa", "rafael", "mina"}

// open starts the product in its folder, as it was left.
func (w *wanderer) open() {
	w.t.Helper()
	said := &lines{}
	w.process = command(w.t, append(os.Environ(), "LOCAL_DIR="+w.dir, "LOCAL_EMPTY=1", "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0"), "local", "run")
	w.process.Stdout, w.process.Stderr = said, said
	require.NoError(w.t, w.process.Start())
	w.t.Cleanup(func() { _ = w.process.Process.Kill() })
	require.Eventually(w.t, func() bool { return strings.Contains(said.String(), "Ctrl-C") }, time.Minute, 50*time.Millisecond, said)
	w.url = regexp.MustCompile(`http://[^/]+`).FindString(said.String())
	w.tokens = tokensIn(w.t, filepath.Join(w.dir, "tokens.json"))
}

func (w *wanderer) close() {
	w.t.Helper()
	require.NoError(w.t, w.process.Process.Signal(os.Interrupt))
	require.NoError(w.t, w.process.Wait())
}

// wanderAndDie has people act until the process is killed, at a random moment, and starts it again.
func (w *wanderer) wanderAndDie() {
	w.t.Helper()
	dead := make(chan struct{})
	alive, process := time.Duration(200+w.r.IntN(2500))*time.Millisecond, w.process
	time.AfterFunc(alive, func() {
		_ = process.Process.Kill()
		_ = process.Wait() // it was killed
		close(dead)
	})
	for {
		select {
		case <-dead:
			w.open()
			return
		default:
			w.somethingHappens(w.cases[w.r.IntN(len(w.cases))])
		}
	}
}

// try asks; status 0 is a product that is gone.
func (w *wanderer) try(who, method, path string, body, into any) int {
	text, err := json.Marshal(body)
	require.NoError(w.t, err)
	request, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, bytes.NewReader(text))
	require.NoError(w.t, err)
	request.Header.Set("Authorization", "Bearer "+w.tokens[who])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	said, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return 0
	}
	require.NotEqual(w.t, http.StatusInternalServerError, answer.StatusCode, "%s %s: %s", method, path, said)
	if answer.StatusCode < http.StatusBadRequest && into != nil {
		require.NoError(w.t, json.Unmarshal(said, into))
	}
	return answer.StatusCode
}

var wandering = []string{
	"us_warrant_all", "secrecy_order", "us_subpoena_subscriber", "us_subpoena_content", "face_unsigned", "foreign_dissent", "eu_epoc_content",
	"eu_epoc_subscriber_prosecutor", "us_emergency", "us_preservation", "foreign_subscriber_ok", "gb_agreement_content", "secrecy_requested",
}

// receive sends a request in, again with the same key where the product was gone.
func (w *wanderer) receive(i int) {
	w.t.Helper()
	text, err := os.ReadFile("../policy/testdata/cases/" + wandering[i%len(wandering)] + ".json")
	require.NoError(w.t, err)
	var outer struct {
		Request map[string]any `json:"request"`
	}
	require.NoError(w.t, json.Unmarshal(text, &outer))
	var got struct {
		CaseID string `json:"case_id"`
	}
	require.Equal(w.t, http.StatusCreated, w.try("olivia", http.MethodPost, "/api/v1/requests", outer.Request, &got))
	w.cases = append(w.cases, got.CaseID)
}

func (w *wanderer) see(who, id string) (v casework.View, ok bool) {
	return v, w.try(who, http.MethodGet, "/api/v1/cases/"+id, nil, &v) == http.StatusOK
}

func (w *wanderer) act(who, id string, action casework.Action, body any) int {
	w.acts++
	return w.try(who, http.MethodPost, "/api/v1/cases/"+id+"/actions/"+string(action), body, nil)
}

// somethingHappens has somebody do something that they may do now.
func (w *wanderer) somethingHappens(id string) {
	who := everybody[w.r.IntN(len(everybody))]
	v, ok := w.see(who, id)
	if !ok || len(v.AllowedActions) == 0 {
		return
	}
	action := v.AllowedActions[w.r.IntN(len(v.AllowedActions))]
	if body := w.body(v, action); body != nil {
		w.act(who, id, action, body)
	}
}

// body is a plausible one; nil: this action is not for walks, or would end each of them at once.
func (w *wanderer) body(v casework.View, action casework.Action) map[string]any {
	reason := map[string]any{"reason": "because the walk says so"}
	switch action {
	case casework.VerifyRequester:
		return map[string]any{"method": "callback", "evidence": "called", "phone": w.numberOf(v)}
	case casework.Review:
		return map[string]any{"answers": w.answers(v), "reason": "considered"}
	case casework.Approve:
		return map[string]any{"decision": v.Decision.SHA256}
	case casework.Release:
		return w.releasing(v)
	case casework.ConfirmReceipt, casework.AskClarification, casework.ResumeClock:
		return map[string]any{}
	case casework.PauseClock:
		return map[string]any{"reason": "agreed_with_authority"}
	case casework.RecordObjection:
		return map[string]any{"text": "No."}
	case casework.ResolveObjection:
		return map[string]any{"outcome": pickOne(w.r, "overruled", "withdrawn", "sustained"), "reason": "heard"}
	case casework.FileChallenge:
		return map[string]any{"kind": pickOne(w.r, "quash", "secrecy", "reasoned_objection"), "court": "A court"}
	case casework.RecordRuling:
		return map[string]any{"outcome": pickOne(w.r, "upheld", "denied", "modified"), "reason": "ruled"}
	case casework.SetSecrecy:
		return map[string]any{"kind": "court_order", "basis": "18 USC 2705(b)", "until": time.Now().AddDate(1, 0, 0).Format(casework.DayFormat)}
	case casework.Comment:
		return map[string]any{"text": "a note"}
	case casework.Assign:
		return map[string]any{"to": everybody[w.r.IntN(len(everybody))]}
	case casework.SendBack, casework.LiftSecrecy, casework.ExtendPreservation, casework.Hold, casework.Unhold, casework.ClearHold:
		if action == casework.ClearHold {
			reason["outcome"] = "cleared"
		}
		return reason
	}
	return nil
}

func pickOne[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// numberOf is the number that the contact book has of the authority.
func (w *wanderer) numberOf(v casework.View) string {
	var book struct {
		Authorities []casework.BookEntry `json:"authorities"`
	}
	w.try("olivia", http.MethodGet, "/api/v1/authorities", nil, &book)
	for _, a := range book.Authorities {
		if a.Country == v.Request.Authority.Country && a.Matches(v.Request) && len(a.Phones) > 0 {
			return a.Phones[0]
		}
	}
	return "+1 202 555 0170"
}

// answers are those of the policy; what it leaves to a person is refused.
func (w *wanderer) answers(v casework.View) []map[string]any {
	out := []map[string]any{}
	if v.Determination == nil {
		return out
	}
	decided := func(a casework.Answer) casework.Answer {
		if a == casework.Escalate {
			return casework.RefuseIt
		}
		return a
	}
	for _, a := range v.Determination.Answers {
		out = append(out, map[string]any{"data": a.Data, "answer": decided(a.Answer)})
	}
	for _, a := range v.Determination.Actions {
		out = append(out, map[string]any{"action": a.Action, "answer": decided(a.Answer)})
	}
	return out
}

func (w *wanderer) releasing(v casework.View) map[string]any {
	for _, d := range v.Disclosures {
		if d.Status == casework.ParcelReady {
			return map[string]any{"confirm": v.ID, "manifest": d.ManifestSHA256}
		}
	}
	return nil
}

// bringToAnEnd takes every case to where nothing is left to wait for but time: along its way, or closed by a reviewer.
func (w *wanderer) bringToAnEnd() {
	w.t.Helper()
	for _, id := range w.cases {
		require.Eventually(w.t, func() bool { return w.ended(id) }, 2*time.Minute, 20*time.Millisecond, "%s does not end", id)
	}
}

func (w *wanderer) ended(id string) bool {
	v, ok := w.see("rosa", id)
	switch {
	case !ok:
		return false
	case v.Stage == casework.InClosed:
		return true
	case len(v.Disclosures) > 0 && v.Disclosures[len(v.Disclosures)-1].Status == casework.ParcelDelivered:
		w.act("olivia", id, casework.ConfirmReceipt, map[string]any{"disclosure": v.Disclosures[len(v.Disclosures)-1].N})
	case v.Stage == casework.InChallenge && slices.Contains(v.AllowedActions, casework.RecordRuling):
		for _, x := range v.Challenges {
			w.act("rosa", id, casework.RecordRuling, map[string]any{"challenge": x.N, "outcome": "upheld", "reason": "ruled"})
		}
	case slices.Contains(v.AllowedActions, casework.Close):
		w.act("rosa", id, casework.Close, map[string]any{"resolution": "refused", "reason": "the walk ends"})
	default:
		w.somethingHappens(id)
	}
	return false
}

// holdToTheRules reads what happened to a case, and holds it to what must hold of every history.
func (w *wanderer) holdToTheRules(id string) {
	w.t.Helper()
	seen, reviewer := map[casework.Verb]int{}, ""
	for i, e := range w.events(id) {
		where := fmt.Sprintf("%s, event %d, %s", id, i+1, e.Verb)
		require.Equal(w.t, i+1, e.Sequence, "rule 7: %s", where)
		require.NotEmpty(w.t, e.Actor.Name, "rule 7: %s", where)
		switch e.Verb {
		case casework.Reviewed:
			reviewer = e.Actor.Name
		case casework.Approved:
			require.NotEqual(w.t, reviewer, e.Actor.Name, "rule 6: %s", where)
		case casework.Released:
			require.Positive(w.t, seen[casework.Reviewed], "rule 1: %s", where)
			require.Positive(w.t, seen[casework.Verified], "rule 1: %s", where)
		}
		seen[e.Verb]++
	}
	require.Equal(w.t, 1, seen[casework.Received], "rule 8: %s", id)
	require.LessOrEqual(w.t, seen[casework.Acknowledged], 1, "rule 8: %s", id)
	require.LessOrEqual(w.t, seen[casework.Delivered], seen[casework.Released]+seen[casework.Redelivered], "rule 8: %s", id)
	w.holdMailToTheRules(id)
}

// holdMailToTheRules: what was mailed is recorded, each message once, under one Message-ID however often it was sent
// (rule 8); the customer had no message without an event (rule 5). A message may still be on its way into the ledger.
func (w *wanderer) holdMailToTheRules(id string) {
	w.t.Helper()
	require.EventuallyWithT(w.t, func(c *assert.CollectT) {
		seen := w.verbs(id)
		all, toCustomer := w.mailed(id)
		recorded := seen[casework.Acknowledged] + w.lettersMailed(id) + seen[casework.NoticeWasSent] + seen[casework.NoticeDidBounce] + seen[casework.Delivered]
		assert.Equal(c, recorded, all, id)
		assert.Equal(c, seen[casework.NoticeWasSent], toCustomer, id)
	}, 20*time.Second, 100*time.Millisecond)
}

// mailed counts the messages of a case, and those to the customer.
func (w *wanderer) mailed(id string) (all, toCustomer int) {
	var caught []letter
	require.Equal(w.t, http.StatusOK, w.try("", http.MethodGet, "/dev/mail.json", nil, &caught))
	ids := map[string]bool{}
	for _, l := range caught {
		if ids[l.MessageID] || !strings.Contains(l.Subject, id) {
			continue
		}
		ids[l.MessageID] = true
		all++
		if slices.Contains(l.To, "harbor.lights@example.net") {
			toCustomer++
		}
	}
	return all, toCustomer
}

// lettersMailed counts the letters whose event is that of their message too: it names the message. A letter that goes with
// another event, as the notice does, has an event of its own that names none.
func (w *wanderer) lettersMailed(id string) (n int) {
	w.t.Helper()
	for _, e := range w.events(id) {
		if e.Verb == casework.LetterSent && strings.Contains(string(e.New), `"message_id"`) {
			n++
		}
	}
	return n
}

func (w *wanderer) events(id string) []casework.Event {
	w.t.Helper()
	var got struct {
		Events []casework.Event `json:"events"`
	}
	require.Equal(w.t, http.StatusOK, w.try("mina", http.MethodGet, "/api/v1/cases/"+id+"/events", nil, &got))
	return got.Events
}

func (w *wanderer) verbs(id string) map[casework.Verb]int {
	w.t.Helper()
	seen := map[casework.Verb]int{}
	for _, e := range w.events(id) {
		seen[e.Verb]++
	}
	return seen
}
