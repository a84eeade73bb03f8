package oidcserver

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"maps"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// patience is how long a sign-in may be under way.
const patience = 10 * time.Minute

// store keeps sign-ins under way and the key that signs their ends; both are new at each start.
type store struct {
	client client
	people []Person
	key    *ecdsa.PrivateKey

	mu       sync.Mutex
	requests map[string]*request
	codes    map[string]string // to requests
}

func newStore(o Options) (*store, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return &store{client: client{o.Issuer, o.Desk}, people: o.People, key: key, requests: map[string]*request{}, codes: map[string]string{}}, err
}

// CreateAuthRequest begins a sign-in; those that nobody ended are forgotten.
func (s *store) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	switch {
	case asked.CodeChallenge == "" || asked.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return nil, oidc.ErrInvalidRequest().WithDescription("PKCE with S256 is asked for")
	case len(asked.Prompt) == 1 && asked.Prompt[0] == oidc.PromptNone:
		return nil, oidc.ErrLoginRequired()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(s.requests, func(_ string, r *request) bool { return !now.Before(r.until) })
	maps.DeleteFunc(s.codes, func(_, id string) bool { return s.requests[id] == nil })
	made := &request{asked: *asked, id: rand.Text(), until: now.Add(patience)}
	s.requests[made.id] = made
	return made, nil
}

func (s *store) request(id string) (*request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.requests[id]
	if !ok || !time.Now().Before(r.until) {
		return nil, false
	}
	seen := *r
	return &seen, true
}

// signIn notes who was chosen; once.
func (s *store) signIn(id, name string, at time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.requests[id]
	if !ok || r.Done() || !at.Before(r.until) {
		return false
	}
	r.name, r.at = name, at
	return true
}

// AuthRequestByID reads a sign-in under way.
func (s *store) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	if r, ok := s.request(id); ok {
		return r, nil
	}
	return nil, oidc.ErrInvalidRequest().WithDescription("no such sign-in")
}

// SaveAuthCode keeps the code that a sign-in is to be traded for.
func (s *store) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

// AuthRequestByCode trades a code, once: whatever comes of it, it is gone.
func (s *store) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.requests[s.codes[code]]
	delete(s.requests, s.codes[code])
	delete(s.codes, code)
	if !ok || !time.Now().Before(r.until) {
		return nil, oidc.ErrInvalidGrant().WithDescription("the code is unknown, used or too old")
	}
	return r, nil
}

// DeleteAuthRequest forgets a sign-in.
func (s *store) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

// SetUserinfoFromRequest says who somebody is, in the identity token.
func (s *store) SetUserinfoFromRequest(_ context.Context, who *oidc.UserInfo, r op.IDTokenRequest, _ []string) error {
	for _, p := range s.people {
		if p.Name == r.GetSubject() {
			who.Subject, who.PreferredUsername = p.Name, p.Name
			who.AppendClaims(GroupsClaim, p.Groups)
		}
	}
	return nil
}
