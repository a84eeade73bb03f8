package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"dueprocess/casework"
)

// Watch has stuck work tried again.
type Watch interface {
	Resume(ctx context.Context, id string, by casework.Actor) error
}

// stuck answers with what cannot go on, with cause and since when.
func (a *api) stuck(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	list, err := a.Stuck.Stuck(r.Context(), a.Now(), by)
	if err != nil {
		return err
	}
	return give(w, list)
}

// resumedCase is what is still stuck of a case that is being tried again.
type resumedCase struct {
	Case  string           `json:"case_id"`
	Stuck []casework.Stuck `json:"stuck"`
}

// resume has what is stuck of a case tried again at once; it does not wait for what comes of it.
func (a *api) resume(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	sent, err := a.read(w, r, "body")
	if err != nil {
		return err
	}
	a.drop(r.Context(), sent.form.Files)
	if text := bytes.TrimSpace(sent.json); len(text) > 0 && !bytes.Equal(text, []byte("{}")) {
		return casework.Faulty([]casework.Fault{{Message: "must be {} or left out: there is nothing to say"}})
	}
	key, keyed, err := a.keyOf(r, by, sent.sha256)
	if err != nil {
		return err
	}
	key.Case = r.PathValue("id")
	answer := func() (answered, error) { return a.resumed(r, key.Case, by) }
	if keyed {
		once := answer
		answer = func() (answered, error) { return a.once(r, key, once) }
	}
	given, err := answer()
	if err != nil {
		return err
	}
	write(w, given.status, given.body)
	return nil
}

func (a *api) resumed(r *http.Request, id string, by casework.Actor) (answered, error) {
	if err := a.Watch.Resume(r.Context(), id, by); err != nil {
		return answered{}, err
	}
	left, err := a.Stuck.StuckCase(r.Context(), id, a.Now(), by)
	if err != nil {
		return answered{}, err
	}
	body, err := json.Marshal(resumedCase{Case: id, Stuck: left})
	return answered{status: http.StatusOK, body: body}, err
}
