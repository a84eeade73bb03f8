package letters

import (
	"strings"

	"dueprocess/casework"
)

// said are words of the vocabularies that do not read well by themselves.
var said = map[string]string{
	"subscriber": "subscriber data", "identification": "identification of a user", "traffic": "traffic data", "content": "stored content",
	"live_traffic": "live traffic data", "live_content": "live content", "other": "other",
	"agreement_order": "order under a CLOUD Act agreement", "mlat_request": "MLAT request", "fisa_order": "FISA order",
	"epoc": "European Production Order Certificate (EPOC)", "epoc_pr": "European Preservation Order Certificate (EPOC-PR)",
	"network_addresses": "network addresses", "address": "postal address", "identifiers": "numbers and identifiers",
}

// words is a word of a vocabulary as a sentence has it.
func words[W ~string](w W) string {
	if s, ok := said[string(w)]; ok {
		return s
	}
	return strings.ReplaceAll(string(w), "_", " ")
}

func instrument(i casework.InstrumentType) string { return words(i) }

// series writes words one after another, in the language.
func series[W ~string](t tongue, list []W) string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = t.say(words(w))
	}
	return strings.Join(out, ", ")
}

// cited is a sentence with the law that it rests on.
func cited(r casework.Reason) string {
	if r.Citation == "" {
		return r.Sentence
	}
	return strings.TrimSuffix(strings.TrimSpace(r.Sentence), ".") + " (" + r.Citation + ")."
}
