package demo

import (
	"fmt"
	"regexp"
	"strconv"

	"dueprocess/casework"
)

var digits = regexp.MustCompile(`[0-9]+`)

// numbered gives the paper of a story a number and a matter of its own. The scenarios share some, and two cases of one number
// look like a request that was served twice.
func numbered(r *casework.Request, n int) {
	r.Instrument.Number, r.Matter.Reference = later(r.Instrument.Number, n), later(r.Matter.Reference, n)
}

// later is a number n further on, in its longest run of digits; what has none stays as it is.
func later(number string, n int) string {
	from, to := 0, 0
	for _, at := range digits.FindAllStringIndex(number, -1) {
		if at[1]-at[0] > to-from {
			from, to = at[0], at[1]
		}
	}
	count, err := strconv.Atoi(number[from:to])
	if err != nil {
		return number
	}
	return number[:from] + fmt.Sprintf("%0*d", to-from, count+n) + number[to:]
}
