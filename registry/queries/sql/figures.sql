-- name: DropDeadlines :exec
DELETE FROM deadlines
WHERE case_id = $1;

-- name: AddDeadline :exec
INSERT INTO deadlines (case_id, kind, due_at, state, assignee, instrument, country, restricted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: OpenStage :one
-- OpenStage reads since when a case is in the stage that it is in.
SELECT n, entered_at
FROM stages
WHERE case_id = $1 AND left_at = '9999-12-31T23:59:59.999999Z';

-- name: LeaveStage :exec
UPDATE stages SET left_at = sqlc.arg(left_at), seconds = sqlc.arg(seconds)
WHERE case_id = sqlc.arg(case_id) AND n = sqlc.arg(n);

-- name: EnterStage :exec
INSERT INTO stages (case_id, n, stage, entered_at, left_at, seconds, assignee, instrument, country, restricted)
VALUES ($1, $2, $3, $4, '9999-12-31T23:59:59.999999Z', 0, $5, $6, $7, $8);

-- name: NameStages :exec
UPDATE stages SET assignee = sqlc.arg(assignee), instrument = sqlc.arg(instrument), country = sqlc.arg(country), restricted = sqlc.arg(restricted)
WHERE case_id = sqlc.arg(case_id);
