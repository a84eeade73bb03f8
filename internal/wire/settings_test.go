package wire

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestEveryFaultOfTheSettingsIsNamed(t *testing.T) {
	t.Parallel()
	_, err := FromEnvironment([]string{"DUEPROCESS_SMTP=mail", "DUEPROCESS_RULEBOOK=/nowhere", "DUEPROCESS_COLOUR=x", "DUEPROCESS_STAFF_URL=ftp://x", "PATH=/bin"})
	var refused *casework.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, casework.Invalid, refused.Code)
	paths := []string{}
	for _, f := range refused.Faults {
		paths = append(paths, f.Path)
	}
	require.ElementsMatch(t, []string{
		"DUEPROCESS_COLOUR", "DUEPROCESS_DATABASE_URL", "DUEPROCESS_KEY_FILE", "DUEPROCESS_VAULT", "DUEPROCESS_SMTP", "DUEPROCESS_PUBLIC_URL",
		"DUEPROCESS_RULEBOOK", "DUEPROCESS_STAFF_URL",
	}, paths)
}

func TestSettingsOfTheCommandsAreLeftAlone(t *testing.T) {
	t.Parallel()
	s, err := FromEnvironment([]string{
		"DUEPROCESS_URL=http://127.0.0.1:8080", "DUEPROCESS_TOKEN=x", "DUEPROCESS_DATABASE_URL=sqlite:x", "DUEPROCESS_KEY_FILE=k", "DUEPROCESS_VAULT=v",
		"DUEPROCESS_SMTP=127.0.0.1:25", "DUEPROCESS_PUBLIC_URL=https://legal.example.com",
	})
	require.NoError(t, err)
	require.Equal(t, "sqlite:x", s.Database)
}
