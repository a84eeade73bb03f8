//go:build screenshots

package browser

import "testing"

// TestScreenshots makes the pictures of docs/guides anew.
func TestScreenshots(t *testing.T) { open(t).run(t, "screenshots.mjs") }
