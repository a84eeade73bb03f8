package ui

import (
	"encoding/csv"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"": "", "12": "12", "-3.5": "-3.5", "rosa": "rosa", "=1+1": "'=1+1", "+1 202 555": "'+1 202 555", "-": "'-", "-a": "'-a", "@x": "'@x",
		" =1": "' =1", "\t=1": "'\t=1", "\u00a0=1": "'\u00a0=1", "\r1": "'\r1", "a=b": "a=b", "%0A": "'%0A", "|cmd": "'|cmd", "-2+3": "'-2+3", "＝1": "'＝1",
	} {
		require.Equal(t, want, Unformula(cell), "%q", cell)
	}
}

func TestATableIsAFile(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	CSV(w, "load.csv", []string{"assignee", "open"}, [][]string{{"=HYPERLINK(\"x\")", "3"}, {"a, \"b\"\nc", "4"}})
	require.Equal(t, "attachment; filename=load.csv", w.Header().Get("Content-Disposition"))
	require.Equal(t, "assignee,open\r\n\"'=HYPERLINK(\"\"x\"\")\",3\r\n\"a, \"\"b\"\"\r\nc\",4\r\n", w.Body.String())
	read, err := csv.NewReader(strings.NewReader(w.Body.String())).ReadAll()
	require.NoError(t, err)
	require.Len(t, read, 3)
}
