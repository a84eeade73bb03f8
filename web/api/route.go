package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"

	"dueprocess/casework"
	"dueprocess/transparency"
)

// route is one call: where, for whom, and what its description says.
type route struct {
	method, path string
	call         casework.Call // who may; empty with open: everybody
	open         bool          // no token
	acts         bool          // the actor's roles are asked per action, by the handler
	summary      string
	takes, gives any // examples of the bodies' types, for the description; nil: none
	media        string
	handle       func(w http.ResponseWriter, r *http.Request, by casework.Actor) error
}

func (a *api) routes() []route {
	return []route{
		{method: "POST", path: "/requests", call: casework.SubmitRequest, summary: "A new request becomes a case", takes: casework.Request{}, gives: submitted{}, handle: a.submit},
		{method: "GET", path: "/cases", call: casework.ReadCases, summary: "The queue", gives: listed{}, handle: a.list},
		{method: "GET", path: "/cases/{id}", call: casework.ReadCases, summary: "A case", gives: view{}, handle: a.show},
		{method: "GET", path: "/cases/{id}/events", call: casework.ReadCases, summary: "A case's ledger entries", gives: history{}, handle: a.events},
		{method: "POST", path: "/cases/{id}/actions/{action}", acts: true, summary: "An action on a case", gives: view{}, handle: a.act},
		{method: "GET", path: "/cases/{id}/documents/{n}", call: casework.ReadCases, summary: "A document", media: anyBytes, handle: a.document},
		{method: "GET", path: "/cases/{id}/disclosures/{n}/parcel", call: casework.TakeParcels, summary: "A sealed parcel", media: anyBytes, handle: a.parcel},
		{method: "POST", path: "/determinations", call: casework.TryPolicy, summary: "A dry run of the policy: nothing is stored", takes: casework.Request{}, gives: casework.Determination{}, handle: a.determine},
		{method: "GET", path: "/authorities", call: casework.ReadCases, summary: "The contact book", gives: book{}, handle: a.authorities},
		{method: "PUT", path: "/authorities/{id}", call: casework.EditBook, summary: "An entry of the contact book", takes: casework.BookEntry{}, gives: casework.BookEntry{}, handle: a.putAuthority},
		{method: "GET", path: "/sla", call: casework.ReadFigures, summary: "How the work stands", gives: figures{}, handle: a.sla},
		{method: "GET", path: "/stuck", call: casework.ReadFigures, summary: "Cases that cannot go on, with cause and since when", gives: casework.StuckList{}, handle: a.stuck},
		{method: "POST", path: "/stuck/{id}/resume", call: casework.ResumeWork, summary: "What is stuck of a case is tried again at once", gives: resumedCase{}, handle: a.resume},
		{method: "GET", path: "/ledger/checkpoint", call: casework.ReadCases, summary: "The ledger's newest signed head", gives: signedHead{}, handle: a.checkpoint},
		{method: "GET", path: "/ledger/proof", call: casework.ReadCases, summary: "A proof of inclusion or of consistency", gives: proofs{}, handle: a.proof},
		{method: "GET", path: "/policy/rulebook", call: casework.ReadPolicy, summary: "The rulebook in force", gives: casework.Rulebook{}, handle: a.rulebook},
		{method: "GET", path: "/policy/rules", call: casework.ReadPolicy, summary: "The rules in force on a day", gives: ruleList{}, handle: a.rules},
		{method: "GET", path: "/reports/transparency", call: casework.ReadPolicy, summary: "The transparency report of a period", gives: transparency.Report{}, handle: a.transparency},
		{method: "GET", path: "/jurisdictions", call: casework.ReadPolicy, summary: "What is known of countries", gives: countryList{}, handle: a.jurisdictions},
		{method: "GET", path: "/keys", open: true, summary: "The public keys that sign manifests and checkpoints", gives: keyList{}, handle: a.keys},
		{method: "GET", path: "/openapi.json", open: true, summary: "This description", media: "application/json", handle: a.describe},
	}
}

// guard is before every handler: who calls, and whether they may.
func (a *api) guard(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		by, err := a.caller(r, route)
		if err == nil {
			err = a.answer(route, w, r, by)
		}
		if err != nil {
			fail(w, r, err)
		}
	})
}

// answer is the handler's, where the address is one that could name something, and asks for nothing that it does not take.
func (a *api) answer(route route, w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	if !casework.IsText(r.URL.Path) {
		return casework.Refuse(casework.NotFound, "There is nothing of that name.")
	}
	if len(queries(route)) == 0 { // a call that takes some reads them itself
		if err := queryOf(r, nil).err(); err != nil {
			return err
		}
	}
	return route.handle(w, r, by)
}

func (a *api) caller(r *http.Request, route route) (casework.Actor, error) {
	if route.open {
		return casework.Actor{}, nil
	}
	by, err := a.tokenHolder(r.Context(), r.Header.Get("Authorization"))
	if err != nil || route.acts {
		return by, err
	}
	return by, casework.MayCall(route.call, by)
}

// tokenHolder finds whose token it is. Only its hash is ever looked up, so that how long it takes tells nothing of it.
func (a *api) tokenHolder(ctx context.Context, header string) (casework.Actor, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(token) == "" {
		return casework.Actor{}, casework.Refuse(casework.Unauthenticated, "Send your token: Authorization: Bearer TOKEN.")
	}
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	by, err := a.Registry.ActorByToken(ctx, hex.EncodeToString(sum[:]), a.Now())
	var refused *casework.Error
	if errors.As(err, &refused) && refused.Code == casework.NotFound {
		return by, casework.Refuse(casework.Unauthenticated, "The token is unknown.")
	}
	return by, err
}

// allowedMethods are those under which the path is known.
func allowedMethods(mux *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := mux.Handler(probe); pattern != "/" && pattern != "" {
			out = append(out, method)
		}
	}
	slices.Sort(out)
	return out
}
