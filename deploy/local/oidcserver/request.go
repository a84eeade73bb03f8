package oidcserver

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// request is a sign-in under way.
type request struct {
	asked oidc.AuthRequest
	id    string
	until time.Time
	name  string // who was chosen; empty: nobody yet
	at    time.Time
}

func (r *request) GetID() string                      { return r.id }
func (*request) GetACR() string                       { return "" }
func (*request) GetAMR() []string                     { return nil }
func (r *request) GetAudience() []string              { return []string{r.asked.ClientID} }
func (r *request) GetAuthTime() time.Time             { return r.at }
func (r *request) GetClientID() string                { return r.asked.ClientID }
func (r *request) GetNonce() string                   { return r.asked.Nonce }
func (r *request) GetRedirectURI() string             { return r.asked.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.asked.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.asked.ResponseMode }
func (r *request) GetScopes() []string                { return r.asked.Scopes }
func (r *request) GetState() string                   { return r.asked.State }
func (r *request) GetSubject() string                 { return r.name }
func (r *request) Done() bool                         { return r.name != "" }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.asked.CodeChallenge, Method: r.asked.CodeChallengeMethod}
}
