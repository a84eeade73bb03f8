package oidcserver

import (
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const tokenLife = 5 * time.Minute

// client is the one program that may ask: a public one, with a code and PKCE.
type client struct{ issuer, desk string }

func (client) GetID() string { return Client }
func (c client) RedirectURIs() []string {
	return []string{strings.TrimSuffix(c.desk, "/") + "/signin/callback"}
}
func (c client) PostLogoutRedirectURIs() []string {
	return []string{strings.TrimSuffix(c.desk, "/") + "/signin"}
}
func (client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (client) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodNone }
func (client) ResponseTypes() []oidc.ResponseType  { return []oidc.ResponseType{oidc.ResponseTypeCode} }
func (client) GrantTypes() []oidc.GrantType        { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c client) LoginURL(id string) string {
	return strings.TrimSuffix(c.issuer, "/") + "/login?id=" + id
}
func (client) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeBearer }
func (client) IDTokenLifetime() time.Duration      { return tokenLife }
func (client) DevMode() bool                       { return true } // no TLS on the loopback address
func (client) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(s []string) []string { return s }
}
func (client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(s []string) []string { return s }
}
func (client) IsScopeAllowed(scope string) bool     { return scope == GroupsClaim }
func (client) IDTokenUserinfoClaimsAssertion() bool { return true } // all claims stand in the identity token
func (client) ClockSkew() time.Duration             { return 0 }
