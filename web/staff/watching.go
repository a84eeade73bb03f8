package staff

import (
	"context"
	"net/http"

	"dueprocess/casework"
)

// Watch has stuck work tried again.
type Watch interface {
	Resume(ctx context.Context, id string, by casework.Actor) error
}

// watching are the pages beside the cases: how the work stands, what the rules are, whom we know.
func (p *pages) watching(m *http.ServeMux) {
	m.HandleFunc("GET /sla", p.with(p.sla))
	m.HandleFunc("GET /sla/{table}", p.with(p.slaTable))
	m.HandleFunc("GET /report", p.with(p.report))
	m.HandleFunc("GET /report/{file}", p.with(p.reportFile))
	m.HandleFunc("GET /policy", p.with(p.policy))
	m.HandleFunc("GET /policy/rules/{rule}", p.with(p.rule))
	m.HandleFunc("GET /policy/what-if", p.with(p.whatIf))
	m.HandleFunc("POST /policy/what-if", p.with(p.tryPolicy))
	m.HandleFunc("GET /policy/compare", p.with(p.policyDiff))
	m.HandleFunc("GET /jurisdictions", p.with(p.countries))
	m.HandleFunc("GET /contacts", p.with(p.contacts))
	m.HandleFunc("GET /contacts/new", p.with(p.newContact))
	m.HandleFunc("GET /contacts/{id}", p.with(p.contact))
	m.HandleFunc("POST /contacts", p.with(p.saveContact))
	m.HandleFunc("GET /ledger", p.with(p.ledger))
	m.HandleFunc("GET /ledger/cases/{id}/evidence", p.with(p.takeEvidence))
	m.HandleFunc("GET /settings/targets", p.with(p.targets))
	m.HandleFunc("GET /settings/calendars", p.with(p.calendars))
	m.HandleFunc("GET /settings/letters", p.with(p.letterKinds))
	m.HandleFunc("GET /settings/letters/{kind}", p.with(p.letterPreview))
	m.HandleFunc("GET /stuck", p.with(p.stuck))
	m.HandleFunc("POST /stuck/{id}/resume", p.with(p.resume))
}
