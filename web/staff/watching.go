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
	m.HandleFunc("GET /stuck", p.with(p.stuck))
	m.HandleFunc("POST /stuck/{id}/resume", p.with(p.resume))
}
