package casework

import (
	"testing"
	"time"
)

func dayOf(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func TestAQueryIsAnsweredFromTheCopyAsFarAsItReaches(t *testing.T) {
	t.Parallel()
	about := func(from, until time.Time) Query {
		return Query{Account: "a", Data: Traffic, From: from, Until: until}
	}
	copied := Kept{Query: about(dayOf(10), dayOf(20)), At: dayOf(20)}
	later := Kept{Query: about(dayOf(1), dayOf(25)), At: dayOf(25)}
	another := Kept{Query: Query{Account: "b", Data: Traffic}, At: dayOf(1)}
	for name, c := range map[string]struct {
		q    Query
		kept []Kept
		want []Part
	}{
		"no copy":            {about(dayOf(1), dayOf(30)), nil, []Part{{Query: about(dayOf(1), dayOf(30)), Undated: true}}},
		"of another account": {about(dayOf(1), dayOf(30)), []Kept{another}, []Part{{Query: about(dayOf(1), dayOf(30)), Undated: true}}},
		"within":             {about(dayOf(12), dayOf(15)), []Kept{copied}, []Part{{Query: about(dayOf(12), dayOf(15)), From: &copied, Undated: true}}},
		"beside":             {about(dayOf(20), dayOf(30)), []Kept{copied}, []Part{{Query: about(dayOf(20), dayOf(30)), Undated: true}}},
		"round it": {about(dayOf(1), dayOf(30)), []Kept{copied}, []Part{
			{Query: about(dayOf(1), dayOf(10))}, {Query: about(dayOf(10), dayOf(20)), From: &copied, Undated: true}, {Query: about(dayOf(20), dayOf(30))},
		}},
		"the oldest copy": {about(dayOf(10), dayOf(20)), []Kept{later, copied}, []Part{{Query: about(dayOf(10), dayOf(20)), From: &copied, Undated: true}}},
		"without an end": {about(dayOf(15), time.Time{}), []Kept{copied}, []Part{
			{Query: about(dayOf(15), dayOf(20)), From: &copied, Undated: true}, {Query: about(dayOf(20), time.Time{})},
		}},
	} {
		got := c.q.Parts(c.kept)
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for i := range got {
			if !samePart(got[i], c.want[i]) {
				t.Errorf("%s, part %d: %+v, want %+v", name, i, got[i], c.want[i])
			}
		}
	}
}

func samePart(a, b Part) bool {
	from := (a.From == nil) == (b.From == nil) && (a.From == nil || a.From.At.Equal(b.From.At))
	return from && a.Undated == b.Undated && a.Query.From.Equal(b.Query.From) && a.Query.Until.Equal(b.Query.Until)
}
