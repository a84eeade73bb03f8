package api

import (
	"encoding/json"
	"net/http"

	"dueprocess/casework"
	"dueprocess/intake"
)

// submitted is the answer to a new request.
type submitted struct {
	CaseID string `json:"case_id"`
}

// submit makes a case of a request. The same key again gives the same case.
func (a *api) submit(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	sent, err := a.read(w, r, "request")
	if err != nil {
		return err
	}
	id, err := a.register(r, by, sent)
	if err != nil {
		a.dropRefused(r.Context(), sent.form.Files, err)
		return err
	}
	w.Header().Set("Location", Base+"/cases/"+id)
	answer, err := json.Marshal(submitted{CaseID: id})
	if err == nil {
		write(w, http.StatusCreated, answer)
	}
	return err
}

func (a *api) register(r *http.Request, by casework.Actor, sent body) (string, error) {
	if err := partsOf(sent); err != nil {
		return "", err
	}
	req, err := intake.Read(sent.json, a.Now(), intake.Submit)
	if err != nil {
		return "", err
	}
	if sent.multipart {
		req.Documents = sent.form.Files
	}
	key, _, err := a.keyOf(r, by, sent.sha256)
	if err != nil {
		return "", err
	}
	return a.Desk.Submit(r.Context(), casework.Intake{Request: req, Actor: by, Scope: key.Scope, Key: key.Key, BodySHA256: key.BodySHA256})
}

// partsOf holds a form to its parts: one request, and any number of documents.
func partsOf(sent body) error {
	if !sent.multipart {
		return nil
	}
	f, requests := []casework.Fault{}, 0
	for _, name := range sent.form.Parts {
		switch name {
		case "request":
			requests++
		case "document":
		default:
			f = append(f, casework.Fault{Path: short(name), Message: "is no part of a request: they are request and document"})
		}
	}
	if requests != 1 {
		f = append(f, casework.Fault{Path: "request", Message: "must be there once, as JSON"})
	}
	return casework.Faulty(f)
}
