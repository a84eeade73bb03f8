// Command licences writes docs/licences.md: each library that the two programs are linked from, with its version and the
// licence that its module carries, and what the style sheet is made of. It reads the module cache and asks nobody. Run it
// as `make licences`.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is as go list writes it.
//
//nolint:tagliatelle // see above
type module struct {
	Path    string `json:"Path"`
	Version string `json:"Version"`
	Dir     string `json:"Dir"`
	Main    bool   `json:"Main"`
}

func main() {
	if err := write(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, to io.Writer) error {
	modules, err := linked(ctx)
	if err != nil {
		return err
	}
	page := &bytes.Buffer{}
	page.WriteString("# Libraries and their licences\n\nWritten by `make licences`: the modules that `worker` and `starter` are built from. The product itself is under the\n[Apache License 2.0](../LICENSE).\n\n| module | version | licence |\n|---|---|---|\n")
	for _, m := range modules {
		name, err := licenceOf(m)
		if err != nil {
			return err
		}
		fmt.Fprintf(page, "| %s | %s | %s |\n", m.Path, m.Version, name)
	}
	if err := sheets(page); err != nil {
		return err
	}
	_, err = to.Write(page.Bytes())
	return err
}

// linked are the modules of all packages that the programs import, for Linux.
func linked(ctx context.Context) ([]module, error) {
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Module", "./worker", "./starter")
	list.Stderr = os.Stderr
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	said, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	seen := map[string]module{}
	for d := json.NewDecoder(bytes.NewReader(said)); ; {
		var p struct {
			Module *module `json:"Module"` //nolint:tagliatelle // as go list writes it
		}
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if p.Module != nil && !p.Module.Main {
			seen[p.Module.Path] = *p.Module
		}
	}
	out := []module{}
	for _, m := range seen {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// bare are modules that carry no licence file, with what is known of them.
var bare = map[string]string{
	"github.com/nexus-rpc/nexus-proto-annotations": "no file in the module; its project's other modules are under MIT",
}

// known are words that only one licence has; the first that is found names it.
var known = []struct{ name, words string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"BSD-3-Clause", "may be used to endorse or promote products"},
	{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
	{"ISC", "Permission to use, copy, modify, and/or distribute"},
	{"ISC", "Permission to use, copy, modify, and distribute"},
	{"Unlicense", "This is free and unencumbered software"},
}

func licenceOf(m module) (string, error) {
	files, err := os.ReadDir(m.Dir)
	if err != nil {
		return "", err
	}
	names := []string{}
	for _, f := range files {
		upper := strings.ToUpper(f.Name())
		if f.IsDir() || !strings.HasPrefix(upper, "LICEN") && !strings.HasPrefix(upper, "COPYING") && !strings.HasPrefix(upper, "UNLICENSE") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, f.Name()))
		if err != nil {
			return "", err
		}
		if name := nameOf(string(text)); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if said, ok := bare[m.Path]; ok && len(names) == 0 {
		return said, nil
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%s %s: no licence that is known", m.Path, m.Version)
	}
	return strings.Join(names, ", "), nil
}

func nameOf(text string) string {
	plain := strings.Join(strings.Fields(text), " ")
	for _, k := range known {
		if strings.Contains(plain, k.words) {
			return k.name
		}
	}
	return ""
}
