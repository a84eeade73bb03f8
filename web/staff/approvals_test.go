package staff

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// pendingCase is one that Rosa has reviewed, and that a second person must approve.
func pendingCase(t *testing.T, h *pagetest.House) string {
	t.Helper()
	return pagetest.States[3].Make(t, h)
}

func TestTheInboxShowsOthersReviewsAndNeverOnesOwn(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	visit(t, h, pagetest.Rafael).Get("/approvals").Says(t, "Nothing waits for your approval", "No parcel waits for you")
	id := pendingCase(t, h)
	mine := visit(t, h, pagetest.Rosa).Get("/approvals")
	mine.Says(t, "Your own reviews", `<a href="/cases/`+id+`">`, "Rafael must approve what rosa decided.")
	require.NotContains(t, mine.Text, id+"/approve")
	others := visit(t, h, pagetest.Rafael).Get("/approvals")
	others.Says(t, "To approve", `<a href="/cases/`+id+`/approve#approve">`, "You must approve what rosa decided.", "by <bdi>rosa</bdi>")
	desk := visit(t, h, pagetest.Olivia).Get("/approvals")
	desk.Says(t, "Reviewers approve and release", "To be approved by others", id)
	require.NotContains(t, desk.Text, "Nothing waits for your approval")
}

func TestTheInboxShowsParcelsToThoseWhoMayReleaseThem(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Ready(t)
	visit(t, h, pagetest.Rosa).Get("/approvals").Says(t, "Ready to release", `<a href="/cases/`+id+`/release#release">`, "parcel 1: subscriber data, traffic data", "214 records")
	visit(t, h, pagetest.Mina).Get("/approvals").Says(t, "Parcels that wait, not for you to release now", `<a href="/cases/`+id+`">`)
}

func TestWhatIsBehindAWallIsInNobodysInbox(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := pendingCase(t, h)
	h.Does(t, pagetest.Mina, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa", "mina"}, Reason: "delicate"})
	require.NotContains(t, visit(t, h, pagetest.Rafael).Get("/approvals").Text, id)
	for _, room := range []string{"review", "approve", "release"} {
		require.Equal(t, http.StatusNotFound, visit(t, h, pagetest.Rafael).Get("/cases/"+id+"/"+room).StatusCode, room)
	}
	blind := "Nobody is eligible to approve: rosa reviewed, and no other reviewer may see this case. A manager or a reviewer inside the wall must let one in."
	for _, path := range []string{"/approvals", "/cases/" + id} {
		visit(t, h, pagetest.Mina).Get(path).Says(t, blind)
	}
}
