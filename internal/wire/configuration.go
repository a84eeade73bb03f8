package wire

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"dueprocess/casework"
)

// configuration names the file with settings: a line each, as the variables without DUEPROCESS_, in lower case.
const configuration = prefix + "CONFIG"

// Configure takes the settings of the configuration file into the environment, where one is named; what the environment
// says itself stands. The error names everything in the file that is no setting; what is one was taken in all the same, so
// that its faults can be said too.
func Configure() error {
	path := os.Getenv(configuration)
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return casework.Refuse(casework.Invalid, "The configuration file %s cannot be read.", path).Because(err)
	}
	values, faults := readConfiguration(text)
	for name, value := range values {
		if _, said := os.LookupEnv(prefix + strings.ToUpper(name)); said {
			continue
		}
		if err := os.Setenv(prefix+strings.ToUpper(name), value); err != nil {
			return err
		}
	}
	return faults
}

// Misnamed reports whether an error is of names in the configuration file that are no settings: the rest was taken in.
func Misnamed(err error) bool {
	refused, ok := errors.AsType[*casework.Error](err)
	return ok && len(refused.Faults) > 0
}

func readConfiguration(text []byte) (map[string]string, error) {
	values := map[string]string{}
	if err := yaml.Unmarshal(text, &values); err != nil {
		return nil, casework.Refuse(casework.Invalid, "The configuration file is no list of settings, each once, such as vault: /srv/vault.").Because(err)
	}
	known := append(slices.Collect(maps.Keys(new(Settings).variables())), commands...)
	faults := []casework.Fault{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(known, strings.ToUpper(name)) || name != strings.ToLower(name) {
			faults = append(faults, casework.Fault{Path: name, Message: "is not a setting of the configuration file"})
			delete(values, name)
		}
	}
	return values, casework.Faulty(faults)
}
