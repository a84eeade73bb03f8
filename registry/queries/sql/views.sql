-- name: SavedViews :many
SELECT id, owner, name, shared, query
FROM saved_views
WHERE owner = $1 OR shared = TRUE
ORDER BY name, id;

-- name: LockView :one
UPDATE saved_views SET name = name
WHERE id = $1
RETURNING id, owner, name, shared, query;

-- name: CountViews :one
SELECT COUNT(*)
FROM saved_views
WHERE owner = $1;

-- name: PutView :execrows
-- PutView replaces none but the owner's own.
INSERT INTO saved_views (id, owner, name, shared, query)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, shared = excluded.shared, query = excluded.query
WHERE saved_views.owner = excluded.owner;

-- name: DropView :exec
DELETE FROM saved_views WHERE id = $1;
