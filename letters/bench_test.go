package letters

import (
	"io"
	"testing"
)

// What a letter costs the worker: a case of ordinary life has three.
func BenchmarkPDF(b *testing.B) {
	l, err := Preview("notice", "de")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := l.PDF(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
