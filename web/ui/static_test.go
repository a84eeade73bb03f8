package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ask asks a handler the way that a browser does.
func ask(h http.Handler, path string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header = header
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func served() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET "+StaticPath, Static)
	m.HandleFunc("GET /page", func(w http.ResponseWriter, _ *http.Request) { send(w, http.StatusOK, []byte("a page")) })
	return Secure(m)
}

func body(t *testing.T, r *httptest.ResponseRecorder) string {
	t.Helper()
	var from io.Reader = r.Body
	if r.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		require.NoError(t, err)
		from = z
	}
	b, err := io.ReadAll(from)
	require.NoError(t, err)
	return string(b)
}

func TestStyleIsKeptForGoodUnderTheAddressOfWhatIsInIt(t *testing.T) {
	t.Parallel()
	h := served()
	for _, a := range []asset{look, script, licences, mark} {
		for _, header := range []http.Header{{}, {"Accept-Encoding": {"br, gzip"}}} {
			got := ask(h, a.address, header)
			require.Equal(t, http.StatusOK, got.Code, a.address)
			require.Equal(t, "public, max-age=31536000, immutable", got.Header().Get("Cache-Control"))
			require.Equal(t, len(header) > 0, got.Header().Get("Content-Encoding") == "gzip")
			require.Equal(t, string(a.plain), body(t, got))
		}
	}
	old := ask(h, "/static/look-000000000000.css", nil)
	require.Equal(t, http.StatusOK, old.Code, "a page of another version is not left bare")
	require.Equal(t, "no-store", old.Header().Get("Cache-Control"))
	require.Equal(t, http.StatusNotFound, ask(h, "/static/tokens.css", nil).Code)
}

func TestPagesAreCompressedOnlyForOurOwnPagesAndTheReader(t *testing.T) {
	t.Parallel()
	for site, want := range map[string]bool{"same-origin": true, "none": true, "same-site": false, "cross-site": false, "": false} {
		got := ask(served(), "/page", http.Header{"Accept-Encoding": {"gzip"}, "Sec-Fetch-Site": {site}})
		require.Equal(t, want, got.Header().Get("Content-Encoding") == "gzip", site)
		require.Equal(t, "a page", body(t, got))
	}
	require.Empty(t, ask(served(), "/page", http.Header{"Sec-Fetch-Site": {"none"}}).Header().Get("Content-Encoding"))
}

var (
	named    = regexp.MustCompile(`var\((--(?:text|fill|edge)-[0-9a-f]{6}), #`)
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	colour   = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(`)
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := static.ReadFile("static/" + name)
	require.NoError(t, err)
	return string(b)
}

func TestTheDarkAnswersEveryColourThatIsFixedInWhatIsVendored(t *testing.T) {
	t.Parallel()
	_, dark, found := strings.Cut(read(t, "tokens.css"), "prefers-color-scheme: dark")
	require.True(t, found)
	names := named.FindAllStringSubmatch(read(t, "vendored.css"), -1)
	require.NotEmpty(t, names)
	for _, name := range names {
		require.Contains(t, dark, name[1]+":")
	}
}

// Colours of our own come from the tokens, which have the dark beside the light; paper and a plot in forced colours have
// but one.
func TestColoursAreTokens(t *testing.T) {
	t.Parallel()
	for _, sheet := range sheets {
		if sheet == "vendored" || sheet == "tokens" || sheet == "print" {
			continue
		}
		text := strings.ReplaceAll(comments.ReplaceAllString(read(t, sheet+".css"), ""), "forced-color-adjust: none; background: #fff", "")
		require.Empty(t, colour.FindAllString(text, -1), sheet)
	}
}

func TestNothingComesFromElsewhere(t *testing.T) {
	t.Parallel()
	for _, banned := range []string{"url(", "@import", "@font-face", "http://", "https://", "GDS Transport"} {
		require.False(t, bytes.Contains(look.plain, []byte(banned)), banned)
	}
}

// Without a semicolon between them a script would be called with the next one.
func TestScriptsStandApart(t *testing.T) {
	t.Parallel()
	rest := string(script.plain)
	for _, part := range scripts {
		_, after, found := strings.Cut(rest, read(t, part+".js")+";\n")
		require.True(t, found, part)
		rest = after
	}
	require.Empty(t, rest)
}
