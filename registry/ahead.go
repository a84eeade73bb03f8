package registry

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// readAhead reads pages until one is empty, has their rows looked at on all processors, and takes what was seen in the order
// in which the rows were read: one page is read while others are looked at, as many as there are processors.
func readAhead[Row, Seen any](ctx context.Context, read func(context.Context) ([]Row, error), look func(Row) Seen, take func(Seen) error) error {
	g, ctx := errgroup.WithContext(ctx)
	pages := make(chan (<-chan []Seen), runtime.GOMAXPROCS(0))
	g.Go(func() error {
		defer close(pages)
		for {
			rows, err := read(ctx)
			if err != nil || len(rows) == 0 {
				return err
			}
			select {
			case pages <- lookedAt(rows, look):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	g.Go(func() error {
		for page := range pages {
			for _, seen := range <-page {
				if err := take(seen); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return g.Wait()
}

// lookedAt looks at a page's rows beside whatever else is done.
func lookedAt[Row, Seen any](rows []Row, look func(Row) Seen) <-chan []Seen {
	out := make(chan []Seen, 1)
	go func() {
		seen := make([]Seen, len(rows))
		for i, row := range rows {
			seen[i] = look(row)
		}
		out <- seen
	}()
	return out
}
