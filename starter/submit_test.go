package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestSubmitPrintsTheCaseAndNothingElse(t *testing.T) {
	t.Parallel()
	d := open(t)
	for i, in := range []struct{ name, path, stdin string }{
		{name: "a scenario", path: scenarios + "us_warrant_all.json"},
		{name: "a request", path: file(t, "request.json", asJSON(t, request(t, "us_warrant_all")))},
		{name: "standard input", path: "-", stdin: asJSON(t, map[string]any{"request": request(t, "us_warrant_all")})},
	} {
		t.Log(in.name)
		out := d.asWith(pagetest.Olivia, in.stdin, "submit", in.path).well(t)
		require.Regexp(t, `^LR-2026-\d{6}\n$`, out)
		require.Equal(t, "288A-BS-3391207", d.State(t, trimmed(out)).Request.Matter.Reference)
		require.Len(t, d.cases(), i+1)
	}
	out := d.as(pagetest.Olivia, "submit", scenarios+"us_nsl.json", "--json").well(t)
	var got map[string]string
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Regexp(t, `^LR-2026-\d{6}$`, got["case_id"])
	require.Len(t, got, 1)
}

func TestSubmitWithTheSameKeyIsTheSameCase(t *testing.T) {
	t.Parallel()
	d := open(t)
	submit := func(key string) string {
		return d.as(pagetest.Olivia, "submit", scenarios+"us_warrant_all.json", "--idempotency-key", key).well(t)
	}
	first := submit("walk")
	require.Equal(t, first, submit("walk"))
	require.NotEqual(t, first, submit("another"))
	d.as(pagetest.Olivia, "submit", scenarios+"us_nsl.json", "--idempotency-key", "walk").fails(t, exitRefused)
	require.Len(t, d.cases(), 2)
}

func TestSubmitSendsTheDocumentsAlong(t *testing.T) {
	t.Parallel()
	d := open(t)
	warrant, annex := file(t, "warrant.pdf", "%PDF-1.7 a warrant"), file(t, "annex, a=b.txt", "an annex")
	submit := func() string {
		return d.as(pagetest.Olivia, "submit", scenarios+"us_warrant_all.json", "--attach", warrant, "--attach", annex, "--idempotency-key", "k").well(t)
	}
	id := trimmed(submit())
	require.Equal(t, id, trimmed(submit()), "a form is bounded otherwise every time, and is the same all the same")
	docs := d.State(t, id).Documents
	require.Len(t, docs, 2)
	require.Equal(t, []string{"warrant.pdf", "annex, a=b.txt"}, []string{docs[0].Name, docs[1].Name})
	require.Equal(t, "application/pdf", docs[0].MediaType)
	require.EqualValues(t, len("%PDF-1.7 a warrant"), docs[0].Size)
	for _, path := range []string{t.TempDir(), "nowhere.pdf"} {
		d.as(pagetest.Olivia, "submit", scenarios+"us_warrant_all.json", "--attach", path).fails(t, exitWrong, "there is no file "+path)
	}
	require.Len(t, d.cases(), 1)
}

func TestSubmitNamesEveryFaultOnALine(t *testing.T) {
	t.Parallel()
	d, r := open(t), request(t, "us_warrant_all")
	r["channel"], r["colour"] = "pigeon", "red"
	r["authority"].(map[string]any)["country"] = "XX"
	got := d.as(pagetest.Olivia, "submit", file(t, "r.json", asJSON(t, r)))
	got.fails(t, exitWrong)
	golden(t, "submit_faults", got.complaints)
	require.Empty(t, d.cases())
}

func TestSubmitSaysWhatAFileIsInstead(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, x := range []struct{ name, path, says string }{
		{"nothing there", "nowhere.json", "there is no file nowhere.json"},
		{"a folder", t.TempDir(), "it must be a file"},
		{"an empty file", file(t, "r.json", "\n"), "it is empty"},
		{"a PDF", file(t, "r.pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "it is a PDF; give the request's facts as JSON, and the paper with --attach"},
		{"a picture", file(t, "r.png", "\x89PNG\r\n\x1a\n\x00\x00"), "it seems to be image/png"},
		{"broken on its third line", file(t, "r.json", "{\n \"channel\": \"portal\",\n \"authority\" 1\n}\n"), "(line 3)"},
		{"a text that is not closed", file(t, "r.json", "{\n \"channel\": \"portal\n}\n"), "(line 2)"},
		{"broken off", file(t, "r.json", "{\n \"channel\": \"portal\",\n\n"), "(line 3)"},
		{"prose", file(t, "r.json", "Dear provider,"), "(line 1)"},
	} {
		t.Log(x.name)
		d.as(pagetest.Olivia, "submit", x.path).fails(t, exitWrong, x.path, x.says)
		run(t, "policy", "evaluate", x.path).fails(t, exitWrong, x.says)
	}
	d.asWith(pagetest.Olivia, "", "submit", "-").fails(t, exitWrong, "it is empty")
	for _, text := range []string{"null", "[]", "7", `{"request": null}`, `"text"`} {
		d.asWith(pagetest.Olivia, text, "submit", "-").fails(t, exitWrong)
	}
	require.Empty(t, d.cases())
}

func TestSubmitIsForLegalOps(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, who := range []casework.Actor{pagetest.Rosa, pagetest.Mina, pagetest.Adam, pagetest.Tess} {
		d.as(who, "submit", scenarios+"us_warrant_all.json").fails(t, exitRefused)
	}
	run(t, "submit", scenarios+"us_warrant_all.json", "--url", d.url, "--token", "made up").fails(t, exitFailed)
	require.Empty(t, d.cases())
}

func TestWhereNoFrontDeskIs(t *testing.T) {
	t.Parallel()
	submit := func(url string) said {
		return run(t, "submit", scenarios+"us_warrant_all.json", "--url", url, "--token", "t", "--attach", file(t, "a.txt", "a"))
	}
	submit("http://127.0.0.1:1").fails(t, exitFailed, "There is no front desk at http://127.0.0.1:1. Start one (make run), or name another with --url.")
	for _, url := range []string{"", "127.0.0.1:8080", "/x", "http://", "ftp:x", "ftp://127.0.0.1", "http://[::1"} {
		submit(url).fails(t, exitWrong, "--url must be an address such as http://127.0.0.1:8080")
	}
	submit(somewhereElse(t, 200, "text/html", "<html>Welcome")).fails(t, exitFailed, "is it a front desk of Dueprocess?")
	submit(somewhereElse(t, 200, "application/json", `{"hello": "you"}`)).fails(t, exitFailed, "is it a front desk of Dueprocess?")
	submit(somewhereElse(t, 502, "text/html", "<html>Bad gateway")).fails(t, exitFailed, "502 Bad Gateway", "is it a front desk of Dueprocess?")
	url := somewhereElse(t, 200, "text/html", "<html>Welcome")
	for _, command := range [][]string{{"case", "list"}, {"case", "show", "X"}, {"case", "events", "X"}, {"case", "act", "X", "comment"}} {
		for _, more := range [][]string{nil, {"--json"}} {
			run(t, append(append(command, more...), "--url", url, "--token", "t")...).fails(t, exitFailed, "is it a front desk of Dueprocess?")
		}
	}
}

func TestWhoSpeaks(t *testing.T) { // sets the environment
	d := open(t)
	folder := t.TempDir()
	t.Setenv("LOCAL_DIR", folder)
	t.Setenv("DUEPROCESS_TOKEN", "")
	list := func(more ...string) said { return run(t, append([]string{"case", "list", "--url", d.url}, more...)...) }
	list("--as", "olivia").fails(t, exitWrong, "--as needs "+folder+"/tokens.json", "make run")
	list().fails(t, exitWrong, "who are you?")
	list("--as", "olivia", "--token", "x").fails(t, exitWrong, "--as", "--token")
	write := func(text string) { require.NoError(t, os.WriteFile(folder+"/tokens.json", []byte(text), 0o600)) }
	write(`{"olivia": "token of olivia", "adam": "token of adam"}`)
	list("--as", "olivia").well(t)
	list("--as", "adam").fails(t, exitRefused)
	list("--as", "nobody").fails(t, exitWrong, "has no token of nobody; it has those of adam, olivia")
	write(`{"olivia": `)
	list("--as", "olivia").fails(t, exitWrong, "tokens.json")
	t.Setenv("DUEPROCESS_TOKEN", "token of tess")
	list().well(t)
	list("--token", "token of adam").fails(t, exitRefused) // what is typed comes first
	t.Setenv("DUEPROCESS_URL", d.url)
	run(t, "case", "list").well(t)
}
