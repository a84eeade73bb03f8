package portal

import (
	"io"
	"net/http"
	"slices"
	"strconv"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// copyLink is a copy of the process that was made for the customer.
type copyLink struct {
	Name    string
	Size    int64
	Address string
}

// copied gives one of the copies that were made for the customer, and nothing else of the case; the look is an event.
func (p *pages) copied(w http.ResponseWriter, r *http.Request) error {
	c, _, err := p.told(r)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(r.PathValue("n"))
	copies := c.CopiesForCustomer()
	i := slices.IndexFunc(copies, func(d casework.Document) bool { return d.N == n })
	if i < 0 {
		return errNoLink
	}
	from, err := p.Vault.Open(r.Context(), copies[i].Ref)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // only read from
	if err := p.Registry.Looked(r.Context(), c.ID, customer, "document "+r.PathValue("n"), p.Now()); err != nil {
		return err
	}
	ui.Download(w, copies[i].Name)
	if _, err := io.Copy(w, from); err != nil {
		panic(http.ErrAbortHandler) // a download that is cut off must not look whole
	}
	return nil
}
