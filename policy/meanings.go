package policy

import (
	"cmp"
	"slices"
)

// Meaning is what a name in a condition stands for.
type Meaning struct {
	Name  string
	About string
}

// asWritten is the meaning of a fact that is the request's own field of that name.
const asWritten = "as the request says it"

// Meanings are the facts that some conditions ask for, each once, with what they mean.
func Meanings(conditions ...string) []Meaning {
	out := []Meaning{}
	for _, text := range conditions {
		for _, name := range factName.FindAllString(unquoted(text), -1) {
			name = known(name)
			if m := (Meaning{name, cmp.Or(facts[name].about, asWritten)}); name != "" && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}
