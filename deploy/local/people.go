package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"

	"dueprocess/casework"
	"dueprocess/deploy/local/demo"
	"dueprocess/deploy/local/oidcserver"
)

// staffBook is where the people of staff are kept.
type staffBook interface {
	PutUser(ctx context.Context, name string, roles []casework.Role, tokenSHA256 string) error
}

// seedPeople makes the demo's people of staff, with a token each that stays the same over restarts.
func seedPeople(ctx context.Context, kept settings, book staffBook) error {
	tokens, err := tokensOf(filepath.Join(kept.dir, "tokens.json"))
	if err != nil {
		return err
	}
	for _, p := range demo.People {
		sum := sha256.Sum256([]byte(tokens[p.Name]))
		if err := book.PutUser(ctx, p.Name, p.Roles, hex.EncodeToString(sum[:])); err != nil {
			return err
		}
	}
	return nil
}

// tokensOf reads the tokens, and makes those that are missing.
func tokensOf(path string) (map[string]string, error) {
	tokens := map[string]string{}
	text, err := os.ReadFile(path) //nolint:gosec // in the folder of the local mode
	if err == nil {
		err = json.Unmarshal(text, &tokens)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, p := range demo.People {
		if tokens[p.Name] == "" {
			tokens[p.Name] = newToken()
		}
	}
	text, err = json.MarshalIndent(tokens, "", " ")
	if err != nil {
		return nil, err
	}
	return tokens, os.WriteFile(path, append(text, '\n'), 0o600)
}

const tokenSize = 24 // random bytes

func newToken() string {
	random := make([]byte, tokenSize)
	_, _ = rand.Read(random) // never fails
	return "dp_" + base64.RawURLEncoding.EncodeToString(random)
}

// oidcPath is where the demonstration's identity provider stands beside the pages.
const oidcPath = "/dev/oidc"

// issuer is the identity provider's own name for itself: its address, as OpenID Connect has it.
func (a addresses) issuer() string { return "http://" + a.web + oidcPath }

var earlier = regexp.MustCompile(`^http://127\.0\.0\.1:[0-9]+` + oidcPath + ` `)

// movedTo tells what a subject is that the demonstration's identity provider gave at an earlier start: it listened on
// another port then, and is the same all the same. Other providers' subjects stay as they are.
func movedTo(issuer string) func(subject string) string {
	return func(subject string) string { return earlier.ReplaceAllLiteralString(subject, issuer+" ") }
}

// identityProvider lets whoever is at this machine choose which of the demo's people to be.
func identityProvider(issuer, desk string) (http.Handler, error) {
	people := []oidcserver.Person{}
	for _, p := range demo.People {
		people = append(people, oidcserver.Person{Name: p.Name, Groups: p.Groups()})
	}
	return oidcserver.Handler(oidcserver.Options{Issuer: issuer, Desk: desk, People: people})
}
