package registry

import (
	"context"
	"maps"
	"slices"

	"dueprocess/registry/queries"
)

// countedBy are the columns by whose day a row is counted.
var countedBy = map[string]string{"deadlines": "due_at", "stages": "left_at"}

// markDays marks the days on which the bulk counts, all in the name of its first case.
func (b *bulk) markDays(ctx context.Context, lives []Life) error {
	days := map[string]bool{}
	for _, t := range b.tables {
		if column := countedBy[t.name]; column != "" {
			t.addDays(days, t.column(column))
		}
	}
	t := queries.New(b)
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if err := t.MarkDay(ctx, queries.MarkDayParams{Day: day, CaseID: lives[0].ID}); err != nil {
			return err
		}
	}
	return nil
}

func (t *bulkTable) addDays(days map[string]bool, column int) {
	const day, never = len("2026-11-20"), "9999"
	for _, row := range t.rows {
		if text, _ := row[column].(string); len(text) >= day && text < never {
			days[text[:day]] = true
		}
	}
}
