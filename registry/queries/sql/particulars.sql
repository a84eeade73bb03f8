-- name: Particulars :many
SELECT kind, digest
FROM case_particulars
WHERE case_id = $1
ORDER BY digest;

-- name: AddParticular :exec
INSERT INTO case_particulars (case_id, kind, digest, received_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (case_id, digest) DO NOTHING;

-- name: DropParticulars :exec
DELETE FROM case_particulars
WHERE case_id = $1;

-- name: AlikeIn :many
-- AlikeIn lists the newest cases with a digest beside the one that is asked about, and none that somebody is outside the
-- wall of.
SELECT c.case_id, c.stage, c.resolution, c.received_at, c.projection
FROM case_particulars p
JOIN cases c ON c.case_id = p.case_id
WHERE p.digest = sqlc.arg(digest) AND p.case_id <> sqlc.arg(case_id) AND c.status <> 'purged'
    AND (c.restricted = FALSE OR c.restricted = sqlc.arg(everywhere)
        OR EXISTS (SELECT 1 FROM members m WHERE m.case_id = c.case_id AND m.name = sqlc.arg(name)))
ORDER BY p.received_at DESC, p.case_id DESC
LIMIT sqlc.arg(most);

-- name: Unlikened :many
-- Unlikened lists cases after one that have no particulars: those from before there were any, and those that have none. They
-- are counted and not asked whether they exist: for that PostgreSQL would read all of a table it takes for empty, each time.
SELECT c.case_id, c.received_at, c.details
FROM cases c
WHERE c.case_id > $1 AND c.status <> 'purged' AND (SELECT COUNT(*) FROM case_particulars p WHERE p.case_id = c.case_id) = 0
ORDER BY c.case_id
LIMIT 1000;

-- name: ForgetPurged :exec
-- ForgetPurged erases what is left of the particulars of purged cases.
DELETE FROM case_particulars
WHERE case_id IN (SELECT c.case_id FROM cases c WHERE c.status = 'purged');
