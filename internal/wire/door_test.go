package wire

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asked is what an address answers, once somebody listens there.
func asked(t *testing.T, url string) (status int, kind, body string) {
	t.Helper()
	require.Eventually(t, func() bool {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		require.NoError(t, err)
		a, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return false
		}
		b, err := io.ReadAll(a.Body)
		require.NoError(t, a.Body.Close())
		status, kind, body = a.StatusCode, a.Header.Get("Content-Type"), string(b)
		return err == nil
	}, time.Minute, 10*time.Millisecond)
	return status, kind, body
}

// quiet is an address of this machine on which nobody listens.
func quiet(t *testing.T) string {
	t.Helper()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, l.Close()) }()
	return l.Addr().String()
}

// A front desk whose database is not ready lives, says that it is not open, and opens by itself.
func TestAFrontDeskThatWaitsForItsDatabaseSaysSo(t *testing.T) {
	s := used(t)
	s.Database = "sqlite:" + filepath.Join(t.TempDir(), "later.db")
	require.NoError(t, os.WriteFile(s.Database[len("sqlite:"):], nil, 0o600)) // one without a schema
	ctx, end := context.WithCancel(t.Context())
	at, ended := quiet(t), make(chan error)
	go func() { ended <- Serve(ctx, s, Addresses{Staff: at, Portal: at, Ops: at}, time.Now) }()
	t.Cleanup(func() { end(); require.NoError(t, <-ended) })

	for path, want := range map[string]struct {
		status int
		kind   string
		says   string
	}{
		"/healthz":             {200, "text/plain; charset=utf-8", "ok"},
		"/readyz":              {503, "text/plain; charset=utf-8", "the database is waited for"},
		"/api/v1/cases":        {503, "application/problem+json", `"code":"unavailable"`},
		"/api/v1/policy/rules": {503, "application/problem+json", "not open yet"},
		"/cases":               {503, "text/html; charset=utf-8", "The front desk is not open yet."},
		"/portal/":             {503, "text/html; charset=utf-8", "The front desk is not open yet."},
		"/notice/abcdefghijkl": {503, "text/html; charset=utf-8", "The front desk is not open yet."},
		"/static/look.css":     {200, "text/css", ""},
		"/favicon.ico":         {302, "", ""},
	} {
		status, kind, body := asked(t, "http://"+at+path)
		require.Equal(t, want.status, status, path)
		require.Contains(t, kind, want.kind, path)
		require.Contains(t, body, want.says, path)
	}

	require.NoError(t, Migrate(t.Context(), s.Database))
	require.Eventually(t, func() bool { status, _, _ := asked(t, "http://"+at+"/api/v1/cases"); return status == 401 }, time.Minute, 50*time.Millisecond)
}
