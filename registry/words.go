package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// maxWords bounds how many words of a case are indexed, and of a search are asked.
const (
	maxWords  = 600
	maxAsked  = 16
	maxLetter = 60
)

// wordsOf are what a case is found by: its number, its reference, the instrument's number and court, the authority and its
// officer, what is asked about, and the accounts that it was found to be. They are in this order: beyond the bound is only
// what is asked about last.
func wordsOf(v casework.View) []string {
	r := v.Request
	texts := []string{v.ID, r.Matter.Reference, r.Instrument.Number, authority(r.Authority), r.Officer.Name, r.Instrument.Issuer.Name}
	for _, t := range r.Demand.Targets {
		texts = append(texts, t.Value)
	}
	texts = append(texts, found(v.Accounts)...)
	w := each(strings.Join(texts, " "))
	return w[:min(len(w), maxWords)]
}

// renamed are the events after which a case is found by other words.
var renamed = []casework.Verb{casework.Received, casework.Corrected, casework.ClarificationReceived, casework.Resolved}

// split takes a text apart into its words, in lower case, each once, in the order of bytes.
func split(text string) []string { return slices.Sorted(slices.Values(each(text))) }

// each is a text's words, in lower case, each once, in the order of the text.
func each(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(plain(text)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i, w := range words {
		if letters := []rune(w); len(letters) > maxLetter {
			words[i] = string(letters[:maxLetter])
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(words, func(w string) bool {
		twice := seen[w]
		seen[w] = true
		return twice
	})
}

// numberIn is the case number that a search is as a whole, if it is one: LR-2026-000123, or as one says it, LR-2026-123.
// What has more or less than that is words, of which the beginning of a number is one too.
func numberIn(text string) (id string, ok bool) {
	id = strings.ToUpper(strings.TrimSpace(text))
	n, whole := casework.NumberOf(id)
	if said := fmt.Sprintf("LR-%04d-%d", n.Year, n.N); n.N > 0 && said == id {
		return n.String(), true
	}
	return id, whole
}

func (t tx) setWords(ctx context.Context, v casework.View) error {
	if err := t.DropWords(ctx, v.ID); err != nil {
		return err
	}
	for _, word := range wordsOf(v) {
		if err := t.AddWord(ctx, queries.AddWordParams{CaseID: v.ID, Word: word}); err != nil {
			return err
		}
	}
	return nil
}

// setPhones keeps the numbers that came with an open request.
func (t tx) setPhones(ctx context.Context, c casework.Case) error {
	if err := t.DropPhones(ctx, c.ID); err != nil || c.Stage == casework.InClosed {
		return err
	}
	for _, phone := range c.Request.Officer.Phones() {
		if phone = plain(phone); phone == "" {
			continue
		}
		if err := t.AddPhone(ctx, queries.AddPhoneParams{CaseID: c.ID, Phone: phone}); err != nil {
			return err
		}
	}
	return nil
}

// OpenPhones lists the numbers that came with open requests: none of them may enter the book.
func (r *Registry) OpenPhones(ctx context.Context) ([]string, error) {
	phones, err := r.reads.OpenPhones(ctx)
	return phones, fault(err)
}
