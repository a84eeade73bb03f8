package mailcatcher_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestJSONIsAnArrayInOrderOfArrival(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	require.JSONEq(t, "[]", get(t, catcher, "/dev/mail.json").Body.String())
	send(t, address, recipient, "Message-ID: <1@provider.example>", "Subject: first", "", "one")
	send(t, address, recipient, "Message-ID: <2@provider.example>", "Subject: second", "", "two")

	var caught []map[string]any
	answer := get(t, catcher, "/dev/mail.json")
	require.Equal(t, "application/json", answer.Header().Get("Content-Type"))
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &caught))
	require.Len(t, caught, 2)
	_, err := time.Parse(time.RFC3339, caught[0]["at"].(string))
	require.NoError(t, err)
	delete(caught[0], "at")
	require.Equal(t, map[string]any{
		"message_id": "1@provider.example", "from": sender, "to": []any{recipient},
		"subject": "first", "text": "one\n", "deliveries": 1.0,
	}, caught[0])
}

func TestAPageEscapesAndLinks(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	require.Contains(t, get(t, catcher, "/dev/mail").Body.String(), "No mail yet.")
	send(t, address, recipient, "Message-ID: <x@provider.example>", "Subject: <script>alert(1)</script>", "",
		`<img src=x> see http://127.0.0.1:8080/portal/delivery/abc?x=1&y=2. javascript:alert(2)`)

	answer := get(t, catcher, "/dev/mail")
	require.Contains(t, answer.Header().Get("Content-Security-Policy"), "default-src 'none'; style-src 'self'")
	page := answer.Body.String()
	require.NotContains(t, page, "<script")
	require.NotContains(t, page, "<img")
	require.NotContains(t, page, `href="javascript:`)
	require.Contains(t, page, `<a href="http://127.0.0.1:8080/portal/delivery/abc?x=1&amp;y=2">http://127.0.0.1:8080/portal/delivery/abc?x=1&amp;y=2</a>. javascript:`)
}

func TestAMailAsItCame(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	send(t, address, recipient, "Message-ID: <x@provider.example>", "Subject: raw", "", "text")

	answer := get(t, catcher, "/dev/mail/1")
	require.Equal(t, "message/rfc822", answer.Header().Get("Content-Type"))
	require.Equal(t, "Message-ID: <x@provider.example>\r\nSubject: raw\r\n\r\ntext\r\n", answer.Body.String())
	require.Equal(t, `attachment; filename="mail-1.eml"`, answer.Header().Get("Content-Disposition"))
	for _, absent := range []string{"/dev/mail/2", "/dev/mail/x", "/dev/mail/", "/dev/mail/../mail.css/x"} {
		require.NotEqual(t, http.StatusOK, get(t, catcher, absent).Code, absent)
	}
}

func TestTheStyleIsAFileOfItsOwn(t *testing.T) {
	catcher, _ := open(t, t.TempDir())
	answer := get(t, catcher, "/dev/mail.css")
	require.Equal(t, http.StatusOK, answer.Code)
	require.Contains(t, answer.Header().Get("Content-Type"), "text/css")
}
