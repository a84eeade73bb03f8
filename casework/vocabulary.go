package casework

import "slices"

// word is what every closed vocabulary is made of: text, as it is stored and shown.
type word interface{ ~string }

// known says whether w is one of the vocabulary's words.
func known[W word](w W, words []W) bool { return slices.Contains(words, w) }

// list turns a vocabulary into plain text for a sentence that names what is allowed.
func list[W word](words []W) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}
