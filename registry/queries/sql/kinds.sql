-- name: AddMove :exec
-- AddMove says that so many cases of a kind have come, or gone.
INSERT INTO case_moves (stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall, n)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: AddWall :exec
INSERT INTO walls (name, wall)
VALUES ($1, $2)
ON CONFLICT (name, wall) DO NOTHING;

-- name: TakeMoves :many
-- TakeMoves takes the oldest moves away, to be added up.
DELETE FROM case_moves
WHERE position IN (SELECT m.position FROM case_moves m ORDER BY m.position LIMIT 10000)
RETURNING stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall, n;

-- name: AddSum :exec
INSERT INTO case_sums (stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall, n)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall) DO UPDATE SET n = case_sums.n + excluded.n;

-- name: DropEmptySums :exec
DELETE FROM case_sums WHERE n = 0;

-- name: DropMoves :exec
DELETE FROM case_moves;

-- name: DropSums :exec
DELETE FROM case_sums;

-- name: CountOpenly :many
-- CountOpenly counts the cases without a wall.
SELECT stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, COUNT(*) AS n
FROM cases
WHERE restricted = FALSE
GROUP BY stage, waiting_on, assignee, country, instrument, sla, resolution, emergency;

-- name: WalledKinds :many
-- WalledKinds reads the kind of each case behind a wall, with its members one by one; no member: an empty name.
SELECT c.case_id, c.stage, c.waiting_on, c.assignee, c.country, c.instrument, c.sla, c.resolution, c.emergency, CAST(COALESCE(m.name, '') AS TEXT) AS name
FROM cases c
LEFT JOIN members m ON m.case_id = c.case_id
WHERE c.restricted = TRUE
ORDER BY c.case_id, m.name;

-- name: Unsummed :one
-- Unsummed says whether there are cases and none is counted: after the tables came.
SELECT COUNT(*)
FROM (SELECT c.case_id FROM cases c LIMIT 1) AS any_case
WHERE NOT EXISTS (SELECT 1 FROM case_sums) AND NOT EXISTS (SELECT 1 FROM case_moves);
