package pagetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Routes are the patterns that the package's code hands to a mux, as they are written there. A pattern that is put
// together in another way than from texts and names is none that this test could vouch for.
func Routes(t testing.TB, name string) []string {
	t.Helper()
	found := []string{}
	packages, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0) //nolint:staticcheck // no types are needed
	require.NoError(t, err)
	ast.Inspect(packages[name], func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if method, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Handle", "HandleFunc"}, method.Sel.Name) {
			found = append(found, written(t, call.Args[0]))
		}
		return true
	})
	return found
}

// written is a pattern as the code has it: texts as they are, constants of others by their names.
func written(t testing.TB, e ast.Expr) string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		require.NoError(t, err)
		return text
	case *ast.BinaryExpr:
		return written(t, e.X) + written(t, e.Y)
	case *ast.SelectorExpr:
		return e.X.(*ast.Ident).Name + "." + e.Sel.Name
	}
	require.Fail(t, "a route is registered by a pattern that cannot be read from the code")
	return ""
}
