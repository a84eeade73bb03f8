package wire

import (
	"net/http"
	"strings"
	"sync/atomic"

	"dueprocess/casework"
	"dueprocess/web/api"
	"dueprocess/web/ui"
)

// door is shut until the database is seen to be the office's own: before, nothing of it is read or written for anybody.
// Whoever comes is asked to come again, and those who run the front desk see that it lives and is not ready.
type door struct{ open atomic.Bool }

// behind puts the parts of a front desk behind a door.
func (f *Front) behind(d *door, provider string) {
	f.Ops = d.before(f.Ops, func(w http.ResponseWriter, r *http.Request, inside http.Handler) {
		if r.URL.Path != "/readyz" {
			inside.ServeHTTP(w, r)
			return
		}
		say(w, http.StatusServiceUnavailable, "the database is waited for")
	})
	f.API = d.before(f.API, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { api.Refuse(w, errShut) })
	f.Staff = d.before(f.Staff, pageOf(provider, "/"))
	f.Portal = d.before(f.Portal, pageOf(provider, "/portal/"))
}

var errShut = casework.Refuse(casework.Unavailable, "The front desk is not open yet. Try again in a moment.")

// before gives everybody who comes while the door is shut to somebody who stands in front of it.
func (d *door) before(inside http.Handler, shut func(http.ResponseWriter, *http.Request, http.Handler)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.open.Load() {
			inside.ServeHTTP(w, r)
			return
		}
		shut(w, r, inside)
	})
}

// pageOf answers with a page that says so. What pages look like is given out all the same: it is in no database.
func pageOf(provider, home string) func(http.ResponseWriter, *http.Request, http.Handler) {
	page := ui.Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ui.Fail(w, r, ui.Frame{Provider: provider, Area: "Requests for data", Home: home, Viewer: ui.ViewerOf(r)}, errShut)
	}))
	return func(w http.ResponseWriter, r *http.Request, inside http.Handler) {
		if strings.HasPrefix(r.URL.Path, "/static/") || r.URL.Path == ui.MarkPath {
			inside.ServeHTTP(w, r)
			return
		}
		page.ServeHTTP(w, r)
	}
}
