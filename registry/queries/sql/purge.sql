-- name: EndedCases :many
-- EndedCases lists cases after one that were closed, with nothing left to wait for and no hold, by an instant.
SELECT case_id, resolution, ended_at
FROM cases
WHERE status = 'closed' AND held = FALSE AND ended_at <= sqlc.arg(ended_at) AND case_id > sqlc.arg(after)
ORDER BY case_id
LIMIT 1000;

-- name: EraseEvents :exec
-- EraseEvents takes the personal part and its salt; the leaf commits to them still.
UPDATE events SET
    old = '{}', new = '{}', salt = NULL, actor_name = CASE WHEN actor_kind IN ('authority', 'customer') THEN '' ELSE actor_name END
WHERE case_id = $1;

-- name: EraseCase :exec
UPDATE cases SET
    status = 'purged', authority = '', number = '', reference = '', terms = '{}', details = '{}', state = NULL, counted = '',
    projection = sqlc.arg(projection)
WHERE case_id = sqlc.arg(case_id);

-- name: EraseSteps :exec
DELETE FROM steps WHERE case_id = $1;

-- name: EraseEffects :exec
DELETE FROM effects WHERE case_id = $1;

-- name: EraseLinks :exec
DELETE FROM links WHERE case_id = $1;

-- name: EraseAnswers :exec
DELETE FROM idempotency_keys WHERE case_id = $1;

-- name: PurgedWithKeys :many
-- PurgedWithKeys lists purged cases whose data key is still there.
SELECT c.case_id
FROM cases c
JOIN case_keys k ON k.case_id = c.case_id
WHERE c.status = 'purged' AND k.destroyed = FALSE
ORDER BY c.case_id
LIMIT 1000;
