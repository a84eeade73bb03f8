package pagetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// State is where a case may be, with a way to bring one there.
type State struct {
	Name  string
	Stage casework.Stage
	Make  func(t testing.TB, h *House) string
}

// States are every stage, and within stages what changes who may do what.
var States = []State{
	{"received", casework.InReceipt, func(t testing.TB, h *House) string { t.Helper(); return h.Receive(t, Request()) }},
	{"a clarification is asked", casework.InReceipt, asked},
	{"to be reviewed", casework.InLegalReview, verified},
	{"to be approved", casework.InLegalReview, pending},
	{"the customer is told", casework.InCustomerNotice, func(t testing.TB, h *House) string { t.Helper(); return h.Notified(t) }},
	{"the customer objects", casework.InCustomerNotice, objected},
	{"contested", casework.InChallenge, decided(casework.Object)},
	{"referred", casework.InMLATReferral, decided(casework.Refer)},
	{"a parcel is ready", casework.InDisclosure, func(t testing.TB, h *House) string { t.Helper(); return h.Ready(t) }},
	{"delivered", casework.InDisclosure, func(t testing.TB, h *House) string { t.Helper(); return h.Delivered(t) }},
	{"disclosed", casework.InClosed, received},
	{"refused", casework.InClosed, decided(casework.RefuseIt)},
}

func asked(t testing.TB, h *House) string {
	t.Helper()
	id := h.Receive(t, Request())
	h.Does(t, Olivia, id, casework.AskClarification, &casework.AskBody{Items: []casework.Fault{{Message: "Which account?"}}})
	return id
}

func verified(t testing.TB, h *House) string {
	t.Helper()
	id := h.Receive(t, Request())
	h.Does(t, Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "the domain is the agency's own"})
	return id
}

// pending is a case that Rosa has reviewed, and that a second person must approve.
func pending(t testing.TB, h *House) string {
	t.Helper()
	defer h.determine(func(d *casework.Determination) { d.Approvals.Required = 2 })()
	id := verified(t, h)
	h.Does(t, Rosa, id, casework.Review, answers(casework.Permit))
	require.Equal(t, casework.OnApprover, h.State(t, id).WaitingOn)
	return id
}

func objected(t testing.TB, h *House) string {
	t.Helper()
	id := h.Notified(t)
	h.Does(t, Olivia, id, casework.RecordObjection, &casework.ObjectionBody{Text: "I object."})
	return id
}

// decided is a case whose every category has the same answer.
func decided(answer casework.Answer) func(t testing.TB, h *House) string {
	return func(t testing.TB, h *House) string {
		t.Helper()
		defer h.determine(func(d *casework.Determination) {
			for i := range d.Answers {
				d.Answers[i].Answer = answer
			}
		})()
		id := verified(t, h)
		h.Does(t, Rosa, id, casework.Review, answers(answer))
		return id
	}
}

func received(t testing.TB, h *House) string {
	t.Helper()
	id := h.Delivered(t)
	h.Does(t, Olivia, id, casework.ConfirmReceipt, &casework.ReceiptBody{})
	return id
}

func answers(answer casework.Answer) *casework.ReviewBody {
	return &casework.ReviewBody{Answers: []casework.DecisionAnswer{{Data: casework.Subscriber, Answer: answer}, {Data: casework.Traffic, Answer: answer}}}
}

// determine has the policy answer otherwise, until what it returns is called.
func (h *House) determine(otherwise func(d *casework.Determination)) (back func()) {
	before := h.Policy.Adjust
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { otherwise(d) }
	return func() { h.Policy.Adjust = before }
}
