package archtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnImportIsJudged(t *testing.T) {
	for _, c := range []struct {
		importer, imported string
		test               bool
		rule               string // empty: allowed
	}{
		{"dueprocess/casework", "strings", false, ""},
		{"dueprocess/casework", "os", false, "1 (nouns)"},
		{"dueprocess/casework", "net/http", false, "1 (nouns)"},
		{"dueprocess/casework", "github.com/google/uuid", false, "1 (nouns)"},
		{"dueprocess/casework", "dueprocess/policy", false, "1 (nouns)"},
		{"dueprocess/policy", "dueprocess/casework", false, ""},
		{"dueprocess/policy", "net/netip", false, ""},
		{"dueprocess/policy", "net/http", false, "2 (pure packages)"},
		{"dueprocess/policy", "dueprocess/registry", false, "2 (pure packages)"},
		{"dueprocess/clocks", "dueprocess/policy", false, "2 (pure packages)"},
		{"dueprocess/ledger", "database/sql", false, "of walls"},
		{"dueprocess/activities", "dueprocess/letters", false, ""},
		{"dueprocess/activities", "dueprocess/mail", false, "3 (activities)"},
		{"dueprocess/activities", "dueprocess/internal/fakes", false, "of walls"},
		{"dueprocess/activities", "dueprocess/internal/fakes", true, ""},
		{"dueprocess/workflows", "dueprocess/activities", false, ""},
		{"dueprocess/workflows", "dueprocess/policy", false, "4 (workflows)"},
		{"dueprocess/workflows", "crypto/rand", false, "4 (workflows)"},
		{"dueprocess/workflows_test", "dueprocess/mail", true, "4 (workflows)"},
		{"dueprocess/desk", "dueprocess/workflows", false, ""},
		{"dueprocess/mail", "dueprocess/vault/fs", false, "5 (adapters)"},
		{"dueprocess/mail_test", "dueprocess/vault/fs", true, ""},
		{"dueprocess/registry/registrytest", "dueprocess/registry", false, ""},
		{"dueprocess/registry", "dueprocess/registry/registrytest", false, "of walls"},
		{"dueprocess/registry_test", "dueprocess/registry/registrytest", true, ""},
		{"dueprocess/records/demo", "dueprocess/records", false, ""},
		{"dueprocess/web/staff", "dueprocess/web/ui", false, ""},
		{"dueprocess/web/staff", "dueprocess/web/portal", false, "5 (adapters)"},
		{"dueprocess/web/staff", "go.temporal.io/sdk/client", false, "of walls"},
		{"dueprocess/desk", "go.temporal.io/sdk/client", false, ""},
		{"dueprocess/internal/fakes", "dueprocess/registry", false, "7 (fakes)"},
		{"dueprocess/internal/wire", "dueprocess/registry", false, ""},
		{"dueprocess/keys", "dueprocess/internal/wire", false, "of walls"},
		{"dueprocess/internal/wire", "dueprocess/worker", false, "of walls"},
		{"dueprocess/worker", "go.temporal.io/server/temporal", false, "of walls"},
		{"dueprocess/util", "strings", false, "0 (the table)"},
	} {
		got, wrong := judge(c.importer, c.imported, c.test)
		require.Equal(t, c.rule, got.Rule, "%s imports %s", c.importer, c.imported)
		require.Equal(t, c.rule != "", wrong)
	}
}

func TestAVerdictNamesBothAndTheReason(t *testing.T) {
	got, _ := judge("dueprocess/workflows", "dueprocess/policy", false)
	require.Contains(t, got.String(), "dueprocess/workflows imports dueprocess/policy: against rule 4 (workflows): a workflow is replayed")
}

func TestACallOfTheClockIsSeen(t *testing.T) {
	require.Equal(t, []string{"x.go:6: time.Now"}, clocksIn(t, "x.go", "package x\n\nimport \"time\"\n\nfunc f() time.Time {\n\treturn time.Now()\n}\n"))
	require.Empty(t, clocksIn(t, "x.go", "package x\n\nimport \"time\"\n\nvar day = 24 * time.Hour\n"))
}
