package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/records"
	"dueprocess/records/demo"
	"dueprocess/workflows"
)

// path is one way through the life of a case.
type path struct {
	name   string
	change func(*casework.Request)                         // what is special about the request
	adjust func(casework.Request, *casework.Determination) // what is special about the answer
	walk   func(*office) error
}

// office is one case on a real server, with a world in memory.
type office struct {
	ctx       context.Context
	c         client.Client
	id, queue string
	register  *fakes.Register
	policy    *fakes.Policy
	vault     *fakes.Vault
	post      *fakes.Postbox
}

var (
	olivia   = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	rosa     = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}
	rafael   = casework.Actor{Kind: casework.Person, Name: "rafael", Roles: []casework.Role{casework.Reviewer}}
	mina     = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
	officer  = casework.Actor{Kind: casework.AuthorityKind, Name: "officer"}
	customer = casework.Actor{Kind: casework.Customer, Name: "customer"}
	book     = casework.BookEntry{ID: "us-fbi", Country: "US", Domains: []string{"fbi.gov"}, Phones: []string{"+1 202 555 0170"}}
)

func newOffice(ctx context.Context, c client.Client, p path) *office {
	o := &office{
		ctx: ctx, c: c, id: "LR-2026-" + p.name, queue: "record-" + p.name, register: fakes.NewRegister(book), vault: &fakes.Vault{}, post: &fakes.Postbox{},
	}
	o.policy = &fakes.Policy{Adjust: func(r casework.Request, d *casework.Determination) {
		d.Notice.Period = casework.Period(time.Second)
		if p.adjust != nil {
			p.adjust(r, d)
		}
	}}
	r := warrant()
	if p.change != nil {
		p.change(&r)
	}
	terms := casework.Terms{DeliveryDays: 14, Reminders: []int{7, 14}, ClarifyCloses: 30, AfterEmergency: 90, MLATPreserveDays: 90, AskBeforeEnd: 10, TellAfterwards: true, Behaviour: casework.NewestBehaviour}
	o.register.Add(casework.Case{
		View: casework.View{ID: o.id, Stage: casework.InReceipt, Request: r, ReceivedAt: r.ReceivedAt}, Work: casework.Work{Terms: terms},
	})
	return o
}

func warrant() casework.Request {
	return casework.Request{
		Channel: casework.ByPortal, ReceivedAt: casework.Truncate(time.Now()),
		Authority:  casework.Authority{Name: "Federal Bureau of Investigation", Country: "US", Subdivision: "US-MA", Kind: casework.LawEnforcement},
		Officer:    casework.Officer{Name: "An officer", Email: "officer@fbi.gov", Phone: "+1 617 555 0142"},
		Instrument: casework.Instrument{Type: casework.SearchWarrant, Issuer: casework.Issuer{Name: "A court", Role: casework.Judge}, Signed: true},
		Demand: casework.Demand{
			Targets: []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-06-01", To: "2026-06-07"}},
			Data:    []casework.Data{casework.Subscriber, casework.Traffic},
		},
		Matter:  casework.Matter{Subject: casework.Subject{USPerson: casework.USPersonUnknown}},
		Secrecy: casework.Secrecy{Kind: casework.NoSecrecy},
	}
}

func (o *office) world() activities.World {
	seed := sha256.Sum256([]byte("record"))
	return activities.World{
		Store: o.register, Policy: o.policy, Records: demo.New(1, time.Now), Vault: o.vault, Tables: records.Writer{}, Post: o.post,
		Tokens: fakes.Tokens{}, Staff: fakes.Staff{olivia, rosa, rafael}, Signer: ed25519.NewKeyFromSeed(seed[:]), Now: time.Now, URL: "http://desk.test",
	}
}

func (o *office) start() error {
	start := o.c.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: o.id, TaskQueue: o.queue, WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, workflows.CaseWorkflow, workflows.Start{Case: o.id})
	handle, err := o.c.UpdateWithStartWorkflow(o.ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start,
		UpdateOptions: client.UpdateWorkflowOptions{
			WorkflowID: o.id, UpdateID: workflows.ReceiveUpdate, UpdateName: workflows.ReceiveUpdate, WaitForStage: client.WorkflowUpdateStageCompleted,
			Args: []any{casework.Receipt{Actor: olivia}},
		},
	})
	if err != nil {
		return err
	}
	return handle.Get(o.ctx, nil)
}

func (o *office) act(by casework.Actor, action casework.Action, body casework.Body) error {
	return o.send(string(action), casework.Act{Action: action, Actor: by, Body: body, Book: &book})
}

func (o *office) send(update string, argument any) error {
	handle, err := o.c.UpdateWorkflow(o.ctx, client.UpdateWorkflowOptions{
		WorkflowID: o.id, UpdateID: uuid.NewString(), UpdateName: update, WaitForStage: client.WorkflowUpdateStageCompleted, Args: []any{argument},
	})
	if err == nil {
		err = handle.Get(o.ctx, nil)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", update, err)
	}
	return nil
}

func (o *office) now() casework.Case {
	c, err := o.register.Load(o.ctx, o.id)
	if err != nil {
		panic(err) // it was added before
	}
	return c
}

// until waits until the case is as told.
func (o *office) until(is func(casework.Case) bool) error {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for !is(o.now()) {
		select {
		case <-o.ctx.Done():
			return errors.New("the case did not get there")
		case <-ticker.C:
		}
	}
	return nil
}
