package ui

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of a text that others wrote: longer ones are folded away behind their beginning.
const (
	longText  = 480
	shownText = 240
)

// long reports whether a text is folded.
func long(s string) bool { return utf8.RuneCountInString(s) > longText }

// beginning is what is shown of a long text.
func beginning(s string) string {
	if letters := []rune(s); len(letters) > shownText {
		return string(letters[:shownText]) + "…"
	}
	return s
}

// Bytes is a size as people read it.
func Bytes(n int64) string {
	const step = 1024
	switch {
	case n == 1:
		return "1 byte"
	case n < step:
		return fmt.Sprintf("%d bytes", n)
	case n < step*step:
		return fmt.Sprintf("%.0f KiB", float64(n)/step)
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(step*step))
}

// seen puts a mark in the place of each character that is not seen but turns or hides what stands beside it: the marks
// and overrides of writing direction, and those of no width. No page of ours has any of its own.
var seen = strings.NewReplacer(
	"\u202a", "[U+202A]", "\u202b", "[U+202B]", "\u202c", "[U+202C]", "\u202d", "[U+202D]", "\u202e", "[U+202E]",
	"\u2066", "[U+2066]", "\u2067", "[U+2067]", "\u2068", "[U+2068]", "\u2069", "[U+2069]",
	"\u200e", "[U+200E]", "\u200f", "[U+200F]", "\u061c", "[U+061C]", "\u200b", "[U+200B]", "\u2060", "[U+2060]", "\ufeff", "[U+FEFF]",
)
