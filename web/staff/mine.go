package staff

import (
	"net/http"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// minePage is how somebody wants to see the pages. It is kept in their browser.
type minePage struct {
	ui.Frame
	Zone    string // as typed
	Zones   []string
	Now     time.Time
	Saved   *ui.Banner
	Refused *ui.Refusal
}

// someZones are offered; any other of the database of time zones may be typed.
var someZones = []string{
	"UTC", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo",
	"Australia/Sydney", "Europe/Berlin", "Europe/Dublin", "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Warsaw",
}

var mineTemplate = ui.Parse(files, "mine.html")

func (p *pages) mine(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page := minePage{Frame: p.frame(r, "My settings", user)}
	page.Zone = page.Viewer.ZoneName()
	if r.URL.Query().Get("saved") != "" {
		page.Saved = &ui.Banner{Kind: "good", Says: "Saved, in this browser."}
	}
	return p.showMine(w, http.StatusOK, page)
}

func (p *pages) showMine(w http.ResponseWriter, status int, page minePage) error {
	page.Zones, page.Now = someZones, p.Now()
	return mineTemplate.Render(w, status, page)
}

// keeps is how long a browser keeps how its reader wants to see the pages.
const keeps = 365 * 24 * time.Hour

func (p *pages) saveMine(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	zone := strings.TrimSpace(r.PostFormValue("zone"))
	if zone != "UTC" && ui.ZoneOf(zone) == nil {
		page := minePage{Frame: p.frame(r, "Not saved: my settings", user), Zone: zone}
		page.Refused = ui.Refused("Not saved", casework.Refuse(casework.Invalid, "There is no time zone of that name. Names look like Europe/Berlin or America/New_York."))
		return p.showMine(w, http.StatusBadRequest, page)
	}
	keys := "off"
	if r.PostFormValue("keys") != "" {
		keys = "on"
	}
	p.setPreference(w, ui.ZoneCookie, zone)
	p.setPreference(w, ui.KeysCookie, keys)
	http.Redirect(w, r, "/settings/mine?saved=1", http.StatusSeeOther)
	return nil
}

func (p *pages) setPreference(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // secure wherever there is TLS; on loopback there is none
		Name: name, Value: value, Path: "/", MaxAge: int(keeps / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: p.secure(),
	})
}
