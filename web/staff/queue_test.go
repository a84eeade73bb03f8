package staff

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// tabs are the views on a page with their counts.
type tabs map[string]string

func (s tabs) count(name string) string { return s[name] }

var tab = regexp.MustCompile(`<li><a href="[^"]*"(?: aria-current="page")?>([^<]*?)(?: <small>of [^<]*</small>)? <span class="count">([^<]*)</span>`)

func tabsOf(a pagetest.Answer) tabs {
	out := tabs{}
	for _, m := range tab.FindAllStringSubmatch(a.Text, -1) {
		out[m[1]] = m[2]
	}
	return out
}

func emergency() casework.Request {
	r := pagetest.Request()
	r.Instrument.Type = casework.EmergencyRequest
	r.Emergency = casework.Emergency{Claimed: true, Harm: "abduction", PersonAtRisk: "a child", WhyImminent: "tonight", WhyNecessary: "nothing else finds them"}
	return r
}

func TestViewsAreCountedAndOpened(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	mine, other, waits := h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request()), h.Notified(t)
	h.Does(t, pagetest.Mina, mine, casework.Assign, &casework.AssignBody{To: "olivia"})
	h.Does(t, pagetest.Olivia, other, casework.RejectRequester, &casework.WithReason{Reason: "not theirs"})
	b := visit(t, h, pagetest.Olivia)
	page := b.Get("/")
	got := tabsOf(page)
	for name, want := range map[string]string{"Open": "2", "Mine": "1", "Unassigned": "1", "Waiting on us": "1", "Due soon": "0", "Overdue": "0", "All": "3", "Stuck": "0"} {
		require.Equal(t, want, got.count(name), name)
	}
	require.Contains(t, page.Text, waits)
	require.NotContains(t, page.Text, other, "closed")
	own := b.Get("/?q=assignee:me+is:open")
	require.Contains(t, own.Text, mine)
	require.NotContains(t, own.Text, `<a href="/cases/`+waits)
	own.Says(t, `aria-current="page">Mine`, `value="assignee:me is:open"`)
	require.Contains(t, b.Get("/?stage=closed").Text, other, "filters of the address, as the API names them")
	h.Pass(40 * 24 * time.Hour)
	require.Equal(t, "1", tabsOf(b.Get("/")).count("Mine"))
	require.NotEqual(t, "0", tabsOf(b.Get("/")).count("Overdue"))
	b.Get("/").Says(t, "overdue", "clock breached")
}

func TestWhoeverWritesAFilterInCapitalsIsShownTheSame(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	h.Does(t, pagetest.Mina, id, casework.Assign, &casework.AssignBody{To: "olivia"})
	b := visit(t, h, pagetest.Olivia)
	for _, path := range []string{"/?waiting_on=US", "/?q=waiting:US", "/?q=assignee:ME", "/?assignee=Me&stage=RECEIPT"} {
		require.Contains(t, b.Get(path).Text, `<a href="/cases/`+id, path)
	}
}

// What is due at midnight of UTC is due the evening before in New York.
func TestADayOfASearchIsAsThePagesShowIt(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	due(h, time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC))
	id := h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	require.NotContains(t, b.Get("/?q=due:<2026-12-05").Text, `<a href="/cases/`+id)
	b.Post("/settings/mine", url.Values{"zone": {"America/New_York"}})
	require.Contains(t, b.Get("/?q=due:<2026-12-05").Text, `<a href="/cases/`+id)
	require.Contains(t, b.Get("/queue.csv?q=due:<2026-12-05").Text, id)
}

func TestWhatIsNotUnderstoodIsSaidOverTheBox(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	a := visit(t, h, pagetest.Rosa).Get("/?q=stage:limbo+colour:red+harbor")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "The search was not understood", "has no value limbo; it is one of receipt", "is no filter", `value="stage:limbo colour:red harbor"`)
	require.NotContains(t, a.Text, `<a href="/cases/`+id)
}

// A search of too many words is refused beside what else is wrong; a view that holds one stays uncounted.
func TestASearchOfTooManyWordsIsRefused(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	text := "a b c d e f g h i j k l m n o p q"
	v := casework.SavedView{ID: "00000000-0000-7000-8000-000000000001", Name: "Long", Query: url.Values{"q": {text}}.Encode()}
	require.NoError(t, h.PutView(t.Context(), v, pagetest.Olivia, h.Now()))
	b := visit(t, h, pagetest.Olivia)
	require.Equal(t, http.StatusOK, b.Get("/").StatusCode)
	a := b.Get("/?q=" + url.QueryEscape(text+" stage:limbo"))
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "The search was not understood", "has no value limbo", "must be at most 16 words")
	require.Equal(t, http.StatusBadRequest, b.Get("/queue.csv?q="+url.QueryEscape(text)).StatusCode)
}

func TestEmergenciesStandOverEveryView(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	require.NotContains(t, b.Get("/").Text, `class="urgent"`)
	id := h.Receive(t, emergency())
	for _, path := range []string{"/", "/?q=stage:closed", "/?q=zebra"} {
		a := b.Get(path)
		a.Says(t, `class="urgent"`, "1 emergency", `<a href="/cases/`+id+`">`)
	}
}

func TestTheNextCaseIsTheFirstThatNobodyHasAndThatWaitsOnYou(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first := h.Receive(t, pagetest.Request())
	urgent := h.Receive(t, emergency())
	b := visit(t, h, pagetest.Olivia)
	for _, want := range []string{urgent, first} {
		form := b.Get("/").Form(t, "/queue/take")
		require.Equal(t, want, form.Get("case"))
		for range 2 { // pressed twice, it is one
			a := b.Post("/queue/take", form)
			require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
			require.Equal(t, "/cases/"+want, a.Header.Get("Location"))
		}
		require.Equal(t, "olivia", h.State(t, want).Assignee)
		require.Equal(t, 1, h.Count(t, want, casework.Assigned))
	}
	b.Get("/").Says(t, "No case that nobody has waits on you.")
	a := b.Post("/queue/take", url.Values{"key": {newKey()}})
	require.Equal(t, "/?done=nothing", a.Header.Get("Location"))
	b.Get("/?done=nothing").Says(t, "No case that nobody has waits on you.")
	require.Equal(t, http.StatusBadRequest, b.Post("/queue/take", url.Values{"key": {"x"}}).StatusCode)
}

func TestWhereSomebodyWasQuickerTheNextIsTaken(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	ids := []string{h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())}
	b := visit(t, h, pagetest.Olivia)
	form := b.Get("/").Form(t, "/queue/take")
	taken := form.Get("case")
	h.Does(t, pagetest.Mina, taken, casework.Assign, &casework.AssignBody{To: "omar"})
	a := b.Post("/queue/take", form)
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	for _, id := range ids {
		if id != taken {
			require.Equal(t, "/cases/"+id, a.Header.Get("Location"))
		}
	}
	require.Equal(t, "omar", h.State(t, taken).Assignee)
	h.Fail = casework.Refuse(casework.Unavailable, "not now")
	h.Receive(t, pagetest.Request())
	require.Equal(t, http.StatusServiceUnavailable, b.Post("/queue/take", b.Get("/").Form(t, "/queue/take")).StatusCode)
}

func TestWhoReviewedIsNotOfferedTheApproval(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	id := h.Receive(t, pagetest.Request())
	reviewed(t, h, id, pagetest.Rosa)
	visit(t, h, pagetest.Rosa).Get("/").Says(t, "No case that nobody has waits on you.")
	require.Equal(t, id, visit(t, h, pagetest.Rafael).Get("/").Form(t, "/queue/take").Get("case"))
}

// An emergency is the next case however many others are due before it.
func TestTheNextCaseIsAnEmergencyHoweverManyAreDueBefore(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	for range triedNext {
		h.Receive(t, pagetest.Request())
	}
	h.Pass(40 * 24 * time.Hour)
	r := emergency()
	due(h, h.Now().Add(59*time.Minute))
	r.ReceivedAt = h.Now()
	urgent := h.Receive(t, r)
	b := visit(t, h, pagetest.Olivia)
	require.Equal(t, urgent, b.Get("/").Form(t, "/queue/take").Get("case"))
	require.Equal(t, "/cases/"+urgent, b.Post("/queue/take", url.Values{"key": {newKey()}}).Header.Get("Location"))
	require.NotEmpty(t, b.Get("/").Form(t, "/queue/take").Get("case"), "then the others")
}

// Behind however many that a reviewer may not approve, the one that they may is found.
func TestTheNextCaseIsOneThatYouMayApprove(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	last := ""
	for i := range triedNext + 2 {
		last = h.Receive(t, pagetest.Request())
		reviewer := pagetest.Rosa
		if i > triedNext {
			reviewer = pagetest.Rafael
		}
		reviewed(t, h, last, reviewer)
	}
	b := visit(t, h, pagetest.Rosa)
	require.Equal(t, last, b.Get("/").Form(t, "/queue/take").Get("case"))
	require.Equal(t, "/cases/"+last, b.Post("/queue/take", url.Values{"key": {newKey()}}).Header.Get("Location"))
}

func TestWhoAddedRecordsIsNotOfferedTheRelease(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	robin := casework.Actor{Kind: casework.Person, Name: "robin", Roles: []casework.Role{casework.LegalOps, casework.Reviewer}}
	require.NoError(t, h.PutUser(t.Context(), robin.Name, robin.Roles, ""))
	id := h.Ready(t)
	b := visit(t, h, robin)
	require.Equal(t, id, b.Get("/").Form(t, "/queue/take").Get("case"))
	h.Does(t, robin, id, casework.AddRecords, &casework.AddRecordsBody{Data: casework.Traffic, File: casework.Document{Name: "more.csv", Ref: "uploads/more"}})
	require.Equal(t, casework.OnReviewer, h.State(t, id).WaitingOn)
	b.Get("/").Says(t, "No case that nobody has waits on you.")
	require.Equal(t, id, visit(t, h, pagetest.Rafael).Get("/").Form(t, "/queue/take").Get("case"))
}

// reviewed has a case verified and reviewed by somebody.
func reviewed(t *testing.T, h *pagetest.House, id string, by casework.Actor) {
	t.Helper()
	h.Does(t, pagetest.Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "x"})
	h.Does(t, by, id, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit}}})
	require.Equal(t, casework.OnApprover, h.State(t, id).WaitingOn)
}

func ticked(h *pagetest.House, t *testing.T, to string, ids ...string) url.Values {
	t.Helper()
	form := url.Values{"key": {uuid.NewString()}, "back": {"q=is%3Aany"}, "to": {to}}
	for _, id := range ids {
		form.Add("case", fmt.Sprintf("%s@%d", id, h.State(t, id).Version))
	}
	return form
}

func TestSeveralCasesAreAssignedAtOnce(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	ids := []string{h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())}
	b := visit(t, h, pagetest.Mina)
	a := b.Post("/queue/assign", ticked(h, t, "rosa", ids[0], ids[1]))
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
	b.Get(a.Header.Get("Location")).Says(t, "2 cases were assigned.")
	require.Equal(t, []string{"rosa", "rosa", ""}, []string{h.State(t, ids[0]).Assignee, h.State(t, ids[1]).Assignee, h.State(t, ids[2]).Assignee})
	b.Post("/queue/assign", ticked(h, t, "me", ids[2]))
	require.Equal(t, "mina", h.State(t, ids[2]).Assignee)
	b.Post("/queue/assign", ticked(h, t, "nobody", ids...))
	require.Empty(t, h.State(t, ids[0]).Assignee)
}

func TestWhatCouldNotBeAssignedIsSaidCaseByCase(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	fine, stale := h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())
	letter := pagetest.Request()
	letter.Instrument.Type = casework.NationalSecurityLetter
	walled := h.Receive(t, letter)
	form := ticked(h, t, "rosa", fine, stale, walled)
	h.Does(t, pagetest.Olivia, stale, casework.Comment, &casework.CommentBody{Text: "x"})
	a := visit(t, h, pagetest.Mina).Post("/queue/assign", form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "2 of 3 not assigned", "The others were assigned to rosa.", stale+"</code> The case has changed since version", walled+"</code> ")
	require.Equal(t, "rosa", h.State(t, fine).Assignee)
	require.Empty(t, h.State(t, stale).Assignee)
	require.Empty(t, h.State(t, walled).Assignee, "outside the wall")
	unknown := visit(t, h, pagetest.Mina).Post("/queue/assign", url.Values{"key": {newKey()}, "to": {"rosa"}, "case": {"LR-2026-999999@1"}})
	require.Equal(t, sentenceOf(a, walled), strings.ReplaceAll(sentenceOf(unknown, "LR-2026-999999"), "LR-2026-999999", walled), "as an unknown case is")
}

func sentenceOf(a pagetest.Answer, id string) string {
	m := regexp.MustCompile(`<li><code>` + id + `</code> ([^<]*)</li>`).FindStringSubmatch(a.Text)
	if m == nil {
		return "nothing is said of " + id
	}
	return m[1]
}

func TestNothingIsAssignedToNobodyInParticular(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	for _, to := range []string{"", "adam", "stranger", hostile} {
		a := b.Post("/queue/assign", ticked(h, t, to, id))
		require.Equal(t, http.StatusConflict, a.StatusCode)
		a.Says(t, "Nothing was assigned", "Choose to whom the cases go.")
	}
	b.Post("/queue/assign", ticked(h, t, "rosa")).Says(t, "No case is ticked.")
	for _, broken := range []url.Values{{"key": {newKey()}, "case": {id}, "to": {"rosa"}}, {"key": {"x"}, "case": {id + "@1"}, "to": {"rosa"}}, {"key": {newKey()}, "case": {id + "@1"}, "back": {"%zz"}}} {
		require.Equal(t, http.StatusBadRequest, b.Post("/queue/assign", broken).StatusCode)
	}
	require.Empty(t, h.Acts())
}

func TestTheListIsTakenAsAFileWithoutFormulas(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Authority.Name, r.Authority.Unit = `=HYPERLINK("http://elsewhere.example";"x")`, ""
	bad := h.Receive(t, r)
	good := h.Receive(t, pagetest.Request())
	letter := pagetest.Request()
	letter.Instrument.Type = casework.NationalSecurityLetter
	h.Receive(t, letter)
	b := visit(t, h, pagetest.Tess)
	a := b.Get("/queue.csv?q=is%3Aopen&sort=received_at")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "attachment; filename=queue-2026-11-20.csv", a.Header.Get("Content-Disposition"))
	rows, err := csv.NewReader(strings.NewReader(a.Text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3, "behind a wall there is nothing")
	require.Equal(t, exportedColumns, rows[0])
	require.Equal(t, []string{bad, good}, []string{rows[1][0], rows[2][0]})
	require.Equal(t, "'"+r.Authority.Name, rows[1][9])
	require.Equal(t, http.StatusBadRequest, b.Get("/queue.csv?q=stage:limbo").StatusCode)
}

func TestViewsAreSavedSharedChangedAndDeleted(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Receive(t, pagetest.Request())
	rosa, olivia, tess := visit(t, h, pagetest.Rosa), visit(t, h, pagetest.Olivia), visit(t, h, pagetest.Tess)
	form := rosa.Get("/?q=type:search_warrant+is:open&sort=-received_at").Form(t, "/queue/views")
	require.Equal(t, "q=type%3Asearch_warrant+is%3Aopen&sort=-received_at", form.Get("query"))
	form.Set("name", "warrants")
	a := rosa.Post("/queue/views", form)
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
	rosa.Get(a.Header.Get("Location")).Says(t, `aria-current="page">warrants`)
	require.Equal(t, "1", tabsOf(rosa.Get("/")).count("warrants"))
	require.NotContains(t, olivia.Get("/").Text, "warrants")

	page := rosa.Get("/settings/views")
	page.Says(t, "warrants", "type:search_warrant is:open", "Nobody else shares one.")
	path := changeForm.FindStringSubmatch(page.Text)[1]
	change := page.Form(t, path)
	change.Set("name", "our warrants")
	change.Set("shared", "yes")
	require.Equal(t, http.StatusForbidden, tess.Post(path, change).StatusCode, "an auditor shares nothing")
	require.Equal(t, http.StatusNotFound, olivia.Post(path, change).StatusCode, "another's")
	require.Equal(t, "/settings/views", rosa.Post(path, change).Header.Get("Location"))
	olivia.Get("/").Says(t, "our warrants", "of rosa")
	olivia.Get("/settings/views").Says(t, "our warrants", "of rosa", "You have saved no view.")
	require.Equal(t, http.StatusNotFound, olivia.Post(path+"/drop", nil).StatusCode)
	require.Equal(t, http.StatusSeeOther, rosa.Post(path+"/drop", nil).StatusCode)
	require.NotContains(t, olivia.Get("/").Text, "our warrants")
}

var changeForm = regexp.MustCompile(`action="(/queue/views/[^"/]+)"`)

func TestAViewThatCannotBeSavedSaysWhy(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Rosa)
	for _, c := range []struct{ name, query, says string }{{"", "q=x", "must say on one line"}, {"x", "cursor=abc", "must be the filters"}, {"x", "q=%zz", "must be the filters"}} {
		a := b.Post("/queue/views", url.Values{"name": {c.name}, "query": {c.query}})
		require.Equal(t, http.StatusBadRequest, a.StatusCode)
		a.Says(t, "Not done", c.says)
	}
}

func TestAViewThatCanNeverBeOpenedIsNotKept(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := visit(t, h, pagetest.Rosa)
	for query, says := range map[string][]string{
		"sort=bogus":                       {"<code>sort</code>", "must be one of: received_at"},
		"q=foo:bar":                        {"<code>foo</code>", "is no filter"},
		"q=foo:bar+country:ZZ&sort=bogus":  {"<code>foo</code>", "<code>country</code>", "<code>sort</code>"},
		"q=is:open+stage:closed&cursor=ab": {"<code>is</code>", "<code>query</code>"},
	} {
		a := b.Post("/queue/views", url.Values{"name": {""}, "query": {query}})
		require.Equal(t, http.StatusBadRequest, a.StatusCode, query)
		a.Says(t, append(says, "<code>name</code>")...)
		require.Equal(t, http.StatusBadRequest, b.Post("/queue/views", url.Values{"name": {"x"}, "query": {query}}).StatusCode, query)
		require.Equal(t, http.StatusBadRequest, b.Get("/?"+query).StatusCode, query)
	}
	kept, err := h.Views(t.Context(), pagetest.Rosa)
	require.NoError(t, err)
	require.Empty(t, kept)
}

// An order that there is not is said where the search's faults are, and the queue leads on in one that there is.
func TestAnOrderThatThereIsNotIsSaidOverTheBox(t *testing.T) {
	t.Parallel()
	a := visit(t, pagetest.Open(t), pagetest.Rosa).Get("/?q=foo:bar&sort=bogus")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "The search was not understood", "<code>foo</code>", "<code>sort</code>", `aria-label="Views"`)
	require.NotContains(t, a.Text, `value="bogus"`)
}

func TestFormsOfTheQueueComeFromOurPages(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Olivia)
	for _, path := range []string{"/queue/take", "/queue/assign", "/queue/views", "/queue/views/x", "/queue/views/x/drop", "/settings/mine"} {
		pagetest.RefusesForeignForms(t, b, path, url.Values{"key": {newKey()}, "zone": {"UTC"}})
	}
}

func TestWhoSendsAFormOfTheQueueTooLateComesBackToTheQueue(t *testing.T) {
	t.Parallel()
	b := pagetest.Visit(t, New(config(pagetest.Open(t))))
	for _, path := range []string{"/queue/take", "/queue/assign", "/queue/views", "/queue/views/x/drop"} {
		require.Equal(t, "/signin", b.Post(path, url.Values{"key": {newKey()}}).Header.Get("Location"), path)
	}
}
