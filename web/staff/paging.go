package staff

import (
	"context"
	"iter"

	"dueprocess/casework"
)

// casesOf are the cases of a query, page by page, until so many were read. The first page is as small as the query says,
// since what is looked for mostly stands there; the others are large.
func (p *pages) casesOf(ctx context.Context, q casework.CaseQuery, user casework.Actor, most int) iter.Seq2[casework.ListedCase, error] {
	return func(yield func(casework.ListedCase, error) bool) {
		for read := 0; read < most; {
			list, err := p.Registry.Cases(ctx, q, user)
			if err != nil {
				yield(casework.ListedCase{}, err)
				return
			}
			for _, c := range list.Cases {
				if !yield(c, nil) {
					return
				}
			}
			if list.NextCursor == nil {
				return
			}
			read += len(list.Cases)
			q.Cursor, q.Limit = *list.NextCursor, batch
		}
	}
}
