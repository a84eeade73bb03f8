package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSettingsHaveDefaults(t *testing.T) {
	read, err := readSettings([]string{"HOME=/root", "LOCALE=C"})
	require.NoError(t, err)
	require.Equal(t, settings{dir: ".local", port: 8080, temporalPort: 7233, uiPort: 8233}, read)
}

func TestSettingsAreTaken(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile.yaml")
	require.NoError(t, os.WriteFile(profile, []byte("notice_period: 2s\n"), 0o600))
	read, err := readSettings([]string{
		"LOCAL_DIR=/tmp/x/", "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=1", "LOCAL_UI_PORT=65535", "LOCAL_EMPTY=1", "LOCAL_PROFILE=" + profile,
	})
	require.NoError(t, err)
	require.Equal(t, settings{dir: "/tmp/x", temporalPort: 1, uiPort: 65535, empty: true, profile: profile}, read)
}

func TestAllFaultsAreReportedAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := readSettings([]string{
		"LOCAL_DIR=" + file, "LOCAL_PORT=http", "LOCAL_TEMPORAL_PORT=-1", "LOCAL_UI_PORT=65536",
		"LOCAL_EMPTY=yes", "LOCAL_PROFILE=/nowhere/at/all", "LOCAL_PROT=8080",
	})
	for _, name := range []string{"DIR", "PORT", "TEMPORAL_PORT", "UI_PORT", "EMPTY", "PROFILE"} {
		require.ErrorContains(t, err, "LOCAL_"+name+" must ")
	}
	require.ErrorContains(t, err, "LOCAL_PROT is not a setting")
	require.Len(t, strings.Split(err.Error(), "\n"), 7)
}
