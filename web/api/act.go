package api

import (
	"encoding/json"
	"net/http"

	"dueprocess/casework"
	"dueprocess/intake"
)

// act brings an action to a case, and answers with the case as it then is. The order of refusals: who never may, what
// is not there, what is wrong with the body, what the case does not allow.
func (a *api) act(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	action := casework.Action(r.PathValue("action"))
	if err := a.mayAct(r, action, by); err != nil {
		return err
	}
	sent, err := a.read(w, r, "body")
	if err != nil {
		return err
	}
	answer, err := a.answerAct(r, action, by, sent)
	if err != nil {
		a.dropRefused(r.Context(), sent.form.Files, err)
		return err
	}
	if answer.repeated {
		a.drop(r.Context(), sent.form.Files)
	}
	w.Header().Set("ETag", etag(answer.version))
	write(w, answer.status, answer.body)
	return nil
}

func (a *api) mayAct(r *http.Request, action casework.Action, by casework.Actor) error {
	if !action.Valid() {
		return casework.Refuse(casework.NotFound, "There is no action of that name.")
	}
	if !casework.MayEver(action, by) {
		return casework.Refuse(casework.Forbidden, "Your role may never do this.")
	}
	_, err := a.Registry.Case(r.Context(), r.PathValue("id"), by)
	return err
}

// answered is a status and body, as first given; repeated: they are now given again.
type answered struct {
	status, version int
	body            []byte
	repeated        bool
}

func (a *api) answerAct(r *http.Request, action casework.Action, by casework.Actor, sent body) (answered, error) {
	act, err := a.actOf(r, action, by, sent)
	if err != nil {
		return answered{}, err
	}
	key, keyed, err := a.keyOf(r, by, sent.sha256)
	if err != nil {
		return answered{}, err
	}
	key.Case, act.Key = r.PathValue("id"), actKey(key)
	if !keyed {
		return a.carryOut(r, act, by)
	}
	return a.once(r, key, func() (answered, error) { return a.carryOut(r, act, by) })
}

// once gives the answer kept under the key, or does it and keeps the answer. Refusals are not kept: what was not
// allowed may be later.
func (a *api) once(r *http.Request, key casework.IdempotencyKey, do func() (answered, error)) (answered, error) {
	kept, ok, err := a.Registry.Answered(r.Context(), key)
	if err != nil {
		return answered{}, err
	}
	if ok {
		return answered{status: kept.Status, version: versionIn(kept.Body), body: kept.Body, repeated: true}, nil
	}
	out, err := do()
	if err != nil {
		return out, err
	}
	return out, a.Registry.KeepAnswer(r.Context(), key, casework.KeptAnswer{Status: out.status, Body: out.body})
}

func versionIn(body []byte) int {
	var kept struct {
		Version int `json:"version"`
	}
	_ = json.Unmarshal(body, &kept) // we wrote it
	return kept.Version
}

func (a *api) actOf(r *http.Request, action casework.Action, by casework.Actor, sent body) (casework.Act, error) {
	version, err := ifMatch(r)
	if err != nil {
		return casework.Act{}, err
	}
	raw, err := rawBody(action, sent)
	if err != nil {
		return casework.Act{}, err
	}
	content, err := intake.Act(action, raw)
	return casework.Act{Action: action, Actor: by, Version: version, At: casework.Truncate(a.Now()), Body: content}, err
}

// rawBody is an action's body as JSON: the body itself, or a form's fields with the one file that belongs to them.
func rawBody(action casework.Action, sent body) ([]byte, error) {
	switch {
	case !action.TakesFile() && sent.multipart:
		return nil, casework.Faulty([]casework.Fault{{Path: "Content-Type", Message: "must be application/json: this action takes no file"}})
	case !action.TakesFile():
		return orEmpty(sent.json), nil
	case len(sent.form.Files) != 1:
		return nil, casework.Faulty([]casework.Fault{{Path: "file", Message: "is missing: send one file as a part of a multipart body"}})
	}
	return sent.form.With("file", sent.form.Files[0])
}

// orEmpty: no body at all is an empty one.
func orEmpty(raw []byte) []byte {
	if len(raw) == 0 {
		return []byte("{}")
	}
	return raw
}

func (a *api) carryOut(r *http.Request, act casework.Act, by casework.Actor) (answered, error) {
	id := r.PathValue("id")
	if err := a.Desk.Act(r.Context(), id, act); err != nil {
		return answered{}, err
	}
	full, err := a.Registry.Full(r.Context(), id, by)
	switch {
	case err == nil:
	case casework.CodeOf(err) == casework.NotFound: // whoever builds a wall may stand outside it
		return answered{status: http.StatusOK, body: []byte(`{"case_id":"` + id + `"}`)}, nil
	default:
		return answered{}, err
	}
	out, err := json.Marshal(presented(full, by, a.Now()))
	return answered{status: http.StatusOK, version: full.Version, body: out}, err
}
