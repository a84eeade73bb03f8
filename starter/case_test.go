package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// hostile would clear the screen, ring, break the line, turn the text around, and set a title, were it let.
const hostile = "A\x1b[2J\x07B\r\nC\tD\u202eE\u2066F\u009b31mG\x7fH\u2028I\u200eJ"

func hostileCase(t *testing.T, d *desk) string {
	t.Helper()
	r := pagetest.Request()
	r.Authority.Name, r.Instrument.Number, r.Matter.Reference, r.Demand.Description = hostile, hostile, hostile, hostile
	d.Policy.Adjust = func(_ casework.Request, got *casework.Determination) {
		got.Findings = append(got.Findings, casework.Finding{Rule: "face.x", Path: "matter", Severity: casework.Doubt, Sentence: hostile, Citation: "x"})
	}
	id := d.Receive(t, r)
	d.Does(t, pagetest.Olivia, id, casework.Comment, &casework.CommentBody{Text: hostile})
	return id
}

// isCalm checks that a text can steer no terminal: nothing but letters, line ends, and marks without effect.
func isCalm(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		require.False(t, r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0), "control %U", r)
		require.False(t, strings.ContainsRune("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r), "direction %U", r)
	}
}

func TestCasesAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Policy.Adjust = func(_ casework.Request, got *casework.Determination) { got.Approvals.Required = 2 }
	id := d.Receive(t, pagetest.Request())
	golden(t, "show_received", d.as(pagetest.Olivia, "case", "show", id).well(t))
	d.Does(t, pagetest.Olivia, id, casework.VerifyRequester, verified())
	d.Does(t, pagetest.Rosa, id, casework.Review, reviewed())
	golden(t, "show_reviewed", d.as(pagetest.Rafael, "case", "show", id).well(t))
	d.Does(t, pagetest.Rafael, id, casework.Approve, &casework.ApproveBody{Decision: d.State(t, id).Decision.SHA256})
	second := d.Receive(t, pagetest.Request())
	d.Does(t, pagetest.Olivia, second, casework.VerifyRequester, verified())
	d.Does(t, pagetest.Rosa, second, casework.Close, &casework.CloseBody{Resolution: casework.ResolvedDuplicate, Reason: "sent twice"})
	golden(t, "list", d.as(pagetest.Mina, "case", "list", "--sort", "case_id").well(t))
	golden(t, "events", d.as(pagetest.Tess, "case", "events", id).well(t))
}

func verified() *casework.VerifyBody {
	return &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "the agency's own domain"}
}

func reviewed() *casework.ReviewBody {
	return &casework.ReviewBody{Answers: []casework.DecisionAnswer{{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit}}}
}

func TestTextsOfARequestDoNotSteerTheTerminal(t *testing.T) {
	t.Parallel()
	d := open(t)
	id := hostileCase(t, d)
	for _, command := range [][]string{
		{"case", "list"},
		{"case", "list", "--json"},
		{"case", "show", id},
		{"case", "show", id, "--json"},
		{"case", "events", id},
		{"case", "events", id, "--json"},
	} {
		isCalm(t, d.as(pagetest.Olivia, command...).well(t))
	}
	show := d.as(pagetest.Olivia, "case", "show", id).well(t)
	golden(t, "show_hostile", show)
	var view casework.View
	require.NoError(t, json.Unmarshal([]byte(d.as(pagetest.Olivia, "case", "show", id, "--json").well(t)), &view))
	require.Equal(t, hostile, view.Request.Authority.Name, "a program gets it as it is")

	r := request(t, "us_warrant_all")
	r[hostile[:11]] = 1
	got := d.asWith(pagetest.Olivia, asJSON(t, r), "submit", "-")
	got.fails(t, exitWrong, "A [2J B", "is not a field")
	isCalm(t, got.complaints)
	require.Len(t, strings.Split(trimmed(got.complaints), "\n"), 2)
	isCalm(t, d.as(pagetest.Olivia, "case", "show", hostile).complaints)
	isCalm(t, run(t, "submit", "\x1b[2J.json").complaints)
	url := somewhereElse(t, 400, "application/problem+json", asJSON(t, map[string]any{"code": "invalid", "detail": hostile, "errors": []any{map[string]any{"path": hostile, "message": hostile}}}))
	got = run(t, "case", "list", "--url", url, "--token", "t")
	got.fails(t, exitWrong)
	isCalm(t, got.complaints)
	require.Len(t, strings.Split(trimmed(got.complaints), "\n"), 2)
}

func TestCasesForPrograms(t *testing.T) {
	t.Parallel()
	d := open(t)
	first, second := d.Receive(t, pagetest.Request()), d.Receive(t, pagetest.Request())
	d.Does(t, pagetest.Olivia, second, casework.VerifyRequester, verified())
	list := func(more ...string) casework.CaseList {
		var got casework.CaseList
		require.NoError(t, json.Unmarshal([]byte(d.as(pagetest.Mina, append([]string{"case", "list", "--json"}, more...)...).well(t)), &got))
		return got
	}
	require.Len(t, list().Cases, 2)
	for _, filter := range [][]string{{"--stage", "legal_review"}, {"--waiting-on", "reviewer"}, {"--stage=legal_review", "--country=US", "--instrument=search_warrant", "--sla=on_track", "--q=Federal"}} {
		got := list(filter...)
		require.Len(t, got.Cases, 1, filter)
		require.Equal(t, second, got.Cases[0].ID)
	}
	require.Empty(t, list("--country", "FR").Cases)
	require.Empty(t, list("--assignee", "nobody").Cases)
	require.Empty(t, list("--resolution", "refused").Cases)
	page := list("--limit", "1", "--sort", "case_id")
	require.Equal(t, first, page.Cases[0].ID)
	require.Equal(t, second, list("--limit", "1", "--sort", "case_id", "--cursor", *page.NextCursor).Cases[0].ID)
	require.Contains(t, d.as(pagetest.Mina, "case", "list", "--limit", "1").well(t), "1 of 2; the next page: --cursor "+*list("--limit", "1").NextCursor)
	for _, wrong := range [][]string{{"--stage", "attic"}, {"--limit", "-1"}, {"--limit", "many"}, {"--limit", "100000"}, {"--sort", "colour"}, {"--cursor", "x"}, {"--colour", "red"}} {
		d.as(pagetest.Mina, append([]string{"case", "list"}, wrong...)...).fails(t, exitWrong)
	}
	var events struct{ Events []casework.Event }
	require.NoError(t, json.Unmarshal([]byte(d.as(pagetest.Tess, "case", "events", second, "--json").well(t)), &events))
	require.NotEmpty(t, events.Events)
	require.Equal(t, 1, events.Events[0].Sequence)
	var view casework.View
	require.NoError(t, json.Unmarshal([]byte(d.as(pagetest.Tess, "case", "show", second, "--json").well(t)), &view))
	require.Equal(t, second, view.ID)
}

func TestUnknownCases(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Receive(t, pagetest.Request())
	for _, id := range []string{"LR-2026-999999", "../requests", "..", "a/b", "a?b#c", "%2e%2e", "näh"} {
		for _, command := range [][]string{{"case", "show", id}, {"case", "events", id}, {"case", "act", id, "comment", "-"}} {
			d.asWith(pagetest.Olivia, `{"text": "x"}`, command...).fails(t, exitFailed)
		}
	}
	d.as(pagetest.Adam, "case", "list").fails(t, exitRefused)
}

func TestActs(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Policy.Adjust = func(_ casework.Request, got *casework.Determination) { got.Approvals.Required = 2 }
	id := d.Receive(t, pagetest.Request())
	body := file(t, "verify.json", asJSON(t, verified()))
	shown := d.as(pagetest.Olivia, "case", "act", id, "verify_requester", body).well(t)
	require.Contains(t, shown, "legal_review", "the case as it then is")
	var view casework.View
	out := d.asWith(pagetest.Rosa, asJSON(t, reviewed()), "case", "act", id, "review", "-", "--json").well(t)
	require.NoError(t, json.Unmarshal([]byte(out), &view))
	approve := asJSON(t, casework.ApproveBody{Decision: view.Decision.SHA256})
	act := func(who casework.Actor, in string, more ...string) said {
		return d.asWith(who, in, append([]string{"case", "act", id}, more...)...)
	}
	for _, x := range []struct {
		name string
		got  said
		want int
		says []string
	}{
		{"one's own review", act(pagetest.Rosa, approve, "approve", "-"), exitRefused, []string{"starter: Whoever reviewed"}},
		{"not one's role", act(pagetest.Mina, approve, "approve", "-"), exitRefused, []string{"Your role may never do this."}},
		{"a stale version", act(pagetest.Rafael, approve, "approve", "-", "--if-match", "1"), exitRefused, []string{"legal_review"}},
		{"a version that is none", act(pagetest.Rafael, approve, "approve", "-", "--if-match", "seven"), exitWrong, []string{"If-Match"}},
		{"not in this state", act(pagetest.Olivia, asJSON(t, verified()), "verify_requester", "-"), exitRefused, nil},
		{"a typing error", act(pagetest.Rafael, `{"decisn": "x", "Decision": 1}`, "approve", "-"), exitWrong, []string{"\n  decisn is not a field", "\n  Decision is not a field"}},
		{"no body", act(pagetest.Rafael, "", "approve"), exitWrong, []string{"\n  decision "}},
		{"no such file", act(pagetest.Rafael, "", "approve", "nowhere.json"), exitWrong, []string{"there is no file nowhere.json"}},
		{"a mistyped action", act(pagetest.Rafael, "", "aprove"), exitWrong, []string{"there is no action aprove; did you mean approve?"}},
		{"an action with its letters turned", act(pagetest.Rafael, "", "verify_reqeuster"), exitWrong, []string{"did you mean verify_requester?"}},
		{"no action at all", act(pagetest.Rafael, "", "dance"), exitWrong, []string{"there is no action dance; there are: verify_requester, ", "close"}},
		{"the officer's own", act(pagetest.Rafael, "", "download"), exitWrong, []string{"there is no action download"}},
		{"a file for what takes none", act(pagetest.Olivia, "", "comment", "--file", body), exitWrong, []string{"takes no file"}},
	} {
		t.Log(x.name)
		x.got.fails(t, x.want, x.says...)
	}
	require.Equal(t, view.Version, d.State(t, id).Version, "nothing of it has changed the case")
	act(pagetest.Rafael, approve, "approve", "-", "--if-match", strconv.Itoa(view.Version)).well(t)
	require.Equal(t, casework.InCustomerNotice, d.State(t, id).Stage)
}

func TestAnActOncePerKey(t *testing.T) {
	t.Parallel()
	d := open(t)
	id := d.Receive(t, pagetest.Request())
	comment := func(text string) said {
		return d.asWith(pagetest.Olivia, asJSON(t, casework.CommentBody{Text: text}), "case", "act", id, "comment", "-", "--idempotency-key", "k")
	}
	first := comment("called").well(t)
	require.Equal(t, first, comment("called").well(t))
	comment("something else").fails(t, exitRefused)
	require.Equal(t, 1, d.Count(t, id, casework.Commented))
}

func TestAFileGoesAlong(t *testing.T) {
	t.Parallel()
	d := open(t)
	id, path := d.Receive(t, pagetest.Request()), file(t, "call.txt", "we called")
	attach := func(in string, more ...string) said {
		return d.asWith(pagetest.Olivia, in, append([]string{"case", "act", id, "attach"}, more...)...)
	}
	attach("", "--file", path).well(t)
	attach("", "--file", "note of the call="+path).well(t)
	attach(`{"name": "third", "comment": "as asked"}`, "-", "--file", path).well(t)
	docs := d.State(t, id).Documents
	require.Equal(t, []string{"warrant.pdf", "call.txt", "note of the call", "third"}, []string{docs[0].Name, docs[1].Name, docs[2].Name, docs[3].Name})
	require.EqualValues(t, len("we called"), docs[1].Size)
	for _, in := range []string{"null", "[]", `"x"`, `{"name": 7}`} {
		attach(in, "-", "--file", path).fails(t, exitWrong, "beside a file, the body's fields must be texts")
	}
	attach("", "--file", "nowhere.txt").fails(t, exitWrong, "there is no file nowhere.txt")
	attach("").fails(t, exitWrong, "\n  file is missing")
	require.Len(t, d.State(t, id).Documents, 4)
}

func TestTheNearestAction(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"aprove": "approve", "revew": "review", "review_": "review", "assgn": "assign", "witdraw": "withdraw", "clear-hold": "clear_hold", "APPROVE": "approve",
		"": "", "x": "", "dance": "",
	} {
		require.Equal(t, want, nearest(word), word)
	}
}
