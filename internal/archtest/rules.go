// Package archtest holds the code to the order in which packages may know each other. It owns the table of who may
// import whom, each ban with its reason; the tests ask `go list` what is imported in truth. Nothing imports it.
package archtest

// rule says what the packages of one layer may import.
type rule struct {
	name string
	// of are the packages held to it, as patterns: `a` is that package alone, `a/...` is it and all below.
	of []string
	// own are the packages of this module that may be imported beside one's own folder. `*` is all.
	own []string
	// banned are packages of the standard library that may not be imported; `but` are exceptions.
	banned, but []string
	// libraries are the modules of others that may be imported, as path prefixes. `*` is all but what is `walled`.
	libraries []string
	// tests are the packages of this module that test files may import besides; a layer with `*` is exempt.
	tests []string
	why   string
}

var (
	nouns      = []string{"casework"}
	pure       = []string{"casework", "policy", "clocks", "intake", "ledger", "parcel", "transparency", "letters", "letters/writing"}
	everything = []string{"*"}

	// outside is what reaches out of the process or keeps something beyond the call.
	outside = []string{"net/...", "database/..."}
	// harmless are packages below `net` that only read text.
	harmless = []string{"net/mail", "net/netip", "net/textproto", "net/url"}
	// machine is what reads this machine: its files, its environment, its clock's sibling, chance.
	machine = []string{"os/...", "io/fs", "io/ioutil", "syscall", "log/...", "math/rand/...", "crypto/rand", "embed"}
)

const (
	whyPure    = "a rule of law is a function of its arguments: the same case gives the same answer in a test, in a replay and in a year"
	whyAdapter = "adapters know the nouns, not each other, so that one can be replaced alone; internal/wire joins them"
)

func library(pkg string, modules ...string) rule {
	return rule{name: "2 (pure packages)", of: []string{pkg + "/..."}, own: nouns, banned: outside, but: harmless, libraries: modules, why: whyPure}
}

func alsoKnows(r rule, packages ...string) rule {
	r.own = append(append([]string{}, r.own...), packages...)
	return r
}

func adapter(pkg string, modules ...string) rule {
	return rule{name: "5 (adapters)", of: []string{pkg + "/..."}, own: pure, libraries: modules, tests: everything, why: whyAdapter}
}

// rules is the table. Each package of the product is held to exactly one of them.
var rules = []rule{
	{
		name: "1 (nouns)", of: []string{"casework/..."}, banned: append(append([]string{}, outside...), machine...),
		why: "everything knows casework, so it knows nothing: no network, file, database, clock or chance; time and ids are arguments",
	},
	// The deadlines of a determination are counted by legal time: policy says which, clocks says when.
	alsoKnows(library("policy", "cel.dev/cel-go", "github.com/goccy/go-yaml", "golang.org/x/tools/txtar"), "clocks"),
	library("clocks", "github.com/rickar/cal/v2"),
	library("intake", "filippo.io/age", "golang.org/x/net/idna", "github.com/jhillyerd/enmime/v2", "github.com/gabriel-vasile/mimetype", "github.com/klippa-app/go-pdfium"),
	library("ledger", "golang.org/x/mod/sumdb"),
	library("parcel", "filippo.io/age"),
	// What strangers sent is opened to be looked at in one place, that can be walled in: neither the nouns nor the pages know
	// the library that does it.
	library("paper", "github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"),
	library("transparency"),
	// Cases for benchmarks and demos are answered by the rulebook, as real ones are.
	alsoKnows(library("generate"), "policy"),
	// The transparency report is printed as letters are.
	alsoKnows(library("letters", "codeberg.org/go-pdf/fpdf", "golang.org/x/image/font"), "transparency"),
	{
		name: "3 (activities)", of: []string{"activities/..."}, own: pure, banned: outside, but: harmless, libraries: []string{"filippo.io/age", "go.temporal.io/sdk/activity", "go.temporal.io/sdk/temporal"},
		tests: []string{"internal/fakes", "records/..."},
		why:   "an activity orders and the world answers: it comes in as small interfaces declared beside their noun, so that fakes can stand in for it",
	},
	{
		name: "4 (workflows)", of: []string{"workflows/..."}, own: []string{"casework", "activities"}, banned: append(append([]string{}, outside...), machine...),
		libraries: []string{"go.temporal.io/sdk/workflow", "go.temporal.io/sdk/temporal", "go.temporal.io/api/enums"},
		tests:     []string{"internal/fakes", "records/..."},
		why:       "a workflow is replayed years later and must take the same path: it asks activities, and never the policy, the world or a clock",
	},
	{
		name: "5 (suites)", of: suites, own: everything, libraries: everything, tests: everything,
		why: "a suite that the tests of several packages share sets up whatever they need",
	},
	adapter("registry", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3", "golang.org/x/mod/sumdb", "golang.org/x/sync/errgroup", "modernc.org/sqlite"),
	adapter("records"),
	adapter("mail", "github.com/wneessen/go-mail", "github.com/emersion"),
	adapter("vault", "filippo.io/age", "github.com/minio/minio-go/v7"),
	adapter("identity", "github.com/coreos/go-oidc/v3", "golang.org/x/oauth2"),
	adapter("keys", "filippo.io/age", "go.temporal.io/sdk/converter", "go.temporal.io/sdk/temporal", "go.temporal.io/sdk/workflow", "go.temporal.io/api", "google.golang.org/protobuf"),
	// The desk is the workflows' only client: it needs their names and the shapes of what they answer.
	alsoKnows(adapter("desk", "go.temporal.io/sdk/client", "go.temporal.io/sdk/temporal", "go.temporal.io/api", "github.com/google/uuid"), "workflows"),
	// Pages and the API share one way to lay out a page, and one to take files in.
	alsoKnows(adapter("web", "github.com/danielgtaylor/huma/v2", "github.com/coreos/go-oidc/v3", "golang.org/x/oauth2", "github.com/alexedwards/scs/v2", "github.com/google/uuid", "github.com/prometheus/client_golang", "golang.org/x/text"), "web/ui/...", "web/upload"),
	{
		name: "7 (fakes)", of: []string{"internal/fakes/..."}, own: append([]string{"activities"}, pure...), libraries: everything, tests: everything,
		why: "a fake stands in for an adapter and may not be one",
	},
	{
		name: "7 (mains and wiring)", of: []string{"worker/...", "starter/...", "deploy/...", "internal/...", "test/...", "bench/..."},
		own: everything, libraries: everything, tests: everything,
		why: "the mains join the parts",
	},
}

// wall is a package that only some may import, whatever their layer allows.
type wall struct {
	of  []string
	by  []string
	why string
}

// suites are packages of tests that other packages' tests run.
var suites = []string{"registry/registrytest/...", "web/ui/pagetest/..."}

var walls = []wall{
	{suites, suites, "a suite is imported by tests alone"},
	{[]string{"worker/...", "starter/...", "deploy/..."}, []string{"worker/...", "starter/...", "deploy/local/..."}, "rule 7: programs are started, not imported"},
	{[]string{"internal/wire/..."}, []string{"worker/...", "starter/...", "deploy/local/...", "internal/wire/...", "internal/record/...", "test/...", "bench/..."}, "rule 7: only mains are wired"},
	{[]string{"internal/fakes/..."}, append([]string{"internal/fakes/...", "internal/record/...", "test/...", "bench/..."}, suites...), "a fake in the product would be a lie"},
	{[]string{"database/sql/...", "github.com/jackc/...", "modernc.org/sqlite/..."}, []string{"registry/...", "internal/...", "test/...", "bench/...", "deploy/local/..."}, "rule 6: what is stored is stored by the registry, each write with its event"},
	{[]string{"go.temporal.io/sdk/client/..."}, []string{"desk/...", "internal/...", "test/...", "bench/...", "deploy/local/..."}, "the desk is the only client of the workflows"},
	{[]string{"go.temporal.io/server/...", "github.com/temporalio/ui-server/..."}, []string{"deploy/local/..."}, "the embedded server stays out of the product's dependencies"},
}
