package workflows_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/records"
	"dueprocess/records/demo"
	"dueprocess/workflows"
)

const caseID = "LR-2026-000001"

var (
	received = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)
	olivia   = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	rosa     = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}
	rafael   = casework.Actor{Kind: casework.Person, Name: "rafael", Roles: []casework.Role{casework.Reviewer}}
	mina     = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
	officer  = casework.Actor{Kind: casework.AuthorityKind, Name: "officer"}
	customer = casework.Actor{Kind: casework.Customer, Name: "customer"}
	book     = casework.BookEntry{ID: "us-fbi", Country: "US", Domains: []string{"fbi.gov"}, Phones: []string{"+1 202 555 0170"}}
)

// office is a case in a workflow whose time is skipped, with the world around it.
type office struct {
	t        *testing.T
	env      *testsuite.TestWorkflowEnvironment
	register *fakes.Register
	post     *fakes.Postbox
	policy   *fakes.Policy
	vault    *fakes.Vault
	request  casework.Request
	book     casework.BookEntry
	terms    *casework.Terms // may be changed until run
	acts     int
	answered int
}

func warrant() casework.Request {
	return casework.Request{
		Channel: casework.ByPortal, ReceivedAt: received,
		Authority:  casework.Authority{Name: "Federal Bureau of Investigation", Country: "US", Subdivision: "US-MA", Kind: casework.LawEnforcement},
		Officer:    casework.Officer{Name: "Dana Whitfield", Email: "dwhitfield@fbi.gov", Phone: "+1 617 555 0142"},
		Instrument: casework.Instrument{Type: casework.SearchWarrant, Number: "1:26-mj-04417", Issuer: casework.Issuer{Name: "U.S. District Court", Role: casework.Judge}, Signed: true, IssuedOn: "2026-11-16", ServedOn: "2026-11-20"},
		Demand: casework.Demand{
			Targets: []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-06-01", To: "2026-06-07"}},
			Data:    []casework.Data{casework.Subscriber, casework.Traffic},
		},
		Matter:  casework.Matter{Subject: casework.Subject{USPerson: casework.USPersonUnknown}},
		Secrecy: casework.Secrecy{Kind: casework.NoSecrecy},
	}
}

func terms() casework.Terms {
	return casework.Terms{
		NoticeMinimum: casework.Period(48 * time.Hour), DeliveryDays: 14, Reminders: []int{7, 14}, ClarifyCloses: 30, AfterEmergency: 90,
		MLATPreserveDays: 90, AskBeforeEnd: 10, TellAfterwards: true, Behaviour: casework.NewestBehaviour,
	}
}

// openOffice makes an office for one request; the workflow begins with run.
func openOffice(t *testing.T, r casework.Request, adjust func(casework.Request, *casework.Determination)) *office {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	o := &office{
		t: t, env: suite.NewTestWorkflowEnvironment(), register: fakes.NewRegister(book), post: &fakes.Postbox{Bounces: map[string]bool{}},
		book: book, policy: &fakes.Policy{Adjust: adjust}, vault: &fakes.Vault{},
	}
	o.env.SetTestTimeout(time.Minute)
	o.env.SetStartTime(received)
	o.env.RegisterWorkflow(workflows.Case)
	o.env.RegisterActivity(activities.New(o.world()))
	ours := terms()
	o.terms = &ours
	o.request = r
	return o
}

func (o *office) world() activities.World {
	seed := sha256.Sum256([]byte("test"))
	return activities.World{
		Store: o.register, Policy: o.policy, Records: demo.New(1, o.env.Now), Vault: o.vault, Tables: records.Writer{}, Post: o.post,
		Tokens: fakes.Tokens{}, Staff: fakes.Staff{olivia, rosa, rafael, mina}, StaffURL: "http://staff.test", Signer: ed25519.NewKeyFromSeed(seed[:]), Now: o.env.Now, URL: "http://desk.test",
	}
}

// at plans something for a time after receipt.
func (o *office) at(after time.Duration, do func()) {
	o.env.RegisterDelayedCallback(do, after)
}

const day = 24 * time.Hour

// act has somebody act, and expects it to be taken.
func (o *office) act(by casework.Actor, action casework.Action, body casework.Body) {
	o.send(by, action, body, func(err error) { require.NoError(o.t, err, "%s by %s", action, by.Name) })
}

// refused has somebody try what is refused with a code.
func (o *office) refused(by casework.Actor, action casework.Action, body casework.Body, code casework.Code) {
	o.send(by, action, body, func(err error) {
		refused, ok := workflows.Refused(err)
		require.True(o.t, ok, "%s by %s: %v", action, by.Name, err)
		require.Equal(o.t, code, refused.Code, refused.Message)
		require.NotEmpty(o.t, refused.Message)
	})
}

func (o *office) send(by casework.Actor, action casework.Action, body casework.Body, answer func(error)) {
	o.acts++
	act := casework.Act{Action: action, Actor: by, Body: body, Book: &o.book}
	o.env.UpdateWorkflow(string(action), fmt.Sprintf("act-%d", o.acts), &testsuite.TestUpdateCallback{
		OnReject:   func(err error) { o.answered++; answer(err) },
		OnAccept:   func() {},
		OnComplete: func(_ any, err error) { o.answered++; answer(err) },
	}, act)
}

// run lives the case for a time and returns it as the registry then has it.
func (o *office) run(lifetime time.Duration) casework.Case {
	o.t.Helper()
	o.at(lifetime, o.env.CancelWorkflow)
	o.begin()
	require.ErrorContains(o.t, o.env.GetWorkflowError(), "canceled")
	return o.now()
}

// begin lives the case until its run ends.
func (o *office) begin() {
	o.t.Helper()
	o.register.Add(casework.Case{
		View: casework.View{ID: caseID, Stage: casework.InReceipt, Request: o.request, ReceivedAt: received},
		Work: casework.Work{Terms: *o.terms},
	})
	o.at(0, func() {
		o.acts++
		o.env.UpdateWorkflow(workflows.ReceiveUpdate, "receive", &testsuite.TestUpdateCallback{
			OnReject: func(err error) { require.NoError(o.t, err) }, OnAccept: func() {},
			OnComplete: func(_ any, err error) { o.answered++; require.NoError(o.t, err) },
		}, casework.Receipt{Actor: olivia})
	})
	o.env.ExecuteWorkflow(workflows.Case, workflows.Start{Case: caseID})
	require.True(o.t, o.env.IsWorkflowCompleted())
	require.Equal(o.t, o.acts, o.answered, "an act got no answer")
}

func (o *office) now() casework.Case {
	c, err := o.register.Load(o.t.Context(), caseID)
	require.NoError(o.t, err)
	return c
}

// verified: olivia calls back a minute after receipt.
func (o *office) verified() {
	o.at(time.Minute, func() {
		o.act(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByCallback, Evidence: "called", Phone: "+1 202 555 0170"})
	})
}

// reviewed: rosa answers after an hour.
func (o *office) reviewed(answers ...casework.DecisionAnswer) {
	o.at(time.Hour, func() { o.act(rosa, casework.Review, &casework.ReviewBody{Answers: answers, Reason: "considered"}) })
}

func permit(data ...casework.Data) []casework.DecisionAnswer { return answer(casework.Permit, data...) }

func answer(a casework.Answer, data ...casework.Data) []casework.DecisionAnswer {
	out := []casework.DecisionAnswer{}
	for _, d := range data {
		out = append(out, casework.DecisionAnswer{Data: d, Answer: a})
	}
	return out
}

// released: rafael lets the ready parcel go, the officer takes it an hour later.
func (o *office) released(after time.Duration) {
	o.at(after, func() {
		c := o.now()
		n := len(c.Disclosures) - 1
		o.act(rafael, casework.Release, &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[n].ManifestSHA256})
	})
	o.at(after+time.Hour, func() {
		o.act(officer, casework.Download, &casework.DownloadBody{Disclosure: len(o.now().Disclosures)})
	})
}

func (o *office) resolution(c casework.Case, want casework.Resolution) {
	o.t.Helper()
	require.Equal(o.t, casework.InClosed, c.Stage)
	require.Equal(o.t, want, *c.Resolution)
}

func fakesDue(r casework.Request, days int) casework.Deadline {
	return fakes.Due(r, casework.PreserveUntil, days)
}
