package activities

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"dueprocess/casework"
)

// collected is one file of records in the vault, with what the manifest will say of it.
type collected struct {
	Data   casework.Data `json:"data"`
	Source string        `json:"source"`
	Query  string        `json:"query"`
	Rows   int           `json:"rows"`
	SHA256 string        `json:"sha256"`
	Size   int64         `json:"size"`
	Ref    string        `json:"ref"`
	By     string        `json:"by"`
	At     time.Time     `json:"at"`
}

// Collect looks up exactly what was granted for a parcel, category by category, and puts the rows into the vault.
func (a *Activities) Collect(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		files, rows := []collected{}, 0
		kept, err := a.keptFor(ctx, c)
		if err != nil {
			return casework.Result{}, err
		}
		for _, data := range c.ParcelData(e.Disclosure) {
			file, err := a.collect(ctx, c, e, data, kept)
			if err != nil {
				return casework.Result{}, err
			}
			files, rows = append(files, file), rows+file.Rows
		}
		if err := a.listCollected(ctx, c.ID, e.Disclosure, files); err != nil {
			return casework.Result{}, err
		}
		return casework.Result{Collected: &casework.Collection{Rows: rows, Files: len(files)}}, nil
	})
}

// collect writes one category's rows into the vault as they stream from the source.
func (a *Activities) collect(ctx context.Context, c casework.Case, e casework.Effect, data casework.Data, kept []casework.Kept) (collected, error) {
	queries := []casework.Query{}
	for _, g := range c.Grants(e.Disclosure) {
		if g.Query.Data == data {
			queries = append(queries, g.Query)
		}
	}
	file := collected{
		Data: data, Source: a.sourceOf(queries, kept), Query: a.world.Tables.Describe(queries...), By: casework.TheSystem.Name,
		Ref: fmt.Sprintf("cases/%s/parcels/%d/%d-%s.csv", c.ID, e.Disclosure, e.Step, data), At: casework.Truncate(a.world.Now()),
	}
	rows := a.table(ctx, data, queries, kept, &file.Rows)
	var err error
	file.SHA256, file.Size, err = a.world.Vault.Put(ctx, file.Ref, rows)
	return file, errors.Join(err, rows.Close())
}

// table is the rows of some queries as a file that is written while it is read; rows is set when it has been read whole.
func (a *Activities) table(ctx context.Context, data casework.Data, queries []casework.Query, kept []casework.Kept, rows *int) io.ReadCloser {
	out, in := io.Pipe()
	go func() {
		n, err := a.world.Tables.Write(in, a.world.Records.Columns(data), a.look(ctx, queries, kept), queries...)
		*rows = n
		_ = in.CloseWithError(err) // never fails
	}()
	return out
}

// look answers each query in turn: from what was preserved, as far as that reaches, and else from the source.
func (a *Activities) look(ctx context.Context, queries []casework.Query, kept []casework.Kept) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		for _, q := range queries {
			for _, part := range q.Parts(kept) {
				for row, err := range a.lookPart(ctx, part) {
					if !yield(row, err) {
						return
					}
				}
			}
		}
	}
}

func listRef(caseID string, n int) string {
	return fmt.Sprintf("cases/%s/parcels/%d/collected.json", caseID, n)
}

func (a *Activities) listCollected(ctx context.Context, caseID string, n int, files []collected) error {
	b, err := json.Marshal(files)
	if err != nil {
		return err
	}
	_, _, err = a.world.Vault.Put(ctx, listRef(caseID, n), bytes.NewReader(b))
	return err
}

func (a *Activities) collectedFor(ctx context.Context, caseID string, n int) ([]collected, error) {
	r, err := a.world.Vault.Open(ctx, listRef(caseID, n))
	if err != nil {
		return nil, err
	}
	var files []collected
	return files, errors.Join(json.NewDecoder(r).Decode(&files), r.Close())
}
