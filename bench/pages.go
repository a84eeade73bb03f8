package main

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"time"

	"dueprocess/casework"
	"dueprocess/web/staff"
)

// visitor is somebody of staff with a browser that keeps nothing, and the office's pages on a port of this machine.
type visitor struct {
	*office

	site   *httptest.Server
	secret string
	first  time.Time // when the first byte of the last page came
}

// pages is how long the pages of the queue take to their first byte, asked over HTTP with a session of the registry, and
// what a queue of fifty cases weighs with all that it needs.
func pages() ([]figure, error) {
	all, shut, err := offices()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	defer shut()
	visitors := map[*office]*visitor{}
	for _, o := range all {
		v, err := visit(o)
		if err != nil {
			return nil, err
		}
		defer v.leave()
		visitors[o] = v
	}
	out, err := firstBytes(all, visitors)
	if err != nil {
		return nil, err
	}
	weight, err := visitors[all[len(all)-1]].weight()
	return append(out, figure{
		What: "pages: a queue of fifty with all that it needs, compressed", Unit: "bytes", Value: float64(weight), Aim: "≤ 102400 bytes", Met: weight <= 100<<10,
	}), err
}

// addresses are the queue as it opens, narrowed, whole, and searched.
var addresses = []struct{ name, path string }{
	{"the queue", "/"}, {"the queue, a country and a type", "/?" + url.Values{"q": {"is:any country:DE type:foreign_order"}}.Encode()},
	{"the queue, all cases", "/?" + url.Values{"q": {"is:any"}}.Encode()}, {"the queue, two words", "/?" + url.Values{"q": {"is:any police court"}}.Encode()},
}

func firstBytes(all []*office, visitors map[*office]*visitor) ([]figure, error) {
	bare, err := beside(all, func(o *office) error { _, err := o.page(); return err })
	if err != nil {
		return nil, err
	}
	var out []figure
	for _, a := range addresses {
		took, err := toFirstByte(all, visitors, a.path)
		if err != nil {
			return nil, err
		}
		for i, o := range all {
			out = append(out, figure{
				What: o.of("pages: "+a.name+", first byte", took[i]), Unit: "ms", Value: milliseconds(took[i].p95), Baseline: milliseconds(bare[i].p95), Against: "its list alone",
				Ratio: ratio(took[i].p95, bare[i].p95), Aim: "< 100 ms", Met: took[i].p95 < 100*time.Millisecond,
			})
		}
	}
	return out, nil
}

func toFirstByte(all []*office, visitors map[*office]*visitor, path string) ([]taken, error) {
	return besideUntil(all, func(o *office) (time.Time, error) {
		v := visitors[o]
		_, err := v.get(path)
		return v.first, err
	})
}

// visit opens the pages of an office and signs somebody in who may do much there.
func visit(o *office) (*visitor, error) {
	v := &visitor{office: o, secret: "a visitor of the bench"}
	now := time.Now()
	who := casework.Identified{Subject: "bench", Name: "bench", Roles: []casework.Role{casework.LegalOps, casework.Manager}, At: now}
	if _, err := o.SignIn(context.Background(), who, casework.Session{SHA256: v.sum(), BeganAt: now, SeenAt: now}, now.Add(-24*time.Hour)); err != nil {
		return nil, err
	}
	v.site = httptest.NewServer(staff.New(staff.Config{
		Registry: o.Registry, Sessions: o.Registry, Tokens: o.Registry, Drafts: o.Registry, Views: o.Registry, Stuck: o.Registry, Provider: "Example Provider, Inc.",
		Now: func() time.Time { return o.now }, URL: "http://127.0.0.1", Limits: casework.SessionLimits{Idle: time.Hour, Whole: time.Hour, Fresh: time.Hour}, Key: make([]byte, 32), //nolint:mnd // as the pages want it
	}))
	return v, nil
}

func (v *visitor) sum() string {
	sum := sha256.Sum256([]byte(v.secret))
	return hex.EncodeToString(sum[:])
}

// leave shuts the pages, ends the session and takes the roles away again.
func (v *visitor) leave() {
	v.site.Close()
	_ = v.SignOut(context.Background(), v.sum()) // who finds the session has the bench's own secret and, after the next line, no role
	_, _ = v.SignIn(context.Background(), casework.Identified{Subject: "bench", Name: "bench"}, casework.Session{}, time.Now())
}

// get asks for a page, and notes when its first byte came.
func (v *visitor) get(path string) (a answer, err error) {
	trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { v.first = time.Now() }}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), trace), http.MethodGet, v.site.URL+path, nil)
	if err != nil {
		return a, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Sec-Fetch-Site", "none")                                 // as typed: pages are compressed for nobody who was led here by another site
	r.AddCookie(&http.Cookie{Name: "dueprocess_session", Value: v.secret}) //nolint:gosec // a request has no attributes of cookies
	got, err := v.site.Client().Do(r)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, got.Body.Close()) }()
	if got.StatusCode != http.StatusOK {
		return a, fmt.Errorf("%s answered %s", path, got.Status)
	}
	return readAnswer(got)
}

// answer is a page as it was sent, and as it is read.
type answer struct {
	sent int
	text string
}

func readAnswer(got *http.Response) (a answer, err error) {
	counted := &counter{from: got.Body}
	var plain io.Reader = counted
	if got.Header.Get("Content-Encoding") == "gzip" {
		if plain, err = gzip.NewReader(counted); err != nil {
			return a, err
		}
	}
	text, err := io.ReadAll(plain)
	return answer{counted.n, string(text)}, err
}

// counter counts what is read.
type counter struct {
	from io.Reader
	n    int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += n
	return n, err
}

var needed = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)

// weight is how many bytes the queue has with its style, script and pictures.
func (v *visitor) weight() (sent int, err error) {
	page, err := v.get("/")
	if err != nil {
		return 0, err
	}
	sent = page.sent
	for _, m := range needed.FindAllStringSubmatch(page.text, -1) {
		part, err := v.get(m[1])
		if err != nil {
			return 0, err
		}
		sent += part.sent
	}
	return sent, nil
}
