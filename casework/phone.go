package casework

import "strings"

// What a number is compared by: how many digits at its end make it one subscriber's, whatever stands before them.
const (
	leastDigits  = 7 // of a number that can be reached from elsewhere
	subscriberIs = 9
)

// SamePhone reports whether two numbers are likely one, however each is written: with the prefix of the country or of a call
// abroad, as at home, with an extension. It is there to refuse: a number that came with a request must not come back in
// another dress, so where it is not clear, they are the same. An empty number is never the same.
func SamePhone(a, b string) bool {
	a, b = subscriber(a), subscriber(b)
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return a != "" && a == b || n >= subscriberIs || n >= leastDigits && n == min(len(a), len(b))
}

// subscriber is a number's digits, without the zeros before it and without its extension.
func subscriber(phone string) string {
	for i, r := range phone {
		if strings.ContainsRune("#;,xXeEdDpP", r) && len(digits(phone[:i])) >= leastDigits {
			phone = phone[:i]
			break
		}
	}
	return strings.TrimLeft(digits(phone), "0")
}

// sameDigits compares two numbers by their digits alone: to accept one, and to refuse one in cases begun before
// BehaviourLetter.
func sameDigits(a, b string) bool { return digits(a) != "" && digits(a) == digits(b) }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
