package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"dueprocess/internal/wire"
)

// settings are the LOCAL_… variables of the environment.
type settings struct {
	dir          string // everything the local mode keeps
	port         int    // pages and API; 0: a free one, as for the others
	temporalPort int
	uiPort       int
	empty        bool   // no demo cases
	profile      string // a provider profile laid over the default one; empty: none
}

const (
	prefix    = "LOCAL_"
	variables = "LOCAL_DIR, LOCAL_PORT, LOCAL_TEMPORAL_PORT, LOCAL_UI_PORT, LOCAL_EMPTY, LOCAL_PROFILE"

	highestPort = 65535
)

// readSettings takes the settings from lines NAME=value. The error names every fault: values out of bounds, and
// variables that begin with LOCAL_ and are none of ours, which are mistyped ones.
func readSettings(environment []string) (settings, error) {
	read := settings{dir: ".local", port: 8080, temporalPort: 7233, uiPort: 8233}
	var faults []error
	for _, line := range environment {
		name, value, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, prefix) {
			faults = append(faults, read.set(name, value))
		}
	}
	return read, errors.Join(faults...)
}

func (s *settings) set(name, value string) error {
	switch name {
	case "LOCAL_DIR":
		return setFolder(&s.dir, name, value)
	case "LOCAL_PORT":
		return setPort(&s.port, name, value)
	case "LOCAL_TEMPORAL_PORT":
		return setPort(&s.temporalPort, name, value)
	case "LOCAL_UI_PORT":
		return setPort(&s.uiPort, name, value)
	case "LOCAL_EMPTY":
		return setSwitch(&s.empty, name, value)
	case "LOCAL_PROFILE":
		return setProfile(&s.profile, name, value)
	}
	return fmt.Errorf("%s is not a setting; the settings are %s", name, variables)
}

func setFolder(to *string, name, value string) error {
	found, err := os.Stat(value)
	if value == "" || (err == nil && !found.IsDir()) {
		return fmt.Errorf("%s must name a folder; it is made where absent", name)
	}
	*to = filepath.Clean(value)
	return nil
}

func setPort(to *int, name, value string) error {
	port, err := strconv.Atoi(value)
	if err != nil || port < 0 || port > highestPort {
		return fmt.Errorf("%s must be a port from 1 to %d, or 0 for a free one", name, highestPort)
	}
	*to = port
	return nil
}

func setSwitch(to *bool, name, value string) error {
	if value != "" && value != "0" && value != "1" {
		return fmt.Errorf("%s must be 1 or 0", name)
	}
	*to = value == "1"
	return nil
}

// setProfile reads the profile too: nothing is made for one that is faulty.
func setProfile(to *string, name, value string) error {
	found, err := os.Stat(value)
	if err != nil || !found.Mode().IsRegular() {
		return fmt.Errorf("%s must name a file that can be read", name)
	}
	if _, err := wire.Rules("", value); err != nil {
		return fmt.Errorf("%s must name a provider's profile: %w", name, err)
	}
	*to = value
	return nil
}

// temporalFile is the workflow server's database.
func (s settings) temporalFile() string { return filepath.Join(s.dir, "temporal", "temporal.db") }

// temporalLog takes the workflow server's warnings.
func (s settings) temporalLog() string { return filepath.Join(s.dir, "temporal", "server.log") }

// mailFolder holds the caught mail.
func (s settings) mailFolder() string { return filepath.Join(s.dir, "mail") }

// inDir is the same settings with everything kept under dir, where one is given.
func (s settings) inDir(dir string) settings {
	if dir != "" {
		s.dir = dir
	}
	return s
}
