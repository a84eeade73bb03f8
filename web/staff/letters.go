package staff

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/letters/writing"
	"dueprocess/web/ui"
)

// Vault reads what is kept.
type Vault interface {
	Open(ctx context.Context, ref string) (io.ReadCloser, error)
}

// lettersPage lists what went out in a case, as it went out, and the drafts that help whoever contests its process.
type lettersPage struct {
	ui.Frame
	Case    casework.Case
	Letters []casework.Letter
	Drafts  []casework.LetterKind
	Costs   bool // are to be stated, if there were any
}

var lettersTemplate = ui.Parse(files, "letters.html")

func (p *pages) letters(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	page := lettersPage{Frame: p.frame(r, "Letters of "+c.ID, user), Case: c, Letters: c.Letters, Costs: writing.PaysCosts(c)}
	if c.Determination != nil {
		page.Drafts = writing.Drafts(c)
	}
	return lettersTemplate.Render(w, http.StatusOK, page)
}

// letter gives one letter exactly as it went out, as a page or as a PDF; the look is an event.
func (p *pages) letter(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(r.PathValue("n"))
	l, ok := c.LetterOf(n)
	if !ok {
		return casework.Refuse(casework.NotFound, "There is no letter of that number.")
	}
	form := asAsked(r)
	from, err := p.Vault.Open(r.Context(), c.LetterRef(l, form))
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // only read from
	whole, err := io.ReadAll(from)      // a letter that is cut off must not look whole
	if err != nil {
		return err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "letter "+strconv.Itoa(n), casework.Truncate(p.Now())); err != nil {
		return err
	}
	if form != asPDF {
		whole = letters.Dressed(whole, ui.Frame{}.Style())
	}
	asLetter(w, form, c.ID+"-letter-"+strconv.Itoa(n))
	_, _ = w.Write(whole) // whoever is gone needs no answer
	return nil
}

// draftLetter writes a letter as it would be now, for somebody to read before it is filed or goes out; nothing is kept of it.
func (p *pages) draftLetter(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	kind := casework.LetterKind(r.FormValue("kind"))
	if !kind.Valid() {
		return casework.Refuse(casework.NotFound, "There is no letter of that kind.")
	}
	l, err := writing.Draft(c, kind, p.Papers(), casework.Truncate(p.Now()), r.FormValue("lang"))
	if err != nil {
		return err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "draft of "+string(kind), casework.Truncate(p.Now())); err != nil {
		return err
	}
	return writeLetter(w, l, asAsked(r), c.ID+"-draft-"+string(kind))
}

// writeLetter sends a letter that was just written, the page in the product's own style.
func writeLetter(w http.ResponseWriter, l letters.Letter, form, name string) error {
	asLetter(w, form, name)
	if form == asPDF {
		return l.PDF(w)
	}
	return l.Styled(ui.Frame{}.Style()).HTML(w)
}

const asPDF = "pdf"

// asAsked is in which form a letter is asked for: as a page, unless ?as=pdf says otherwise.
func asAsked(r *http.Request) string {
	if r.FormValue("as") == asPDF {
		return asPDF
	}
	return "html"
}

// asLetter begins the answer: a page is shown, a PDF is kept by the browser.
func asLetter(w http.ResponseWriter, form, name string) {
	if form != asPDF {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".pdf"}))
}
