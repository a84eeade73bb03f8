package activities

import (
	"context"
	"errors"
	"io"
	"iter"

	"dueprocess/casework"
)

// blame marks an error with whose it is: only who was called can tell.
type blame struct {
	cause casework.Cause
	err   error
}

func (b blame) Error() string { return b.err.Error() }
func (b blame) Unwrap() error { return b.err }

func blameOn(cause casework.Cause, err error) error {
	if err == nil {
		return nil
	}
	return blame{cause, err}
}

// causeOf says why something failed. Where one thing failed inside another, such as a source of records that a file in
// the vault is written from, it is the inner one.
func causeOf(err error) casework.Cause {
	if b, ok := errors.AsType[blame](err); ok {
		if _, within := errors.AsType[blame](b.err); within {
			return causeOf(b.err)
		}
		return b.cause
	}
	switch casework.CodeOf(err) {
	case casework.Unavailable:
		return casework.DatabaseIsAway
	case casework.Conflict:
		return casework.StepConflicts
	}
	return casework.OurFault
}

// blaming is the world, with every error of it marked.
func blaming(w World) World {
	w.Post, w.Vault, w.Records, w.Tables = blamedPost{w.Post}, blamedVault{w.Vault}, blamedRecords{w.Records}, blamedTables{w.Tables}
	return w
}

type blamedPost struct{ Post }

func (p blamedPost) Send(ctx context.Context, l Letter) (string, bool, error) {
	id, bounced, err := p.Post.Send(ctx, l)
	return id, bounced, blameOn(casework.MailIsAway, err)
}

type blamedVault struct{ casework.Vault }

func (v blamedVault) Put(ctx context.Context, ref string, r io.Reader) (string, int64, error) {
	sum, size, err := v.Vault.Put(ctx, ref, r)
	return sum, size, blameOn(casework.VaultIsAway, err)
}

func (v blamedVault) Open(ctx context.Context, ref string) (io.ReadCloser, error) {
	r, err := v.Vault.Open(ctx, ref)
	if err != nil {
		return nil, blameOn(casework.VaultIsAway, err)
	}
	return blamedReader{r}, nil
}

func (v blamedVault) Delete(ctx context.Context, ref string) error {
	return blameOn(casework.VaultIsAway, v.Vault.Delete(ctx, ref))
}

func (v blamedVault) DeleteUnder(ctx context.Context, folder string) error {
	return blameOn(casework.VaultIsAway, v.Vault.DeleteUnder(ctx, folder))
}

type blamedReader struct{ io.ReadCloser }

func (r blamedReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		return n, io.EOF
	}
	return n, blameOn(casework.VaultIsAway, err)
}

type blamedRecords struct{ casework.Records }

func (r blamedRecords) Resolve(ctx context.Context, t casework.Target) ([]casework.AccountHolder, error) {
	found, err := r.Records.Resolve(ctx, t)
	return found, blameOn(casework.RecordsAreAway, err)
}

func (r blamedRecords) Holder(ctx context.Context, account string) (casework.AccountHolder, error) {
	found, err := r.Records.Holder(ctx, account)
	return found, blameOn(casework.RecordsAreAway, err)
}

func (r blamedRecords) Look(ctx context.Context, q casework.Query) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		for row, err := range r.Records.Look(ctx, q) {
			if !yield(row, blameOn(casework.RecordsAreAway, err)) {
				return
			}
		}
	}
}

// blamedTables: a row that may not be written was answered by the source.
type blamedTables struct{ Tables }

func (t blamedTables) Write(w io.Writer, columns []string, rows iter.Seq2[casework.Row, error], approved ...casework.Query) (int, error) {
	n, err := t.Tables.Write(w, columns, rows, approved...)
	return n, blameOn(casework.RecordsAreAway, err)
}
