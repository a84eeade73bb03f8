package wire

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/clocks"
	"dueprocess/desk"
	"dueprocess/keys"
	"dueprocess/parcel"
	"dueprocess/policy"
	"dueprocess/web/api"
	"dueprocess/web/ui"
)

// Front is the front desk: what people and programs outside reach.
type Front struct {
	Desk   *desk.Desk
	API    http.Handler
	Staff  http.Handler
	Portal http.Handler
	Ops    http.Handler
}

// Front makes the front desk.
func (o *Office) Front(c client.Client) *Front {
	f := &Front{Desk: o.Desk(c), Ops: o.ops(c)}
	parcels := desk.Parcels{Store: o.Registry, Vault: o.Vault}
	f.API = api.New(api.Config{
		Desk: f.Desk, Registry: o.Registry, Vault: o.Vault, Rules: dryRuns{o}, Book: o.Registry, Parcels: parcels, Keys: publicKeys(o.Secrets), Now: o.Now,
		Zone: o.zone, Ledger: o.Registry, Stuck: o.Registry, Watch: o.Watch(c), Reports: reports{o},
	})
	f.Staff, f.Portal = o.pages(f.Desk, o.Watch(c), parcels)
	return f
}

// zone is where the team's days are counted.
func (o *Office) zone() *time.Location {
	zone, err := time.LoadLocation(o.Rules().Profile().BusinessHours.Zone)
	if err != nil {
		return time.UTC // the rulebook's loader has checked it
	}
	return zone
}

// Whole is all of it on one address, as the local mode serves it.
func (f *Front) Whole() *http.ServeMux {
	mux := http.NewServeMux()
	for _, part := range []func(*http.ServeMux){f.staffOn, f.portalOn, f.opsOn} {
		part(mux)
	}
	return mux
}

// staffOn is what people of staff and their programs reach.
func (f *Front) staffOn(mux *http.ServeMux) {
	mux.Handle("/", f.Staff)
	mux.Handle(api.Base+"/", f.API)
}

// portalOn is what officers and customers reach, with the style of their pages: at an address of its own nobody else gives it.
func (f *Front) portalOn(mux *http.ServeMux) {
	for _, path := range []string{"/portal/", "/notice/", "/transparency/", "/static/", ui.MarkPath} {
		mux.Handle(path, f.Portal)
	}
}

// opsOn is what those who run it reach.
func (f *Front) opsOn(mux *http.ServeMux) {
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		mux.Handle(path, f.Ops)
	}
}

// on puts the parts on their addresses; several may share one.
func (f *Front) on(at Addresses) map[string]*http.ServeMux {
	out := map[string]*http.ServeMux{}
	put := func(address string, part func(*http.ServeMux)) {
		if out[address] == nil {
			out[address] = http.NewServeMux()
		}
		part(out[address])
	}
	put(at.Staff, f.staffOn)
	put(at.Portal, f.portalOn)
	put(at.Ops, f.opsOn)
	return out
}

// ops tells those who run it how it is.
func (o *Office) ops(c client.Client) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := o.Registry.Ready(r.Context()); err != nil {
			say(w, http.StatusServiceUnavailable, "the registry is not ready")
			return
		}
		if _, err := c.CheckHealth(r.Context(), &client.CheckHealthRequest{}); err != nil {
			say(w, http.StatusServiceUnavailable, "the workflow server is not ready")
			return
		}
		say(w, http.StatusOK, "ready")
	})
	return mux
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // the client is gone
}

// dryRuns answers from the rulebook in force.
type dryRuns struct{ o *Office }

func (d dryRuns) Evaluate(req casework.Request, on casework.Date, known bool) casework.Determination {
	return d.o.Rules().Determine(req, policy.Facts{On: on, AuthorityKnown: known})
}

func (d dryRuns) Compare(before, after casework.Date, req casework.Request, known bool) []policy.Changed {
	book := d.o.Rules()
	return policy.Compare(policy.Side{Book: book, On: before}, policy.Side{Book: book, On: after}, req, known)
}

func (d dryRuns) Profile() policy.Profile { return d.o.Rules().Profile() }

func (d dryRuns) Calendars() *clocks.Calendars { return d.o.Rules().Calendars() }

func (d dryRuns) Identity() casework.Rulebook { return d.o.Rules().Identity() }

func (d dryRuns) Rules(on casework.Date) []policy.Rule { return d.o.Rules().Rules(on) }

func (d dryRuns) Countries(on casework.Date) []policy.Country { return d.o.Rules().Countries(on) }

func publicKeys(s *keys.Secrets) []api.Key {
	out := []api.Key{}
	for _, k := range s.PublicKeys() {
		out = append(out, api.Key{ID: k.ID, Use: k.Use, PEM: string(parcel.PublicPEM(k.Key))})
	}
	return out
}
