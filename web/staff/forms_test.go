package staff

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// Every form makes a body that its action reads: filled in whole, nothing in it is unknown, missing or of the wrong kind.
func TestEveryFormMakesABody(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	c := h.State(t, h.Ready(t))
	for _, a := range casework.Actions {
		f := form{Action: a, Fields: fieldsOf(a, c, pagetest.People)}
		raw, err := f.bodyOf(filledIn(f))
		require.NoError(t, err)
		_, err = casework.ParseBody(a, raw)
		if refused, ok := errors.AsType[*casework.Error](err); ok {
			require.Fail(t, string(a), "%s: %v", raw, refused.Faults)
		}
	}
}

// filledIn fills every field with something that it may hold.
func filledIn(f form) url.Values {
	sent := url.Values{}
	for _, x := range f.Fields {
		switch {
		case x.Kind == hidden || x.Kind == whole:
			sent.Set(x.Name, x.Value)
		case x.Kind == file:
			sent.Set(x.Name, `{"name":"a.csv","ref":"uploads/a","media_type":"text/csv","sha256":"00","size":3}`)
		case len(x.Choices) > 0:
			sent.Set(x.Name, x.Choices[len(x.Choices)-1].Value)
		case x.Kind == date:
			sent.Set(x.Name, "2026-12-24")
		case x.Kind == number:
			sent.Set(x.Name, "1")
		default:
			sent.Set(x.Name, "some\r\ntext")
		}
	}
	if f.Action == casework.FileChallenge {
		sent.Set("kind", string(casework.ToQuash))
	}
	return sent
}

func TestACaseIsDecidedAndReleasedByForms(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	id := h.Receive(t, pagetest.Request())
	does := func(who casework.Actor, action casework.Action, fields url.Values) {
		b, path := visit(t, h, who), "/cases/"+id+"/actions/"+string(action)
		form := b.Get(placeOf(id, action)).Form(t, path)
		maps.Copy(form, fields)
		a := b.Post(path, form)
		require.Equal(t, http.StatusSeeOther, a.StatusCode, "%s: %s", action, a.Text)
	}
	does(pagetest.Olivia, casework.VerifyRequester, url.Values{"method": {"official_domain"}, "evidence": {"the agency's own domain"}})
	does(pagetest.Rosa, casework.Review, url.Values{
		"answers.0.answer": {"permit"}, "answers.1.answer": {"permit"}, "answers.1.scope.from": {"2026-07-01"}, "answers.1.reason": {"the rest is not needed"},
	})
	decision := h.State(t, id).Decision
	require.Equal(t, casework.Traffic, decision.Answers[1].Data)
	require.Equal(t, casework.Moment("2026-07-01"), decision.Answers[1].Scope.From)
	does(pagetest.Rafael, casework.Approve, nil)
	h.Pass(8 * 24 * 3600 * 1e9)
	h.Tick(t, id)
	page := visit(t, h, pagetest.Rafael).Get("/cases/" + id + "/release")
	page.Says(t, "Parcel 1 goes to dwhitfield@fbi.example", "214 records in 2 files")
	does(pagetest.Rafael, casework.Release, url.Values{"confirm": {id}})
	require.Equal(t, casework.ParcelDelivered, h.State(t, id).Disclosures[0].Status)
}

// A parcel or a decision that was exchanged since the form was read is not the one released or approved.
func TestWhatIsReleasedIsWhatWasSeen(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Ready(t)
	b, path := visit(t, h, pagetest.Rafael), "/cases/"+id+"/actions/release"
	form := b.Get("/cases/"+id+"/release").Form(t, path)
	form.Set("confirm", id)
	form.Set("manifest", strings.Repeat("0", 64))
	require.NotEqual(t, http.StatusSeeOther, b.Post(path, form).StatusCode)
	require.Equal(t, casework.ParcelReady, h.State(t, id).Disclosures[0].Status)
}
