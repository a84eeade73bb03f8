package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"dueprocess/casework"
	"dueprocess/letters"
)

// Vault keeps the papers.
type Vault interface {
	Put(ctx context.Context, ref string, r io.Reader) (sha256 string, size int64, err error)
}

// serve puts the paper by which a request was made into the vault, as its document.
func (d Demo) serve(ctx context.Context, n int, r *casework.Request) error {
	var out bytes.Buffer
	if err := process(*r).PDF(&out); err != nil {
		return err
	}
	ref := fmt.Sprintf("uploads/demo/%d", n)
	sum, size, err := d.Vault.Put(ctx, ref, &out)
	r.Documents = []casework.Document{{Name: string(r.Instrument.Type) + ".pdf", MediaType: "application/pdf", SHA256: sum, Size: size, Ref: ref}}
	return err
}

// process is the paper of a request, as its authority might have written it.
func process(r casework.Request) letters.Letter {
	l := letters.Letter{
		Kind: casework.LetterAcknowledgement, Language: "en", Case: or(r.Matter.Reference, r.Instrument.Number, "no reference"), At: r.ReceivedAt, From: or(r.Authority.Name, "An authority"),
		To: []string{"Dueprocess Demo Provider", "Custodian of records"}, Title: spoken(r.Instrument.Type),
		References: []letters.Pair{{Label: "Number", Value: or(r.Instrument.Number, "none")}, {Label: "Issued by", Value: or(r.Instrument.Issuer.Name, "no issuer is named")}},
	}
	say := func(text string) { l.Body = append(l.Body, letters.Block{Text: text}) }
	if r.Matter.Offence != "" {
		say("In the matter of: " + r.Matter.Offence + ".")
	}
	l.Body = append(l.Body, letters.Block{Heading: "You are to produce"}, letters.Block{Items: demanded(r.Demand)})
	if r.Secrecy.Kind.HasForce() {
		say("You are ordered not to tell anybody of this: " + or(r.Secrecy.Basis, "by law") + ".")
	}
	signed := "not signed"
	if r.Instrument.Signed {
		signed = "signed"
	}
	l.Body = append(l.Body, letters.Block{Sign: &letters.Signature{For: l.From, Lines: []letters.Pair{{Label: "Officer", Value: or(r.Officer.Name, "–")}, {Label: "Signature", Value: signed}}}})
	return l
}

func demanded(d casework.Demand) (items []string) {
	for _, x := range d.Data {
		items = append(items, "data: "+spoken(x))
	}
	for _, x := range d.Actions {
		items = append(items, "action: "+spoken(x))
	}
	for _, t := range d.Targets {
		items = append(items, strings.TrimSpace(fmt.Sprintf("of the %s %s %s", spoken(t.Type), t.Value, span(t))))
	}
	return items
}

func span(t casework.Target) string {
	if t.From == "" && t.To == "" {
		return ""
	}
	return fmt.Sprintf("from %s to %s", or(string(t.From), "its beginning"), or(string(t.To), "today"))
}

func spoken[W ~string](word W) string { return strings.ReplaceAll(string(word), "_", " ") }

// or is the first text that is not empty.
func or(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
