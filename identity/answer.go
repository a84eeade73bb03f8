package identity

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"dueprocess/casework"
)

const (
	skew        = 2 * time.Minute // between the provider's clock and ours
	longestName = 200             // characters
)

// Answer trades the code that a browser came back with for who signed in. Fresh: only somebody who has just proved who
// they are is believed.
func (p *Provider) Answer(ctx context.Context, code string, secrets casework.SignInSecrets, fresh bool) (casework.Identified, error) {
	known, config, err := p.config(ctx)
	if err != nil {
		return casework.Identified{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	traded, err := config.Exchange(ctx, code, oauth2.VerifierOption(secrets.Verifier))
	if err != nil {
		return casework.Identified{}, notTraded(err)
	}
	raw, _ := traded.Extra("id_token").(string)
	token, err := known.Verifier(&oidc.Config{ClientID: p.settings.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return casework.Identified{}, errNotBelieved(err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(secrets.Nonce)) != 1 {
		return casework.Identified{}, errNotBelieved(errors.New("the nonce is not the one asked with"))
	}
	return p.identified(token, fresh)
}

// notTraded tells a provider that says no from one that does not answer.
func notTraded(err error) error {
	if no, ok := errors.AsType[*oauth2.RetrieveError](err); ok && no.Response.StatusCode < 500 {
		return errNotBelieved(err)
	}
	return errAway(err)
}

func errNotBelieved(err error) error {
	return casework.Refuse(casework.Unauthenticated, "The sign-in could not be completed: it was used already, is too old, or was begun elsewhere. Please sign in again.").Because(err)
}

// identified reads the claims. None of the provider's words is shown where one of them is amiss.
func (p *Provider) identified(token *oidc.IDToken, fresh bool) (casework.Identified, error) {
	claims := map[string]json.RawMessage{}
	if err := token.Claims(&claims); err != nil {
		return casework.Identified{}, errNotBelieved(err)
	}
	who := casework.Identified{Subject: token.Issuer + " " + token.Subject, At: p.provedAt(claims)}
	var groups []string
	switch {
	case read(claims, p.settings.NameClaim, &who.Name) != nil || !isName(who.Name):
		return who, casework.Refuse(casework.Forbidden, "The identity provider gave no name that can be used here (claim %s). Ask your administrator.", p.settings.NameClaim)
	case read(claims, p.settings.GroupsClaim, &groups) != nil:
		groups = nil // no list is no group
	}
	if fresh && p.now().Sub(who.At) > skew {
		return who, casework.Refuse(casework.Forbidden, "The identity provider did not ask you to prove who you are again. Ask your administrator.")
	}
	who.Roles = p.settings.rolesOf(groups)
	return who, nil
}

// provedAt is the claim auth_time, never later than now; zero where the provider does not say.
func (p *Provider) provedAt(claims map[string]json.RawMessage) time.Time {
	var seconds int64
	if read(claims, "auth_time", &seconds) != nil || seconds <= 0 {
		return time.Time{}
	}
	at, now := time.Unix(seconds, 0).UTC(), p.now()
	if at.After(now) {
		return now
	}
	return at
}

func read(claims map[string]json.RawMessage, name string, to any) error {
	return json.Unmarshal(claims[name], to)
}

// isName reports whether people can be told by it: one line, nothing that hides.
func isName(s string) bool {
	return s != "" && strings.TrimSpace(s) == s && utf8.ValidString(s) && utf8.RuneCountInString(s) <= longestName &&
		!strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsPrint(c) })
}
