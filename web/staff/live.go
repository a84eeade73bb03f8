package staff

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"dueprocess/casework"
)

// Bounds of a page that listens: how often the registry is asked, how long one connection lasts before the browser
// comes again (less than a program that stops waits for its requests), and how many there may be, of one person and in
// all.
const (
	liveEvery = 2 * time.Second
	liveFor   = 4 * time.Second
	liveOwn   = 12
	liveAll   = 2000
)

// listeners counts who listens.
type listeners struct {
	mu    sync.Mutex
	count map[string]int
	all   int
}

// come lets somebody listen, who leaves by what is returned; false: there are too many.
func (l *listeners) come(name string) (leave func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= liveAll || l.count[name] >= liveOwn {
		return nil, false
	}
	if l.count == nil {
		l.count = map[string]int{}
	}
	l.all++
	l.count[name]++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.all--
		if l.count[name]--; l.count[name] == 0 {
			delete(l.count, name)
		}
	}, true
}

// liveAt is where a page of a case hears of changes: it says which version it shows, up to which entry of the ledger.
func liveAt(c casework.Case, at casework.Standing) string {
	return fmt.Sprintf("/cases/%s/live?version=%d&entry=%d", c.ID, c.Version, at.Sequence)
}

// live tells a page of a case, as server-sent events, when it is no longer the version that is shown, and by whom. The
// wall, the role and the session are asked each time: whoever loses one hears no more. Listening is no look.
func (p *pages) live(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	version, wrong := strconv.Atoi(r.FormValue("version"))
	entry, none := strconv.Atoi(r.FormValue("entry"))
	if wrong != nil || none != nil || version < 1 || entry < 0 {
		return casework.Refuse(casework.Invalid, "The address must say which version is shown.")
	}
	if _, err := p.Registry.Standing(r.Context(), r.PathValue("id"), entry, user); err != nil {
		return err
	}
	leave, ok := p.listening.come(user.Name)
	if !ok {
		return casework.Refuse(casework.RateLimited, "Too many pages listen at once. This one does not say when the case changes; load it again.")
	}
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	p.tell(w, r, page{version, entry})
	return nil
}

// page is what a page shows: the version of a case, and up to which entry of its ledger.
type page struct{ version, sequence int }

// tell asks until the case has changed, the time is over, or nobody listens any more.
func (p *pages) tell(w http.ResponseWriter, r *http.Request, shown page) {
	out, end, again := http.NewResponseController(w), time.NewTimer(p.listenFor), time.NewTicker(p.listenEvery)
	defer end.Stop()
	defer again.Stop()
	_, _ = fmt.Fprint(w, "retry: 1000\n\n") // whoever is gone is met below
	for {
		event, done := p.heard(r, shown)
		if _, err := fmt.Fprint(w, event); err != nil || out.Flush() != nil || done {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-end.C:
			return // the browser comes again
		case <-again.C:
		}
	}
}

// heard is what there is to tell; done: it is the last.
func (p *pages) heard(r *http.Request, shown page) (event string, done bool) {
	_, user, err := p.whoIs(r)
	if err == nil {
		err = casework.MayCall(casework.ReadCases, user)
	}
	if err != nil {
		return "event: over\ndata: {}\n\n", true
	}
	now, err := p.Registry.Standing(r.Context(), r.PathValue("id"), shown.sequence, user)
	switch {
	case casework.CodeOf(err) == casework.NotFound:
		return "event: over\ndata: {}\n\n", true
	case err != nil || now.Version == shown.version:
		return ": still\n\n", false
	}
	said, err := json.Marshal(map[string]any{"version": now.Version, "by": called(now.By)})
	if err != nil {
		return "event: over\ndata: {}\n\n", true
	}
	return "event: changed\ndata: " + string(said) + "\n\nevent: over\ndata: {}\n\n", true
}

// called is an actor as our people call them; nobody where it is not known.
func called(a casework.Actor) string {
	switch a.Kind {
	case casework.Person:
		return a.Name
	case casework.AuthorityKind:
		return "the authority"
	case casework.Customer:
		return "the customer"
	}
	return ""
}
