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

// However a letter breaks: no heading stands at the foot of a page, no line of a paragraph alone, no signature without
// the sentence above it; and every page is counted.
func TestPagesBreakWhereTheyMay(t *testing.T) {
	for n := 1; n < 60; n += 2 {
		f := sampleClarification()
		f.Items = nil
		for i := range n {
			f.Items = append(f.Items, casework.Fault{Message: fmt.Sprintf("Item %d. %s", i, strings.Repeat("It is long enough for two lines of the page, or a little more. ", i%4+1))})
		}
		l, err := WriteClarification(f)
		require.NoError(t, err)
		pages := strings.Split(strings.TrimSuffix(extracted(t, pdfOf(t, l), "-raw"), "\f"), "\f")
		for i, page := range pages {
			lines := strings.Split(strings.TrimSpace(page), "\n")
			require.Equal(t, fmt.Sprintf("LR-2026-000123, page %d of %d", i+1, len(pages)), lines[len(lines)-1])
			last := lines[len(lines)-2]
			require.NotContains(t, []string{"What we ask", "How to answer"}, last, "a heading at the foot of page %d of %d items", i+1, n)
			require.NotRegexp(t, `^\d+\.$`, last, "a number without its item")
			require.NotRegexp(t, `^For Example Provider`, lines[0], "a signature alone on page %d of %d items", i+1, n)
		}
		require.Equal(t, strings.Fields(l.Text()), strings.Fields(pdfText(t, l)))
	}
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
		{"until 16 November 2027.", 18, []string{"until", "16 November 2027."}},
		{"bis zum 16. November 2027", 20, []string{"bis zum", "16. November 2027"}},
		{"of it (Art. 17(3)) and", 10, []string{"of it", "(Art.", "17(3)) and"}},
	} {
		require.Equal(t, c.want, wrap(c.text, c.room, measure), c.text)
	}
}
