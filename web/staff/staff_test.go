package staff

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/policy"
	"dueprocess/web/ui/pagetest"
)

var key = bytes.Repeat([]byte{7}, keySize)

func config(h *pagetest.House) Config {
	return Config{
		Desk: h, Registry: h, Parcels: h, Now: h.Now, Provider: "Example Provider, Inc.", URL: "http://127.0.0.1:8080", Identity: h,
		Sessions: h, Limits: pagetest.Limits, Tokens: h, Drafts: h, Views: h, Key: key, Vault: h.Vault, Uploads: h.Vault, Messages: aMessage, Papers: h.Papers,
		Stuck: h, Watch: h, Rules: pagetest.Rules{Rulebook: policy.Default()}, Book: h, Ledger: h, Reports: h,
	}
}

func visit(t *testing.T, h *pagetest.House, who casework.Actor) *pagetest.Browser {
	t.Helper()
	return pagetest.Visit(t, New(config(h))).SignIn(who.Name)
}

// every handler that needs somebody signed in, with whether it shows a case.
func handlers(id string) []struct{ method, path string } {
	return []struct{ method, path string }{
		{"GET", "/"}, {"GET", "/cases/" + id}, {"POST", "/cases/" + id + "/actions/comment"}, {"GET", "/cases/" + id + "/disclosures/1/parcel"},
		{"GET", "/cases/" + id + "/documents/1"}, {"GET", "/cases/" + id + "/documents/1/pages"}, {"GET", "/cases/" + id + "/documents/1/pages/1.png"},
		{"GET", "/approvals"}, {"GET", "/cases/" + id + "/live?version=1&entry=0"}, {"GET", "/cases/" + id + "/review"}, {"GET", "/cases/" + id + "/approve"}, {"GET", "/cases/" + id + "/release"},
	}
}

func TestNobodySignedInIsSentToSignIn(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := pagetest.Visit(t, New(config(h)))
	for _, x := range handlers(id) {
		a := b.Do(x.method, x.path, url.Values{}, nil)
		require.Equal(t, http.StatusSeeOther, a.StatusCode, x.path)
		require.Contains(t, a.Header.Get("Location"), "/signin", x.path)
		require.NotContains(t, a.Text, "Bureau")
		a.IsGuarded(t)
	}
	require.Empty(t, h.Acts())
}

func TestSigningOutEndsTheSession(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Rosa)
	require.Equal(t, http.StatusOK, b.Get("/").StatusCode)
	b.Post("/signout", nil)
	require.Equal(t, http.StatusSeeOther, b.Get("/").StatusCode)
}

func TestAdministratorsSeeNoCase(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Adam)
	for _, x := range handlers(id) {
		a := b.Do(x.method, x.path, url.Values{}, http.Header{"Sec-Fetch-Site": {"same-origin"}})
		require.Equal(t, http.StatusForbidden, a.StatusCode, x.path)
		require.NotContains(t, a.Text, "Bureau")
	}
	require.Empty(t, h.Acts())
}

func TestRolesThatOnlyReadAreRefusedTheRest(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Tess)
	a := b.Get("/cases/" + id)
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.NotContains(t, a.Text, "/actions/")
	require.NotContains(t, a.Text, "/parcel")
	require.Equal(t, http.StatusForbidden, b.Get("/cases/"+id+"/disclosures/1/parcel").StatusCode)
	form := visit(t, h, pagetest.Rosa).Get("/cases/"+id).Form(t, "/cases/"+id+"/actions/comment")
	form.Set("text", "hello")
	a = b.Post("/cases/"+id+"/actions/comment", form)
	require.Equal(t, http.StatusForbidden, a.StatusCode)
	require.Zero(t, h.Count(t, id, casework.Commented))
}

func TestUnknownAndWalledOffCasesLookAlike(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Instrument.Type = casework.NationalSecurityLetter
	walled := h.Receive(t, r)
	require.Equal(t, http.StatusOK, visit(t, h, pagetest.Rosa).Get("/cases/"+walled).StatusCode, "inside the wall")
	b := visit(t, h, pagetest.Rafael)
	unknown := b.Get("/cases/LR-2026-999999")
	hidden := b.Get("/cases/" + walled)
	require.Equal(t, http.StatusNotFound, unknown.StatusCode)
	require.Equal(t, http.StatusNotFound, hidden.StatusCode)
	require.Equal(t, strings.ReplaceAll(unknown.Text, "LR-2026-999999", walled), hidden.Text)
	require.NotContains(t, b.Get("/").Text, walled)
	for _, id := range []string{walled, "LR-2026-999999"} {
		form := url.Values{"key": {newKey()}, "version": {"1"}, "text": {"x"}}
		require.Equal(t, http.StatusNotFound, b.Post("/cases/"+id+"/actions/comment", form).StatusCode)
	}
	require.Empty(t, h.Acts(), "the desk is not even asked")
}

func TestUnknownActionsAndPagesAreNotFound(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	for _, action := range []string{"download", "explode"} {
		require.Equal(t, http.StatusNotFound, b.Post("/cases/"+id+"/actions/"+action, url.Values{}).StatusCode, action)
	}
	require.Equal(t, http.StatusNotFound, b.Get("/nowhere").StatusCode)
	require.Equal(t, http.StatusNotFound, b.Get("/cases/"+id+"/disclosures/x/parcel").StatusCode)
	require.Equal(t, http.StatusNotFound, b.Get("/cases/"+id+"/disclosures/7/parcel").StatusCode)
}

func TestAStaleVersionIsRefusedAndTheFormStaysFilled(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Mina)
	path := "/cases/" + id + "/actions/assign"
	form := b.Get("/cases/"+id).Form(t, path)
	h.Does(t, pagetest.Olivia, id, casework.Assign, &casework.AssignBody{To: "olivia"})
	form.Set("to", "rosa")
	a := b.Post(path, form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "The case has changed since version", `<option value="rosa" selected>`)
	require.Equal(t, "olivia", h.State(t, id).Assignee)
	again := a.Form(t, path)
	require.NotEqual(t, form.Get("key"), again.Get("key"), "a refused act is not the next one")
	again.Set("to", "rosa")
	require.Equal(t, http.StatusSeeOther, b.Post(path, again).StatusCode, "what was shown may be sent again")
	require.Equal(t, "rosa", h.State(t, id).Assignee)
}

func TestWhatIsNoLongerPossibleKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	path := "/cases/" + id + "/actions/verify_requester"
	form := b.Get("/cases/"+id).Form(t, path)
	h.Does(t, pagetest.Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "x"})
	form.Set("method", "official_domain")
	form.Set("evidence", "a long text that nobody wants to type twice")
	a := b.Post(path, form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "a long text that nobody wants to type twice")
}

func TestAStoreThatIsAwayIs503AndTheActStaysTheSame(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	path := "/cases/" + id + "/actions/comment"
	form := b.Get("/cases/"+id).Form(t, path)
	form.Set("text", "a note")
	h.Fail = casework.Refuse(casework.Unavailable, "It could not be stored in time. Try again with the same key.").Because(io.ErrUnexpectedEOF)
	a := b.Post(path, form)
	require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	require.NotContains(t, a.Text, io.ErrUnexpectedEOF.Error())
	again := a.Form(t, path)
	require.Equal(t, form.Get("key"), again.Get("key"))
	require.Equal(t, form.Get("version"), again.Get("version"))
	for _, h.Fail = range []error{fmt.Errorf("dial tcp 10.0.0.7: refused"), casework.Refuse(casework.Internal, "10.0.0.7 said no")} {
		a = b.Post(path, form)
		require.Equal(t, http.StatusInternalServerError, a.StatusCode)
		require.NotContains(t, a.Text, "10.0.0.7")
	}
}

// away is a registry whose database is away: wholly, or but for the people of staff.
type away struct {
	casework.CaseRegistry
	wholly *bool
}

var errAway = casework.Refuse(casework.Unavailable, "The registry does not answer. Try again.").Because(io.ErrClosedPipe)

func (a away) Users(ctx context.Context) ([]casework.Actor, error) {
	if *a.wholly {
		return nil, errAway
	}
	return a.CaseRegistry.Users(ctx)
}

// awaySessions are the sessions of such a registry.
type awaySessions struct {
	casework.Sessions
	wholly *bool
}

func (a awaySessions) Session(ctx context.Context, sum string) (casework.Session, casework.Actor, error) {
	if *a.wholly {
		return casework.Session{}, casework.Actor{}, errAway
	}
	return a.Sessions.Session(ctx, sum)
}

func (away) Cases(context.Context, casework.CaseQuery, casework.Actor) (casework.CaseList, error) {
	return casework.CaseList{}, errAway
}
func (away) Standing(context.Context, string, int, casework.Actor) (casework.Standing, error) {
	return casework.Standing{}, errAway
}
func (away) Full(context.Context, string, casework.Actor) (casework.Case, error) {
	return casework.Case{}, errAway
}

func TestADatabaseThatIsAwayIs503OnEveryPage(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	wholly := false
	c := config(h)
	c.Registry, c.Sessions = away{h, &wholly}, awaySessions{h, &wholly}
	b := pagetest.Visit(t, New(c)).SignIn("rosa")
	for _, wholly = range []bool{false, true} {
		for _, x := range handlers(id) {
			a := b.Do(x.method, x.path, url.Values{}, http.Header{"Sec-Fetch-Site": {"same-origin"}})
			require.Equal(t, http.StatusServiceUnavailable, a.StatusCode, x.path)
			require.NotContains(t, a.Text, io.ErrClosedPipe.Error())
			a.Says(t, "Please try again")
			a.IsGuarded(t)
		}
	}
	require.Empty(t, h.Acts())
}

func TestSendingAFormTwiceIsOneAct(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	path := "/cases/" + id + "/actions/comment"
	form := b.Get("/cases/"+id).Form(t, path)
	form.Set("text", "once")
	for range 2 {
		a := b.Post(path, form)
		require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
		require.Equal(t, "/cases/"+id, a.Header.Get("Location"))
	}
	require.Equal(t, 1, h.Count(t, id, casework.Commented))
	for _, broken := range []url.Values{{"text": {"x"}}, {"text": {"x"}, "key": {newKey()}}, {"text": {"x"}, "key": {newKey()}, "version": {"0"}}, {"text": {"x"}, "key": {"1"}, "version": {"9"}}} {
		require.Equal(t, http.StatusBadRequest, b.Post(path, broken).StatusCode)
	}
	require.Equal(t, 1, h.Count(t, id, casework.Commented))
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	path := "/cases/" + id + "/actions/comment"
	form := b.Get("/cases/"+id).Form(t, path)
	form.Set("text", "hello")
	pagetest.RefusesForeignForms(t, b, path, form)
	for _, own := range []string{"/signout", "/session/extend", "/settings/tokens", "/settings/tokens/x/revoke", "/cases/" + id + "/drafts/comment"} {
		pagetest.RefusesForeignForms(t, b, own, url.Values{"text": {"x"}})
	}
	require.Equal(t, http.StatusOK, b.Get("/").StatusCode, "nobody was signed out")
	require.Empty(t, h.Acts())
}

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`

func TestHostileTextIsText(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Authority.Name, r.Officer.Name, r.Matter.Offence, r.Instrument.Number, r.Matter.Reference = hostile, hostile, hostile, hostile, hostile
	r.Demand.Targets[0].Value, r.Demand.Description, r.Documents[0].Name = hostile, hostile, hostile
	id := h.Receive(t, r)
	h.Does(t, pagetest.Olivia, id, casework.Comment, &casework.CommentBody{Text: hostile})
	h.Does(t, pagetest.Olivia, id, casework.Assign, &casework.AssignBody{To: hostile})
	b := visit(t, h, pagetest.Olivia)
	for _, path := range []string{"/", "/?q=" + url.QueryEscape(hostile), "/cases/" + id, "/signin?next=" + url.QueryEscape(hostile)} {
		a := b.Get(path)
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.NotContains(t, a.Text, "<script>", path)
		require.NotContains(t, a.Text, "<img", path)
	}
	b.Get("/cases/"+id).Says(t, hostile)
	path := "/cases/" + id + "/actions/reject_requester"
	form := b.Get("/cases/"+id).Form(t, path)
	form.Set("version", "1")
	form.Set("reason", hostile)
	a := b.Post(path, form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, hostile)
	require.NotContains(t, a.Text, "<script>")
}

func TestLookingIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Rosa)
	require.Zero(t, h.Count(t, id, casework.Viewed))
	b.Get("/cases/" + id)
	require.Equal(t, 1, h.Count(t, id, casework.Viewed))
	a := b.Get("/cases/" + id + "/disclosures/1/parcel")
	require.Equal(t, "a parcel", a.Text)
	require.Contains(t, a.Header.Get("Content-Disposition"), "attachment; filename="+id+".tar")
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded))
	require.Equal(t, casework.ParcelDelivered, h.State(t, id).Disclosures[0].Status, "a staff download is no receipt")
}

func TestTheCaseShowsWhyAndWhen(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) {
		d.Answers[0].Reasons = []casework.Reason{{Rule: "us.subscriber.process", Citation: "18 USC 2703(c)(2)", Sentence: "A warrant reaches subscriber data."}}
		d.Findings = []casework.Finding{{Rule: "face.return", Path: "instrument.respond_by", Severity: casework.Doubt, Sentence: "No return date.", Citation: "FRCrP 41"}}
	}
	id := h.Notified(t)
	visit(t, h, pagetest.Rosa).Get("/cases/"+id).Says(t, "Notice to the customer", "A warrant reaches subscriber data.", "18 USC 2703(c)(2)", "us.subscriber.process", "No return date.",
		"counted in calendar days", "Respond", "30 d", "Customer", "by <bdi>rosa</bdi>", "Refer to MLAT", "<ins>", "harbor.lights@example.net", "warrant.pdf")
}

func TestTheQueueFiltersAndPages(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := visit(t, h, pagetest.Rosa)
	b.Get("/").Says(t, "There is no open case.", "starter submit")
	ids := []string{}
	for range pageSize + 1 {
		ids = append(ids, h.Receive(t, pagetest.Request()))
	}
	h.Does(t, pagetest.Olivia, ids[3], casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "x"})
	page := b.Get("/")
	page.Says(t, "Federal Bureau of Investigation", "US", "Search warrant", "Legal operations", fmt.Sprintf("%d cases", pageSize+1), "d left")
	next := nextLink.FindStringSubmatch(page.Text)
	require.NotNil(t, next)
	second := b.Get(strings.ReplaceAll(next[1], "&amp;", "&"))
	for _, id := range ids {
		require.NotEqual(t, strings.Contains(page.Text, `/cases/`+id+`"`), strings.Contains(second.Text, `/cases/`+id+`"`), id)
	}
	only := b.Get("/?stage=legal_review")
	require.Contains(t, only.Text, ids[3])
	require.NotContains(t, only.Text, ids[4])
	found := b.Get("/?q=" + ids[7])
	require.Contains(t, found.Text, "/cases/"+ids[7])
	require.NotContains(t, found.Text, "/cases/"+ids[8])
	b.Get("/?q=zebra").Says(t, "No case matches.")
	require.Equal(t, http.StatusBadRequest, b.Get("/?cursor=nonsense").StatusCode)
}

func TestEveryPageIsGuarded(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Rosa)
	for _, path := range []string{"/", "/signin", "/cases/" + id, "/cases/none", "/nowhere", "/settings", "/settings/mine", "/cases/" + id + "/disclosures/1/parcel"} {
		b.Get(path).IsGuarded(t)
	}
	for _, path := range []string{"/", "/signin", "/cases/" + id, "/nowhere", "/settings", "/settings/mine", "/settings/tokens"} {
		b.IsStyled(b.Get(path))
	}
}

var nextLink = regexp.MustCompile(`href="([^"]*)" rel="next"`)

func aMessage() ([]Message, error) {
	return []Message{{casework.MailNotice, "de", "Eine Anfrage", "Bitte lesen Sie: https://legal.example"}}, nil
}
