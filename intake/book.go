package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
)

var shapeOfEntryID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// Entry reads a contact book's entry strictly and brings it into its normal form; id is that of the address it was sent
// to. openPhones are the numbers that came with open requests: none of them may verify anybody (lifecycle.md,
// "Verification"). The error is invalid and names every fault.
func Entry(raw []byte, id string, openPhones []string) (casework.BookEntry, error) {
	var e casework.BookEntry
	shape := decode(raw, &e)
	same := e.ID == "" || e.ID == id
	e.ID = id
	normaliseEntry(&e)
	f := entryFaults(e, openPhones)
	if !same {
		f = append(f, casework.Fault{Path: "id", Message: "must be the id in the address, or be left out"})
	}
	if err := casework.Faulty(merge(shape, f)); err != nil {
		return casework.BookEntry{}, err
	}
	return e, nil
}

func normaliseEntry(e *casework.BookEntry) {
	e.Country = Country(e.Country)
	for i := range e.Domains {
		e.Domains[i], _ = Domain(e.Domains[i])
	}
	for i := range e.Officers {
		e.Officers[i].Email, _ = Email(e.Officers[i].Email)
	}
}

func entryFaults(e casework.BookEntry, openPhones []string) []casework.Fault {
	f := []casework.Fault{}
	need := func(ok bool, path, message string) {
		if !ok {
			f = append(f, casework.Fault{Path: path, Message: message})
		}
	}
	need(shapeOfEntryID.MatchString(e.ID), "id", "must be lower-case letters, digits and hyphens, 63 at most")
	need(strings.TrimSpace(e.Name) != "", "name", "is missing")
	need(IsCountry(e.Country), "country", "must be a country's code (ISO 3166-1 alpha-2)")
	need(e.Kind.Valid(), "kind", "must be one of "+strings.Join(texts(casework.AuthorityKinds), ", "))
	need(len(e.Domains) > 0, "domains", "must name at least one domain of the authority's mail")
	need(strings.TrimSpace(e.Evidence) != "", "evidence", "is missing: say where the entry was checked")
	need(e.ExpiresOn.Valid(), "expires_on", "must be a date that exists, such as 2026-11-20, or null")
	domainFaults(e, need)
	phoneFaults(e, openPhones, need)
	return f
}

func domainFaults(e casework.BookEntry, need func(bool, string, string)) {
	for i, d := range e.Domains {
		_, ok := Domain(d)
		need(ok && d != "", "domains["+strconv.Itoa(i)+"]", "must be a domain")
	}
	for i, o := range e.Officers {
		need(isEmail(o.Email), "officers["+strconv.Itoa(i)+"].email", "must be an e-mail address")
	}
}

const cameWithARequest = "must not be a number that came with an open request: take one from an independent source"

func phoneFaults(e casework.BookEntry, openPhones []string, need func(bool, string, string)) {
	came := func(phone string) bool {
		return slices.ContainsFunc(openPhones, func(p string) bool { return casework.SamePhone(p, phone) })
	}
	need(!slices.ContainsFunc(e.Phones, came), "phones", cameWithARequest)
	for i, o := range e.Officers {
		need(!came(o.Phone), "officers["+strconv.Itoa(i)+"].phone", cameWithARequest)
	}
}

func texts[W ~string](words []W) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}
