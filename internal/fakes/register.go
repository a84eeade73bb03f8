package fakes

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"

	"dueprocess/casework"
)

// Register is a registry in memory with the promises of casework.CaseStore: a step is stored once, the same step with
// other contents is a conflict, what an effect brought first is kept.
type Register struct {
	mu      sync.Mutex
	cases   map[string]casework.Case
	steps   map[string]map[int][]byte
	effects map[string]map[int]json.RawMessage
	events  map[string][]casework.Event
	links   map[string]casework.MailedLink
	book    []casework.BookEntry
}

// NewRegister makes an empty register with a contact book.
func NewRegister(book ...casework.BookEntry) *Register {
	return &Register{
		cases: map[string]casework.Case{}, steps: map[string]map[int][]byte{}, effects: map[string]map[int]json.RawMessage{},
		events: map[string][]casework.Event{}, links: map[string]casework.MailedLink{}, book: book,
	}
}

// Add registers a case that has not yet started.
func (r *Register) Add(c casework.Case) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cases[c.ID], r.steps[c.ID], r.effects[c.ID] = c, map[int][]byte{}, map[int]json.RawMessage{}
}

// Load reads a case.
func (r *Register) Load(_ context.Context, id string) (casework.Case, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.cases[id]
	if !ok {
		return c, casework.Refuse(casework.NotFound, "There is no such case.")
	}
	return c, nil
}

// Store writes a change once.
func (r *Register) Store(_ context.Context, ch casework.Change) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	digest, err := json.Marshal(ch)
	if err != nil {
		return err
	}
	if had, ok := r.steps[ch.Case.ID][ch.Step]; ok {
		if !bytes.Equal(had, digest) {
			return casework.Refuse(casework.Conflict, "The step is stored already, with other contents.")
		}
		return nil
	}
	r.steps[ch.Case.ID][ch.Step] = digest
	r.cases[ch.Case.ID] = ch.Case
	for _, e := range ch.Events {
		e.Sequence = len(r.events[ch.Case.ID]) + 1
		r.events[ch.Case.ID] = append(r.events[ch.Case.ID], e)
	}
	return nil
}

// Erase takes a purged case away.
func (r *Register) Erase(_ context.Context, id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.cases[id]
	r.cases[id] = casework.Case{View: casework.View{ID: id, Stage: c.Stage}, Work: casework.Work{Purged: true}}
	return nil
}

// Effect reads what a step brought.
func (r *Register) Effect(_ context.Context, id string, step int) (json.RawMessage, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept, ok := r.effects[id][step]
	return kept, ok, nil
}

// KeepEffect keeps what a step brought; the first writer wins.
func (r *Register) KeepEffect(_ context.Context, id string, step int, brought json.RawMessage) (json.RawMessage, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kept, ok := r.effects[id][step]; ok {
		return kept, nil
	}
	r.effects[id][step] = brought
	return brought, nil
}

// Authority finds the entry that matches the request.
func (r *Register) Authority(_ context.Context, req casework.Request, on casework.Date) (casework.BookEntry, bool, error) {
	for _, e := range r.book {
		if e.Matches(req) && (e.ExpiresOn == "" || !e.ExpiresOn.Before(on)) {
			return e, true, nil
		}
	}
	return casework.BookEntry{}, false, nil
}

// PutLink keeps a mailed link.
func (r *Register) PutLink(_ context.Context, l casework.MailedLink) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.links[l.TokenSHA256] = l
	return nil
}

// Links are the links that were kept.
func (r *Register) Links() []casework.MailedLink {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]casework.MailedLink, 0, len(r.links))
	for _, l := range r.links {
		out = append(out, l)
	}
	return out
}

// Events are what happened to a case, in order.
func (r *Register) Events(id string) []casework.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events[id])
}

// Verbs are the verbs of a case's events, in order.
func (r *Register) Verbs(id string) []casework.Verb {
	out := []casework.Verb{}
	for _, e := range r.Events(id) {
		out = append(out, e.Verb)
	}
	return out
}
