package staff

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/web/ui"
)

// expiringDays is from how many days before its end on an entry is marked.
const expiringDays = 60

// contactsPage lists the authorities that we know.
type contactsPage struct {
	ui.Frame
	Entries []contact
	Words   string
	All     int
	MayEdit bool
}

// contact is an entry of the contact book, with how it stands.
type contact struct {
	casework.BookEntry
	State string // valid, expiring, expired
}

var contactsTemplate = ui.Parse(files, "contacts.html")

func (p *pages) contacts(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	entries, err := p.Registry.Authorities(r.Context())
	if err != nil {
		return err
	}
	page := contactsPage{
		Frame: p.frame(r, "Contact book", user), Words: strings.TrimSpace(r.URL.Query().Get("q")), All: len(entries), MayEdit: casework.MayCall(casework.EditBook, user) == nil,
	}
	for _, e := range entries {
		if contactHas(e, page.Words) {
			page.Entries = append(page.Entries, contact{e, p.expiry(e)})
		}
	}
	return contactsTemplate.Render(w, http.StatusOK, page)
}

func contactHas(e casework.BookEntry, words string) bool {
	text := strings.ToLower(strings.Join(append([]string{e.ID, e.Name, e.Unit, e.Country, string(e.Kind)}, e.Domains...), " "))
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// expiry says how an entry stands today.
func (p *pages) expiry(e casework.BookEntry) string {
	today := casework.DateOf(p.Now(), p.zone())
	switch {
	case e.ExpiresOn == "":
		return "valid"
	case e.ExpiresOn.Before(today):
		return "expired"
	case e.ExpiresOn.Before(today.AddDays(expiringDays)):
		return "expiring"
	}
	return "valid"
}

// contactPage is one entry, and the form that changes it.
type contactPage struct {
	ui.Frame
	Entry   contact
	New     bool
	MayEdit bool
	Form    contactForm
	Kinds   []casework.BodyKind
	Saved   *ui.Banner
	Refused *ui.Refusal
}

// contactForm is an entry as it is typed: lists have one thing a line.
type contactForm struct {
	ID, Version, Name, Unit, Country, Kind, Domains, Phones, Evidence, ExpiresOn, Officers string
}

var contactTemplate = ui.Parse(files, "contact.html")

func (p *pages) contact(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	page, err := p.contactPage(r, user, r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.URL.Query().Get("saved") != "" {
		page.Saved = &ui.Banner{Kind: "good", Says: "Saved as version " + page.Form.Version + ". Open cases of this authority are asked of the policy anew."}
	}
	return contactTemplate.Render(w, http.StatusOK, page)
}

func (p *pages) newContact(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.EditBook, user); err != nil {
		return err
	}
	return contactTemplate.Render(w, http.StatusOK, contactPage{Frame: p.frame(r, "A new authority", user), New: true, MayEdit: true, Kinds: casework.AuthorityKinds, Form: contactForm{Version: "0"}})
}

func (p *pages) contactPage(r *http.Request, user casework.Actor, id string) (contactPage, error) {
	page := contactPage{Kinds: casework.AuthorityKinds, MayEdit: casework.MayCall(casework.EditBook, user) == nil}
	entries, err := p.Registry.Authorities(r.Context())
	if err != nil {
		return page, err
	}
	i := slices.IndexFunc(entries, func(e casework.BookEntry) bool { return e.ID == id })
	if i < 0 {
		return page, casework.Refuse(casework.NotFound, "The contact book has no entry of that name.")
	}
	page.Entry, page.Form = contact{entries[i], p.expiry(entries[i])}, formOfEntry(entries[i])
	page.Frame = p.frame(r, entries[i].Name, user)
	return page, nil
}

func formOfEntry(e casework.BookEntry) contactForm {
	officers := []string{}
	for _, o := range e.Officers {
		officers = append(officers, o.Name+" | "+o.Email+" | "+o.Phone)
	}
	return contactForm{
		ID: e.ID, Version: strconv.Itoa(e.Version), Name: e.Name, Unit: e.Unit, Country: e.Country, Kind: string(e.Kind), Domains: strings.Join(e.Domains, "\n"),
		Phones: strings.Join(e.Phones, "\n"), Evidence: e.Evidence, ExpiresOn: string(e.ExpiresOn), Officers: strings.Join(officers, "\n"),
	}
}

// saveContact creates or changes an entry by the rules of the API: strictly read, no number of an open request, and not
// over a version that somebody else has made since.
func (p *pages) saveContact(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.EditBook, user); err != nil {
		return err
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	f := contactSent(r)
	kept, err := p.putContact(r, user, f)
	if err == nil {
		http.Redirect(w, r, "/contacts/"+kept.ID+"?saved=1", http.StatusSeeOther)
		return nil
	}
	if told, ok := errors.AsType[*casework.Error](err); !ok || told.Code == casework.Internal {
		return err
	}
	ui.Note(r, err)
	page := contactPage{Frame: p.frame(r, "Not saved: "+f.Name, user), New: f.Version == "0", MayEdit: true, Kinds: casework.AuthorityKinds, Form: f, Refused: ui.Refused("Not saved", err)}
	return contactTemplate.Render(w, ui.StatusOf(err), page)
}

func contactSent(r *http.Request) contactForm {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	return contactForm{
		ID: get("id"), Version: get("version"), Name: get("name"), Unit: get("unit"), Country: get("country"), Kind: get("kind"), Domains: get("domains"),
		Phones: get("phones"), Evidence: get("evidence"), ExpiresOn: get("expires_on"), Officers: get("officers"),
	}
}

func (p *pages) putContact(r *http.Request, user casework.Actor, f contactForm) (casework.BookEntry, error) {
	version, err := strconv.Atoi(f.Version)
	if err != nil || version < 0 {
		return casework.BookEntry{}, casework.Refuse(casework.Invalid, "The form is not whole. Load the page again and send it from there.")
	}
	phones, err := p.Registry.OpenPhones(r.Context())
	if err != nil {
		return casework.BookEntry{}, err
	}
	raw, err := json.Marshal(f.body())
	if err != nil {
		return casework.BookEntry{}, err
	}
	entry, err := intake.Entry(raw, f.ID, phones)
	if err != nil {
		return entry, err
	}
	if version == 0 {
		if err := p.mustBeNew(r, entry.ID); err != nil {
			return entry, err
		}
	}
	return p.Registry.PutAuthority(r.Context(), entry, user, casework.Truncate(p.Now()), version)
}

// mustBeNew refuses to lay a new entry over one that is there.
func (p *pages) mustBeNew(r *http.Request, id string) error {
	entries, err := p.Registry.Authorities(r.Context())
	if err == nil && slices.ContainsFunc(entries, func(e casework.BookEntry) bool { return e.ID == id }) {
		return casework.Refuse(casework.Conflict, "The contact book has an entry %s already. Open and change that one, or choose another name.", id)
	}
	return err
}

// body is the entry as the API takes it.
func (f contactForm) body() map[string]any {
	officers := []map[string]string{}
	for _, line := range linesOf(f.Officers) {
		parts := append(strings.Split(line, "|"), "", "")
		officers = append(officers, map[string]string{"name": strings.TrimSpace(parts[0]), "email": strings.TrimSpace(parts[1]), "phone": strings.TrimSpace(parts[2])})
	}
	return map[string]any{
		"name": f.Name, "unit": f.Unit, "country": f.Country, "kind": f.Kind, "domains": linesOf(f.Domains), "phones": linesOf(f.Phones), "evidence": f.Evidence,
		"expires_on": f.ExpiresOn, "officers": officers,
	}
}

// linesOf are the lines that are not empty.
func linesOf(text string) []string {
	out := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
