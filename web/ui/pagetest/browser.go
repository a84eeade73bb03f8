package pagetest

import (
	"html"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Browser visits a handler over a real connection. It follows no redirect.
type Browser struct {
	t      testing.TB
	URL    string
	client *http.Client
}

// Answer is what a page answered.
type Answer struct {
	*http.Response
	Text string // the body
}

// Visit opens a browser on a handler.
func Visit(t testing.TB, h http.Handler) *Browser {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &Browser{t, server.URL, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Get asks for a page.
func (b *Browser) Get(path string) Answer { b.t.Helper(); return b.Do(http.MethodGet, path, nil, nil) }

// Post sends a form as a page of ours would.
func (b *Browser) Post(path string, form url.Values) Answer {
	b.t.Helper()
	return b.Do(http.MethodPost, path, form, http.Header{"Sec-Fetch-Site": {"same-origin"}})
}

// PostFile sends a form with a file as a page of ours would.
func (b *Browser) PostFile(path string, form url.Values, name, content string) Answer {
	b.t.Helper()
	var sent strings.Builder
	parts := multipart.NewWriter(&sent)
	for field := range form {
		require.NoError(b.t, parts.WriteField(field, form.Get(field)))
	}
	file, err := parts.CreateFormFile("file", name)
	require.NoError(b.t, err)
	_, err = io.WriteString(file, content)
	require.NoError(b.t, err)
	require.NoError(b.t, parts.Close())
	return b.send(http.MethodPost, path, sent.String(), http.Header{"Sec-Fetch-Site": {"same-origin"}, "Content-Type": {parts.FormDataContentType()}})
}

// Do asks for anything.
func (b *Browser) Do(method, path string, form url.Values, header http.Header) Answer {
	b.t.Helper()
	all := http.Header{}
	if form != nil {
		all.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	maps.Copy(all, header)
	return b.send(method, path, form.Encode(), all)
}

func (b *Browser) send(method, path, body string, header http.Header) Answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.URL+path, strings.NewReader(body))
	require.NoError(b.t, err)
	r.Header = header
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	return Answer{response, string(text)}
}

// Says reports what a page must say, as people read it.
func (a Answer) Says(t testing.TB, texts ...string) {
	t.Helper()
	read := html.UnescapeString(a.Text)
	for _, text := range texts {
		require.Contains(t, read, text, "the page does not say: %s", text)
	}
}

var (
	forms  = regexp.MustCompile(`(?s)<form[^>]* action="([^"]*)".*?</form>`)
	hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// Form are the hidden fields of the form that is sent to path, to be filled; it must be on the page.
func (a Answer) Form(t testing.TB, path string) url.Values {
	t.Helper()
	for _, f := range forms.FindAllStringSubmatch(a.Text, -1) {
		if f[1] != path {
			continue
		}
		out := url.Values{}
		for _, x := range hidden.FindAllStringSubmatch(f[0], -1) {
			out.Set(x[1], html.UnescapeString(x[2]))
		}
		return out
	}
	require.Fail(t, "no form is sent to "+path, a.Text)
	return nil
}

// IsGuarded holds an answer to the headers that each must have.
func (a Answer) IsGuarded(t testing.TB) {
	t.Helper()
	policy := a.Header.Get("Content-Security-Policy")
	for _, directive := range []string{"default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		require.Contains(t, policy, directive, a.Request.URL.Path)
	}
	require.Equal(t, "same-origin", a.Header.Get("Referrer-Policy"))
	require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
	require.Equal(t, "no-store", a.Header.Get("Cache-Control"))
}

// RefusesForeignForms holds a handler to refusing what the page of another site sends to path.
func RefusesForeignForms(t testing.TB, b *Browser, path string, form url.Values) {
	t.Helper()
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://elsewhere.example"}}} {
		a := b.Do(http.MethodPost, path, form, header)
		require.Equal(t, http.StatusForbidden, a.StatusCode, "%v", header)
		a.IsGuarded(t)
	}
}

var styled = regexp.MustCompile(`<link rel="stylesheet" href="([^"]*)">`)

// IsStyled holds a page to having its style sheet, and to nothing that the policy would not let through.
func (b *Browser) IsStyled(a Answer) {
	b.t.Helper()
	link := styled.FindStringSubmatch(a.Text)
	require.NotNil(b.t, link, a.Text)
	sheet := b.Get(link[1])
	require.Equal(b.t, http.StatusOK, sheet.StatusCode)
	require.Contains(b.t, sheet.Header.Get("Content-Type"), "text/css")
	require.Contains(b.t, sheet.Header.Get("Cache-Control"), "immutable")
	for _, banned := range []string{" style=", "<style", "javascript:", " onclick=", "http-equiv"} {
		require.NotContains(b.t, a.Text, banned)
	}
}
