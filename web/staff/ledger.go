package staff

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/web/ui"
)

// Ledger proves what the log of all events holds.
type Ledger interface {
	Checkpoint(ctx context.Context) (casework.SignedHead, error)
	// Evidence is a case's events with their proofs, for a viewer inside its wall.
	Evidence(ctx context.Context, id, keys string, viewer casework.Actor) (ledger.Bundle, error)
}

// ledgerPage is the log of all events: its newest signed head, and whether the history of a case holds.
type ledgerPage struct {
	ui.Frame
	Head    *casework.SignedHead
	Keys    string // verifiers of checkpoints, one a line
	Case    string // as typed
	Found   *ledger.Report
	Refused *ui.Refusal
}

var ledgerTemplate = ui.Parse(files, "ledger.html")

// ledger verifies, where a case is named, its events and their proofs against the newest checkpoint.
func (p *pages) ledger(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	page := ledgerPage{Frame: p.frame(r, "Ledger", user), Keys: p.LedgerKeys, Case: strings.ToUpper(strings.TrimSpace(r.URL.Query().Get("case")))}
	head, err := p.Ledger.Checkpoint(r.Context())
	switch {
	case err == nil:
		page.Head = &head
	case casework.CodeOf(err) != casework.NotFound:
		return err
	}
	if page.Case == "" || page.Head == nil {
		return ledgerTemplate.Render(w, http.StatusOK, page)
	}
	found, err := p.verify(r.Context(), page.Case, user)
	if err != nil {
		page.Refused = ui.Refused("Not verified", err)
		return ledgerTemplate.Render(w, ui.StatusOf(err), page)
	}
	page.Found = &found
	return ledgerTemplate.Render(w, http.StatusOK, page)
}

// verify checks a case's evidence as somebody would who has nothing but the file.
func (p *pages) verify(ctx context.Context, id string, user casework.Actor) (ledger.Report, error) {
	bundle, err := p.evidence(ctx, id, user)
	if err != nil {
		return ledger.Report{}, err
	}
	known, err := ledger.Verifiers(p.LedgerKeys)
	if err != nil {
		return ledger.Report{}, err
	}
	found, err := ledger.VerifyBundle(bundle, known)
	return found.Of(id), err
}

func (p *pages) evidence(ctx context.Context, id string, user casework.Actor) (*bytes.Buffer, error) {
	bundle, err := p.Ledger.Evidence(ctx, id, p.LedgerKeys, user)
	if err != nil {
		return nil, err
	}
	out := &bytes.Buffer{}
	return out, ledger.WriteBundle(out, bundle, p.Now())
}

// takeEvidence gives what proves the history of a case, for somebody who does not trust us. It is a look at the case.
func (p *pages) takeEvidence(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	id := r.PathValue("id")
	bundle, err := p.evidence(r.Context(), id, user)
	if err != nil {
		return err
	}
	if err := ledger.MustHold(bundle.Bytes(), r.PathValue("id"), p.LedgerKeys); err != nil {
		return err
	}
	if err := p.Registry.Looked(r.Context(), id, user, "evidence", p.Now()); err != nil {
		return err
	}
	ui.Download(w, id+"-evidence.tar")
	_, _ = bundle.WriteTo(w) // whoever is gone needs no answer
	return nil
}
