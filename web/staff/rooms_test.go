package staff

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// What an approval binds is read before it is given: the answers beside the determination's, the accounts, the hash.
func TestAnApprovalShowsWhatItBinds(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := pendingCase(t, h)
	b := visit(t, h, pagetest.Rafael)
	page := b.Get("/cases/" + id + "/approve")
	hash := h.State(t, id).Decision.SHA256
	page.Says(t, "You must approve what rosa decided.", hash, "harbor.lights@example.net", "acct-1", "2 people in all", "Subscriber data", "the customer is told, and may object")
	form := page.Form(t, "/cases/"+id+"/actions/approve")
	require.Equal(t, hash, form.Get("decision"))
	form.Set("decision", strings.Repeat("0", 64))
	a := b.Post("/cases/"+id+"/actions/approve", form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "Not done", "The decision has changed since you looked", "What your approval binds")
	require.Empty(t, h.State(t, id).Approvals.Given)
	own := visit(t, h, pagetest.Rosa).Get("/cases/" + id + "/approve")
	require.Equal(t, http.StatusOK, own.StatusCode)
	own.Says(t, "Whoever reviewed does not approve", hash)
	require.NotContains(t, own.Text, "<textarea")
}

// A review offers what casework would take and nothing else, and a reason for the whole stands with each answer that differs.
func TestAReviewOffersWhatMayBeAnswered(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Answers[1].Answer = casework.RefuseIt }
	id := pagetest.States[2].Make(t, h)
	b := visit(t, h, pagetest.Rosa)
	page := b.Get("/cases/" + id + "/review")
	page.Says(t, `name="answers.0.answer" value="permit"`, `name="answers.0.scope.fields" value="session_times"`, "It cannot be permitted: The determination answers refuse to traffic", `name="answers.1.answer" value="object"`)
	require.NotContains(t, page.Text, `name="answers.1.answer" value="permit"`)
	require.NotContains(t, page.Text, `value="escalate"`)
	require.NotContains(t, page.Text, `name="answers.1.scope.from"`)
	path := "/cases/" + id + "/actions/review"
	form := page.Form(t, path)
	form.Set("answers.0.answer", "permit")
	form["answers.0.scope.fields"] = []string{"name", "address"}
	form.Set("answers.1.answer", "object")
	a := b.Post(path, form)
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "Not done", "is missing: the answer differs from the determination", `name="answers.0.scope.fields" value="address" checked`, `name="answers.1.answer" value="object" required checked`)
	form.Set("reason", "the name is enough")
	form.Set("answers.1.reason", "too broad")
	require.Equal(t, http.StatusSeeOther, b.Post(path, form).StatusCode)
	decided := h.State(t, id).Decision.Answers
	require.Equal(t, "the name is enough", decided[0].Reason)
	require.Equal(t, "too broad", decided[1].Reason)
	require.Equal(t, []casework.SubscriberField{casework.FieldName, casework.FieldAddress}, decided[0].Scope.Fields)
}

// Where nothing is asked but to preserve there is nothing to answer; the page says so, and the review closes the case.
func TestAReviewOfWhatOnlyAsksToPreserve(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Instrument.Type, r.Demand.Data, r.Demand.Actions = casework.PreservationRequest, []casework.Data{}, []casework.DemandedAction{casework.Preserve}
	id := h.Receive(t, r)
	h.Does(t, pagetest.Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "own domain"})
	b, path := visit(t, h, pagetest.Rosa), "/cases/"+id+"/actions/review"
	page := b.Get("/cases/" + id + "/review")
	page.Says(t, "Nothing is asked but to preserve: there is nothing to answer.")
	require.Equal(t, http.StatusSeeOther, b.Post(path, page.Form(t, path)).StatusCode)
	require.Equal(t, casework.ResolvedPreservedOnly, *h.State(t, id).Resolution)
}

// A review that is begun waits on its own page, and one that the case has overtaken is refused there, still filled.
func TestADraftOfAReviewWaitsOnItsPage(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := pagetest.States[2].Make(t, h)
	b, path := visit(t, h, pagetest.Rosa), "/cases/"+id+"/actions/review"
	form := b.Get("/cases/"+id+"/review").Form(t, path)
	form.Set("answers.0.answer", "refuse")
	form.Set("answers.0.reason", "a thought")
	require.Equal(t, "/cases/"+id+"/review#review", b.Post("/cases/"+id+"/drafts/review", form).Header.Get("Location"))
	b.Get("/cases/"+id+"/review").Says(t, "a thought", `name="answers.0.answer" value="refuse" required checked`)
	h.Does(t, pagetest.Olivia, id, casework.Comment, &casework.CommentBody{Text: "meanwhile"})
	form.Set("answers.1.answer", "permit")
	a := b.Post(path, form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "The case has changed since version", "a thought")
	again := a.Form(t, path)
	require.NotEqual(t, form.Get("version"), again.Get("version"))
	require.Nil(t, h.State(t, id).Decision)
}

func TestAReleaseShowsWhatGoesToWhomAndWhy(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Ready(t)
	page := visit(t, h, pagetest.Rafael).Get("/cases/" + id + "/release")
	page.Says(t, h.State(t, id).Disclosures[0].ManifestSHA256, "<strong>214</strong> records", "acct-1", "1 Jun 2026", "dwhitfield@fbi.example", "Search warrant", "the time to object ended", "Type the case's number", "18 USC 2703(a)")
	told := visit(t, h, pagetest.Rafael).Get("/cases/" + h.Notified(t) + "/release")
	require.Equal(t, http.StatusOK, told.StatusCode)
	told.Says(t, "Nothing can be released by you now", "No parcel waits for its release")
}

// Every page of a case, and what is written down of looking at it.
func TestARoomIsALook(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := pendingCase(t, h)
	b := visit(t, h, pagetest.Rafael)
	for n, room := range []string{"review", "approve", "release"} {
		a := b.Get("/cases/" + id + "/" + room)
		require.Equal(t, http.StatusOK, a.StatusCode)
		a.IsGuarded(t)
		b.IsStyled(a)
		require.Equal(t, n+1, h.Count(t, id, casework.Viewed))
	}
	require.Equal(t, http.StatusNotFound, b.Get("/cases/LR-2026-999999/review").StatusCode)
}

// Every field of a request may be written by somebody who means harm.
func TestHostileTextInEveryFieldOfACase(t *testing.T) {
	t.Parallel()
	const turned = "invoice\u202efdp.exe\u2066\u200f"
	for name, text := range map[string]string{"markup": hostile, "turned": turned, "formula": `=HYPERLINK("http://x.example","y")`, "long": strings.Repeat("W", 10_000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := pagetest.Open(t)
			h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
			id := h.Receive(t, hostileRequest(text))
			h.Does(t, pagetest.Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: text})
			h.Does(t, pagetest.Olivia, id, casework.Comment, &casework.CommentBody{Text: text})
			pages := []string{"/cases/" + id, "/cases/" + id + "/review", "/cases/" + id + "/approve", "/cases/" + id + "/release", "/approvals"}
			requireHarmless(t, visit(t, h, pagetest.Rafael), pages, text)
			h.Does(t, pagetest.Rosa, id, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{
				{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.RefuseIt, Reason: text},
			}})
			requireHarmless(t, visit(t, h, pagetest.Rafael), pages, text)
		})
	}
}

func requireHarmless(t *testing.T, b *pagetest.Browser, pages []string, text string) {
	t.Helper()
	for _, path := range pages {
		a := b.Get(path)
		require.Equal(t, http.StatusOK, a.StatusCode, path)
		for _, banned := range []string{"<script>", "<img", "onerror=alert(2)>'\"", "\u202e", "\u2066", "\u200f"} {
			require.NotContains(t, a.Text, banned, path)
		}
		b.IsStyled(a)
	}
	if strings.Contains(text, "\u202e") {
		b.Get(pages[0]).Says(t, "invoice[U+202E]fdp.exe[U+2066][U+200F]")
	}
}

// hostileRequest has a text in every field that is free.
func hostileRequest(text string) casework.Request {
	r := pagetest.Request()
	r.Authority.Name, r.Authority.Unit = text, text
	r.Officer.Name, r.Officer.Title, r.Officer.Badge, r.Officer.Phone, r.Officer.Supervisor.Name = text, text, text, text, text
	r.Instrument.Number, r.Instrument.Issuer.Name, r.Instrument.LegalBasis = text, text, []string{text}
	r.Instrument.ValidatedBy = &casework.Issuer{Name: text, Role: casework.Judge}
	r.Demand.Targets[0].Value, r.Demand.Targets[0].Host, r.Demand.Description = text, text, text
	r.Matter.Reference, r.Matter.Offence, r.Matter.OffenceCode = text, text, text
	r.Secrecy.Basis = text
	r.Emergency = casework.Emergency{Claimed: true, Harm: text, PersonAtRisk: text, WhyImminent: text, WhyNecessary: text}
	r.Documents[0].Name, r.Documents[0].MediaType = text, text
	return r
}
