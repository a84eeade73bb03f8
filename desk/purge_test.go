package desk_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/wire"
)

var rosa = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}

// mailServer takes every mail.
func mailServer(t *testing.T) string {
	t.Helper()
	program, err := filepath.Abs("../bin/local")
	require.NoError(t, err)
	return begin(t, program, "mail", "--dir", t.TempDir()).SMTP
}

func (h *house) keyIsGone(id string) bool {
	_, err := h.office.Registry.CaseKey(h.t.Context(), id)
	return casework.CodeOf(err) == casework.NotFound
}

// vacuum has the database give up the pages that it no longer needs.
func (h *house) vacuum() {
	h.t.Helper()
	raw, err := sql.Open("sqlite", strings.TrimPrefix(h.office.Settings.Database, "sqlite:"))
	require.NoError(h.t, err)
	defer func() { require.NoError(h.t, raw.Close()) }()
	for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		_, err := raw.ExecContext(h.t.Context(), statement)
		require.NoError(h.t, err)
	}
}

// closed is a case that was refused at once, and waits for nothing once its mails were given up.
func (h *house) closed() string {
	h.t.Helper()
	id, err := h.submit(uuid.NewString())
	require.NoError(h.t, err)
	h.act(id, casework.Act{Action: casework.RejectRequester, Actor: olivia, Body: &casework.WithReason{Reason: "the number of harbor.lights rang at a stranger's"}})
	return id
}

func (h *house) act(id string, act casework.Act) {
	h.t.Helper()
	act.Key = uuid.NewString()
	require.NoError(h.t, h.Act(h.t.Context(), id, act))
}

// bytesHave searches the database's files for a text, whatever page it lies on.
func (h *house) bytesHave(text string) bool {
	h.t.Helper()
	database := strings.TrimPrefix(h.office.Settings.Database, "sqlite:")
	found := false
	for _, name := range []string{database, database + "-wal"} {
		if b, err := os.ReadFile(filepath.Clean(name)); err == nil && bytes.Contains(b, []byte(text)) {
			found = true
		}
	}
	return found
}

func TestAPurgeErasesWhatIsPersonalAndTheLedgerStillVerifies(t *testing.T) {
	h := openWith(t, mailServer(t))
	id := h.closed()
	h.until(func() bool {
		ended, err := h.office.Registry.Ended(t.Context(), time.Now(), "")
		return err == nil && len(ended) == 1
	})
	personal := []string{"harbor.lights", "Whitfield", "dwhitfield", "1:26-mj-04417", "a stranger's"}
	c, err := h.office.Registry.Load(t.Context(), id)
	require.NoError(t, err)
	for _, l := range c.Request.Likenesses() {
		personal = append(personal, l.Digest) // whoever knows a number finds it by its digest
	}
	require.Len(t, personal, 7)
	for _, text := range personal {
		require.True(t, h.bytesHave(text), text)
	}
	retention := h.office.Retention(h.client)
	require.NoError(t, retention.Round(t.Context()))
	require.Zero(t, h.count(id, casework.Purged), "its time has not run out")

	h.act(id, casework.Act{Action: casework.Hold, Actor: rosa, Body: &casework.WithReason{Reason: "a claim"}})
	err = h.Purge(t.Context(), id)
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	require.ErrorContains(t, err, "held")
	h.act(id, casework.Act{Action: casework.Unhold, Actor: rosa, Body: &casework.WithReason{Reason: "settled"}})

	retention.Days = func(casework.Resolution) int { return 365 }
	h.Now = func() time.Time { return time.Now().AddDate(2, 0, 0) }
	retention.Desk = h.Desk
	require.NoError(t, retention.Round(t.Context()))
	h.until(func() bool { return retention.Round(t.Context()) == nil && h.keyIsGone(id) })

	require.Equal(t, 1, h.count(id, casework.Purged))
	h.vacuum()
	for _, text := range personal {
		require.False(t, h.bytesHave(text), text)
	}
	require.NoError(t, h.office.SequenceOnce(t.Context()))
	require.NoError(t, h.office.SaveCheckpoint(t.Context()))
	found, err := wire.VerifyLedger(t.Context(), wire.Verifying{Database: h.office.Settings.Database, KeyFile: h.office.Settings.KeyFile, Vault: h.office.Settings.Vault})
	require.NoError(t, err)
	require.Empty(t, found.Faults)
	require.Equal(t, casework.Conflict, casework.CodeOf(h.comment(id, uuid.NewString())), "nothing can be done to it any more")
}
