package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/parcel"
	"dueprocess/policy"
	"dueprocess/registry"
)

func TestHelpIsNoFailure(t *testing.T) {
	t.Parallel()
	for _, command := range []string{
		"", "serve", "migrate", "submit", "case", "case list", "case show", "case events", "case act", "policy", "policy evaluate", "policy explain",
		"policy check", "policy test", "policy diff", "parcel", "parcel verify", "parcel open",
	} {
		out := run(t, append(strings.Fields(command), "--help")...).well(t)
		require.Contains(t, out, "Usage: starter "+command)
	}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		arguments string
		says      string
	}{
		{"", "expected one of"},
		{"sumbit x", `did you mean "submit"?`},
		{"case shwo x", `did you mean "show"?`},
		{"submit", `expected "<request>"`},
		{"case show", `expected "<id>"`},
		{"case act X", "<action>"},
		{"submit x --colour red", "--colour"},
		{"case list --stge receipt", `did you mean "--stage"?`},
		{"policy evaluate", `expected "<request>"`},
		{"parcel verify", `expected "<file>"`},
	} {
		t.Run(x.arguments, func(t *testing.T) {
			t.Parallel()
			run(t, strings.Fields(x.arguments)...).fails(t, exitWrong, x.says, "Try: starter --help")
		})
	}
}

func TestDryRunsOfAllScenarios(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(scenarios + "*.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			var scenario struct {
				On     string
				Expect policy.Expectation
			}
			require.NoError(t, json.Unmarshal(text, &scenario))
			require.NotEmpty(t, scenario.Expect.Outcome)
			var got casework.Determination
			arguments := []string{"policy", "evaluate", path}
			if scenario.On != "" {
				arguments = append(arguments, "--on", scenario.On)
			}
			require.NoError(t, json.Unmarshal([]byte(run(t, arguments...).well(t)), &got))
			require.Empty(t, scenario.Expect.Check(got))
			require.Equal(t, run(t, arguments...).well(t), runWith(t, string(text), append([]string{"policy", "evaluate", "-"}, arguments[3:]...)...).well(t), "standard input is a file like any other")
		})
	}
}

func TestDryRunsOnADay(t *testing.T) {
	t.Parallel()
	path := scenarios + "us_warrant_all.json"
	var got casework.Determination
	require.NoError(t, json.Unmarshal([]byte(run(t, "policy", "evaluate", "--on", "2026-12-01", path).well(t)), &got))
	require.Equal(t, casework.Date("2026-12-01"), got.EvaluatedFor)
	require.NoError(t, json.Unmarshal([]byte(run(t, "policy", "evaluate", path).well(t)), &got))
	require.Equal(t, casework.Date("2026-11-20"), got.EvaluatedFor, "the day of receipt")
	for _, day := range []string{"2026-02-30", "tomorrow", "23.11.2026", "2026-11-23T00:00:00Z"} {
		run(t, "policy", "evaluate", "--on", day, path).fails(t, exitWrong, "--on must be a date that exists, such as 2026-11-23")
	}
	run(t, "policy", "evaluate", "--rulebook", "nowhere", path).fails(t, exitWrong, "nowhere")
	run(t, "policy", "evaluate", "--rulebook", t.TempDir(), path).fails(t, exitWrong, "the rulebook has faults:\ncountries", "\nrulebook.yaml:1:1: the file is missing")
}

func TestDryRunsNameEveryFault(t *testing.T) {
	t.Parallel()
	r := request(t, "us_warrant_all")
	r["channel"], r["colour"] = "pigeon", "red"
	got := runWith(t, asJSON(t, r), "policy", "evaluate", "-")
	got.fails(t, exitWrong, "\n  channel must be one of: ", "\n  colour is not a field of this object\n")
	require.Len(t, strings.Split(trimmed(got.complaints), "\n"), 3)
}

func TestMigrateBringsTheSchemaForward(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new.db")
	for range 2 { // the second time there is nothing to do
		require.Empty(t, run(t, "migrate", "--database", "sqlite:"+path).well(t))
	}
	r, err := registry.Open(t.Context(), "sqlite:"+path, registry.Options{})
	require.NoError(t, err)
	require.NoError(t, r.Ready(t.Context()))
	require.NoError(t, r.Close())
	run(t, "migrate", "--database", "").fails(t, exitWrong, "DUEPROCESS_DATABASE_URL is missing")
	run(t, "migrate", "--database", "mysql://x").fails(t, exitWrong)
	run(t, "migrate", "--database", "sqlite:"+filepath.Join(t.TempDir(), "no", "folder", "new.db")).fails(t, exitWrong)
	run(t, "migrate", "--database", "sqlite:"+file(t, "notes.txt", strings.Repeat("no database at all\n", 100))).fails(t, exitFailed)
}

var (
	signer = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	other  = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
)

const records = "account,at,ip\nharbor,2026-06-01T00:00:00Z,198.51.100.10\n"

// sealed is a package as the product makes it.
func sealed(t *testing.T, name string, to ...age.Recipient) string {
	t.Helper()
	at, sum := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC), sha256.Sum256([]byte(records))
	var out bytes.Buffer
	_, err := parcel.Seal(&out, parcel.Contents{
		CaseID: "LR-2026-000123", Instrument: casework.SearchWarrant, At: at, Data: []casework.Data{casework.Traffic},
		Targets: []parcel.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net", From: "2026-06-01", To: "2026-10-31"}},
		Files: []parcel.Content{{
			File: parcel.File{Path: "records/traffic.csv", Data: casework.Traffic, Source: "demo", Query: "as approved", Rows: 1, SHA256: hex.EncodeToString(sum[:]), CollectedBy: "olivia", At: at},
			Size: int64(len(records)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(records)), nil },
		}},
		Certificate: []byte("%PDF-1.7\n"), Readme: []byte("Read me.\n"),
	}, signer, to...)
	require.NoError(t, err)
	return file(t, name, out.String())
}

func pem(t *testing.T, key ed25519.PrivateKey) string {
	t.Helper()
	return file(t, "signer.pem", string(parcel.PublicPEM(key.Public().(ed25519.PublicKey))))
}

func TestAPackageThatIsSound(t *testing.T) {
	t.Parallel()
	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	identity := file(t, "officer.key", "# created by age-keygen\n"+key.String()+"\n")
	for name, arguments := range map[string][]string{
		"plain":     {sealed(t, "LR-2026-000123.tar")},
		"encrypted": {sealed(t, "LR-2026-000123.tar.age", key.Recipient()), "--identity", identity},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arguments := append(arguments, "--signer", pem(t, signer))
			golden(t, "parcel_sound", run(t, append([]string{"parcel", "verify"}, arguments...)...).well(t))
			var report parcel.Report
			require.NoError(t, json.Unmarshal([]byte(run(t, append([]string{"parcel", "verify", "--json"}, arguments...)...).well(t)), &report))
			require.Equal(t, parcel.SignatureValid, report.Signature)
			require.Equal(t, name == "encrypted", report.Encrypted)
			unsigned := run(t, "parcel", "verify", arguments[0], "--identity", identity).well(t)
			require.Contains(t, unsigned, "not_checked")
			require.NotContains(t, unsigned, "The package is sound.", "whoever made it may have signed anything")

			out := run(t, append([]string{"parcel", "open"}, arguments...)...).well(t)
			folder := filepath.Join(filepath.Dir(arguments[0]), "LR-2026-000123")
			require.Regexp(t, `\nLaid into +`+folder+`\n`, out)
			laid, err := os.ReadFile(folder + "/records/traffic.csv")
			require.NoError(t, err)
			require.Equal(t, records, string(laid))
			run(t, append([]string{"parcel", "open"}, arguments...)...).fails(t, exitWrong, folder+" is there already; name another folder with --into")
			into := filepath.Join(t.TempDir(), "elsewhere")
			run(t, append([]string{"parcel", "open", "--into", into}, arguments...)...).well(t)
			require.FileExists(t, into+"/manifest.json")
		})
	}
}

func TestAPackageThatIsNot(t *testing.T) {
	t.Parallel()
	plain, right := sealed(t, "p.tar"), pem(t, signer)
	text, err := os.ReadFile(plain)
	require.NoError(t, err)
	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	another, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	closed, anothers := sealed(t, "p.tar.age", key.Recipient()), file(t, "another.key", another.String())
	tampered := file(t, "p.tar", strings.Replace(string(text), "198.51.100.10", "198.51.100.11", 1))
	for _, x := range []struct {
		name      string
		arguments []string
		status    int
		says      []string
	}{
		{"tampered with", []string{tampered, "--signer", right}, exitFailed, []string{"The package is not what it should be.", "records/traffic.csv"}},
		{"tampered with, no signer", []string{tampered}, exitFailed, []string{"records/traffic.csv"}},
		{"another's signature", []string{plain, "--signer", pem(t, other)}, exitFailed, []string{"signature"}},
		{"cut off", []string{file(t, "p.tar", string(text[:700]))}, exitFailed, []string{"manifest.json is missing"}},
		{"no package", []string{file(t, "p.tar", "hello")}, exitFailed, []string{"damaged"}},
		{"empty", []string{file(t, "p.tar", "")}, exitFailed, nil},
		{"not there", []string{"nowhere.tar"}, exitWrong, []string{"there is no package nowhere.tar"}},
		{"a folder", []string{t.TempDir()}, exitWrong, []string{"is a folder"}},
		{"encrypted, no key", []string{closed}, exitWrong, []string{"The package is encrypted: a key is needed to read it."}},
		{"encrypted to another", []string{closed, "--identity", anothers}, exitWrong, []string{"None of the keys opens the package."}},
		{"no key file", []string{closed, "--identity", "nowhere.key"}, exitWrong, []string{"there is no key file nowhere.key"}},
		{"a key that is none", []string{closed, "--identity", right}, exitWrong, []string{"is not a file with age keys"}},
		{"no signer's file", []string{plain, "--signer", "nowhere.pem"}, exitWrong, []string{"there is no key file nowhere.pem"}},
		{"a signer that is none", []string{plain, "--signer", anothers}, exitWrong, []string{"is not an Ed25519 public key in PEM"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			into := filepath.Join(t.TempDir(), "into")
			for _, command := range [][]string{{"parcel", "verify"}, {"parcel", "open", "--into", into}} {
				got := run(t, append(command, x.arguments...)...)
				require.Equal(t, x.status, got.status, got.complaints)
				for _, piece := range x.says {
					require.Contains(t, got.complaints, piece)
				}
				require.NotContains(t, got.out, "sound", "nor anything like it")
				require.NotContains(t, got.complaints, another.String())
				require.NoDirExists(t, into, "nothing stays there")
			}
		})
	}
}
