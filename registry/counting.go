package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry/queries"
)

// The table counting has one row for each case, in the change's transaction: what the transparency report counts, and
// nothing that names anybody. It says what the facts of the case's newest event say, so that it can be derived again.

// countingOf is the row of a case, by the facts of its newest event.
func countingOf(id string, f ledger.Facts) queries.SetCountingParams {
	return queries.SetCountingParams{
		CaseID: id, ReceivedOn: f["received_on"], Instrument: plain(f["instrument"]), Country: plain(f["country"]), AuthorityKind: plain(f["authority_kind"]),
		Resolution: f["resolution"], Emergency: f["emergency"] != "", Preservation: f["preservation"], Notices: number(f["notices"]),
		Challenges: number(f["challenges"]), Domains: number(f["domains"]), Accounts: number(f["accounts"]),
		Route: f["route"], ReferredOn: f["referred_on"], MlatOutcome: f["mlat_outcome"], MlatOn: f["mlat_on"],
	}
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // facts are written by count
	return n
}

// Tallies counts the cases received from a day on and before another (UTC), by what the transparency report groups them
// by. Every case is in it, also those behind walls: it is not for pages, but for the report, which bands and suppresses.
func (r *Registry) Tallies(ctx context.Context, from, until casework.Date) ([]casework.Tally, error) {
	rows, err := r.reads.CountedFrom(ctx, queries.CountedFromParams{Since: string(from), Until: string(until)})
	slices.SortFunc(rows, inOrder)
	out := make([]casework.Tally, len(rows))
	for i, row := range rows {
		out[i] = tally(row)
	}
	return out, fault(err)
}

func inOrder(a, b queries.CountedFromRow) int {
	return cmp.Or(cmp.Compare(a.Instrument, b.Instrument), cmp.Compare(a.Country, b.Country), cmp.Compare(a.AuthorityKind, b.AuthorityKind),
		cmp.Compare(a.Resolution, b.Resolution), cmp.Compare(yes(a.Emergency), yes(b.Emergency)), cmp.Compare(a.Preservation, b.Preservation),
		cmp.Compare(yes(a.Noticed), yes(b.Noticed)), cmp.Compare(yes(a.Challenged), yes(b.Challenged)))
}

func tally(row queries.CountedFromRow) casework.Tally {
	t := casework.Tally{
		Country: row.Country, AuthorityKind: casework.BodyKind(row.AuthorityKind), Resolution: casework.Resolution(row.Resolution),
		Class: casework.Resolution(row.Resolution).ReportClass(), Emergency: row.Emergency, Preservation: casework.PreservationStatus(row.Preservation),
		Noticed: row.Noticed, Challenged: row.Challenged, Cases: int(row.Cases), Domains: int(row.Domains), Accounts: int(row.Accounts),
	}
	for word := range strings.FieldsSeq(row.Instrument) {
		t.Instruments = append(t.Instruments, casework.InstrumentType(word))
	}
	return t
}

// Rederive derives the counting facts of every case again from its events, and puts right what was counted otherwise.
func (r *Registry) Rederive(ctx context.Context) (casework.Recount, error) {
	out := casework.Recount{Differ: []string{}}
	for last := ""; ; {
		ids, err := r.reads.CaseIDs(ctx, last)
		if err != nil || len(ids) == 0 {
			return out, fault(err)
		}
		until := ids[len(ids)-1]
		differ, err := r.rederive(ctx, last, until)
		if err != nil {
			return out, fault(err)
		}
		out.Cases, out.Differ, last = out.Cases+len(ids), append(out.Differ, differ...), until
	}
}

// rederive does so for the cases after one, up to another.
func (r *Registry) rederive(ctx context.Context, after, until string) (differ []string, err error) {
	said, err := r.reads.LastFacts(ctx, queries.LastFactsParams{After: after, Until: until})
	if err != nil {
		return nil, err
	}
	kept, err := r.countedCases(ctx, after, until)
	if err != nil {
		return nil, err
	}
	for _, row := range said {
		var f ledger.Facts
		if err := json.Unmarshal([]byte(row.Facts), &f); err != nil {
			return nil, err
		}
		if want := countingOf(row.CaseID, f); kept[row.CaseID] != queries.Counting(want) {
			differ = append(differ, row.CaseID)
		}
		delete(kept, row.CaseID)
	}
	for id := range kept {
		differ = append(differ, id)
	}
	return differ, r.putRight(ctx, differ)
}

func (r *Registry) countedCases(ctx context.Context, after, until string) (map[string]queries.Counting, error) {
	rows, err := r.reads.CountingBetween(ctx, queries.CountingBetweenParams{After: after, Until: until})
	out := make(map[string]queries.Counting, len(rows))
	for _, row := range rows {
		out[row.CaseID] = row
	}
	return out, err
}

// putRight writes the rows of cases anew, each from what its events say once the case is locked.
func (r *Registry) putRight(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return r.write(ctx, func(t tx) error {
		for _, id := range ids {
			if err := t.putRight(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t tx) putRight(ctx context.Context, id string) error {
	if _, err := t.LockCase(ctx, id); err != nil {
		return err
	}
	said, err := t.FactsOf(ctx, id)
	if err != nil {
		return err
	}
	if len(said) == 0 {
		return t.DropCounting(ctx, id)
	}
	var f ledger.Facts
	if err := json.Unmarshal([]byte(said[0]), &f); err != nil {
		return err
	}
	return t.SetCounting(ctx, countingOf(id, f))
}
