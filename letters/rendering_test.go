package letters

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// each calls f for every kind of letter in every language that it has, with invented facts.
func eachLetter(t *testing.T, f func(t *testing.T, name string, l Letter)) {
	t.Helper()
	n := 0
	for _, k := range Kinds {
		for _, language := range Languages(k) {
			l, err := Preview(k, language)
			require.NoError(t, err, "%s in %s", k, language)
			n++
			t.Run(string(k)+"-"+language, func(t *testing.T) { f(t, string(k)+"-"+language, l) })
		}
	}
	require.Equal(t, len(Kinds)+4, n)
}

func TestEveryLetterReadsAsItShould(t *testing.T) {
	eachLetter(t, func(t *testing.T, name string, l Letter) {
		t.Helper()
		golden(t, "testdata/letters/"+name+".txt", l.Text())
	})
}

// The two forms are made from one document; this reads both as people do, and finds the same words in the same order.
func TestTheTextOfEveryPDFIsThatOfItsPage(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ string, l Letter) {
		t.Helper()
		want := strings.Fields(l.Text())
		require.Greater(t, len(want), 60)
		require.Equal(t, want, strings.Fields(pdfText(t, l)))
		require.Equal(t, want, strings.Fields(pageWords(t, l)))
	})
}

// LETTERS_PNG=folder writes every page of every letter as a picture, to be looked at.
func TestPicturesOfEveryLetter(t *testing.T) {
	folder := os.Getenv("LETTERS_PNG")
	if folder == "" {
		return
	}
	eachLetter(t, func(t *testing.T, name string, l Letter) {
		t.Helper()
		c := exec.CommandContext(t.Context(), "pdftoppm", "-r", "75", "-png", "-", filepath.Join(folder, name))
		c.Stdin = bytes.NewReader(pdfOf(t, l))
		require.NoError(t, c.Run())
	})
}

func pdfOf(t *testing.T, l Letter) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, l.PDF(&out))
	return out.Bytes()
}

func htmlOf(t *testing.T, l Letter) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, l.HTML(&out))
	return out.String()
}

// pdfText is what a PDF's pages say, without the line that counts them at the end of each.
func pdfText(t *testing.T, l Letter) string {
	t.Helper()
	text := extracted(t, pdfOf(t, l), "-raw")
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	counted := regexp.MustCompile(`^` + regexp.QuoteMeta(fmt.Sprintf(strings.ReplaceAll(l.page, "%d", "%s"), l.Case, "N", "M")) + `$`)
	counted = regexp.MustCompile(strings.NewReplacer("N", `\d+`, "M", strconv.Itoa(len(pages))).Replace(counted.String()))
	for i, p := range pages {
		lines := strings.Split(strings.TrimSpace(p), "\n")
		require.Regexp(t, counted, lines[len(lines)-1], "page %d", i+1)
		pages[i] = strings.Join(lines[:len(lines)-1], "\n")
	}
	return strings.Join(pages, "\n")
}

// pageWords is what a browser shows of a page: the text of its body, with the numbers of lists.
func pageWords(t *testing.T, l Letter) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(htmlOf(t, l)))
	require.NoError(t, err)
	var out strings.Builder
	var walk func(n *html.Node, item *int)
	walk = func(n *html.Node, item *int) {
		switch {
		case n.Type == html.TextNode:
			out.WriteString(n.Data)
		case n.Data == "head":
			return
		case n.Data == "ol":
			item = new(int)
		case n.Data == "li":
			*item++
			fmt.Fprintf(&out, " %d. ", *item)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, item)
		}
		out.WriteString(" ")
	}
	walk(doc, nil)
	return out.String()
}
