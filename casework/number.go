package casework

import "fmt"

// Number is the number of a case, written LR-2026-000123: the year in which it was received, and which of that year it is.
type Number struct{ Year, N int }

// String is the id of the case.
func (n Number) String() string { return fmt.Sprintf("LR-%d-%06d", n.Year, n.N) }

// NumberOf reads the id of a case; ok is false of what is none.
func NumberOf(id string) (n Number, ok bool) {
	_, err := fmt.Sscanf(id, "LR-%d-%d", &n.Year, &n.N)
	return n, err == nil && n.Year > 0 && n.N > 0 && n.String() == id
}
