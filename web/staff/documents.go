package staff

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// largestSeen is how much of a document is read to be shown, in bytes.
const largestSeen = 64<<20 + 1

// document gives a paper of the case as a download, never shown in place; taking it is an event.
func (p *pages) document(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, d, err := p.paperOf(r, user)
	if err != nil {
		return err
	}
	from, err := p.Vault.Open(r.Context(), d.Ref)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // only read from
	if err := p.Registry.Looked(r.Context(), c.ID, user, "document "+strconv.Itoa(d.N), casework.Truncate(p.Now())); err != nil {
		return err
	}
	ui.Download(w, d.Name)
	if _, err := io.Copy(w, from); err != nil {
		ui.Note(r, err)
		panic(http.ErrAbortHandler) // a download that is cut off must not look whole
	}
	return nil
}

// paperPage shows a paper as pictures or as text, beside the facts that were taken from it.
type paperPage struct {
	caseHead

	Document casework.Document
	Others   []casework.Document
	Seen     casework.Sheets
}

var paperTemplate = ui.Parse(files, "sheets.html", "casehead.html", "fields.html")

func (p *pages) showPaper(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	_, d, err := p.paperOf(r, user)
	if err != nil {
		return err
	}
	raw, err := p.bytesOf(r, d)
	if err != nil {
		return err
	}
	page := paperPage{Document: d, Seen: casework.Sheets{Why: "Documents are not shown here. It can be downloaded."}}
	if p.Sheets != nil {
		if page.Seen, err = p.Sheets.Look(r.Context(), raw, d.MediaType); err != nil {
			return err
		}
	}
	if page.caseHead, err = p.caseHead(r, user, "Document "+strconv.Itoa(d.N)); err != nil {
		return err
	}
	for _, x := range page.Case.Documents {
		if x.Ref != "" && x.N != d.N {
			page.Others = append(page.Others, x)
		}
	}
	return paperTemplate.Render(w, http.StatusOK, page)
}

// Numbers are the pages that are shown.
func (page paperPage) Numbers() []int {
	out := make([]int, page.Seen.Pages)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// sheet is one page of a paper as a picture; looking at it is an event.
func (p *pages) paperSheet(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, d, err := p.paperOf(r, user)
	if err != nil {
		return err
	}
	number, isPicture := strings.CutSuffix(r.PathValue("page"), ".png")
	page, err := strconv.Atoi(number)
	if !isPicture || err != nil || p.Sheets == nil {
		return casework.Refuse(casework.NotFound, "There is no such page.")
	}
	raw, err := p.bytesOf(r, d)
	if err != nil {
		return err
	}
	picture, err := p.Sheets.Picture(r.Context(), raw, page)
	if err != nil {
		return err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "page "+number+" of paper "+strconv.Itoa(d.N), casework.Truncate(p.Now())); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(picture) //nolint:gosec // a PNG that was made here; whoever is gone needs no answer
	return nil
}

// paperOf is the paper of a case that an address names, whose bytes we hold.
func (p *pages) paperOf(r *http.Request, user casework.Actor) (casework.Case, casework.Document, error) {
	c, err := p.read(r, user)
	if err != nil {
		return c, casework.Document{}, err
	}
	for _, d := range c.Documents {
		if strconv.Itoa(d.N) == r.PathValue("n") && d.Ref != "" {
			return c, d, nil
		}
	}
	return c, casework.Document{}, casework.Refuse(casework.NotFound, "There is no document of that number whose bytes we hold.")
}

// bytesOf reads a paper as far as is needed to know that it is too large.
func (p *pages) bytesOf(r *http.Request, d casework.Document) ([]byte, error) {
	from, err := p.Vault.Open(r.Context(), d.Ref)
	if err != nil {
		return nil, err
	}
	defer func() { _ = from.Close() }() // only read from
	return io.ReadAll(io.LimitReader(from, largestSeen))
}
