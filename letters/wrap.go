package letters

import "strings"

// wrap breaks a line between words where it is wider than there is room; a word that is wider than a line is broken
// where the line ends. Nothing gives one empty line.
func wrap(s string, room float64, measure func(string) float64) []string {
	lines, line := []string{}, ""
	for word := range strings.FieldsSeq(s) {
		for measure(word) > room {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			n := fits(word, room, measure)
			lines, word = append(lines, word[:n]), word[n:]
		}
		switch joined := strings.TrimSpace(line + " " + word); {
		case measure(joined) <= room:
			line = joined
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// fits is how many bytes of a word a line holds: at least one character's, and none cut in two.
func fits(word string, room float64, measure func(string) float64) int {
	n, wide := 0, 0.0
	for i, r := range word {
		wide += measure(string(r))
		if i > 0 && wide > room {
			return n
		}
		n = i + len(string(r))
	}
	return n
}
