// Package pagetest is what the tests of the pages share: a real registry on SQLite, a desk that applies acts at once
// where the product asks a workflow, and what every handler must refuse. Only tests call it.
package pagetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/registry"
	"dueprocess/registry/registrytest"
)

// Now is when the tests take place.
var Now = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)

// House is an office with its people and no case yet. It is also the desk and the parcels of its cases.
type House struct {
	*registry.Registry
	Policy *fakes.Policy
	Parcel func() io.ReadCloser // what a parcel holds
	Vault  *fakes.Vault         // of letters
	Fail   error                // what every act is answered with, where not nil
	Wall   func() time.Time     // the time of sign-ins

	mu    sync.Mutex
	clock time.Time
	acts  []casework.Act
}

// Open opens an office on an empty database.
func Open(t testing.TB) *House {
	t.Helper()
	return OpenOn(t, "sqlite:"+filepath.Join(t.TempDir(), "pages.db"))
}

// OpenOnPostgres opens one where text is kept more strictly.
func OpenOnPostgres(t testing.TB) *House {
	t.Helper()
	return OpenOn(t, registrytest.StartPostgres(t))
}

// OpenOn opens one on an empty database of one's own.
func OpenOn(t testing.TB, url string) *House {
	t.Helper()
	r, err := registry.Open(t.Context(), url, registry.Options{Sealer: registrytest.Sealer{}})
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	require.NoError(t, r.Migrate(t.Context()))
	for _, u := range People {
		require.NoError(t, r.PutUser(t.Context(), u.Name, u.Roles, ""))
	}
	h := &House{Registry: r, Policy: &fakes.Policy{}, Wall: time.Now, Vault: &fakes.Vault{}, clock: Now}
	h.Parcel = func() io.ReadCloser { return io.NopCloser(bytes.NewReader([]byte("a parcel"))) }
	return h
}

// The people of the office.
var (
	Olivia = person("olivia", casework.LegalOps)
	Rosa   = person("rosa", casework.Reviewer)
	Rafael = person("rafael", casework.Reviewer)
	Mina   = person("mina", casework.Manager)
	Adam   = person("adam", casework.Admin)
	Tess   = person("tess", casework.Auditor)
	People = []casework.Actor{Olivia, Rosa, Rafael, Mina, Adam, Tess}
)

// book is what the contact book knows of the authority.
var book = casework.BookEntry{ID: "us-fbi", Name: "Federal Bureau of Investigation", Country: "US", Domains: []string{"fbi.example"}, Phones: []string{"+1 202 555 0170"}}

func person(name string, roles ...casework.Role) casework.Actor {
	return casework.Actor{Kind: casework.Person, Name: name, Roles: roles}
}

// Now is what the house's clock shows.
func (h *House) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clock
}

// Pass lets time go by; a case that waits for an instant hears of it from Tick.
func (h *House) Pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock = h.clock.Add(d)
}

// Request is a warrant for subscriber and traffic data without any secrecy.
func Request() casework.Request {
	years := 20
	return casework.Request{
		Channel: casework.ByPortal, ReceivedAt: Now,
		Authority: casework.Authority{Name: "Federal Bureau of Investigation", Unit: "Boston Field Office", Country: "US", Subdivision: "US-MA", Kind: casework.LawEnforcement},
		Officer:   casework.Officer{Name: "Dana Whitfield", Title: "Special Agent", Email: "dwhitfield@fbi.example", Phone: "+1 617 555 0142"},
		Instrument: casework.Instrument{
			Type: casework.SearchWarrant, Number: "1:26-mj-04417", LegalBasis: []string{"18 USC 2703(a)"}, Signed: true,
			Issuer: casework.Issuer{Name: "U.S. District Court", Role: casework.Judge}, IssuedOn: "2026-11-16", ServedOn: "2026-11-20",
		},
		Demand: casework.Demand{
			Targets: []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-06-01", To: "2026-10-31"}},
			Data:    []casework.Data{casework.Subscriber, casework.Traffic}, Description: "Records of the account named.",
		},
		Matter: casework.Matter{
			Reference: "BOS-26-118", Offence: "wire fraud", OffenceCode: "18 USC 1343", MaxPenaltyYears: &years, OffenceCountry: "US",
			Subject: casework.Subject{USPerson: casework.USPersonUnknown},
		},
		Secrecy:   casework.Secrecy{Kind: casework.NoSecrecy},
		Documents: []casework.Document{{N: 1, Name: "warrant.pdf", MediaType: "application/pdf", SHA256: "5f3c", Size: 48_213}},
	}
}

// Receive takes a request in as far as it goes by itself.
func (h *House) Receive(t testing.TB, r casework.Request) string {
	t.Helper()
	key, err := uuid.NewV7()
	require.NoError(t, err)
	id, err := h.Register(t.Context(), casework.Intake{
		CaseKey: key.String(), Request: r, Actor: Olivia, Members: []string{Rosa.Name}, At: h.Now(),
		Terms: casework.Terms{NoticeMinimum: casework.Period(48 * time.Hour), DeliveryDays: 14, Reminders: []int{7, 14}, ClarifyCloses: 30, AfterEmergency: 90, MLATPreserveDays: 90, AskBeforeEnd: 10},
	})
	require.NoError(t, err)
	require.NoError(t, h.apply(t.Context(), id, casework.Receipt{At: h.Now(), Actor: Olivia}))
	return id
}

// Does has somebody act, who must be allowed to.
func (h *House) Does(t testing.TB, by casework.Actor, id string, action casework.Action, body casework.Body) {
	t.Helper()
	require.NoError(t, h.apply(t.Context(), id, casework.Act{Action: action, Actor: by, Key: uuid.NewString(), At: h.Now(), Body: body, Book: &book}), "%s by %s", action, by.Name)
}

// Notified is a case whose customer has been told and may object.
func (h *House) Notified(t testing.TB) string {
	t.Helper()
	id := h.Receive(t, Request())
	h.Does(t, Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "the domain is the agency's own"})
	h.Does(t, Rosa, id, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{
		{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit},
	}})
	require.Equal(t, casework.InCustomerNotice, h.State(t, id).Stage)
	return id
}

// Ready is a case whose parcel waits for its release.
func (h *House) Ready(t testing.TB) string {
	t.Helper()
	id := h.Notified(t)
	h.Pass(8 * 24 * time.Hour)
	h.Tick(t, id)
	require.Equal(t, casework.ParcelReady, h.State(t, id).Disclosures[0].Status)
	return id
}

// Delivered is a case whose parcel the officer may take.
func (h *House) Delivered(t testing.TB) string {
	t.Helper()
	id := h.Ready(t)
	h.Does(t, Rafael, id, casework.Release, &casework.ReleaseBody{Confirm: id, Manifest: h.State(t, id).Disclosures[0].ManifestSHA256})
	require.Equal(t, casework.ParcelDelivered, h.State(t, id).Disclosures[0].Status)
	return id
}

// Tick tells a case what time it is.
func (h *House) Tick(t testing.TB, id string) {
	t.Helper()
	require.NoError(t, h.apply(t.Context(), id, casework.Tick{At: h.Now()}))
}

// State is the case as it now is.
func (h *House) State(t testing.TB, id string) casework.Case {
	t.Helper()
	c, err := h.Load(t.Context(), id)
	require.NoError(t, err)
	return c
}

// Verbs are the verbs of a case's events, in order.
func (h *House) Verbs(t testing.TB, id string) []casework.Verb {
	t.Helper()
	events, err := h.Events(t.Context(), id, casework.TheSystem)
	require.NoError(t, err)
	verbs := []casework.Verb{}
	for _, e := range events {
		verbs = append(verbs, e.Verb)
	}
	return verbs
}

// Count is how often a verb stands among the events of a case.
func (h *House) Count(t testing.TB, id string, verb casework.Verb) int {
	t.Helper()
	n := 0
	for _, v := range h.Verbs(t, id) {
		if v == verb {
			n++
		}
	}
	return n
}

// Act brings an act to its case at once: as the desk does, but without a workflow.
func (h *House) Act(ctx context.Context, id string, act casework.Act) error {
	h.mu.Lock()
	h.acts = append(h.acts, act)
	fail := h.Fail
	h.mu.Unlock()
	if fail != nil {
		return fail
	}
	if err := act.Check(); err != nil {
		return err
	}
	act.At, act.Book = h.Now(), &book
	return h.apply(ctx, id, act)
}

// Acts are the acts that pages brought.
func (h *House) Acts() []casework.Act {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.acts)
}

// Open opens a parcel that was sealed.
func (h *House) Open(ctx context.Context, id string, n int) (string, io.ReadCloser, error) {
	c, err := h.Load(ctx, id)
	if err != nil {
		return "", nil, err
	}
	for _, d := range c.Disclosures {
		if d.N == n && d.ManifestSHA256 != "" {
			return id + ".tar", h.Parcel(), nil
		}
	}
	return "", nil, casework.Refuse(casework.NotFound, "There is no sealed parcel of that number.")
}

// apply moves a case and carries out at once what it orders.
func (h *House) apply(ctx context.Context, id string, in casework.Input) error {
	for in != nil {
		c, err := h.Load(ctx, id)
		if err != nil {
			return err
		}
		ch, err := c.Apply(in)
		if err != nil {
			return err
		}
		if err := h.Store(ctx, ch); err != nil {
			return err
		}
		if in, err = h.next(ctx, ch.Case); err != nil {
			return err
		}
	}
	return nil
}

// next does what is pending first; nil where nothing is.
func (h *House) next(ctx context.Context, c casework.Case) (casework.Input, error) {
	if len(c.Work.Pending) == 0 {
		return nil, nil //nolint:nilnil // nothing is pending
	}
	e, at := c.Work.Pending[0], h.Now()
	r := casework.Result{Step: e.Step, At: at}
	if !c.Clears(e, at) {
		r.Dropped = true
		return r, nil
	}
	switch e.Kind {
	case casework.DoEvaluate:
		d := h.Policy.Determine(c.Request, false)
		r.Determination = &d
	case casework.DoResolve:
		r.Resolution = &casework.Lookup{Language: "en"}
		for i := range c.Request.Demand.Targets {
			r.Resolution.Accounts = append(r.Resolution.Accounts, casework.Account{Target: i, Match: casework.MatchFound, Account: fmt.Sprintf("acct-%d", i+1)})
		}
	case casework.DoMail:
		r.Mail = &casework.MailResult{MessageID: fmt.Sprintf("<%s.%d@example.net>", c.ID, e.Step), SentAt: at}
	case casework.DoCollect:
		r.Collected = &casework.Collection{Rows: 214, Files: 2}
	case casework.DoSeal:
		r.Sealed = &casework.SealedParcel{ManifestSHA256: fmt.Sprintf("%064x", e.Step)}
	case casework.DoDeliver:
		r.Delivered = &casework.Delivery{MessageID: "<delivery@example.net>", SentAt: at, ExpiresAt: at.AddDate(0, 0, 14)}
	}
	papers, err := h.write(ctx, c, e)
	r.Letters = papers
	return r, err
}
