package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// vendored is where the style sheet of others is made; see its build.sh.
const vendored = "web/ui/vendored"

// sheets writes what the style sheet is made of: a licence file is named for the last part of a package's name, or for
// its owner where that says more.
func sheets(page *bytes.Buffer) error {
	folder := os.DirFS(vendored)
	text, err := fs.ReadFile(folder, "package.json")
	if err != nil {
		return err
	}
	var made struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(text, &made); err != nil {
		return fmt.Errorf("%s: %w", vendored, err)
	}
	page.WriteString("\nOf the style sheet, in `web/ui/static/vendored.css` (made by `make look`; their texts are in `web/ui/static/licences.txt`):\n\n| package | version | licence |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(made.Dependencies)) {
		file := strings.NewReplacer("@ministryofjustice/", "moj-").Replace(name)
		licence, err := fs.ReadFile(folder, "LICENCE-"+file+".txt")
		if err != nil {
			return err
		}
		fmt.Fprintf(page, "| %s | %s | %s |\n", name, made.Dependencies[name], nameOf(string(licence)))
	}
	return nil
}
