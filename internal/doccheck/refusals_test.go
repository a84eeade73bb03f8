package doccheck

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	inRefusals = regexp.MustCompile(`(?s)\| it says \| it means \|\n\|---\|---\|\n(.*?)(?:\n\n|$)`)
	asWord     = regexp.MustCompile(`%[+#]?[sdvq]`)
)

// What a guide says that the product says, it says: word for word, but for what differs from case to case, which a guide
// writes as … and the code as a verb of fmt.
func TestGuidesQuoteRefusalsAsTheyAre(t *testing.T) {
	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	require.NoError(t, err)
	said, quoted := sentences(t), 0
	for _, guide := range guides {
		for _, table := range inRefusals.FindAllStringSubmatch(read(t, guide), -1) {
			for row := range strings.SplitSeq(strings.TrimSpace(table[1]), "\n") {
				quote := strings.TrimSpace(strings.Split(row, "|")[1])
				require.True(t, isSaid(said, quote), "%s: nothing says %q", guide, quote)
				quoted++
			}
		}
	}
	require.Positive(t, quoted)
}

// isSaid reports whether a text of the code begins as a guide quotes it.
func isSaid(said []string, quote string) bool {
	parts := strings.Split(quote, "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(strings.TrimSpace(parts[i]))
	}
	pattern := regexp.MustCompile(`^` + strings.Join(parts, `.*`))
	return slices.ContainsFunc(said, func(s string) bool { return pattern.MatchString(asWord.ReplaceAllString(s, "…")) })
}

// sentences are the texts in the product's code.
func sentences(t *testing.T) (out []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "node_modules" || d.Name() == "doccheck"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		out = append(out, texts(t, path)...)
		return nil
	}))
	return out
}

func texts(t *testing.T, path string) (out []string) {
	t.Helper()
	source, err := os.ReadFile(path)
	require.NoError(t, err)
	files, s := token.NewFileSet(), scanner.Scanner{}
	s.Init(files.AddFile(path, -1, len(source)), source, nil, 0)
	for {
		_, kind, literal := s.Scan()
		if kind == token.EOF {
			return out
		}
		if kind == token.STRING {
			if text, err := strconv.Unquote(literal); err == nil {
				out = append(out, text)
			}
		}
	}
}
