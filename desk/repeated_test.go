package desk_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// uploaded puts a file into the vault, as the pages do before they know what becomes of it.
func (h *house) uploaded(ref string) casework.Document {
	h.t.Helper()
	sum, size, err := h.Vault.Put(h.t.Context(), ref, strings.NewReader("a court's letter"))
	require.NoError(h.t, err)
	return casework.Document{Name: "letter.txt", MediaType: "text/plain", SHA256: sum, Size: size, Ref: ref}
}

func (h *house) inVault(ref string) bool {
	h.t.Helper()
	r, err := h.Vault.Open(h.t.Context(), ref)
	if err == nil {
		require.NoError(h.t, r.Close())
	}
	return err == nil
}

// What is sent twice under one key leaves one copy: a second would lie where no purge finds it.
func TestAFileSentTwiceUnderOneKeyIsKeptOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	submit := func(ref string) string {
		r := warrant(t)
		r.Documents = []casework.Document{h.uploaded(ref)}
		id, err := h.Submit(t.Context(), casework.Intake{Request: r, Actor: olivia, Scope: "olivia /requests", Key: "one", BodySHA256: "x"})
		require.NoError(t, err)
		return id
	}
	id := submit("uploads/first")
	require.Equal(t, id, submit("uploads/second"))
	attach := func(ref string) {
		body := &casework.AttachBody{Name: "a letter", File: h.uploaded(ref)}
		require.NoError(t, h.Act(t.Context(), id, casework.Act{Action: casework.Attach, Actor: olivia, Key: "k", Body: body}))
	}
	attach("uploads/third")
	attach("uploads/fourth")
	for ref, kept := range map[string]bool{"uploads/first": true, "uploads/second": false, "uploads/third": true, "uploads/fourth": false} {
		require.Equal(t, kept, h.inVault(ref), ref)
	}
}
