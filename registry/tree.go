package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/ledger"
	"dueprocess/registry/queries"
)

// tileHeight: a tile holds up to 256 hashes of one level of the tree, 32 bytes each; the levels between are computed
// from it. A tree of fifteen million leaves is some sixty thousand rows.
const tileHeight = 8

// tiles reads the tree's hashes out of its tiles. It remembers the last tile of each level: whoever walks along the tree,
// or up it, reads each once.
type tiles struct {
	ctx  context.Context //nolint:containedctx // tlog.HashReader takes none
	from *queries.Queries
	last map[int]remembered
}

type remembered struct {
	n    int64
	data []byte
}

func tilesOf(ctx context.Context, from *queries.Queries) *tiles {
	return &tiles{ctx, from, map[int]remembered{}}
}

// ReadHashes reads the hashes at indexes as tlog counts them.
func (t *tiles) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		tile := tlog.TileForIndex(tileHeight, index)
		data, err := t.tile(tile)
		if err != nil {
			return nil, err
		}
		if out[i], err = tlog.HashFromTile(tile, data, index); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// tile reads as much of a tile as is asked for.
func (t *tiles) tile(tile tlog.Tile) ([]byte, error) {
	last, ok := t.last[tile.L]
	if !ok || last.n != tile.N {
		data, err := t.from.Tile(t.ctx, queries.TileParams{Level: int64(tile.L), N: tile.N})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		last = remembered{tile.N, data}
		t.last[tile.L] = last
	}
	if wanted := tile.W * tlog.HashSize; len(last.data) >= wanted {
		return last.data[:wanted], nil
	}
	return nil, fmt.Errorf("the tree's tile %d/%d is missing or too short: %w", tile.L, tile.N, ledger.ErrNoHash)
}

// keep writes the tiles that a tree has gained by growing.
func (t tx) keep(ctx context.Context, old, size int64, r tlog.HashReader) error {
	for _, tile := range tlog.NewTiles(tileHeight, old, size) {
		data, err := tlog.ReadTileData(tile, r)
		if err != nil {
			return err
		}
		if err := t.SetTile(ctx, queries.SetTileParams{Level: int64(tile.L), N: tile.N, Hashes: data}); err != nil {
			return err
		}
	}
	return nil
}
