package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/registry/queries"
)

// tileHeight: a tile holds up to 256 hashes of one level of the tree, 32 bytes each; the levels between are computed
// from it. A tree of fifteen million leaves is some sixty thousand rows.
const tileHeight = 8

// tiles reads the tree's hashes out of its tiles, each of which it reads once.
type tiles struct {
	ctx  context.Context //nolint:containedctx // tlog.HashReader takes none
	from *queries.Queries
	read map[[2]int64][]byte
}

func tilesOf(ctx context.Context, from *queries.Queries) *tiles {
	return &tiles{ctx, from, map[[2]int64][]byte{}}
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
	place := [2]int64{int64(tile.L), tile.N}
	data, ok := t.read[place]
	if !ok {
		var err error
		data, err = t.from.Tile(t.ctx, queries.TileParams{Level: place[0], N: place[1]})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		t.read[place] = data
	}
	if wanted := tile.W * tlog.HashSize; len(data) >= wanted {
		return data[:wanted], nil
	}
	return nil, fmt.Errorf("the tree's tile %d/%d is missing or too short", tile.L, tile.N)
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
