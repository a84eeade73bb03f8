package wire

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"dueprocess/casework"
	"dueprocess/desk"
)

// newServerPatience is how long is waited for the workflow server to say whether it is new.
const newServerPatience = 10 * time.Second

// Rebuilder rebuilds runs of cases from the registry.
func (o *Office) Rebuilder(c client.Client) *desk.Rebuilder {
	return &desk.Rebuilder{Desk: o.Desk(c), Kept: o.Registry, Read: o.readPayloads}
}

// readPayloads decrypts what is in the history of a case's run.
func (o *Office) readPayloads(caseID string, p *common.Payloads, into any) error {
	plain := o.Ring.DataConverter()
	if aware, ok := plain.(converter.DataConverterWithSerializationContext); ok {
		plain = aware.WithSerializationContext(converter.WorkflowSerializationContext{WorkflowID: caseID})
	}
	return plain.FromPayloads(p, into)
}

// Rebuilding lends out the rebuilder of an office of which only the registry and the keys are needed.
func Rebuilding(ctx context.Context, database, keyFile string, do func(*desk.Rebuilder) error) error {
	o := &Office{Settings: Settings{Database: database, KeyFile: KeyFileOf(database, keyFile)}, Now: time.Now}
	if err := casework.Faulty(o.Settings.missing()); err != nil {
		return err
	}
	if err := o.openKeys(ctx); err != nil {
		return err
	}
	if err := o.openRegistry(ctx); err != nil {
		return err
	}
	return errors.Join(o.lend(ctx, do), o.Close())
}

// missing names what no office can be opened without.
func (s *Settings) missing() (out []casework.Fault) {
	if s.Database == "" {
		out = append(out, casework.Fault{Path: prefix + "DATABASE_URL", Message: "is missing: postgres://… or sqlite:PATH"})
	}
	if s.KeyFile == "" {
		out = append(out, casework.Fault{Path: prefix + "KEY_FILE", Message: "is missing: the file with the master keys"})
	}
	return out
}

func (o *Office) lend(ctx context.Context, do func(*desk.Rebuilder) error) error {
	if err := o.Registry.Ready(ctx); err != nil {
		return err
	}
	c, err := o.Dial("", Logger())
	if err != nil {
		return err
	}
	defer c.Close()
	return do(o.Rebuilder(c))
}

// lostPatience is how long the front desk waits, before it takes requests, to hear which numbers have runs already.
const lostPatience = 2 * time.Second

// PassLost sees to it that no number is given twice where the registry was restored and nobody has reconciled it yet.
func (o *Office) PassLost(ctx context.Context, c client.Client) {
	ctx, cancel := context.WithTimeout(ctx, lostPatience)
	defer cancel()
	switch passed, err := o.Rebuilder(c).PassLost(ctx); {
	case err != nil:
		slog.Warn("it is not known whether the workflow server has cases that the registry lacks; after a restore run: starter reconcile", "code", casework.CodeOf(err))
	case passed > 0:
		slog.Warn("the registry lacks cases whose numbers were given: it was restored; run: starter reconcile", "cases", passed)
	}
}

// ReconcileNewServer is the work of bringing every case back where the workflow server has never had a run, as after a
// restore; else there is nothing to do.
func (o *Office) ReconcileNewServer(ctx context.Context, c client.Client) func(context.Context) {
	asking, cancel := context.WithTimeout(ctx, newServerPatience)
	defer cancel()
	b := o.Rebuilder(c)
	if empty, err := b.NoRuns(asking); err != nil || !empty {
		return func(context.Context) {}
	}
	return func(ctx context.Context) {
		came, err := b.Reconcile(ctx, false, func(desk.Difference) {})
		if err != nil && ctx.Err() == nil || came.Failed > 0 {
			slog.Warn("not every case could be brought back; run: starter reconcile", "failed", came.Failed, "code", casework.CodeOf(err))
		}
	}
}
