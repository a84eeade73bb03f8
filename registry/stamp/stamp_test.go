package stamp_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/registry/stamp"
)

func TestInstantsAreKeptInUTCAndWholeMicroseconds(t *testing.T) {
	at := time.Date(2026, 11, 20, 17, 30, 0, 1_999, time.FixedZone("east", 5*3600+1800))
	text, err := stamp.Of(at).Value()
	require.NoError(t, err)
	require.Equal(t, "2026-11-20T12:00:00.000001Z", text)
	text, err = stamp.Time{Time: at}.Value()
	require.NoError(t, err)
	require.Equal(t, "2026-11-20T12:00:00.000001Z", text, "however it was made")
	require.Equal(t, 1_000, stamp.Of(at).Nanosecond())
	require.Equal(t, time.UTC, stamp.Of(at).Location())
	for _, kept := range []any{text, []byte("2026-11-20T12:00:00.000001Z")} {
		var read stamp.Time
		require.NoError(t, read.Scan(kept))
		require.Equal(t, time.Date(2026, 11, 20, 12, 0, 0, 1_000, time.UTC), read.Time)
	}
}

func TestNoInstantIsTheEmptyText(t *testing.T) {
	require.Empty(t, stamp.Of(time.Time{}).Text())
	read := stamp.Of(time.Now())
	require.NoError(t, read.Scan(""))
	require.True(t, read.IsZero())
}

func TestOtherFormsAreRefused(t *testing.T) {
	for _, kept := range []any{"2026-11-20T12:00:00Z", "2026-11-20 12:00:00.000001", "x", 7, time.Now(), nil} {
		require.Error(t, new(stamp.Time).Scan(kept), "%v", kept)
	}
}

func TestTextOrderIsTimeOrder(t *testing.T) {
	instant := rapid.Custom(func(t *rapid.T) stamp.Time {
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		return stamp.Of(time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "µs")).In(zone))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := instant.Draw(t, "a"), instant.Draw(t, "b")
		require.Equal(t, a.Before(b.Time), a.Text() < b.Text())
		require.Less(t, a.Text(), stamp.Never.Text())
	})
}
