package demo

import (
	"encoding/json"
	"regexp"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/policy/testdata"
)

// request is a scenario's request with every date moved, so that it is received now.
func request(scenario string, now time.Time) (casework.Request, error) {
	text, err := testdata.Cases.ReadFile("cases/" + scenario + ".json")
	if err != nil {
		return casework.Request{}, err
	}
	raw := intake.Unwrap(text)
	var received struct {
		At time.Time `json:"received_at"`
	}
	if err := json.Unmarshal(raw, &received); err != nil {
		return casework.Request{}, err
	}
	return intake.Read(shift(raw, daysBetween(received.At, now)), now, intake.Submit)
}

func daysBetween(from, to time.Time) int {
	const day = 24 * time.Hour
	return int(to.UTC().Truncate(day).Sub(from.UTC().Truncate(day)) / day)
}

var day = regexp.MustCompile(`"\d{4}-\d{2}-\d{2}("|T)`)

// shift moves every date and instant in a JSON text by so many days.
func shift(raw []byte, days int) []byte {
	return day.ReplaceAllFunc(raw, func(found []byte) []byte {
		moved := casework.Date(found[1:11]).AddDays(days)
		return append([]byte(`"`+string(moved)), found[11])
	})
}
