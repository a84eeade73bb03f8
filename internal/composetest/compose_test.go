package composetest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
)

var root = filepath.Join("..", "..")

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	require.NoError(t, err)
	return string(b)
}

func ours(t *testing.T) *types.Project {
	t.Helper()
	text := read(t, "docker-compose.yml")
	given := required(text)
	require.Len(t, given, 3)
	p, err := load(text, given)
	require.NoError(t, err)
	require.Empty(t, faults(p, given))
	return p
}

func TestTheFileKeepsItsPromises(t *testing.T) {
	p := ours(t)
	for _, name := range []string{"postgres", "temporal", "temporal-ui", "migrate", "worker", "starter", "mail"} {
		require.Contains(t, p.Services, name)
	}
}

func TestItIsRefusedWithoutAnyOneOfItsSecrets(t *testing.T) {
	text := read(t, "docker-compose.yml")
	for left := range required(text) {
		given := required(text)
		delete(given, left)
		_, err := load(text, given)
		require.ErrorContains(t, err, left)
	}
}

func TestBothProgramsShareKeysAndVault(t *testing.T) {
	p := ours(t)
	for _, volume := range []string{"keys", "vault"} {
		require.Contains(t, p.Volumes, volume)
		for _, program := range []string{"worker", "starter"} {
			require.Equal(t, "/var/lib/dueprocess/"+volume, mounts(p.Services[program])[volume], program)
		}
	}
}

func mounts(s types.ServiceConfig) map[string]string {
	out := map[string]string{}
	for _, v := range s.Volumes {
		out[v.Source] = v.Target
	}
	return out
}

func TestNothingStartsBeforeWhatItNeeds(t *testing.T) {
	p := ours(t)
	for _, c := range [][3]string{
		{"temporal-schema", "postgres", types.ServiceConditionHealthy},
		{"temporal", "temporal-schema", types.ServiceConditionCompletedSuccessfully},
		{"temporal-namespace", "temporal", types.ServiceConditionHealthy},
		{"migrate", "postgres", types.ServiceConditionHealthy},
		{"worker", "migrate", types.ServiceConditionCompletedSuccessfully},
		{"worker", "temporal-namespace", types.ServiceConditionCompletedSuccessfully},
		{"starter", "migrate", types.ServiceConditionCompletedSuccessfully},
	} {
		require.Equal(t, c[2], p.Services[c[0]].DependsOn[c[1]].Condition, "%s waits for %s", c[0], c[1])
	}
	require.NotNil(t, p.Services["starter"].HealthCheck)
}

// Every setting that the file gives is one that the programs know.
func TestTheSettingsAreThePrograms(t *testing.T) {
	known := read(t, "internal", "wire", "settings.go")
	for _, program := range []string{"worker", "starter", "migrate"} {
		for key := range ours(t).Services[program].Environment {
			if short, ok := strings.CutPrefix(key, "DUEPROCESS_"); ok {
				require.Contains(t, known, `"`+short+`"`, key)
			}
		}
	}
}

func TestTheImageIsPinnedAndHasNoRights(t *testing.T) {
	text := read(t, "deploy", "Dockerfile")
	for _, m := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(text, -1) {
		require.Regexp(t, pinned, m[1])
	}
	require.Regexp(t, `(?m)^USER 10001`, text)
	for _, mounted := range []string{"postgres/init.sh", "temporal/dynamic.yaml"} {
		require.FileExists(t, filepath.Join(root, "deploy", mounted))
	}
}

// Each promise, broken once.
func TestABrokenPromiseIsSeen(t *testing.T) {
	for broken, want := range map[string]string{
		"services: {a: {image: 'postgres:16.1', environment: {POSTGRES_PASSWORD: temporal}}}":                                                 "a: POSTGRES_PASSWORD has a default secret",
		"services: {a: {image: 'postgres:16.1', environment: {POSTGRES_PASSWORD: '${P:-temporal}'}}}":                                         "a: POSTGRES_PASSWORD has a default secret",
		"services: {a: {image: 'postgres:16.1', environment: {POSTGRES_PWD: x}}}":                                                             "a: POSTGRES_PWD has a default secret",
		"services: {a: {image: 'postgres:16.1', environment: {DATABASE: 'postgres://u:p@h/d'}}}":                                              "a: DATABASE has a default secret",
		"services: {a: {image: postgres}}":                                                                                                    "a: the image postgres is not pinned to a version",
		"services: {a: {image: 'postgres:latest'}}":                                                                                           "a: the image postgres:latest is not pinned to a version",
		"services: {a: {image: 'postgres:16.1', ports: ['5432:5432']}}":                                                                       "a: port 5432 is open beyond this machine",
		"services: {a: {image: 'postgres:16.1', ports: ['0.0.0.0:5432:5432']}}":                                                               "a: port 5432 is open beyond this machine",
		"services: {a: {image: 'postgres:16.1', network_mode: host}}":                                                                         "a: runs with the rights of the machine",
		"services: {a: {image: 'x:1.0', depends_on: {b: {condition: service_healthy}}}, b: {image: 'x:1.0'}}":                                 "a: waits for b, which has no health check",
		"services: {a: {image: 'x:1.0', depends_on: {b: {condition: service_completed_successfully}}}, b: {image: 'x:1.0', restart: always}}": "a: waits for b to end, which is always restarted",
	} {
		p, err := load(broken, nil)
		require.NoError(t, err, broken)
		require.Equal(t, []string{want}, faults(p, nil), broken)
	}
}
