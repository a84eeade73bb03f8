package portal

import (
	"io"
	"mime"
	"net/http"

	"dueprocess/casework"
)

// letterOf is the letter of the notice in the language of the page, else the one that there is.
func letterOf(list []casework.Letter, lang string) (casework.Letter, bool) {
	for _, l := range list {
		if l.Language == lang {
			return l, true
		}
	}
	if len(list) == 0 {
		return casework.Letter{}, false
	}
	return list[0], true
}

// letter gives the customer the notice as the letter that went out; nothing where they may not be told now.
func (p *pages) letter(w http.ResponseWriter, r *http.Request) error {
	c, n, err := p.told(r)
	if err != nil {
		return err
	}
	l, ok := letterOf(c.LettersToCustomer(n.N, p.Now()), speak(r, c).Lang())
	if !ok {
		return errNoLink
	}
	from, err := p.Vault.Open(r.Context(), c.LetterRef(l, "pdf"))
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // only read from
	if err := p.Registry.Looked(r.Context(), c.ID, customer, "letter", p.Now()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": c.ID + ".pdf"}))
	if _, err := io.Copy(w, from); err != nil {
		panic(http.ErrAbortHandler) // a letter that is cut off must not look whole
	}
	return nil
}
