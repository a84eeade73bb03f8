// Package templates owns what the office's messages say. A message carries the reference, a sentence without names, and
// a link: nothing that says whom or what a case is about, since mail is read on its way. What little may be filled in is
// checked for its form, so that no other text can get in. Whoever sends mail calls Render.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"text/template"

	"dueprocess/casework"
)

// Delivery is the message that a package can be fetched; it goes with a disclosure and is none of the case's own mails.
const Delivery casework.MailKind = "delivery"

// Kinds lists every message that there is.
var Kinds = []casework.MailKind{
	casework.MailAcknowledge, casework.MailClarify, casework.MailRemind, casework.MailAnswer, casework.MailReferral, casework.MailNotice,
	casework.MailSecrecyEnding, casework.MailNotClarified, casework.MailNotAuthentic, casework.MailWithdrawn,
	casework.MailWarned, casework.MailBreached, casework.MailPreservationEnding, casework.MailPreservationConfirmed,
	casework.MailPreservationEnded, casework.MailObjection, Delivery,
}

// English is the language of every message; the customer's notice has others beside it.
const English = "en"

// Fields is all that a message may carry. Date may be left out: the day on which a period, a link or a duty ends.
type Fields struct {
	Case string        // the reference, LR-2026-000123
	URL  string        // a page that asks who is there, or that a token opens
	Date casework.Date // the last day
}

//go:embed text
var files embed.FS

var all = func() map[string]*template.Template {
	set, err := load(files)
	if err != nil {
		panic(err) // a template that ships broken: no message must go out
	}
	return set
}()

// load reads every template and tries it out, so that an unknown field fails here and not when a message is due.
func load(from fs.FS) (map[string]*template.Template, error) {
	names, err := fs.Glob(from, "text/*/*.txt")
	set := map[string]*template.Template{}
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		t, err := template.New(name).Parse(string(raw))
		if err != nil {
			return nil, err
		}
		if _, _, err := run(t, Fields{Case: "LR-2000-000001", URL: "https://x.example/", Date: "2000-01-01"}); err != nil {
			return nil, err
		}
		set[strings.TrimSuffix(strings.TrimPrefix(name, "text/"), ".txt")] = t
	}
	return set, err
}

// Render writes one message. A language that the message does not have is answered in English.
func Render(kind casework.MailKind, lang string, f Fields) (subject, text string, err error) {
	if err := f.check(); err != nil {
		return "", "", err
	}
	t := all[lang+"/"+string(kind)]
	if t == nil {
		t = all[English+"/"+string(kind)]
	}
	if t == nil {
		return "", "", casework.Refuse(casework.Internal, "There is no message of that kind.")
	}
	return run(t, f)
}

// Preview is a message with invented facts.
type Preview struct {
	Kind                    casework.MailKind
	Language, Subject, Text string
}

// Previews are all messages in every language that each has, English first.
func Previews() (out []Preview, err error) {
	for _, k := range Kinds {
		for _, lang := range []string{English, "de", "fr"} {
			if all[lang+"/"+string(k)] == nil {
				continue
			}
			p := Preview{Kind: k, Language: lang}
			p.Subject, p.Text, err = Render(k, lang, Fields{Case: "LR-2026-000123", URL: "https://legal.example/portal/", Date: "2026-12-24"})
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// run fills a template and takes its first line, the subject, from the text.
func run(t *template.Template, f Fields) (subject, text string, err error) {
	var out strings.Builder
	if err := t.Execute(&out, f); err != nil {
		return "", "", err
	}
	head, text, found := strings.Cut(out.String(), "\n\n")
	subject, named := strings.CutPrefix(head, "Subject: ")
	if !found || !named || subject == "" || strings.Contains(subject, "\n") {
		return "", "", fmt.Errorf("%s: must begin with a line \"Subject: …\" and an empty line", t.Name())
	}
	return subject, text, nil
}

var reference = regexp.MustCompile(`^LR-[0-9]{4}-[0-9]{6,9}$`)

// check refuses whatever has not the form of its field: free text is personal data waiting to happen.
func (f Fields) check() error {
	var faults []casework.Fault
	need := func(ok bool, path, message string) {
		if !ok {
			faults = append(faults, casework.Fault{Path: path, Message: message})
		}
	}
	need(reference.MatchString(f.Case), "case", "is not a case's reference")
	need(isLink(f.URL), "url", "is not a link")
	need(f.Date.Valid(), "date", "is not a day")
	return casework.Faulty(faults)
}

// isLink reports an absolute web address without a query, in which names like to travel.
func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" &&
		!strings.ContainsAny(s, " \r\n\t")
}
