package staff

import (
	"io"
	"net/http"
	"strconv"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// stream writes down who takes the parcel, and sends it. What breaks off in the middle is broken off for the browser too.
func (p *pages) stream(w http.ResponseWriter, r *http.Request, user casework.Actor, c casework.Case) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return casework.Refuse(casework.NotFound, "There is no parcel of that number.")
	}
	name, parcel, err := p.Parcels.Open(r.Context(), c.ID, n)
	if err != nil {
		return err
	}
	defer func() { _ = parcel.Close() }()
	if r.Method == http.MethodGet {
		err = p.Registry.Looked(r.Context(), c.ID, user, "parcel "+strconv.Itoa(n), casework.Truncate(p.Now()))
	}
	if err != nil {
		return err
	}
	ui.Download(w, name)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(w, parcel); err != nil {
		ui.Note(r, err)
		panic(http.ErrAbortHandler)
	}
	return nil
}
