-- name: StepDigest :one
SELECT digest
FROM steps
WHERE case_id = $1 AND step = $2;

-- name: AddStep :exec
INSERT INTO steps (case_id, step, digest)
VALUES (sqlc.arg(case_id), sqlc.arg(step), sqlc.arg(digest));

-- name: AddEvent :exec
INSERT INTO events (case_id, sequence, step, at, verb, actor_kind, actor_name, old, new, salt, commitment, facts, prev, leaf)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: AddLeaf :exec
-- AddLeaf queues a leaf for the sequencer, in the order of commits as near as the database gives it.
INSERT INTO leaves (case_id, sequence, leaf, pending)
VALUES (sqlc.arg(case_id), sqlc.arg(sequence), sqlc.arg(leaf), TRUE);

-- name: EventsOf :many
SELECT case_id, sequence, step, at, verb, actor_kind, actor_name, old, new, salt, commitment, facts, prev, leaf
FROM events
WHERE case_id = $1
ORDER BY sequence;

-- name: Effect :one
SELECT result
FROM effects
WHERE case_id = $1 AND step = $2;

-- name: AddEffect :exec
INSERT INTO effects (case_id, step, result)
VALUES (sqlc.arg(case_id), sqlc.arg(step), sqlc.arg(result))
ON CONFLICT (case_id, step) DO NOTHING;
