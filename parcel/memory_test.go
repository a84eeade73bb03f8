package parcel

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

const (
	bulk      = 256 << 20
	memoryCap = 24 << 20
)

// rowsOf generates records without end, the same every time.
type rowsOf struct {
	n    int
	rest []byte
}

func (r *rowsOf) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		at := sealedAt.AddDate(0, -1, 0).Add(time.Duration(r.n%600000) * time.Second)
		r.rest = fmt.Appendf(nil, "harbor,%s,198.51.100.10,%0200d\n", at.Format(time.RFC3339), r.n)
		r.n++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// bulky is a file of generated records of the size of bulk, cut at a row's end.
func bulky(t *testing.T) Content {
	t.Helper()
	const head = "account,at,ip,bytes\n"
	first := &rowsOf{}
	buffer := make([]byte, 4096)
	n, err := first.Read(buffer)
	require.NoError(t, err)
	rows := bulk / n
	size := int64(len(head) + rows*n)
	open := func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(head), io.LimitReader(&rowsOf{}, int64(rows*n)))), nil
	}
	sum := sha256.New()
	r, err := open()
	require.NoError(t, err)
	_, err = io.Copy(sum, r)
	require.NoError(t, err)
	f := File{Path: "records/traffic.csv", Data: casework.Traffic, Rows: rows, SHA256: hex.EncodeToString(sum.Sum(nil)), At: sealedAt}
	return Content{File: f, Size: size, Open: open}
}

// watch counts bytes and looks at the memory every 16 MiB.
type watch struct {
	n, next int
	peak    uint64
}

func (w *watch) Write(p []byte) (int, error) {
	if w.n += len(p); w.n >= w.next {
		w.next += 16 << 20
		w.peak = max(w.peak, inUse())
	}
	return len(p), nil
}

// inUse is the memory that cannot be given back.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestMemoryDoesNotGrowWithTheRecords(t *testing.T) {
	key, in := newKey(t), whole()
	in.Targets[0].To = "2026-12-31"
	in.Files = []Content{bulky(t)}
	before, seen := inUse(), &watch{}
	r, w := io.Pipe()
	go func() {
		_, err := Seal(io.MultiWriter(w, seen), in, signer, key.Recipient())
		w.CloseWithError(err)
	}()
	report, err := Verify(r, []age.Identity{key}, public)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Greater(t, seen.n, bulk*99/100)
	require.Less(t, seen.peak-min(before, seen.peak), uint64(memoryCap))
	t.Logf("%d MiB sealed and verified, %d KiB of memory", seen.n>>20, (seen.peak-min(before, seen.peak))>>10)
}
