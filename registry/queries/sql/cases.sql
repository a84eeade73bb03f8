-- name: NextNumber :one
-- NextNumber gives the next running number of a year; the row's lock keeps two from getting the same.
INSERT INTO case_numbers (year, number)
VALUES ($1, 1)
ON CONFLICT (year) DO UPDATE SET number = case_numbers.number + 1
RETURNING number;

-- name: AddCase :exec
INSERT INTO cases (
    case_id, case_key, status, version, step, stage, waiting_on, resolution, sla, assignee, restricted, held, received_at, registered_at, due_at,
    authority, country, instrument, number, reference, last_sequence, prev_leaf, terms, projection, details, emergency
) VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26
);

-- name: LockCase :one
-- LockCase takes the case's row for the rest of the transaction, in both databases alike, and reads what a writer needs.
UPDATE cases SET version = version
WHERE case_id = $1
RETURNING case_id, case_key, status, step, stage, restricted, authority, number, reference, last_sequence, prev_leaf, details, counted,
    waiting_on, assignee, country, instrument, sla, resolution, emergency;

-- name: SetCase :exec
UPDATE cases SET
    status = sqlc.arg(status), version = sqlc.arg(version), step = sqlc.arg(step), stage = sqlc.arg(stage), waiting_on = sqlc.arg(waiting_on),
    resolution = sqlc.arg(resolution), sla = sqlc.arg(sla), assignee = sqlc.arg(assignee), restricted = sqlc.arg(restricted), held = sqlc.arg(held),
    received_at = sqlc.arg(received_at), due_at = sqlc.arg(due_at), authority = sqlc.arg(authority), country = sqlc.arg(country),
    instrument = sqlc.arg(instrument), number = sqlc.arg(number), reference = sqlc.arg(reference), last_sequence = sqlc.arg(last_sequence),
    prev_leaf = sqlc.arg(prev_leaf), projection = sqlc.arg(projection), details = sqlc.arg(details), state = sqlc.arg(state),
    rulebook = sqlc.arg(rulebook), counted = sqlc.arg(counted), ended_at = sqlc.arg(ended_at), emergency = sqlc.arg(emergency)
WHERE case_id = sqlc.arg(case_id);

-- name: SetLastEvent :exec
UPDATE cases SET last_sequence = sqlc.arg(last_sequence), prev_leaf = sqlc.arg(prev_leaf)
WHERE case_id = sqlc.arg(case_id);

-- name: CaseState :one
-- CaseState reads what a case is rebuilt from; state is null until the receipt is stored.
SELECT case_id, case_key, status, restricted, terms, projection, details, state
FROM cases
WHERE case_id = $1;

-- name: CaseView :one
SELECT case_id, restricted, projection, details
FROM cases
WHERE case_id = $1;

-- name: CaseStanding :one
-- CaseStanding reads how far a case is; nothing sealed is opened.
SELECT restricted, version, last_sequence
FROM cases
WHERE case_id = $1;

-- name: LastActor :one
-- LastActor reads who last did more to a case than look, after an entry of its ledger; the system's own doing aside.
SELECT actor_kind, actor_name
FROM events
WHERE case_id = sqlc.arg(case_id) AND sequence > sqlc.arg(after) AND actor_kind <> 'system'
    AND NOT (actor_kind = 'person' AND verb IN ('viewed', 'downloaded'))
ORDER BY sequence DESC
LIMIT 1;

-- name: StartingCases :many
SELECT case_id
FROM cases
WHERE status = 'starting' AND registered_at < $1
ORDER BY registered_at, case_id
LIMIT 1000;

-- name: EvaluatedOtherwise :many
-- EvaluatedOtherwise lists open cases that another rulebook evaluated last, or whose authority's entry has changed since.
SELECT case_id, changed
FROM cases
WHERE status = 'open' AND case_id > sqlc.arg(after) AND (rulebook <> '' AND rulebook <> sqlc.arg(rulebook) OR changed <> '')
ORDER BY case_id
LIMIT 1000;

-- name: UnderReview :many
-- UnderReview reads the requests of a country that are not yet decided.
SELECT case_id, details
FROM cases
WHERE country = $1 AND stage IN ('receipt', 'legal_review') AND status = 'open'
ORDER BY case_id;

-- name: MarkChanged :exec
UPDATE cases SET changed = sqlc.arg(changed)
WHERE case_id = sqlc.arg(case_id);

-- name: ClearChanged :exec
UPDATE cases SET changed = ''
WHERE case_id = sqlc.arg(case_id) AND changed = sqlc.arg(changed);

-- name: CaseIDs :many
SELECT case_id
FROM cases
WHERE case_id > $1
ORDER BY case_id
LIMIT 1000;

-- name: LastLeaf :one
SELECT case_key, last_sequence, prev_leaf
FROM cases
WHERE case_id = $1;

-- name: Members :many
SELECT name
FROM members
WHERE case_id = $1
ORDER BY name;

-- name: IsMember :one
SELECT COUNT(*)
FROM members
WHERE case_id = $1 AND name = $2;

-- name: Hidden :one
-- Hidden counts the case if somebody is outside its wall.
SELECT COUNT(*)
FROM cases c
WHERE c.case_id = sqlc.arg(case_id) AND c.restricted AND NOT EXISTS (SELECT 1 FROM members m WHERE m.case_id = c.case_id AND m.name = sqlc.arg(name));

-- name: AddMember :exec
INSERT INTO members (case_id, name)
VALUES ($1, $2)
ON CONFLICT (case_id, name) DO NOTHING;

-- name: DropMember :exec
DELETE FROM members
WHERE case_id = $1 AND name = $2;

-- name: DropWords :exec
DELETE FROM case_words
WHERE case_id = $1;

-- name: AddWord :exec
INSERT INTO case_words (case_id, word)
VALUES ($1, $2)
ON CONFLICT (word, case_id) DO NOTHING;

-- name: DropPhones :exec
DELETE FROM case_phones
WHERE case_id = $1;

-- name: AddPhone :exec
INSERT INTO case_phones (case_id, phone)
VALUES ($1, $2)
ON CONFLICT (case_id, phone) DO NOTHING;

-- name: OpenPhones :many
SELECT DISTINCT phone
FROM case_phones
ORDER BY phone;
