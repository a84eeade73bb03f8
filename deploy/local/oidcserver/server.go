package oidcserver

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// Client is the program that people are signed in for; it proves itself by PKCE.
const Client = "dueprocess"

// GroupsClaim is the claim that lists somebody's groups.
const GroupsClaim = "groups"

// Person is somebody to be chosen.
type Person struct {
	Name   string
	Groups []string
}

// Options of a server.
type Options struct {
	Issuer string // its own address, http://127.0.0.1:PORT and a path, if any
	Desk   string // the address of the pages that people are signed in for
	People []Person
}

var errNotLoopback = errors.New("the demonstration's identity provider lets anybody be anybody: it runs on the loopback address alone, for pages there")

// Handler serves the provider. Whatever is not reached by the loopback address is refused at once.
func Handler(o Options) (http.Handler, error) {
	issuer, err := loopback(o.Issuer)
	if err != nil {
		return nil, err
	}
	if _, err := loopback(o.Desk); err != nil {
		return nil, err
	}
	kept, err := newStore(o)
	if err != nil {
		return nil, err
	}
	config := &op.Config{CodeMethodS256: true, SupportedClaims: []string{"sub", "auth_time", "preferred_username", GroupsClaim}}
	_, _ = rand.Read(config.CryptoKey[:]) // never fails
	provider, err := op.NewProvider(config, kept, op.StaticIssuer(o.Issuer), op.WithAllowInsecure())
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	p := pages{kept, op.AuthCallbackURL(provider)}
	issued := op.NewIssuerInterceptor(provider.IssuerFromRequest)
	mux.HandleFunc("GET /login", p.choose)
	mux.HandleFunc("POST /login", issued.HandlerFunc(p.chosen))
	mux.HandleFunc("GET /login.css", style)
	mux.Handle("/", provider)
	return http.StripPrefix(strings.TrimSuffix(issuer.Path, "/"), guarded(mux, o.Desk)), nil
}

// loopback reads an address, which must be this machine's own.
func loopback(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return nil, errNotLoopback
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err != nil || !ip.IsLoopback() {
		return nil, errNotLoopback
	}
	return u, nil
}

// guarded lets a page send its form to itself and be led on from there to the desk, and no other site send one. The name
// by which it is asked must be a loopback address too, so that no other site's name can be pointed here.
func guarded(next http.Handler, desk string) http.Handler {
	origin, _ := url.Parse(desk) // read before
	policy := "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http://" + origin.Host
	next = http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := loopback("http://" + r.Host); err != nil {
			http.Error(w, errNotLoopback.Error(), http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
