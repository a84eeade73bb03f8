package letters

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"dueprocess/casework"
)

// A page for people who hear it: its language, one first heading and then the second ones, heads of tables with their
// scope, nothing inline that the content policy of the product would forbid.
func TestEveryPageIsAccessibleAndPlain(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ string, l Letter) {
		t.Helper()
		page := htmlOf(t, l)
		require.True(t, strings.HasPrefix(page, "<!doctype html>\n<html lang=\""+l.Language+"\">"))
		require.Equal(t, 1, strings.Count(page, "<h1>"))
		require.Equal(t, 1, strings.Count(page, "<main"))
		require.Less(t, strings.Index(page, "<h1>"), strings.Index(page+"<h2>", "<h2>"))
		require.NotRegexp(t, `<h[3-6]|style=|<style|<script|\son[a-z]+=|src=|https?://[^<]*"`, page)
		require.NotContains(t, page, "<link")
		require.NotRegexp(t, `<th>|<td scope`, page, "a head of a table says of what it is the head")
		require.Contains(t, htmlOf(t, l.Styled("/static/look-1.css")), `<link rel="stylesheet" href="/static/look-1.css">`)
		_, err := html.Parse(strings.NewReader(page))
		require.NoError(t, err)
	})
}

// A letter that somebody puts together by hand counts its pages in English.
func TestALetterByHandCountsItsPages(t *testing.T) {
	by := Letter{Case: "LR-2026-000123", From: "Somebody", Title: "By hand"}
	require.Contains(t, extracted(t, pdfOf(t, by), "-raw"), "LR-2026-000123, page 1 of 1")
}

// A page that is read at the desk has the desk's style and every word that it had; what is no page stays as it is.
func TestAPageIsDressedWithoutAWordChanged(t *testing.T) {
	l, err := Preview(casework.LetterReferral, "en")
	require.NoError(t, err)
	plain := htmlOf(t, l)
	require.Equal(t, htmlOf(t, l.Styled("/static/look-1.css")), string(Dressed([]byte(plain), "/static/look-1.css")))
	require.Equal(t, "no page", string(Dressed([]byte("no page"), "/static/look-1.css")))
}

// However a letter breaks: no heading stands at the foot of a page, no number without its item, no line of a paragraph
// alone, no signature without the sentence above it; and every page is counted. The filling moves the rest down a line
// at a time, over the foot of the first page.
func TestPagesBreakWhereTheyMay(t *testing.T) {
	sentence := strings.TrimSpace(strings.Repeat("It is long enough for several lines of the page. ", 12))
	p, ends := newPaper(Letter{}), []string{}
	p.plain()
	for text, wide := range map[string]float64{sentence: textWide, "First. " + sentence: textWide - itemIndent, "Second. " + sentence: textWide - itemIndent} {
		broken := p.broken(text, wide)
		ends = append(ends, broken[len(broken)-1])
	}
	for n := 12; n < 46; n++ {
		d := begin(casework.LetterAnswer, english, sampleHead(), "Our answer")
		filling := []Pair{}
		for i := range n {
			filling = append(filling, Pair{"Line", fmt.Sprint(i)})
		}
		d.pairs(filling...)
		d.heading("A heading")
		d.text(sentence)
		d.items("First. "+sentence, "Second. "+sentence)
		d.text("The sentence above the signature.")
		d.close()
		l := d.done()
		pages := strings.Split(strings.TrimSuffix(extracted(t, pdfOf(t, l), "-raw"), "\f"), "\f")
		for i, page := range pages {
			lines := strings.Split(strings.TrimSpace(page), "\n")
			require.Equal(t, fmt.Sprintf("LR-2026-000123, page %d of %d", i+1, len(pages)), lines[len(lines)-1])
			if i+1 < len(pages) {
				requireFoot(t, lines[:len(lines)-1], n)
			}
			require.NotEqual(t, "For Example Provider, Inc., the legal department", lines[0], "%d", n)
			require.NotContains(t, ends, lines[0], "the last line of a paragraph alone: %d", n)
		}
		require.Equal(t, strings.Fields(l.Text()), strings.Fields(pdfText(t, l)), "%d", n)
	}
}

// requireFoot holds the lines of a page that goes on to what may stand at its foot.
func requireFoot(t *testing.T, lines []string, n int) {
	t.Helper()
	last, before := lines[len(lines)-1], lines[len(lines)-2]
	require.NotEqual(t, "A heading", last, "%d", n)
	require.NotRegexp(t, `^[0-9]+\.$`, last, "a number without its item: %d", n)
	require.NotRegexp(t, `^(It is long|1\. First|2\. Second)`, last, "the first line of a paragraph alone: %d", n)
	require.NotEqual(t, "A heading", before, "%d", n)
}

// A table that goes over pages has its head on each.
func TestALongTableHasItsHeadOnEveryPage(t *testing.T) {
	f := sampleCosts()
	for i := range 150 {
		f.Items = append(f.Items, CostItem{fmt.Sprintf("Item %d", i), 1, 100})
	}
	l, err := WriteCostStatement(f)
	require.NoError(t, err)
	pages := strings.Split(strings.TrimSuffix(extracted(t, pdfOf(t, l), "-raw"), "\f"), "\f")
	require.Greater(t, len(pages), 3)
	for _, page := range pages[1 : len(pages)-1] {
		require.True(t, strings.HasPrefix(strings.Join(strings.Fields(page), " "), "For Number Each Amount"), page)
	}
	require.Contains(t, l.Text(), "USD 1,229.50")
}

func TestLinesBreakBetweenWordsThatDoNotBelongTogether(t *testing.T) {
	measure := func(s string) float64 { return float64(len(s)) }
	for _, c := range []struct {
		text string
		room float64
		want []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"see 18 USC 2703(d) now", 12, []string{"see 18 USC", "2703(d) now"}},
		{"see 18 USC 2703(d) now", 14, []string{"see", "18 USC 2703(d)", "now"}},
		{"see 18 USC 242, and", 11, []string{"see", "18 USC 242,", "and"}},
		{"until 16 November 2027.", 18, []string{"until", "16 November 2027."}},
		{"bis zum 16. November 2027", 20, []string{"bis zum", "16. November 2027"}},
		{"of it (Art. 17(3)) and", 10, []string{"of it", "(Art.", "17(3)) and"}},
	} {
		require.Equal(t, c.want, wrap(c.text, c.room, measure), c.text)
	}
}
