package ui

import (
	"encoding/csv"
	"mime"
	"net/http"
	"strings"
)

// CSV answers with a table that spreadsheets open, as a file. No cell of it is taken for a formula there.
func CSV(w http.ResponseWriter, name string, header []string, rows [][]string) {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range append([][]string{header}, rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Unformula(cell)
		}
		_ = out.Write(safe) // whoever is gone needs no answer
	}
	out.Flush()
}

// Unformula puts an apostrophe before what a spreadsheet would take for a formula. Numbers stay what they are.
func Unformula(cell string) string {
	trimmed := strings.TrimLeft(cell, " \t\r\n\u00a0\ufeff")
	if trimmed != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(trimmed)[0]) && !isNumber(trimmed) || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") {
		return "'" + cell
	}
	return cell
}

func isNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789.") == ""
}
