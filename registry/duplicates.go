package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Duplicates finds the other cases that may be the same request, the newest first; same wall for the case and for each of
// them. Each particular of the request is looked up by itself, since one may be that of a hundred thousand cases: whatever
// is among the newest of all is among the newest of each that it shares.
func (r *Registry) Duplicates(ctx context.Context, id string, viewer casework.Actor) (casework.Duplicates, error) {
	found := alike{of: id}
	if err := r.look(ctx, &found, viewer); err != nil {
		return casework.Duplicates{}, fault(err)
	}
	return found.newest(), nil
}

// look fills in what a viewer may know of.
func (r *Registry) look(ctx context.Context, found *alike, viewer casework.Actor) error {
	kept, err := r.reads.CaseView(ctx, found.of)
	if err != nil {
		return orNoCase(err)
	}
	if err := passes(ctx, r.reads, found.of, kept.Restricted, viewer); err != nil {
		return err
	}
	if found.links, err = linksOf(kept.Projection); err != nil {
		return err
	}
	particulars, err := r.reads.Particulars(ctx, found.of)
	if err != nil {
		return err
	}
	for _, p := range particulars {
		rows, err := r.reads.AlikeIn(ctx, queries.AlikeInParams{
			Digest: p.Digest, CaseID: found.of, Everywhere: viewer.Kind != casework.Person, Name: plain(viewer.Name), Most: casework.MostDuplicates + 1,
		})
		if err := firstOf(err, found.add(casework.Particular(p.Kind), rows)); err != nil {
			return err
		}
	}
	return nil
}

// alike are the cases that share something with one.
type alike struct {
	of    string
	links []casework.Link // that the case itself has
	cases []casework.Duplicate
}

// add takes in the cases that share a particular.
func (a *alike) add(in casework.Particular, rows []queries.AlikeInRow) error {
	for _, row := range rows {
		i := slices.IndexFunc(a.cases, func(d casework.Duplicate) bool { return d.Case == row.CaseID })
		if i < 0 {
			d, err := a.duplicate(row)
			if err != nil {
				return err
			}
			a.cases, i = append(a.cases, d), len(a.cases)
		}
		if !slices.Contains(a.cases[i].Alike, in) { // several documents may be the same
			a.cases[i].Alike = append(a.cases[i].Alike, in)
		}
	}
	return nil
}

func (a *alike) duplicate(row queries.AlikeInRow) (casework.Duplicate, error) {
	d := casework.Duplicate{Case: row.CaseID, Stage: casework.Stage(row.Stage), ReceivedAt: row.ReceivedAt.Time}
	if row.Resolution != "" {
		resolution := casework.Resolution(row.Resolution)
		d.Resolution = &resolution
	}
	back, err := linksOf(row.Projection)
	d.Linked = leadTo(a.links, row.CaseID) || leadTo(back, a.of)
	return d, err
}

// newest are as many as are listed.
func (a *alike) newest() casework.Duplicates {
	slices.SortFunc(a.cases, func(x, y casework.Duplicate) int {
		return cmp.Or(y.ReceivedAt.Compare(x.ReceivedAt), cmp.Compare(y.Case, x.Case))
	})
	out := casework.Duplicates{Cases: []casework.Duplicate{}, More: len(a.cases) > casework.MostDuplicates}
	for _, d := range a.cases[:min(len(a.cases), casework.MostDuplicates)] {
		slices.SortFunc(d.Alike, asListed)
		out.Cases = append(out.Cases, d)
	}
	return out
}

func asListed(a, b casework.Particular) int {
	return cmp.Compare(slices.Index(casework.Particulars, a), slices.Index(casework.Particulars, b))
}

// linksOf are the links that a case's projection says.
func linksOf(projection string) ([]casework.Link, error) {
	var said struct {
		Links []casework.Link `json:"links"`
	}
	err := json.Unmarshal([]byte(projection), &said)
	return said.Links, err
}

func leadTo(links []casework.Link, id string) bool {
	return slices.ContainsFunc(links, func(l casework.Link) bool { return l.Case == id })
}
