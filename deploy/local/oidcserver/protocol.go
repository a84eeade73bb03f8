package oidcserver

import (
	"context"
	"errors"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// What else the protocol's library asks of a store: the one client, the one key, and tokens that open nothing here.

var errNotOffered = errors.New("not offered")

func (s *store) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != Client {
		return nil, errors.New("no such client")
	}
	return s.client, nil
}

func (*store) AuthorizeClientIDSecret(context.Context, string, string) error { return errNotOffered }

func (*store) CreateAccessToken(context.Context, op.TokenRequest) (string, time.Time, error) {
	return "none", time.Now().Add(tokenLife), nil
}

func (*store) CreateAccessAndRefreshTokens(context.Context, op.TokenRequest, string) (access, refresh string, until time.Time, err error) {
	return "", "", time.Time{}, errNotOffered
}

func (*store) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, op.ErrInvalidRefreshToken
}

func (*store) TerminateSession(context.Context, string, string) error { return nil } // nobody is remembered

func (*store) RevokeToken(context.Context, string, string, string) *oidc.Error { return nil }

func (*store) GetRefreshTokenInfo(context.Context, string, string) (user, token string, err error) {
	return "", "", op.ErrInvalidRefreshToken
}

func (*store) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

func (*store) SetUserinfoFromToken(context.Context, *oidc.UserInfo, string, string, string) error {
	return errNotOffered
}

func (*store) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNotOffered
}

func (*store) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return map[string]any{}, nil
}

func (*store) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNotOffered
}

func (*store) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNotOffered
}

func (*store) Health(context.Context) error { return nil }

func (s *store) SigningKey(context.Context) (op.SigningKey, error) { return signing{s}, nil }

func (*store) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.ES256}, nil
}

func (s *store) KeySet(context.Context) ([]op.Key, error) { return []op.Key{public{s}}, nil }

const keyID = "demonstration"

// signing and public are the two halves of the key.
type (
	signing struct{ s *store }
	public  struct{ s *store }
)

func (signing) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k signing) Key() any                                  { return k.s.key }
func (signing) ID() string                                  { return keyID }
func (public) ID() string                                   { return keyID }
func (public) Algorithm() jose.SignatureAlgorithm           { return jose.ES256 }
func (public) Use() string                                  { return "sig" }
func (k public) Key() any                                   { return &k.s.key.PublicKey }
