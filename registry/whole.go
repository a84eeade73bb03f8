package registry

import (
	"context"
	"database/sql"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// mostWhole bounds how many cases are read in one go: a page of the queue.
const mostWhole = 200

// Whole reads several cases with their work, by id; what is not there or behind a wall is left out.
func (r *Registry) Whole(ctx context.Context, ids []string, viewer casework.Actor) (map[string]casework.Case, error) {
	out := map[string]casework.Case{}
	if !readsCases(viewer) || len(ids) == 0 {
		return out, nil
	}
	if len(ids) > mostWhole {
		return nil, casework.Refuse(casework.Invalid, "At most %d cases are read at once.", mostWhole)
	}
	kept, err := r.states(ctx, ids, viewer)
	if err != nil {
		return nil, fault(err)
	}
	for _, row := range kept {
		if out[row.CaseID], err = r.whole(ctx, row); err != nil {
			return nil, fault(err)
		}
	}
	return out, nil
}

// whole is a case of what is kept of it.
func (r *Registry) whole(ctx context.Context, kept queries.CaseStateRow) (casework.Case, error) {
	if kept.State == nil {
		return r.registered(ctx, kept)
	}
	return r.unseal(ctx, kept.CaseID, kept.State)
}

// states reads what cases are made of again: the sealed state, or where there is none yet, or none any more, the rest.
func (r *Registry) states(ctx context.Context, ids []string, viewer casework.Actor) (out []queries.CaseStateRow, err error) {
	s := &selection{}
	s.among("c.case_id", ids)
	s.wall(viewer)
	//nolint:gosec // composed of texts of this package; every value is bound
	rows, err := r.reader.QueryContext(ctx, "SELECT c.case_id, c.case_key, c.status, c.restricted, c.state,"+
		" CASE WHEN c.state IS NULL THEN c.terms ELSE '' END, CASE WHEN c.state IS NULL THEN c.projection ELSE '' END,"+
		" CASE WHEN c.state IS NULL THEN c.details ELSE '' END FROM cases c"+s.text(), s.args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	for rows.Next() {
		row, err := stateRow(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

func stateRow(rows *sql.Rows) (row queries.CaseStateRow, err error) {
	err = rows.Scan(&row.CaseID, &row.CaseKey, &row.Status, &row.Restricted, &row.State, &row.Terms, &row.Projection, &row.Details)
	return row, err
}

// among asks for one of several values.
func (s *selection) among(column string, values []string) {
	bound := make([]any, len(values))
	for i, v := range values {
		bound[i] = plain(v)
	}
	s.and(column+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", bound...)
}
