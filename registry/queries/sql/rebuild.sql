-- name: WaitingCases :many
-- WaitingCases lists cases after one that are registered or open, or closed with something still to wait for.
SELECT case_id
FROM cases
WHERE status <> 'purged' AND (status <> 'closed' OR ended_at >= sqlc.arg(never)) AND case_id > sqlc.arg(after)
ORDER BY case_id
LIMIT 1000;

-- name: RestingCases :many
-- RestingCases lists cases after one that are closed and wait for nothing but their purge.
SELECT case_id
FROM cases
WHERE status = 'closed' AND ended_at < sqlc.arg(never) AND case_id > sqlc.arg(after)
ORDER BY case_id
LIMIT 1000;

-- name: Progress :one
-- Progress reads the key and the last step of a case, and how many are kept after one.
SELECT c.case_key, c.step, (SELECT COUNT(*) FROM steps s WHERE s.case_id = c.case_id AND s.step > sqlc.arg(after)) AS later
FROM cases c
WHERE c.case_id = sqlc.arg(case_id);

-- name: KeysAlone :many
-- KeysAlone lists the data keys of cases that are not there.
SELECT case_id
FROM case_keys
WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.case_id = case_keys.case_id)
ORDER BY case_id;
