package registry

import (
	"context"
	"maps"
	"slices"

	"dueprocess/registry/queries"
)

// raiseWall says who is within a wall; most walls are those of other cases.
const raiseWall = `INSERT INTO walls (name, wall) VALUES ($1, $2) ON CONFLICT (name, wall) DO NOTHING`

// come counts a case of the bulk.
func (b *bulk) come(s queries.SetCaseParams, members []string) {
	k := kindOf(s, members)
	b.kinds[k]++
	if k.Wall != "" {
		b.walls[k.Wall] = members
	}
}

// addKinds writes how many cases came of each kind, whatever their number: one row a kind.
func (b *bulk) addKinds(ctx context.Context) error {
	t := queries.New(b)
	for k, n := range maps.All(b.kinds) {
		if err := t.AddMove(ctx, k.times(n)); err != nil {
			return err
		}
	}
	return nil
}

// raiseWalls does so for every wall, in their order: two bulks never wait for each other crosswise.
func (b *bulk) raiseWalls(do func(name, wall string) error) error {
	for _, wall := range slices.Sorted(maps.Keys(b.walls)) {
		for _, name := range slices.Sorted(slices.Values(b.walls[wall])) {
			if err := do(plain(name), wall); err != nil {
				return err
			}
		}
	}
	return nil
}
