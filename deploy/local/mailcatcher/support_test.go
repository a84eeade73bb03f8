package mailcatcher_test

import (
	"net/http"
	"net/http/httptest"
	"net/smtp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/deploy/local/mailcatcher"
)

const (
	sender    = "desk@provider.example"
	recipient = "m.weber@polizei.example"
)

// open returns a catcher of dir that is closed with the test, and where it takes mail.
func open(t *testing.T, dir string) (*mailcatcher.Catcher, string) {
	t.Helper()
	catcher, err := mailcatcher.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, catcher.Close()) })
	address, err := catcher.Listen(0)
	require.NoError(t, err)
	return catcher, address
}

// send delivers a mail of these lines.
func send(t *testing.T, address, to string, lines ...string) {
	t.Helper()
	require.NoError(t, smtp.SendMail(address, nil, sender, []string{to}, []byte(strings.Join(lines, "\r\n")+"\r\n")))
}

// get asks the catcher's pages.
func get(t *testing.T, catcher *mailcatcher.Catcher, path string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	catcher.Handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer
}
