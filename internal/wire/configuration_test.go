package wire

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestAConfigurationFileIsReadStrictly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "dueprocess.yaml")
	t.Setenv("DUEPROCESS_CONFIG", file)
	t.Setenv("DUEPROCESS_SMTP", "mail.example:25")
	t.Setenv("DUEPROCESS_VAULT", "") // taken back after the test
	require.NoError(t, os.Unsetenv("DUEPROCESS_VAULT"))
	require.NoError(t, os.WriteFile(file, []byte("vault: /srv/vault\nsmtp: other.example:25\n"), 0o600))
	require.NoError(t, Configure())
	require.Equal(t, "/srv/vault", os.Getenv("DUEPROCESS_VAULT"))
	require.Equal(t, "mail.example:25", os.Getenv("DUEPROCESS_SMTP"), "what the environment says stands")

	require.NoError(t, os.WriteFile(file, []byte("valt: /srv\ncolour: red\nSMTP: x\nconfig: y\n"), 0o600))
	var refused *casework.Error
	require.ErrorAs(t, Configure(), &refused)
	paths := []string{}
	for _, f := range refused.Faults {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"SMTP", "colour", "config", "valt"}, paths)
	for _, bad := range []string{"vault: a\nvault: b\n", "- a\n", "vault: {a: b}\n"} {
		require.NoError(t, os.WriteFile(file, []byte(bad), 0o600))
		require.Equal(t, casework.Invalid, casework.CodeOf(Configure()), bad)
	}
	t.Setenv("DUEPROCESS_CONFIG", file+".gone")
	require.Equal(t, casework.Invalid, casework.CodeOf(Configure()))
}
