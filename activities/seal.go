package activities

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/parcel"
)

// Seal packs what was collected for a parcel, and what people added, signs the manifest, and puts the package into the
// vault: encrypted to the officer's own key where that was verified by call-back, else as the vault keeps everything.
func (a *Activities) Seal(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		contents, err := a.contents(ctx, c, e)
		if err != nil {
			return casework.Result{}, err
		}
		recipients, err := recipientsOf(c)
		if err != nil {
			return casework.Result{}, err
		}
		manifest, err := a.pack(ctx, c.ParcelRefAt(e), contents, recipients)
		return casework.Result{Sealed: &casework.SealedParcel{
			ManifestSHA256: manifest, ToOfficer: len(recipients) > 0, Rows: rowsIn(contents), Files: len(contents.Files),
		}}, err
	})
}

// rowsIn is how many rows the files of a package have.
func rowsIn(contents parcel.Contents) (n int) {
	for _, f := range contents.Files {
		n += f.Rows
	}
	return n
}

// recipientsOf is the officer's key, used only when the requester was verified by call-back.
func recipientsOf(c casework.Case) ([]age.Recipient, error) {
	key := strings.TrimSpace(c.Request.Officer.AgeRecipient)
	if key == "" || c.Work.VerifiedBy != casework.ByCallback {
		return nil, nil
	}
	return age.ParseRecipients(strings.NewReader(key))
}

// pack writes the package into the vault while it is being sealed.
func (a *Activities) pack(ctx context.Context, ref string, contents parcel.Contents, to []age.Recipient) (manifest string, err error) {
	out, in := io.Pipe()
	sealed := make(chan error, 1)
	go func() {
		var err error
		manifest, err = parcel.Seal(in, contents, a.world.Signer, to...)
		sealed <- errors.Join(err, in.CloseWithError(err))
	}()
	_, _, err = a.world.Vault.Put(ctx, ref, out)
	err = errors.Join(err, out.Close(), <-sealed)
	return manifest, err
}

// contents gathers the files, the certificate and the text for the officer.
func (a *Activities) contents(ctx context.Context, c casework.Case, e casework.Effect) (parcel.Contents, error) {
	files, err := a.files(ctx, c, e.Disclosure)
	if err != nil {
		return parcel.Contents{}, err
	}
	contents := parcel.Contents{
		CaseID: c.ID, Instrument: c.Request.Instrument.Type, Data: c.ParcelData(e.Disclosure), Files: files,
		Targets: parcel.TargetsOf(c.Request.Demand.Targets), At: youngest(files, c.ReceivedAt),
	}
	if contents.Readme, err = letters.Readme(a.readme(c)); err != nil {
		return contents, err
	}
	contents.Certificate, err = a.certificate(c, contents)
	return contents, err
}

func youngest(files []parcel.Content, at time.Time) time.Time {
	for _, f := range files {
		if f.At.After(at) {
			at = f.At
		}
	}
	return at
}

func (a *Activities) readme(c casework.Case) letters.ReadmeFacts {
	return letters.ReadmeFacts{
		Provider: a.world.Policy.Provider(), CaseID: c.ID, KeysURL: a.world.URL + "/api/v1/keys",
		Encrypted: c.Work.VerifiedBy == casework.ByCallback && c.Request.Officer.AgeRecipient != "",
	}
}

// certificate is the certificate of authenticity over the files.
func (a *Activities) certificate(c casework.Case, contents parcel.Contents) ([]byte, error) {
	facts := letters.CertificateFacts{
		Provider: a.world.Policy.Provider(), CaseID: c.ID, Instrument: contents.Instrument, Number: c.Request.Instrument.Number,
		Authority: c.Request.Authority.Name, Data: contents.Data, Custodian: "Custodian of records, " + a.world.Policy.Provider(), At: contents.At,
	}
	for _, f := range contents.Files {
		facts.Files = append(facts.Files, letters.CertifiedFile{
			Path: f.Path, SHA256: f.SHA256, Rows: f.Rows, Source: f.Source, CollectedBy: f.CollectedBy, At: f.At,
		})
	}
	var out bytes.Buffer
	err := letters.CertificatePDF(&out, facts)
	return out.Bytes(), err
}

// files are what was looked up and, after it, what people added of the parcel's categories.
func (a *Activities) files(ctx context.Context, c casework.Case, n int) ([]parcel.Content, error) {
	found, err := a.collectedFor(ctx, c.ID, n)
	if err != nil {
		return nil, err
	}
	out := []parcel.Content{}
	for _, f := range found {
		out = append(out, a.content(ctx, f, fmt.Sprintf("%s%s.csv", parcel.RecordsFolder, f.Data)))
	}
	for i, added := range c.Work.Added {
		if slices.Contains(c.ParcelData(n), added.Data) {
			file, err := a.added(ctx, c, added, i+1)
			if err != nil {
				return nil, err
			}
			out = append(out, file)
		}
	}
	return out, nil
}

// added is a file that a person added; its rows are counted, and must lie in the approved range as all others do.
func (a *Activities) added(ctx context.Context, c casework.Case, added casework.AddedRecords, i int) (parcel.Content, error) {
	path := parcel.AddedPath(added.Data, i, added.File.Name)
	r, err := a.world.Vault.Open(ctx, added.File.Ref)
	if err != nil {
		return parcel.Content{}, err
	}
	rows, faults := parcel.CheckRows(path, r, parcel.TargetsOf(c.Request.Demand.Targets))
	if err := errors.Join(r.Close(), refuseRows(faults)); err != nil {
		return parcel.Content{}, err
	}
	return a.content(ctx, collected{
		Data: added.Data, Source: "added by hand", Query: "added by hand", SHA256: added.File.SHA256, Size: added.File.Size,
		Ref: added.File.Ref, By: added.By, At: added.At, Rows: rows,
	}, path), nil
}

func refuseRows(faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	return casework.Refuse(casework.Conflict, "Records that were added do not lie in the approved scope.")
}

func (a *Activities) content(ctx context.Context, f collected, path string) parcel.Content {
	return parcel.Content{
		File: parcel.File{Path: path, Data: f.Data, Source: f.Source, Query: f.Query, Rows: f.Rows, SHA256: f.SHA256, CollectedBy: f.By, At: f.At},
		Size: f.Size,
		Open: func() (io.ReadCloser, error) { return a.world.Vault.Open(ctx, f.Ref) },
	}
}
