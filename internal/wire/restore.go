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
	"dueprocess/registry"
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
	if err := o.unlock(ctx); err != nil {
		return err
	}
	return errors.Join(o.lend(do), o.Close())
}

// Unlockable names what is wrong with a database's name and a key file, as far as can be seen without asking a server.
func Unlockable(database, keyFile string) error {
	_, err := loadKeys(KeyFileOf(database, keyFile))
	return errors.Join(Named(database), err)
}

// Paired refuses a registry and a key file that lie side by side and are not each other's. A registry of another schema is
// let pass: whoever brings it forward looks again.
func Paired(ctx context.Context, database, keyFile string) error {
	secrets, err := loadKeys(keyFile)
	if err != nil {
		return err
	}
	r, err := registry.Open(ctx, database, registry.Options{})
	if err != nil {
		return err
	}
	o := &Office{Settings: Settings{KeyFile: keyFile}, Registry: r, Secrets: secrets}
	if err = o.ours(ctx); casework.CodeOf(err) == casework.Unavailable {
		err = nil
	}
	return errors.Join(err, o.Close())
}

// unlock opens a database that is there with the key file that is its own. What is wrong with either is said at once.
func (o *Office) unlock(ctx context.Context) (err error) {
	r, noRegistry := openThere(ctx, o.Settings.Database)
	secrets, noKeys := loadKeys(o.Settings.KeyFile)
	if err := errors.Join(noRegistry, noKeys); err != nil {
		return errors.Join(err, closed(r))
	}
	o.Registry, o.Secrets = r, secrets
	if err := errors.Join(o.ours(ctx), o.openRing()); err != nil {
		return errors.Join(err, o.Close())
	}
	return nil
}

func (o *Office) lend(do func(*desk.Rebuilder) error) error {
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
			slog.Warn("not every case could be brought back; run: starter reconcile", "failed", came.Failed, "code", casework.CodeOf(err), "cause", casework.Logged(err))
		}
	}
}
