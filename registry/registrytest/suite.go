//go:build unix

package registrytest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

// Database makes an empty database for one test and gives its address.
type Database func(t testing.TB) (url string)

// Run holds the registry to its contract on databases of one kind.
func Run(t *testing.T, database Database) {
	t.Helper()
	if url := os.Getenv(victimURL); url != "" {
		beKilled(t, url)
		return
	}
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, newHouse(t, database))
		})
	}
}

// clause is one part of the contract.
type clause struct {
	name string
	test func(t *testing.T, h *house)
}

var contract = []clause{
	{"numbers are dense under concurrency", numbersAreDense},
	{"an aborted registration leaves nothing", abortedRegistration},
	{"a key makes one case", oneKeyOneCase},
	{"a key in a hurry makes one case", oneKeyInAHurry},
	{"a reserved key registers", reservedKeyRegisters},
	{"a registered case is whole", registeredIsWhole},
	{"the sweep finds what is starting", sweepFindsStarting},
	{"what is stored is read back", storedIsReadBack},
	{"a step is stored once", stepIsStoredOnce},
	{"one of two writers wins", oneOfTwoWritersWins},
	{"no look is lost", noLookIsLost},
	{"an aborted change leaves nothing", abortedChange},
	{"a killed process leaves nothing half done", killedLeavesNothing},
	{"the state is sealed", stateIsSealed},
	{"odd text is kept", oddTextIsKept},
	{"what is not there is not found", notThere},
	{"names that cannot be kept are refused", unwritableNames},
	{"a wall stands before every query", wallStands},
	{"a restricted case is in no query", restrictedIsInNoQuery},
	{"a wall moves with its case", wallMoves},
	{"links keep to the wall", linksKeepToTheWall},
	{"administrators see no case", adminsSeeNothing},
	{"cursors visit each case once", cursorsVisitOnce},
	{"instants sort as time", instantsSort},
	{"filters select", filtersSelect},
	{"filters together select", filtersTogether},
	{"how a case stands selects", standingSelects},
	{"what stands still is not due", pausedIsNotDue},
	{"rows have what the queue shows", rowsHaveWhatIsShown},
	{"cases are read whole together", readWhole},
	{"search finds by words", searchFinds},
	{"a case of many words is found by what it is", manyWordsFind},
	{"every word of a search is asked", everyWordIsAsked},
	{"duplicates are found", duplicatesAreFound},
	{"duplicates say how they stand", duplicatesSayHowTheyStand},
	{"duplicates are bounded", duplicatesAreBounded},
	{"duplicates keep to the wall", duplicatesKeepToTheWall},
	{"duplicates follow the request", duplicatesFollowTheRequest},
	{"duplicates of old cases are found", duplicatesOfOldCases},
	{"particulars are purged", particularsArePurged},
	{"totals are exact to ten thousand", totalsAreBounded},
	{"totals follow the cases", totalsFollow},
	{"totals are added up while cases change", addingWhileChanging},
	{"a recount puts totals right", recountPutsRight},
	{"bad pages are refused", badPagesRefused},
	{"figures are counted", figuresAreCounted},
	{"figures of many are those of the list", figuresOfMany},
	{"figures keep to the wall", figuresKeepToTheWall},
	{"weeks add up", weeksAddUp},
	{"sums of days are those of the rows", sumsAreOfRows},
	{"a change while a day is summed is not lost", changeWhileSumming},
	{"counting facts follow the events", countingFollows},
	{"referrals are counted with what came of them", referralsCounted},
	{"totals of words are those of the list", totalsOfWords},
	{"cases of another rulebook are found", evaluatedOtherwise},
	{"leaves are proven", leavesAreProven},
	{"odd proofs are refused", oddProofsAreRefused},
	{"one sequencer at a time", oneSequencerAtATime},
	{"whole ledgers are whole", wholeLedgersAreWhole},
	{"whatever is forged is named", whateverIsForgedIsNamed},
	{"another's history is named", anothersHistoryIsNamed},
	{"what stands beside is named", whatStandsBesideIsNamed},
	{"a wrong key is one fault", aWrongKeyIsOneFault},
	{"an end that is gone shows elsewhere", anEndThatIsGoneShowsElsewhere},
	{"evidence says nothing unproven", evidenceSaysNothingUnproven},
	{"what is stuck is listed", stuckIsListed},
	{"what goes on is no longer stuck", stuckGoesOn},
	{"what was never started is stuck", neverStartedIsStuck},
	{"what is stuck keeps to the wall", stuckKeepsToTheWall},
	{"who resumes is an event", resumedIsAnEvent},
	{"ended cases are found", endedAreFound},
	{"what is erased is gone", erasedIsGone},
	{"the chain of events verifies", chainVerifies},
	{"a forged event is named", forgeryIsNamed},
	{"a purged event still verifies", purgedVerifies},
	{"looks are events", looksAreEvents},
	{"tokens name people", tokensNamePeople},
	{"a sign-in is a session", signInIsASession},
	{"one person is one name", onePersonOneName},
	{"a provider may move", aProviderMayMove},
	{"who has no role has no session", noRoleNoSession},
	{"personal tokens are made, used and revoked", personalTokens},
	{"drafts are the person's own", draftsAreOnesOwn},
	{"views are the person's own or shared", viewsAreOwnOrShared},
	{"another's view stays", anothersViewStays},
	{"a view is not for everybody", viewNotForEverybody},
	{"links expire", linksExpire},
	{"the first effect stays", firstEffectStays},
	{"answers are kept", answersAreKept},
	{"the contact book has versions", bookHasVersions},
	{"the contact book finds", bookFinds},
	{"open requests have phones", openPhones},
	{"a case's key is made once and destroyed for good", caseKeys},
	{"a bulk is as one by one", bulkIsOneByOne},
	{"a bulk is all or nothing", bulkIsAllOrNothing},
	{"a bulk brings its keys", bulkKeysComeAlong},
	{"a late caller is told to try again", lateCaller},
	{"the schema is awaited", schemaIsAwaited},
	{"a newer schema is lived with", newerIsLivedWith},
	{"a newer schema is left alone", newerIsLeftAlone},
}

// house is a registry under test with its people.
type house struct {
	*registry.Registry
	url string
}

func newHouse(t *testing.T, database Database) *house {
	t.Helper()
	url := database(t)
	r := open(t, url)
	require.NoError(t, r.Migrate(ctx(t)))
	return &house{r, url}
}

func open(t *testing.T, url string) *registry.Registry {
	t.Helper()
	r, err := registry.Open(ctx(t), url, registry.Options{Sealer: Sealer{}})
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// raw is the database itself, to look behind the registry and to break things.
func (h *house) raw(t *testing.T) *sql.DB {
	t.Helper()
	driver, address := "pgx", h.url
	if path, ok := strings.CutPrefix(h.url, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (h *house) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	result, err := h.raw(t).ExecContext(ctx(t), statement, args...)
	require.NoError(t, err)
	if n, err := result.RowsAffected(); err == nil && !strings.HasPrefix(statement, "ALTER") && !strings.HasPrefix(statement, "CREATE") {
		require.NotZero(t, n, statement)
	}
}

func (h *house) count(t *testing.T, table string) (n int) {
	t.Helper()
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT COUNT(*) FROM "+table).Scan(&n))
	return n
}

func ctx(t *testing.T) context.Context {
	t.Helper()
	return context.WithoutCancel(t.Context())
}

// noon is when everything happens.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

var (
	rosa   = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}
	olivia = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	mina   = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
	tess   = casework.Actor{Kind: casework.Person, Name: "tess", Roles: []casework.Role{casework.Auditor}}
	adam   = casework.Actor{Kind: casework.Person, Name: "adam", Roles: []casework.Role{casework.Admin}}
)

var keysDrawn atomic.Int64

// paper is a request to register; each has a case key of its own.
func paper() casework.Intake {
	return casework.Intake{
		CaseKey: fmt.Sprintf("00000000-0000-7000-8000-%012d", keysDrawn.Add(1)), At: noon, Actor: olivia,
		Terms: casework.Terms{DeliveryDays: 14, Reminders: []int{7, 14}},
		Request: casework.Request{
			Channel: casework.ByPortal, ReceivedAt: noon,
			Authority:  casework.Authority{Name: "Polizei Düsseldorf", Unit: "KK 21", Country: "DE", Kind: casework.LawEnforcement},
			Officer:    casework.Officer{Name: "A. Officer", Email: "a.officer@polizei.example", Phone: "+49 211 1"},
			Instrument: casework.Instrument{Type: casework.SearchWarrant, Number: "1:26-mj-04417"},
			Demand:     casework.Demand{Data: []casework.Data{casework.Subscriber}, Targets: []casework.Target{{Type: casework.AccountEmail, Value: "a@b.example"}}},
			Matter:     casework.Matter{Reference: "Az. 77/26"},
			Documents:  []casework.Document{{Name: "warrant.pdf", SHA256: "ab", Size: 3}},
		},
	}
}

func secret(members ...string) casework.Intake {
	in := paper()
	in.Request.Instrument.Type, in.Members = casework.NationalSecurityLetter, members
	return in
}

func (h *house) register(t *testing.T, in casework.Intake) string {
	t.Helper()
	id, err := h.Register(ctx(t), in)
	require.NoError(t, err)
	return id
}

// receive registers a request and stores its receipt.
func (h *house) receive(t *testing.T, in casework.Intake) casework.Case {
	t.Helper()
	c, err := h.Load(ctx(t), h.register(t, in))
	require.NoError(t, err)
	return h.apply(t, c, casework.Receipt{At: in.At, Actor: in.Actor})
}

func (h *house) apply(t *testing.T, c casework.Case, in casework.Input) casework.Case {
	t.Helper()
	ch, err := c.Apply(in)
	require.NoError(t, err)
	require.NoError(t, h.Store(ctx(t), ch))
	return ch.Case
}

// change is a change made by hand: the next step, the next version, one event.
func change(c casework.Case, verb casework.Verb, now string) casework.Change {
	c.Version, c.Work.Step = c.Version+1, c.Work.Step+1
	return casework.Change{Case: c, Step: c.Work.Step, Events: []casework.Event{{At: noon, Actor: rosa, Verb: verb, New: json.RawMessage(now)}}}
}

func (h *house) events(t *testing.T, id string) []casework.Event {
	t.Helper()
	events, err := h.Events(ctx(t), id, casework.TheSystem)
	require.NoError(t, err)
	for i, e := range events {
		require.Equal(t, i+1, e.Sequence, "sequences are dense")
	}
	return events
}

func (h *house) list(t *testing.T, q casework.CaseQuery, viewer casework.Actor) casework.CaseList {
	t.Helper()
	l, err := h.Cases(ctx(t), q, viewer)
	require.NoError(t, err)
	n, atLeast, err := h.CountCases(ctx(t), q, viewer)
	require.NoError(t, err)
	require.Equal(t, l.Total, n, "a count is the list's total")
	require.Equal(t, l.TotalIsMinimum, atLeast)
	return l
}

func ids(cases []casework.ListedCase) []string {
	out := []string{}
	for _, c := range cases {
		out = append(out, c.ID)
	}
	return out
}

// refused holds an error to its code, and to saying nothing of the inside.
func refused(t *testing.T, err error, code casework.Code) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, code, casework.CodeOf(err), err.Error())
	for _, inside := range []string{"SQL", "sql", "pq", "constraint", "127.0.0.1", "context"} {
		require.NotContains(t, err.Error(), inside)
	}
}

// together runs n calls at once and gives their errors.
func together(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	return errs
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// Sealer is a toy: what it seals is unreadable to a search for words, opens for its own case alone, and is no secret.
type Sealer struct{}

// Seal turns every byte over.
func (Sealer) Seal(_ context.Context, caseID string, plain []byte) ([]byte, error) {
	return turned(append([]byte(caseID+"\n"), plain...)), nil
}

// Open turns them back.
func (Sealer) Open(_ context.Context, caseID string, sealed []byte) ([]byte, error) {
	owner, plain, _ := strings.Cut(string(turned(sealed)), "\n")
	if owner != caseID {
		return nil, errors.New("sealed for another case")
	}
	return []byte(plain), nil
}

func turned(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[i] = ^c
	}
	return out
}
