package staff

import (
	"net/http"

	"dueprocess/web/ui"
)

// doors are what whoever is not signed in reaches.
func (p *pages) doors(m *http.ServeMux) {
	m.HandleFunc("GET "+ui.StaticPath, ui.Static)
	m.HandleFunc("GET "+ui.MarkPath, ui.Mark)
	m.HandleFunc("GET /signin", p.signIn)
	m.HandleFunc("GET /signin/start", p.open(p.start))
	m.HandleFunc("GET /signin/callback", p.open(p.callback))
	m.HandleFunc("POST /signout", p.signOut)
	m.HandleFunc("GET /signedout", p.signedOut)
	m.HandleFunc("GET /session", p.session)
	m.HandleFunc("POST /session/extend", p.extend)
}

// queueing are the pages of the list and its views.
func (p *pages) queueing(m *http.ServeMux) {
	m.HandleFunc("GET /{$}", p.with(p.queue))
	m.HandleFunc("GET /queue.csv", p.with(p.export))
	m.HandleFunc("POST /queue/take", p.with(p.take))
	m.HandleFunc("POST /queue/assign", p.with(p.assignMany))
	m.HandleFunc("POST /queue/views", p.with(p.keepView))
	m.HandleFunc("POST /queue/views/{id}", p.with(p.changeView))
	m.HandleFunc("POST /queue/views/{id}/drop", p.with(p.dropView))
	m.HandleFunc("GET /settings/views", p.with(p.savedViews))
}

// handling are those of one case.
func (p *pages) handling(m *http.ServeMux) {
	m.HandleFunc("GET /cases/{id}", p.with(p.showCase))
	m.HandleFunc("POST /cases/{id}/actions/{action}", p.with(p.act))
	m.HandleFunc("POST /cases/{id}/drafts/{action}", p.with(p.keepDraft))
	m.HandleFunc("GET /cases/{id}/disclosures/{n}/parcel", p.with(p.parcel))
	m.HandleFunc("GET /cases/{id}/letters", p.with(p.letters))
	m.HandleFunc("GET /cases/{id}/letters/{n}", p.with(p.letter))
	m.HandleFunc("GET /cases/{id}/letters/draft", p.with(p.draftLetter))
	m.HandleFunc("GET /cases/{id}/letters/costs", p.with(p.costs))
	m.HandleFunc("POST /cases/{id}/letters/costs", p.with(p.stateCosts))
}

// setting are the settings.
func (p *pages) setting(m *http.ServeMux) {
	m.HandleFunc("GET /settings", p.with(p.settings))
	m.HandleFunc("GET /settings/mine", p.with(p.mine))
	m.HandleFunc("POST /settings/mine", p.with(p.saveMine))
	m.HandleFunc("GET /settings/tokens", p.with(p.tokens))
	m.HandleFunc("POST /settings/tokens", p.with(p.makeToken))
	m.HandleFunc("POST /settings/tokens/{id}/revoke", p.with(p.revokeToken))
	m.HandleFunc("GET /settings/people", p.with(p.people))
}
