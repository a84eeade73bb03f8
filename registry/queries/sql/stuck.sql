-- name: PutStuck :exec
-- PutStuck notes that something was tried in vain; since when, stays.
INSERT INTO stuck (case_id, what, step, cause, since, tries)
VALUES (sqlc.arg(case_id), sqlc.arg(what), sqlc.arg(step), sqlc.arg(cause), sqlc.arg(since), sqlc.arg(tries))
ON CONFLICT (case_id, what, step) DO UPDATE SET cause = excluded.cause, tries = excluded.tries;

-- name: StuckEffects :many
-- StuckEffects lists the effects of a case that are noted, and that it could not be begun.
SELECT what, step
FROM stuck
WHERE case_id = $1 AND (step > 0 OR what = 'start');

-- name: DropStuck :exec
DELETE FROM stuck
WHERE case_id = $1 AND what = $2 AND step = $3;

-- name: FailingRuns :many
SELECT case_id
FROM stuck
WHERE what = 'run'
ORDER BY case_id;

-- name: EraseStuck :exec
DELETE FROM stuck
WHERE case_id = $1;
