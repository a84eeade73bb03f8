package doccheck

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var root = filepath.Join("..", "..")

func TestEveryLinkResolves(t *testing.T) {
	seen := 0
	for _, document := range documents(t) {
		for _, l := range links(read(t, document)) {
			seen++
			if fault := resolve(document, l); fault != "" {
				t.Errorf("%s: %s: %s", document, l, fault)
			}
		}
	}
	require.Positive(t, seen)
}

// Links that lead nowhere, each kind once.
func TestABrokenLinkIsSeen(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	require.NoError(t, os.WriteFile(page, []byte("# One `two`, three\n\n```\n[not](a-link)\n```\n[a](gone.md) [b](page.md) [c](#one-two-three) [d](#four) [e](https://example.com/x) ![f](gone.png)"), 0o600))
	found := map[string]string{}
	for _, l := range links(read(t, page)) {
		found[l] = resolve(page, l)
	}
	require.Equal(t, map[string]string{
		"gone.md": "there is no such file", "gone.png": "there is no such file", "page.md": "", "#one-two-three": "", "#four": "there is no such heading",
		"https://example.com/x": "",
	}, found)
}

func TestEveryDecisionSaysWhatWasRefused(t *testing.T) {
	records, err := filepath.Glob(filepath.Join(root, "docs", "decisions", "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, records)
	numbered := map[string]string{}
	for _, r := range records {
		number := filepath.Base(r)[:4]
		require.Empty(t, numbered[number], "%s has the number of another", r)
		numbered[number] = r
		require.Regexp(t, `^\d{4}-[a-z0-9-]+\.md$`, filepath.Base(r))
		for _, part := range []string{"## Context", "## Choice", "## Refused"} {
			require.Contains(t, read(t, r), part, r)
		}
	}
}

// documents are the tree's Markdown files.
func documents(t *testing.T) []string {
	t.Helper()
	out := []string{}
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (strings.HasPrefix(name, ".") && name != "." && name != ".." || name == "node_modules" || name == "testdata") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return nil
	}))
	return out
}

var (
	fenced = regexp.MustCompile("(?ms)^```.*?^```")
	link   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

func links(text string) []string {
	out := []string{}
	for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		out = append(out, m[1])
	}
	return out
}

// resolve says what is wrong with a link; empty: nothing. Addresses elsewhere are not asked.
func resolve(document, l string) string {
	if strings.Contains(l, "://") || strings.HasPrefix(l, "mailto:") {
		return ""
	}
	path, heading, _ := strings.Cut(l, "#")
	target := document
	if path != "" {
		target = filepath.Join(filepath.Dir(document), path)
	}
	if _, err := os.Stat(target); err != nil {
		return "there is no such file"
	}
	if heading != "" && !headed(target, heading) {
		return "there is no such heading"
	}
	return ""
}

var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

func headed(path, anchor string) bool {
	b, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	for line := range strings.SplitSeq(fenced.ReplaceAllString(string(b), ""), "\n") {
		text, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if ok && strings.HasPrefix(line, "#") && strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(text), ""), " ", "-") == anchor {
			return true
		}
	}
	return false
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(b)
}
