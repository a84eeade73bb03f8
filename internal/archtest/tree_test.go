package archtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// listed is what `go list -json` says about a package, as far as it is asked here.
type listed struct {
	Dir, ImportPath                    string
	GoFiles                            []string
	Imports, TestImports, XTestImports []string
}

func TestTheTreeKeepsTheOrder(t *testing.T) {
	seen := 0
	for _, p := range tree(t) {
		for _, i := range p.Imports {
			seen++
			report(t, p.ImportPath, i, false)
		}
		for _, i := range append(p.TestImports, p.XTestImports...) {
			report(t, p.ImportPath+"_test", i, true)
		}
	}
	require.Greater(t, seen, 300, "go list said too little")
}

func report(t *testing.T, importer, imported string, test bool) {
	t.Helper()
	if verdict, wrong := judge(importer, imported, test); wrong {
		t.Error(verdict)
	}
}

// What is decided does not read a clock: time is an argument.
func TestPurePackagesReadNoClock(t *testing.T) {
	for _, p := range tree(t) {
		if !slices.Contains(append([]string{"activities", "workflows"}, pure...), under(short(p.ImportPath))) {
			continue
		}
		for _, name := range p.GoFiles {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			for _, call := range clocksIn(t, name, string(source)) {
				t.Errorf("%s/%s: against rules 1 to 4: time is an argument", p.ImportPath, call)
			}
		}
	}
}

// clocksIn names each use of the machine's clock in a file.
func clocksIn(t *testing.T, name, source string) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	require.NoError(t, err)
	out := []string{}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, ok := s.X.(*ast.Ident)
		if ok && of.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc"}, s.Sel.Name) {
			out = append(out, fmt.Sprintf("%s:%d: time.%s", name, files.Position(n.Pos()).Line, s.Sel.Name))
		}
		return true
	})
	return out
}

// tree is every package of the product, of both modules.
func tree(t *testing.T) []listed {
	t.Helper()
	root := filepath.Join("..", "..")
	return append(list(t, root), list(t, filepath.Join(root, "deploy", "local"))...)
}

func list(t *testing.T, dir string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=Dir,ImportPath,GoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	said, err := cmd.Output()
	require.NoError(t, err)
	out := []listed{}
	for d := json.NewDecoder(bytes.NewReader(said)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return out
		} else {
			require.NoError(t, err)
		}
		out = append(out, p)
	}
}
