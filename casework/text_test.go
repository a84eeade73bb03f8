package casework

import "testing"

func TestTextIsUTF8WithoutNUL(t *testing.T) {
	for s, want := range map[string]bool{"": true, "LR-2026-000001": true, "Köln \u202e\n": true, "a\x00": false, "\x00": false, "\xff": false, "a\xc3": false} {
		if IsText(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
}
