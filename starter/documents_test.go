package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// documented are the commands of a document, in blocks and in lines: `starter …` with arguments that are written out.
func documented(t *testing.T, path string) (out []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?m)(?:^|`|\\(| )(?:bin/)?starter ([a-z][^`\\n)]*)").FindAllStringSubmatch(string(text), -1) {
		out = append(out, strings.TrimSpace(m[1]))
	}
	return out
}

// words are the arguments; what a shell would put in is a word like any other.
func words(command string) []string {
	return strings.Fields(strings.ReplaceAll(command, `"`, ""))
}

// Every command that a document has is one that the program takes.
func TestDocumentsHaveNoCommandThatIsNone(t *testing.T) {
	t.Setenv("DUEPROCESS_DATABASE_URL", "sqlite:x.db")
	guides, err := filepath.Glob("../docs/guides/*.md")
	require.NoError(t, err)
	seen := 0
	for _, path := range append(guides, "../README.md") {
		for _, command := range documented(t, path) {
			if !strings.HasPrefix(command, "policy test") { // its folder is the tree's
				seen++
				parser, err := kong.New(&commands{}, kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
				require.NoError(t, err)
				_, err = parser.Parse(words(command))
				require.NoError(t, err, "%s: starter %s", path, command)
			}
		}
	}
	require.Greater(t, seen, 15)
}

// What the README says of a database with invented cases holds to the letter, with fewer of them.
func TestTheReadmesInventedCasesCanBeMade(t *testing.T) {
	t.Setenv("DUEPROCESS_KEY_FILE", "")
	all, done := documented(t, "../README.md"), 0
	t.Chdir(t.TempDir())
	for _, command := range all {
		if strings.Contains(command, "many.db") {
			run(t, words(strings.ReplaceAll(command, "10000", "10"))...).well(t)
			done++
		}
	}
	require.Equal(t, 2, done)
}
