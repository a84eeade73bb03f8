package casework

import (
	"strings"
	"unicode/utf8"
)

// IsText reports whether s is text that can be kept: UTF-8 without NUL. A name that is none names nothing.
func IsText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
