package registry

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestReadAheadTakesRowsInTheirOrder: as if they were read, looked at and taken one by one, wherever reading or taking fails.
func TestReadAheadTakesRowsInTheirOrder(t *testing.T) {
	errReading, errTaking := errors.New("reading"), errors.New("taking")
	rapid.Check(t, func(t *rapid.T) {
		pages := rapid.SliceOf(rapid.IntRange(1, 9)).Draw(t, "rows of the pages")
		unread, untaken := rapid.IntRange(0, 2*len(pages)).Draw(t, "the page that cannot be read"), rapid.IntRange(0, 60).Draw(t, "the row that is not taken")
		n, read, taken := 0, 0, []int{}
		err := readAhead(t.Context(), func(context.Context) ([]int, error) {
			if read == unread && read < len(pages) {
				return nil, errReading
			}
			if read == len(pages) {
				return nil, nil
			}
			rows := make([]int, pages[read])
			for i := range rows {
				rows[i], n = n, n+1
			}
			read++
			return rows, nil
		}, func(row int) int { return -row }, func(seen int) error {
			if -seen == untaken {
				return errTaking
			}
			taken = append(taken, -seen)
			return nil
		})
		for i, row := range taken {
			require.Equal(t, i, row)
		}
		switch {
		case errors.Is(err, errTaking):
			require.Len(t, taken, untaken)
		case errors.Is(err, errReading):
			require.Equal(t, unread, read)
		default:
			require.NoError(t, err)
			require.Len(t, taken, n)
			require.Equal(t, len(pages), read)
		}
	})
}

// TestReadAheadEndsWithItsContext: nobody waits for a page that nobody takes.
func TestReadAheadEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := readAhead(ctx, func(ctx context.Context) ([]int, error) { return []int{1}, ctx.Err() }, func(row int) int { return row }, func(int) error {
		cancel()
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
}
