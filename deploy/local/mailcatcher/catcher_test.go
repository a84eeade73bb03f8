package mailcatcher_test

import (
	"net/smtp"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/deploy/local/mailcatcher"
)

func TestHeadersAndTextAreDecoded(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	send(t, address, recipient,
		"Message-ID: <a1@provider.example>",
		"From: =?utf-8?q?B=C3=BCro?= <buero@provider.example>",
		"Subject: =?iso-8859-1?Q?R=FCckfrage?= =?utf-8?b?IHp1IExSLTIwMjY=?=",
		"Content-Type: text/plain; charset=iso-8859-1",
		"Content-Transfer-Encoding: quoted-printable",
		"",
		"Gr=FC=DFe, ein lang=",
		"er Satz.")

	caught := catcher.Messages()
	require.Len(t, caught, 1)
	require.WithinDuration(t, time.Now(), caught[0].At, time.Minute)
	caught[0].At = time.Time{}
	require.Equal(t, mailcatcher.Message{
		MessageID: "a1@provider.example", From: "buero@provider.example", To: []string{recipient},
		Subject: "Rückfrage zu LR-2026", Text: "Grüße, ein langer Satz.\n", Deliveries: 1,
	}, caught[0])
}

func TestThePlainPartIsTheText(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	send(t, address, recipient,
		"Message-ID: <a2@provider.example>", "MIME-Version: 1.0",
		`Content-Type: multipart/alternative; boundary="cut"`, "",
		"--cut", "Content-Type: text/html", "", "<p>page</p>",
		"--cut", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", "TMOkc2Vu",
		"--cut--")
	require.Equal(t, "Läsen", catcher.Messages()[0].Text)
}

func TestTheSameMessageIDIsOneEntry(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	for _, to := range []string{recipient, recipient, "second@polizei.example"} {
		send(t, address, to, "Message-ID: <same@provider.example>", "Subject: once", "", "text")
	}
	send(t, address, recipient, "Message-ID: <other@provider.example>", "Subject: another", "", "text")

	caught := catcher.Messages()
	require.Len(t, caught, 2)
	require.Equal(t, 3, caught[0].Deliveries)
	require.Equal(t, []string{recipient, "second@polizei.example"}, caught[0].To)
	require.Equal(t, 1, caught[1].Deliveries)
}

func TestMailWithoutMessageIDIsNeverTheSame(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	send(t, address, recipient, "Subject: none", "", "text")
	send(t, address, recipient, "Subject: none", "", "text")
	require.Len(t, catcher.Messages(), 2)
}

func TestAReopenedFolderGoesOn(t *testing.T) {
	dir := t.TempDir()
	first, address := open(t, dir)
	send(t, address, recipient, "Message-ID: <kept@provider.example>", "Subject: kept", "", "text")
	before := first.Messages()
	require.NoError(t, first.Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "00000002.json.new"), []byte("{cut sho"), 0o600))

	again, address := open(t, dir)
	require.Equal(t, before, again.Messages())
	send(t, address, recipient, "Message-ID: <kept@provider.example>", "Subject: kept", "", "text")
	send(t, address, recipient, "Message-ID: <next@provider.example>", "Subject: next", "", "text")
	require.Equal(t, []int{2, 1}, deliveries(again))
}

func TestAForeignFileIsNamed(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "notes.json"), []byte("hello"), 0o600))
	_, err := mailcatcher.Open(dir)
	require.ErrorContains(t, err, "notes.json is not a caught mail")
}

func TestMailThatCannotBeStoredIsNotAccepted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	catcher, address := open(t, dir)
	require.NoError(t, os.RemoveAll(dir))
	err := smtp.SendMail(address, nil, sender, []string{recipient}, []byte("Subject: lost\r\n\r\ntext\r\n"))
	require.ErrorContains(t, err, "could not be stored")
	require.Empty(t, catcher.Messages())
}

func TestManySendersAtOnce(t *testing.T) {
	catcher, address := open(t, t.TempDir())
	failures := make(chan error, 20)
	var senders sync.WaitGroup
	for range cap(failures) {
		senders.Go(func() {
			failures <- smtp.SendMail(address, nil, sender, []string{recipient}, []byte("Message-ID: <crowd@provider.example>\r\n\r\ntext\r\n"))
		})
	}
	senders.Wait()
	close(failures)
	for err := range failures {
		require.NoError(t, err)
	}
	require.Equal(t, []int{20}, deliveries(catcher))
}

func deliveries(catcher *mailcatcher.Catcher) (counts []int) {
	for _, caught := range catcher.Messages() {
		counts = append(counts, caught.Deliveries)
	}
	return counts
}
