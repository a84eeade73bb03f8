// Package identity signs people in by OpenID Connect: the authorization code flow with PKCE, state and nonce. It owns
// what is said to the identity provider and what is believed of its answers; who somebody is here, their session and
// what they may do are the registry's and casework's. The staff pages call it through an interface of their own.
package identity
