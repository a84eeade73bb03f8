package wire

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

// openTest opens an office on an empty folder with a rulebook of its own.
func openTest(t *testing.T) (o *Office, rulebook string) {
	t.Helper()
	dir := t.TempDir()
	rulebook = filepath.Join(dir, "rulebook")
	require.NoError(t, os.CopyFS(rulebook, os.DirFS("../../policy/rulebook")))
	o, err := Open(t.Context(), Settings{
		Database: "sqlite:" + filepath.Join(dir, "registry.db"), KeyFile: filepath.Join(dir, "keys.json"), Vault: filepath.Join(dir, "vault"),
		SMTP: "127.0.0.1:1", From: "legal@office.example", URL: "http://office.example/", Rulebook: rulebook, Records: "demo", Local: true,
	}, time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	return o, rulebook
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
}

const houseRule = `rules:
  - id: house.rule
    cites: our policy
    scope: {instruments: search_warrant}
    then: {answer: escalate, about: content}
    say: We look at every warrant.
`

// A rulebook is taken in again on SIGHUP; one with a fault is refused as a whole, and the old one stays in force.
func TestARulebookIsTakenInAgainOnSIGHUP(t *testing.T) {
	o, rulebook := openTest(t)
	o.reloadOnHangup(t.Context())
	first := o.Rules().Identity().SHA256
	hangUp := func() { require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP)) }
	write(t, rulebook, "house.yaml", houseRule)
	hangUp()
	require.Eventually(t, func() bool { return o.Rules().Identity().SHA256 != first }, time.Minute, 10*time.Millisecond)
	second := o.Rules().Identity().SHA256
	write(t, rulebook, "house.yaml", houseRule+"  - id: broken\n    when: no.such.fact\n")
	require.Error(t, o.ReloadRules(t.Context()))
	require.Equal(t, second, o.Rules().Identity().SHA256, "the old one stays in force, as a whole")
	write(t, rulebook, "house.yaml", houseRule+"    note: Ask counsel.\n")
	hangUp()
	require.Eventually(t, func() bool { return o.Rules().Identity().SHA256 != second }, time.Minute, 10*time.Millisecond)
}

func TestAFaultyRulebookOpensNoOffice(t *testing.T) {
	t.Parallel()
	_, rulebook := openTest(t)
	write(t, rulebook, "house.yaml", "rules: 7\n")
	_, err := Rules(rulebook, "")
	require.ErrorContains(t, err, "house.yaml:1:")
	_, err = Rules("", filepath.Join(rulebook, "no profile"))
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
}

func TestReadinessSaysWhichServerIsAway(t *testing.T) {
	t.Parallel()
	o, _ := openTest(t)
	bare, err := registry.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "bare.db"), registry.Options{})
	require.NoError(t, err)
	require.NoError(t, o.Registry.Close())
	o.Registry = bare
	c, err := o.Dial("127.0.0.1:1", Logger())
	require.NoError(t, err)
	t.Cleanup(c.Close)
	ops := o.ops(c)
	ask := func(path string) (int, string) {
		w := httptest.NewRecorder()
		ops.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
		return w.Code, w.Body.String()
	}
	status, text := ask("/readyz")
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Contains(t, text, "registry", "its schema is not there yet")
	require.NoError(t, o.Registry.Migrate(t.Context()))
	status, text = ask("/readyz")
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Contains(t, text, "workflow server")
	status, _ = ask("/healthz")
	require.Equal(t, http.StatusOK, status)
}

func TestATakenAddressIsNamed(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	_, err = Listen(t.Context(), l.Addr().String())
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
	require.ErrorContains(t, err, l.Addr().String())
}

func TestMigrateNeedsADatabase(t *testing.T) {
	t.Parallel()
	require.Equal(t, casework.Invalid, casework.CodeOf(Migrate(t.Context(), "")))
	require.NoError(t, Migrate(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db")))
}

// Whoever is named by an address is mailed there; everybody else at our own domain.
func TestWherePeopleOfStaffAreMailed(t *testing.T) {
	t.Parallel()
	o, _ := openTest(t)
	require.Equal(t, "rosa@office.example", people{o}.Address("rosa"))
	require.Equal(t, "rosa@elsewhere.example", people{o}.Address("rosa@elsewhere.example"))
	require.Equal(t, "duty.officer@dueprocess.example", people{o}.DutyOfficer())
}

func TestTheTeamsDaysOffAreItsPublicHolidays(t *testing.T) {
	o, _ := openTest(t)
	o.Now = func() time.Time { return time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC) }
	terms, _ := o.terms()
	require.NotEmpty(t, terms.Hours.Zone)
	require.Contains(t, terms.Hours.DaysOff, casework.Date("2026-11-26"), "Thanksgiving")
	require.NotContains(t, terms.Hours.DaysOff, casework.Date("2026-11-28"), "a Saturday is off anyway")
	require.Less(t, len(terms.Hours.DaysOff), 40)
}
