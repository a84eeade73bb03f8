package wire

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/grpc"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/desk"
	"dueprocess/keys"
	"dueprocess/letters"
	"dueprocess/mail"
	"dueprocess/policy"
	"dueprocess/records"
	"dueprocess/records/demo"
	"dueprocess/registry"
	vaultfs "dueprocess/vault/fs"
	"dueprocess/workflows"
)

// Office is everything that worker and front desk share: registry, key ring, vault, rulebook, records and mail.
type Office struct {
	Settings Settings
	Registry *registry.Registry
	Secrets  *keys.Secrets
	Ring     *keys.Ring
	Vault    casework.Vault
	Records  casework.Records
	Now      func() time.Time

	rules     atomic.Pointer[policy.Rulebook]
	namespace string // of the workflow server, once it was dialled
	sender    *mail.Sender
	signIn    signing
}

// Open puts an office together. Nothing is contacted but the local mode's own database, which is made: servers that are
// away are waited for when they are needed.
func Open(ctx context.Context, s Settings, now func() time.Time) (*Office, error) {
	o := &Office{Settings: s, Now: now, Records: demo.New(demoSeed, now)}
	if err := o.open(ctx); err != nil {
		return nil, errors.Join(err, closed(o.Registry))
	}
	return o, nil
}

// open tries what does not lean on each other whole, so that every fault is said at once.
func (o *Office) open(ctx context.Context) error {
	if err := errors.Join(o.openRules(ctx), o.openRegistry(ctx), o.openKeys(ctx)); err != nil {
		return err
	}
	return errors.Join(o.openRing(), o.openVault(), o.openMail(), o.openSignIn())
}

// Queue is the task queue of workers: there is one.
const Queue = workflows.TaskQueue

// demoSeed makes the demo accounts: the same everywhere.
const demoSeed = 1

// Close closes the registry.
func (o *Office) Close() error { return o.Registry.Close() }

func (o *Office) openRules(context.Context) error {
	rules, err := Rules(o.Settings.Rulebook, o.Settings.Profile)
	if err != nil {
		return err
	}
	o.rules.Store(rules)
	return nil
}

// Rules loads the rulebook of a folder (none: the default one) with a profile laid over it (none: its own).
func Rules(folder, profile string) (*policy.Rulebook, error) {
	rules := policy.Default()
	if folder != "" {
		loaded, err := policy.Load(os.DirFS(folder))
		if err != nil {
			return nil, err
		}
		rules = loaded
	}
	if profile == "" {
		return rules, nil
	}
	text, err := os.ReadFile(profile) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The profile %s cannot be read.", profile).Because(err)
	}
	return rules.WithProfile(text, profile)
}

// Rules is the rulebook in force.
func (o *Office) Rules() *policy.Rulebook { return o.rules.Load() }

// ReloadRules takes the rulebook in again; where anything in it is wrong, the old one stays in force.
func (o *Office) ReloadRules(ctx context.Context) error { return o.openRules(ctx) }

func (o *Office) openRegistry(ctx context.Context) (err error) {
	if !o.Settings.Local {
		err = Named(o.Settings.Database)
	}
	if err == nil {
		o.Registry, err = registry.Open(ctx, o.Settings.Database, registry.Options{})
	}
	if err != nil || !o.Settings.Local {
		return err
	}
	return o.Registry.Migrate(ctx)
}

// openKeys reads the key file. The local mode makes it, on first start; whether it is the database's own is seen at once
// there, and elsewhere as soon as the database answers.
func (o *Office) openKeys(ctx context.Context) (err error) {
	if o.Settings.Local && o.Registry != nil {
		o.Secrets, err = KeysOf(ctx, o.Registry, o.Settings.KeyFile)
		return err
	}
	o.Secrets, err = loadKeys(o.Settings.KeyFile)
	return err
}

func (o *Office) openRing() (err error) {
	if o.Ring, err = keys.NewRing(o.Secrets, o.Registry); err != nil {
		return err
	}
	o.Registry.UseSealer(o.Ring)
	return nil
}

func (o *Office) openVault() error {
	identity, err := o.Secrets.VaultIdentity()
	if err != nil {
		return err
	}
	o.Vault, err = vaultfs.Open(o.Settings.Vault, identity)
	return err
}

func (o *Office) openMail() (err error) {
	settings := mail.Settings{Address: o.Settings.SMTP, TLS: mail.TLSStart}
	if isLoopback(o.Settings.SMTP) {
		settings.TLS = mail.TLSNone
	}
	o.sender, err = mail.New(settings, o.Now)
	return err
}

func (o *Office) openSignIn() error {
	read, wrong := o.Settings.SignIn.read(o.Settings.desk())
	o.signIn = read
	return casework.Faulty(wrong)
}

func isLoopback(address string) bool {
	return strings.HasPrefix(address, "127.") || strings.HasPrefix(address, "localhost:") || strings.HasPrefix(address, "[::1]")
}

// Dial connects to the workflow server: as Temporal's own TEMPORAL_… variables say, or at the address given. Everything
// that goes there is encrypted. The options are for the local mode.
func (o *Office) Dial(address string, logger log.Logger, dial ...grpc.DialOption) (client.Client, error) {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The TEMPORAL_… settings cannot be read.").Because(err)
	}
	if address != "" {
		options.HostPort = address
	}
	o.namespace = options.Namespace
	options.ConnectionOptions.DialOptions = append(options.ConnectionOptions.DialOptions, dial...)
	options.DataConverter, options.FailureConverter, options.Logger = o.Ring.DataConverter(), o.Ring.FailureConverter(), logger
	return client.NewLazyClient(options)
}

// Worker makes the worker of cases.
func (o *Office) Worker(c client.Client) worker.Worker {
	w := worker.New(c, workflows.TaskQueue, worker.Options{
		MaxConcurrentActivityExecutionSize: 50, Interceptors: []interceptor.WorkerInterceptor{&heartbeats{}},
	})
	w.RegisterWorkflowWithOptions(workflows.Case, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterActivity(activities.New(o.world()))
	return w
}

func (o *Office) world() activities.World {
	_, signer := o.Secrets.ManifestKey()
	return activities.World{
		Store: o.Registry, Policy: rules{o}, Records: o.Records, Vault: o.Vault, Tables: records.Writer{}, Post: post{o}, Tokens: tokens(signer.Seed()),
		Signer: signer, Now: o.Now, Staff: people{o}, Stuck: o.Registry, URL: strings.TrimSuffix(o.Settings.URL, "/"),
		StaffURL: o.Settings.desk(),
	}
}

// Desk makes the front desk's way to the workflows.
func (o *Office) Desk(c client.Client) *desk.Desk {
	return &desk.Desk{Temporal: c, Registry: o.Registry, Store: o.Registry, Vault: o.Vault, Stuck: o.Registry, Terms: o.terms, Now: o.Now}
}

// Followers are the open cases that follow the rulebook in force here.
func (o *Office) Followers(c client.Client) *desk.Followers {
	return &desk.Followers{Desk: o.Desk(c), Rulebook: func() casework.Rulebook { return o.Rules().Identity() }}
}

// Watch finds what is stuck, and helps it on.
func (o *Office) Watch(c client.Client) *desk.Watch {
	return &desk.Watch{Desk: o.Desk(c), Cases: o.Registry, Rebuilder: o.Rebuilder(c), Namespace: o.namespace}
}

// Retention purges closed cases by the profile in force.
func (o *Office) Retention(c client.Client) *desk.Retention {
	return &desk.Retention{Desk: o.Desk(c), Attic: o.Registry, Days: o.retentionDays, Forget: o.Ring.Forget}
}

func (o *Office) retentionDays(r casework.Resolution) int {
	days := o.Rules().Profile().Retention
	if n, ok := days[string(r)]; ok {
		return n
	}
	return days["default"]
}

// askBeforeEnd is how many days before secrecy ends the authority is asked (lifecycle.md, rule 5).
const askBeforeEnd = 10

// terms are the periods of the profile in force, and who is inside the wall of national security process.
func (o *Office) terms() (casework.Terms, []string) {
	p := o.Rules().Profile()
	return casework.Terms{
		NoticeMinimum: casework.Period(p.NoticeMinimum), DeliveryDays: p.DeliveryDays, Reminders: p.ClarifyReminders, ClarifyCloses: p.ClarifyCloses,
		AfterEmergency: p.AfterEmergencyDays, MLATPreserveDays: p.MLATPreserveDays, AskBeforeEnd: askBeforeEnd, TellAfterwards: p.TellAfterwards,
		Behaviour: casework.NewestBehaviour, Hours: o.hours(),
	}, p.NationalSecurity
}

// holidaysAhead is for how many days a new case is told the team's public holidays.
const holidaysAhead = 2 * 366

// hours are the team's, without the public holidays of the State in which it sits.
func (o *Office) hours() casework.Hours {
	h := o.Rules().Profile().BusinessHours
	calendar, today := o.Rules().Calendars().Of(o.Rules().Profile().HomeState), casework.DateOf(o.Now(), o.zone())
	h.DaysOff = nil
	for n := range holidaysAhead {
		day := today.AddDays(n)
		if weekday := day.Start(time.UTC).Weekday(); weekday != time.Saturday && weekday != time.Sunday && !calendar.Works(day) {
			h.DaysOff = append(h.DaysOff, day)
		}
	}
	return h
}

// rules asks the rulebook in force.
type rules struct{ o *Office }

func (r rules) Determine(req casework.Request, known bool) casework.Determination {
	return r.o.Rules().Determine(req, policy.Facts{AuthorityKnown: known})
}

func (r rules) Agreement(country string, on casework.Date) bool {
	return r.o.Rules().Agreement(country, on)
}

func (r rules) Route(country string) casework.Route {
	route, _ := r.o.Rules().Route(country)
	return casework.Route(route)
}

func (r rules) Way(country string) letters.Way { return r.o.way(country) }

func (r rules) Provider() string { return r.o.Rules().Profile().Name }

// tokens makes the secret part of mailed links from a key that is never shown.
type tokens []byte

// Token is the same for the same purpose, case and step, and cannot be guessed.
func (t tokens) Token(p casework.LinkPurpose, caseID string, step int) string {
	mac := hmac.New(sha256.New, t)
	_, _ = io.WriteString(mac, fmt.Sprintf("mailed link %s %s %d", p, caseID, step)) // a hash takes everything
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
