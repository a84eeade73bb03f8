-- name: TakeLease :execrows
-- TakeLease makes a holder the only one for a while; nothing is taken while another's lease runs.
INSERT INTO leases (name, holder, until)
VALUES (sqlc.arg(name), sqlc.arg(holder), sqlc.arg(until))
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until < sqlc.arg(now);

-- name: TreeSize :one
SELECT CAST(COALESCE(MAX(tree_index) + 1, 0) AS BIGINT) AS size
FROM leaves;

-- name: TakeLeaves :many
-- TakeLeaves gives the oldest pending leaves the next places of the tree; it answers them in no order.
UPDATE leaves SET pending = FALSE, tree_index = next.place
FROM (
    SELECT l.position, CAST(sqlc.arg(size) AS BIGINT) + ROW_NUMBER() OVER (ORDER BY l.position) - 1 AS place
    FROM leaves AS l
    WHERE l.pending
    ORDER BY l.position
    LIMIT sqlc.arg(most)
) AS next
WHERE leaves.position = next.position
RETURNING leaves.tree_index, leaves.leaf;

-- name: Tile :one
SELECT hashes
FROM tiles
WHERE level = $1 AND n = $2;

-- name: SetTile :exec
INSERT INTO tiles (level, n, hashes)
VALUES ($1, $2, $3)
ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes;

-- name: AddCheckpoint :exec
INSERT INTO checkpoints (size, at, note)
VALUES ($1, $2, $3);

-- name: LastCheckpoint :one
SELECT size, at, note
FROM checkpoints
ORDER BY size DESC
LIMIT 1;

-- name: Checkpoints :many
SELECT size, at, note
FROM checkpoints
WHERE size > $1
ORDER BY size
LIMIT 1000;

-- name: TreeIndexes :many
-- TreeIndexes are the places in the tree of a case's events.
SELECT sequence, tree_index
FROM leaves
WHERE case_id = $1 AND tree_index IS NOT NULL
ORDER BY sequence;

-- name: LeafAt :one
-- LeafAt is the leaf at a place of the tree, and whose event it is, as the queue for the tree says.
SELECT case_id, sequence, leaf
FROM leaves
WHERE tree_index = $1;
