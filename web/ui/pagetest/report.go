package pagetest

import (
	"context"

	"dueprocess/casework"
	"dueprocess/transparency"
)

// Report makes the transparency report of a period from what the registry has counted.
func (h *House) Report(ctx context.Context, p transparency.Period) (transparency.Report, error) {
	tallies, err := h.Tallies(ctx, p.From, p.Until())
	settings := transparency.Settings{Provider: "Example Provider, Inc.", Canaries: []transparency.Canary{{Text: "We never gave anybody a key.", AttestedBy: "counsel", AttestedOn: "2026-07-01"}}}
	return transparency.Make(p, transparency.Counts{Tallies: tallies}, settings, casework.Rulebook{Version: "2026.1"}, h.Now()), err
}
