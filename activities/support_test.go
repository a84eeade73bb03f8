package activities_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/records"
	"dueprocess/records/demo"
)

const caseID = "LR-2026-000001"

var (
	received = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)
	olivia   = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	rosa     = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}
	rafael   = casework.Actor{Kind: casework.Person, Name: "rafael", Roles: []casework.Role{casework.Reviewer}}
	mina     = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
	book     = casework.BookEntry{ID: "us-fbi", Country: "US", Domains: []string{"fbi.gov"}, Phones: []string{"+1 202 555 0170"}}
)

// office is one case with the world around it; what is pending is carried out by hand.
type office struct {
	t        *testing.T
	now      time.Time
	register *fakes.Register
	post     *fakes.Postbox
	policy   *fakes.Policy
	vault    *fakes.Vault
	world    activities.World
	acts     int
}

func open(t *testing.T, change func(*casework.Request)) *office {
	t.Helper()
	o := &office{t: t, now: received, register: fakes.NewRegister(book), post: &fakes.Postbox{Bounces: map[string]bool{}}, policy: &fakes.Policy{}, vault: &fakes.Vault{}}
	seed := sha256.Sum256([]byte("test"))
	o.world = activities.World{
		Store: o.register, Policy: o.policy, Records: demo.New(1, o.clock), Vault: o.vault, Tables: records.Writer{}, Post: o.post, Tokens: fakes.Tokens{},
		Staff: fakes.Staff{olivia, rosa, mina}, Signer: ed25519.NewKeyFromSeed(seed[:]), Now: o.clock, URL: "http://desk.test", StaffURL: "http://staff.test",
	}
	r := casework.Request{
		Channel: casework.ByPortal, ReceivedAt: received,
		Authority:  casework.Authority{Name: "Federal Bureau of Investigation", Country: "US", Subdivision: "US-MA", Kind: casework.LawEnforcement},
		Officer:    casework.Officer{Name: "Dana Whitfield", Email: "dwhitfield@fbi.gov", Phone: "+1 617 555 0142"},
		Instrument: casework.Instrument{Type: casework.SearchWarrant, Number: "1:26-mj-04417", Issuer: casework.Issuer{Name: "U.S. District Court", Role: casework.Judge}, Signed: true},
		Demand: casework.Demand{
			Targets: []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-06-01", To: "2026-06-07"}},
			Data:    []casework.Data{casework.Subscriber, casework.Traffic},
		},
		Matter: casework.Matter{Subject: casework.Subject{USPerson: casework.USPersonUnknown}}, Secrecy: casework.Secrecy{Kind: casework.NoSecrecy},
	}
	if change != nil {
		change(&r)
	}
	o.register.Add(casework.Case{
		View: casework.View{ID: caseID, Stage: casework.InReceipt, Request: r, ReceivedAt: received},
		Work: casework.Work{Terms: casework.Terms{DeliveryDays: 14, Behaviour: casework.NewestBehaviour}},
	})
	o.put(casework.Receipt{At: o.now, Actor: olivia})
	return o
}

func (o *office) clock() time.Time { return o.now }

func (o *office) state() casework.Case {
	o.t.Helper()
	c, err := o.register.Load(o.t.Context(), caseID)
	require.NoError(o.t, err)
	return c
}

// put applies an input and stores what it changes.
func (o *office) put(in casework.Input) {
	o.t.Helper()
	ch, err := o.state().Apply(in)
	require.NoError(o.t, err)
	if ch.Step != 0 {
		require.NoError(o.t, o.register.Store(o.t.Context(), ch))
	}
}

func (o *office) act(by casework.Actor, action casework.Action, body casework.Body) {
	o.t.Helper()
	o.acts++
	o.put(casework.Act{Action: action, Actor: by, At: o.now, Key: fmt.Sprint(o.acts), Body: body, Book: &book})
}

// job is the pending effect of a kind.
func (o *office) job(kind casework.EffectKind, mail casework.MailKind) activities.Job {
	o.t.Helper()
	for _, e := range o.state().Work.Pending {
		if e.Kind == kind && e.Mail == mail {
			return activities.Job{Case: caseID, Step: e.Step}
		}
	}
	require.Fail(o.t, "nothing of that kind is pending", "%s %s: %v", kind, mail, o.state().Work.Pending)
	return activities.Job{}
}

// carry does a job and gives what it brought, which is not yet taken in.
func (o *office) carry(kind casework.EffectKind, job activities.Job) (casework.Result, error) {
	a := activities.New(o.world)
	return map[casework.EffectKind]func(context.Context, activities.Job) (casework.Result, error){
		casework.DoEvaluate: a.Evaluate, casework.DoResolve: a.Resolve, casework.DoMail: a.Mail, casework.DoCollect: a.Collect,
		casework.DoSeal: a.Seal, casework.DoDeliver: a.Deliver, casework.DoPreserve: a.Preserve, casework.DoForget: a.Forget,
	}[kind](o.t.Context(), job)
}

// settle carries out everything that is pending and takes in what it brings, but for the kinds left over.
func (o *office) settle(but ...casework.EffectKind) {
	o.t.Helper()
	for {
		e, ok := next(o.state(), but)
		if !ok {
			return
		}
		r, err := o.carry(e.Kind, activities.Job{Case: caseID, Step: e.Step})
		require.NoError(o.t, err, "%s %s", e.Kind, e.Mail)
		r.At = o.now
		o.put(r)
	}
}

func next(c casework.Case, but []casework.EffectKind) (casework.Effect, bool) {
	for _, e := range c.Work.Pending {
		left := false
		for _, kind := range but {
			left = left || e.Kind == kind
		}
		if !left {
			return e, true
		}
	}
	return casework.Effect{}, false
}

// decided brings the case to where its parcel is filled: verified, reviewed, told, and the notice's period over.
func (o *office) decided(method casework.VerificationMethod) {
	o.t.Helper()
	o.settle()
	o.act(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: method, Evidence: "checked", Phone: "+1 202 555 0170"})
	answers := []casework.DecisionAnswer{}
	for _, d := range o.state().Request.Demand.Data {
		answers = append(answers, casework.DecisionAnswer{Data: d, Answer: casework.Permit})
	}
	o.act(rosa, casework.Review, &casework.ReviewBody{Answers: answers})
	o.settle()
	o.now = o.now.AddDate(0, 0, 8)
	o.put(casework.Tick{At: o.now})
}

// earlier is a case of before, of which everything that the account has since the spring is preserved.
func (o *office) earlier(id string) ([]casework.Kept, error) {
	o.t.Helper()
	r := o.state().Request
	r.Instrument.Type = casework.PreservationRequest
	r.Demand.Targets = []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-04-01", To: "2026-10-31"}}
	before := casework.Case{View: casework.View{
		ID: id, Request: r, ReceivedAt: received, Preservation: &casework.Preservation{From: "2026-11-01", Until: "2027-01-30", Status: casework.PreservationRunning},
		Accounts: []casework.Account{{Match: casework.MatchFound, Account: "harbor.lights@example.net"}},
	}}
	before.Work.Pending = []casework.Effect{{Step: 1, Kind: casework.DoPreserve}}
	o.register.Add(before)
	a := activities.New(o.world)
	result, err := a.Preserve(o.t.Context(), activities.Job{Case: id, Step: 1})
	if err != nil {
		return nil, err
	}
	before.Work.Kept = result.Snapshot.Kept
	o.register.Add(before)
	return result.Snapshot.Kept, nil
}
