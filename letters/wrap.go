package letters

import (
	"regexp"
	"strings"
)

// wrap breaks a line between words where it is wider than there is room; a word that is wider than a line is broken
// where the line ends. Nothing gives one empty line.
func wrap(s string, room float64, measure func(string) float64) []string {
	lines, line := []string{}, ""
	for _, word := range unbroken(s, room, measure) {
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

// unbroken are the words of a text, of which some are more than one: a day with its month and year, a number with the
// code or article that it is of.
func unbroken(s string, room float64, measure func(string) float64) []string {
	out := []string{}
	for words := strings.Fields(s); len(words) > 0; {
		n := belong(words)
		if measure(strings.Join(words[:n], " ")) > room {
			n = 1
		}
		out, words = append(out, strings.Join(words[:n], " ")), words[n:]
	}
	return out
}

var (
	dayOfMonth = regexp.MustCompile(`^[0-9]{1,2}(\.|er)?$`)
	year       = regexp.MustCompile(`^[0-9]{4}\b`)
	article    = regexp.MustCompile(`^\(?(Art\.|Rule|Annex)$`)
	title      = regexp.MustCompile(`^\(?[0-9]{1,2}$`)
)

// belong is how many of the words that come next stay on one line.
func belong(words []string) int {
	switch {
	case len(words) > 2 && title.MatchString(words[0]) && words[1] == "USC":
		return 3
	case len(words) > 2 && dayOfMonth.MatchString(words[0]) && year.MatchString(words[2]):
		return 3
	case len(words) > 1 && article.MatchString(words[0]):
		return 2
	}
	return 1
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
