package registry

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// maxWords bounds how many words of a case are indexed, and of a search are asked.
const (
	maxWords  = 60
	maxAsked  = 8
	maxLetter = 60
)

// wordsOf are what a case is found by: its number, its reference, the instrument's number, the authority.
func wordsOf(v casework.View) []string {
	w := split(strings.Join([]string{v.ID, v.Request.Matter.Reference, v.Request.Instrument.Number, authority(v.Request.Authority)}, " "))
	return w[:min(len(w), maxWords)]
}

// split takes a text apart into its words, in lower case, each once, in the order of bytes.
func split(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(plain(text)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i, w := range words {
		if letters := []rune(w); len(letters) > maxLetter {
			words[i] = string(letters[:maxLetter])
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
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
