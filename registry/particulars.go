package registry

import (
	"context"
	"encoding/json"
	"slices"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// What a request is known again by is kept as digests beside the case, written with the request and erased with it.

// setParticulars brings them up to the request as it now reads. It is asked with every change: what the release before left
// out, while this one was rolled out, comes with the next.
func (t tx) setParticulars(ctx context.Context, v casework.View) error {
	kept, err := t.Particulars(ctx, v.ID)
	if err != nil || slices.Equal(kept, likenesses(v.Request)) {
		return err
	}
	return firstOf(t.DropParticulars(ctx, v.ID), t.addParticulars(ctx, v))
}

// addParticulars writes those of a case that has none yet.
func (t tx) addParticulars(ctx context.Context, v casework.View) error {
	for _, l := range likenesses(v.Request) {
		p := queries.AddParticularParams{CaseID: v.ID, Kind: l.Kind, Digest: l.Digest, ReceivedAt: stamp.Of(v.ReceivedAt)}
		if err := t.AddParticular(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func likenesses(r casework.Request) []queries.ParticularsRow {
	var out []queries.ParticularsRow
	for _, l := range r.Likenesses() {
		out = append(out, queries.ParticularsRow{Kind: string(l.In), Digest: l.Digest})
	}
	return out
}

// likenOld writes the particulars of the cases that were there before they were kept, a thousand at a time; one that was
// broken off goes on from there. What a release that knows of none has purged since is erased with it.
func (r *Registry) likenOld(ctx context.Context) error {
	for last := ""; ; {
		rows, err := r.reads.Unlikened(ctx, last)
		if err != nil {
			return fault(err)
		}
		if len(rows) == 0 {
			return fault(r.write(ctx, func(t tx) error { return t.ForgetPurged(ctx) }))
		}
		if err := r.liken(ctx, rows); err != nil {
			return fault(err)
		}
		last = rows[len(rows)-1].CaseID
	}
}

// liken writes those of some cases, many rows in a statement. Whoever changed one of them meanwhile has written its rows.
func (r *Registry) liken(ctx context.Context, rows []queries.UnlikenedRow) error {
	b := newBulk()
	for _, row := range rows {
		var d details
		if json.Unmarshal([]byte(row.Details), &d) != nil {
			continue // one that cannot be read keeps no program from its database
		}
		v := casework.View{ID: row.CaseID, ReceivedAt: row.ReceivedAt.Time, Request: d.Request}
		if err := (tx{queries.New(b), nil}).addParticulars(ctx, v); err != nil {
			return err
		}
	}
	return r.write(ctx, func(t tx) error { return b.table("case_particulars").insertNew(ctx, t.raw, r.dialect) })
}
