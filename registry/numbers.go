package registry

import (
	"context"
	"maps"
	"slices"

	"dueprocess/casework"
)

// mostUnknown is how many ids are looked for at once.
const mostUnknown = 1000

// Unknown lists those of some ids under which there is no case.
func (r *Registry) Unknown(ctx context.Context, ids []string) ([]string, error) {
	out := []string{}
	for some := range slices.Chunk(ids, mostUnknown) {
		known, err := r.known(ctx, some)
		if err != nil {
			return nil, fault(err)
		}
		for _, id := range some {
			if !known[id] {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

func (r *Registry) known(ctx context.Context, ids []string) (known map[string]bool, err error) {
	s := &selection{}
	s.among("c.case_id", ids)
	//nolint:gosec // composed of texts of this package; every value is bound
	rows, err := r.reader.QueryContext(ctx, "SELECT c.case_id"+s.source()+s.text(), s.args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	for known = map[string]bool{}; rows.Next(); {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		known[id] = true
	}
	return known, rows.Err()
}

// KeysAlone lists the ids of which there is a data key and no case: the keys are of a later instant than the cases, as
// after a restore.
func (r *Registry) KeysAlone(ctx context.Context) ([]string, error) {
	ids, err := r.reads.KeysAlone(ctx)
	return ids, fault(err)
}

// PassNumbers sees to it that none of these numbers is given again, nor one before them.
func (r *Registry) PassNumbers(ctx context.Context, ids []string) error {
	last := map[int]int{}
	for _, id := range ids {
		if n, ok := casework.NumberOf(id); ok {
			last[n.Year] = max(last[n.Year], n.N)
		}
	}
	return r.write(ctx, func(t tx) error {
		for _, year := range slices.Sorted(maps.Keys(last)) {
			if _, err := t.raw.ExecContext(ctx, raiseNumber, year, last[year]); err != nil {
				return err
			}
		}
		return nil
	})
}
