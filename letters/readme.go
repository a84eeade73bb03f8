package letters

import (
	"bytes"
	_ "embed"
	"text/template"

	"dueprocess/casework"
)

// ReadmeFacts is what the officer's text says of one package. KeysURL is where the provider publishes the public keys
// that sign manifests.
type ReadmeFacts struct {
	Provider  string
	CaseID    string
	KeysURL   string
	Encrypted bool // to the officer's own age key
}

//go:embed readme.txt
var readmeText string

var readmeTemplate = template.Must(template.New("readme.txt").Parse(readmeText))

// Readme is README.txt for the officer: what is in the package and how to check it with public programs alone.
func Readme(f ReadmeFacts) ([]byte, error) {
	if f.Provider == "" || f.CaseID == "" || f.KeysURL == "" {
		return nil, casework.Refuse(casework.Invalid, "The text for the officer needs the provider, the case and where the keys are.")
	}
	var out bytes.Buffer
	err := readmeTemplate.Execute(&out, f)
	return out.Bytes(), err
}
