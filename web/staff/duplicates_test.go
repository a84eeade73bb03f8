package staff

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

var notice = regexp.MustCompile(`(?s)<div class="banner" id="same" role="status">.*?</div>\s*</div>`)

// same is the hint of a page; empty: there is none.
func same(t *testing.T, h *pagetest.House, who casework.Actor, path string) string {
	t.Helper()
	page := visit(t, h, who).Get(path)
	require.Equal(t, http.StatusOK, page.StatusCode, path)
	return notice.FindString(page.Text)
}

// another is a request that is like no other.
func another() casework.Request {
	r := pagetest.Request()
	r.Instrument.Number, r.Matter.Reference, r.Documents = "2:26-mj-00001", "NYC-26-1", nil
	return r
}

func TestACaseSaysThatItMayBeServedTwice(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first, alone := h.Receive(t, pagetest.Request()), h.Receive(t, another())
	r := pagetest.Request()
	r.Matter.Reference = "another"
	second := h.Receive(t, r)
	says := same(t, h, pagetest.Olivia, "/cases/"+second)
	for _, said := range []string{
		"the same request as another case, served twice:", `<a href="/cases/` + first + `">` + first + `</a>: same instrument number and document; received 20 November 2026`, "; now in receipt</li>",
		`If it is: <a href="/cases/` + second + `#link">link the cases</a>. Nothing is held back by this hint.`,
	} {
		require.Contains(t, says, said)
	}
	require.Contains(t, same(t, h, pagetest.Tess, "/cases/"+first), "<p>Nothing is held back by this hint.</p>", "an auditor reads, and does nothing")
	require.Empty(t, same(t, h, pagetest.Olivia, "/cases/"+alone))
	h.Does(t, pagetest.Olivia, second, casework.LinkCase, &casework.LinkBody{Case: first, Relation: casework.DuplicateOf})
	for id, who := range map[string]casework.Actor{first: pagetest.Olivia, second: pagetest.Olivia} {
		says = same(t, h, who, "/cases/"+id)
		require.Contains(t, says, "; already linked to this case</li>")
		require.NotContains(t, says, "link the cases", "nothing is left to link")
	}
}

// The later of two is the one too many; and where the earlier was closed for being one, this one has to be answered.
func TestOnlyTheLaterOfTwoIsClosedAsADuplicate(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first, second := h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())
	closing := `or <a href="/cases/` + second + `#close">close this one as a duplicate</a>`
	require.Contains(t, same(t, h, pagetest.Rosa, "/cases/"+second), closing)
	require.NotContains(t, same(t, h, pagetest.Olivia, "/cases/"+second), "as a duplicate", "she may not")
	require.NotContains(t, same(t, h, pagetest.Rosa, "/cases/"+first), "as a duplicate")

	h.Does(t, pagetest.Rosa, first, casework.Close, &casework.CloseBody{Resolution: casework.ResolvedDuplicate, Reason: "served twice"})
	says := same(t, h, pagetest.Rosa, "/cases/"+second)
	require.Contains(t, says, "; closed as duplicate</li>")
	require.NotContains(t, says, "close this one")
	require.Empty(t, same(t, h, pagetest.Rosa, "/cases/"+first), "a closed case has nothing left to hint at")
}

func TestTheReviewerIsTold(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first, second := h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())
	says := same(t, h, pagetest.Rosa, "/cases/"+second+"/review")
	require.Contains(t, says, `<a href="/cases/`+first+`">`)
	require.Contains(t, says, `<a href="/cases/`+second+`#close">`, "the forms stand on the case's own page")
}

var linked = regexp.MustCompile(`id="link-case" name="case" value="([^"]*)"`)

// linksTo is what stands in the form of a link.
func linksTo(t *testing.T, page pagetest.Answer) string {
	t.Helper()
	found := linked.FindStringSubmatch(page.Text)
	require.NotEmpty(t, found)
	return found[1]
}

// Whoever links writes one number: it stands there already. Of several, the reader chooses.
func TestTheFormOfALinkNamesTheOnlyOne(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first, alone, second := h.Receive(t, pagetest.Request()), h.Receive(t, another()), h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	page, path := b.Get("/cases/"+second), "/cases/"+second+"/actions/link"
	require.Equal(t, first, linksTo(t, page))
	require.Empty(t, linksTo(t, b.Get("/cases/"+alone)))
	form := page.Form(t, path)
	form.Set("case", first)
	form.Set("relation", string(casework.DuplicateOf))
	require.Equal(t, http.StatusSeeOther, b.Post(path, form).StatusCode)
	require.Equal(t, []casework.Link{{Case: first, Relation: casework.DuplicateOf}}, h.State(t, second).Links)
	require.Empty(t, linksTo(t, b.Get("/cases/"+second)), "it is linked")

	third := h.Receive(t, pagetest.Request())
	require.Equal(t, third, linksTo(t, b.Get("/cases/"+second)), "the only one that is not")
	page = b.Get("/cases/" + third)
	require.Empty(t, linksTo(t, page))
	require.Contains(t, notice.FindString(page.Text), "as other cases, served twice:")
}

func TestOfManyTheNewestAreShown(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	for range casework.MostDuplicates + 1 {
		h.Receive(t, pagetest.Request())
	}
	says := same(t, h, pagetest.Olivia, "/cases/"+id)
	require.Equal(t, casework.MostDuplicates, strings.Count(says, "<li>"))
	require.Contains(t, says, fmt.Sprintf("<summary>and %d more</summary>", casework.MostDuplicates-seen))
	require.Contains(t, says, "There are others. These are the newest.")

	few := sameAgain{Rows: make([]twin, seen)}
	require.Len(t, few.First(), seen)
	require.Empty(t, few.Rest())
	require.Empty(t, sameAgain{}.First())
}

// What has most in common is seen at once, however old it is.
func TestTheLikestComesFirst(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	first, id := h.Receive(t, pagetest.Request()), h.Receive(t, pagetest.Request())
	for range seen {
		r := another()
		r.Instrument.Number = pagetest.Request().Instrument.Number
		h.Receive(t, r)
	}
	says, _, _ := strings.Cut(same(t, h, pagetest.Olivia, "/cases/"+id), "<details>")
	require.Equal(t, seen, strings.Count(says, "<li>"))
	require.Contains(t, says, `<ul><li><a href="/cases/`+first+`">`)
}

func TestNoHintAcrossAWall(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, r := h.Receive(t, pagetest.Request()), pagetest.Request()
	r.Instrument.Type = casework.NationalSecurityLetter
	walled := h.Receive(t, r)
	require.Contains(t, same(t, h, pagetest.Rosa, "/cases/"+id), walled)
	for _, outside := range []casework.Actor{pagetest.Rafael, pagetest.Olivia, pagetest.Mina, pagetest.Tess} {
		require.Empty(t, same(t, h, outside, "/cases/"+id), outside.Name)
	}
}

// Every particular has its words.
func TestEveryParticularIsSaid(t *testing.T) {
	t.Parallel()
	for _, p := range casework.Particulars {
		require.NotEmpty(t, sharing([]casework.Particular{p}))
	}
	require.Equal(t, "instrument number, document and matter reference", sharing(casework.Particulars))
	require.Empty(t, sharing(nil))
}
