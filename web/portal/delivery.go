package portal

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

const (
	chunkPatience   = time.Minute      // how long a slow line may take for the next bytes
	receiptPatience = 30 * time.Second // how long writing down a receipt may take in all
	receiptTries    = 3
)

// deliver gives a parcel to the officer whose link it is. Only a whole parcel, asked for whole, is a receipt: a look at
// the headers, a part, and a line that broke are none.
func (p *pages) deliver(w http.ResponseWriter, r *http.Request) error {
	l, err := p.link(r, casework.DeliveryLink)
	if err != nil {
		return err
	}
	receipt := p.receipt(l)
	if err := p.mayTake(r.Context(), l, receipt); err != nil {
		return err
	}
	name, parcel, err := p.Parcels.Open(r.Context(), l.Case, l.N)
	if err != nil {
		return err
	}
	defer func() { _ = parcel.Close() }()
	ui.Download(w, name)
	if r.Method == http.MethodHead {
		return nil
	}
	p.hand(w, r, parcel, l, receipt)
	return nil
}

// receipt is the act that a whole download is; its key makes every further one the same.
func (p *pages) receipt(l casework.MailedLink) casework.Act {
	return casework.Act{
		Action: casework.Download, Actor: officer, Key: "download-" + l.Case + "-" + strconv.Itoa(l.N), At: casework.Truncate(p.Now()),
		Body: &casework.DownloadBody{Disclosure: l.N},
	}
}

// mayTake asks the case, before a byte leaves, whether it would take the receipt.
func (p *pages) mayTake(ctx context.Context, l casework.MailedLink, receipt casework.Act) error {
	c, err := p.Store.Load(ctx, l.Case)
	if err != nil {
		return err
	}
	receipt.Key = "" // whether it may be taken, not whether it was
	_, err = c.Apply(receipt)
	return err
}

// hand sends the parcel. What breaks off is broken off for the officer too: a part never looks like the whole.
func (p *pages) hand(w http.ResponseWriter, r *http.Request, parcel io.Reader, l casework.MailedLink, receipt casework.Act) {
	line := http.NewResponseController(w)
	_, err := io.Copy(patient{w, line}, parcel)
	if err == nil {
		err = line.Flush()
	}
	if err == nil {
		err = r.Context().Err()
	}
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if r.Header.Get("Range") == "" {
		p.record(r, l, receipt)
	}
}

// record writes the receipt down, though the officer be gone by now. Where it cannot be, the officer has the parcel all
// the same, and legal operations may confirm the receipt by hand: it is noted.
func (p *pages) record(r *http.Request, l casework.MailedLink, receipt casework.Act) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), receiptPatience)
	defer cancel()
	var err error
	for range receiptTries {
		if err = p.Desk.Act(ctx, l.Case, receipt); casework.CodeOf(err) != casework.Unavailable {
			break
		}
	}
	if err != nil {
		ui.Note(r, err)
	}
}

// patient gives each part of a long answer its own time, whatever the server allows for a whole one.
type patient struct {
	to   io.Writer
	line *http.ResponseController
}

func (p patient) Write(b []byte) (int, error) {
	_ = p.line.SetWriteDeadline(time.Now().Add(chunkPatience)) // where it cannot be set, the server's own holds
	return p.to.Write(b)
}
