package desk

import (
	"context"
	"io"

	"dueprocess/casework"
)

// Parcels opens sealed parcels.
type Parcels struct {
	Store casework.CaseStore
	Vault casework.Vault
}

// Open reads a parcel that is sealed, and the name it is given away under: ID.tar.age where it is encrypted to the
// officer's key, else ID.tar. not_found where there is none.
func (p Parcels) Open(ctx context.Context, caseID string, n int) (name string, r io.ReadCloser, err error) {
	c, err := p.Store.Load(ctx, caseID)
	if err != nil {
		return "", nil, err
	}
	for _, d := range c.Disclosures {
		if d.N == n && d.ManifestSHA256 != "" && d.Status != casework.ParcelDropped {
			r, err := p.Vault.Open(ctx, c.ParcelRef(d))
			return caseID + extension(d), r, err
		}
	}
	return "", nil, casework.Refuse(casework.NotFound, "There is no sealed parcel of that number.")
}

func extension(d casework.Disclosure) string {
	if d.SealedToOwnKey {
		return ".tar.age"
	}
	return ".tar"
}
