-- name: EventsInTree :many
-- EventsInTree reads the events that the tree holds, in its order; an event that is gone leaves a gap.
SELECT CAST(l.tree_index AS BIGINT) AS tree_index, CAST(COALESCE(c.case_key, '') AS TEXT) AS case_key, e.case_id, e.sequence, e.step, CAST(e.at AS TEXT) AS at_text, e.verb, e.actor_kind, e.actor_name, e.old, e.new, e.salt, e.commitment, e.facts, e.prev, e.leaf,
    l.leaf AS queued, l.pending
FROM leaves l
JOIN events e ON e.case_id = l.case_id AND e.sequence = l.sequence
LEFT JOIN cases c ON c.case_id = l.case_id
WHERE l.tree_index >= sqlc.arg(first)
ORDER BY l.tree_index
LIMIT sqlc.arg(most);

-- name: CasesBesideTree :many
-- CasesBesideTree lists those of some cases that have events which the tree does not hold. The two sets are bounded alike
-- and held against each other as sets: a join of them is, by what the database guesses of a range of names, now a matter of
-- a tenth of a second and now of a minute.
SELECT DISTINCT x.case_id
FROM (
    SELECT e.case_id, e.sequence FROM events e WHERE e.case_id > sqlc.arg(after) AND e.case_id <= sqlc.arg(until)
    EXCEPT
    SELECT l.case_id, l.sequence FROM leaves l WHERE l.tree_index IS NOT NULL AND l.case_id > sqlc.arg(after) AND l.case_id <= sqlc.arg(until)
) AS x
ORDER BY x.case_id;

-- name: EventsBesideTree :many
-- EventsBesideTree reads those events of a case that the tree does not hold yet.
SELECT CAST(COALESCE(c.case_key, '') AS TEXT) AS case_key, e.case_id, e.sequence, e.step, CAST(e.at AS TEXT) AS at_text, e.verb, e.actor_kind, e.actor_name, e.old, e.new, e.salt, e.commitment, e.facts, e.prev, e.leaf,
    CAST(COALESCE(l.leaf, '') AS TEXT) AS queued, CAST(COALESCE(l.pending, FALSE) AS BOOLEAN) AS pending
FROM events e
LEFT JOIN leaves l ON l.case_id = e.case_id AND l.sequence = e.sequence AND l.case_id = sqlc.arg(case_id)
LEFT JOIN cases c ON c.case_id = e.case_id AND c.case_id = sqlc.arg(case_id)
WHERE l.tree_index IS NULL AND e.case_id = sqlc.arg(case_id)
ORDER BY e.sequence;

-- name: EventsAfter :one
-- EventsAfter is the last case of so many events after a case; empty: there are none.
SELECT CAST(COALESCE(MAX(n.case_id), '') AS TEXT) AS until
FROM (SELECT e.case_id FROM events e WHERE e.case_id > sqlc.arg(after) ORDER BY e.case_id LIMIT sqlc.arg(most)) AS n;

-- name: LeavesAlone :many
-- LeavesAlone are some that wait for the tree without an event.
SELECT l.case_id, l.sequence
FROM leaves l
WHERE l.pending AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = l.case_id AND e.sequence = l.sequence)
ORDER BY l.position
LIMIT sqlc.arg(most);

-- name: TreeLeaves :one
-- TreeLeaves counts the leaves that have a place in the tree.
SELECT COUNT(*)
FROM leaves
WHERE tree_index IS NOT NULL;

-- name: CaseOfKey :one
SELECT case_id
FROM cases
WHERE case_key = $1;

-- name: Ends :many
-- Ends reads where the chains of cases end, by what their rows say.
SELECT case_id, case_key, last_sequence, prev_leaf
FROM cases
WHERE case_id > sqlc.arg(after)
ORDER BY case_id
LIMIT sqlc.arg(most);
