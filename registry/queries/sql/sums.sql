-- name: MarkDays :exec
-- MarkDays says that the sums of the days on which a case has something due, or left a stage, no longer hold. A mark that
-- is there is written again: whoever sums the day waits for it.
INSERT INTO day_changes (day, case_id)
SELECT d.day, sqlc.arg(case_id) AS case_id
FROM (
    SELECT SUBSTR(x.due_at, 1, 10) AS day FROM deadlines x WHERE x.case_id = sqlc.arg(case_id)
    UNION
    SELECT SUBSTR(x.left_at, 1, 10) AS day FROM stages x WHERE x.case_id = sqlc.arg(case_id)
) AS d
WHERE d.day < '9999'
ORDER BY d.day
ON CONFLICT (day, case_id) DO UPDATE SET case_id = excluded.case_id;

-- name: MarkDay :exec
INSERT INTO day_changes (day, case_id)
VALUES ($1, $2)
ON CONFLICT (day, case_id) DO UPDATE SET case_id = excluded.case_id;

-- name: MarkedDays :many
SELECT DISTINCT day
FROM day_changes
WHERE day < sqlc.arg(before)
ORDER BY day
LIMIT 100;

-- name: DropMarks :exec
DELETE FROM day_changes
WHERE day = $1;

-- name: FirstDay :one
-- FirstDay is the first day on which anything was due or left; empty where there is none.
SELECT CAST(COALESCE(SUBSTR(MIN(first.at), 1, 10), '') AS TEXT) AS day
FROM (
    SELECT MIN(due_at) AS at FROM deadlines
    UNION ALL
    SELECT MIN(left_at) AS at FROM stages
) AS first;

-- name: SummedDays :many
SELECT day
FROM day_sums
WHERE grouped = ''
ORDER BY day;

-- name: OldestSum :one
SELECT day
FROM day_sums
WHERE grouped = ''
ORDER BY summed_at, day
LIMIT 1;

-- name: StaysOn :many
SELECT stage, seconds, assignee, instrument, country, COUNT(*) AS n
FROM stages
WHERE left_at >= sqlc.arg(since) AND left_at < sqlc.arg(until) AND restricted = FALSE
GROUP BY stage, seconds, assignee, instrument, country;

-- name: DueOn :many
SELECT kind, state, assignee, instrument, country, COUNT(*) AS n
FROM deadlines
WHERE due_at >= sqlc.arg(since) AND due_at < sqlc.arg(until) AND restricted = FALSE
GROUP BY kind, state, assignee, instrument, country;

-- name: SetDaySum :exec
INSERT INTO day_sums (day, grouped, summed_at, counts)
VALUES ($1, $2, $3, $4)
ON CONFLICT (grouped, day) DO UPDATE SET summed_at = excluded.summed_at, counts = excluded.counts;

-- name: DaySums :many
-- DaySums reads the sums that still hold.
SELECT s.day, s.counts
FROM day_sums s
WHERE s.grouped = sqlc.arg(grouped) AND s.day >= sqlc.arg(first) AND s.day < sqlc.arg(until)
    AND NOT EXISTS (SELECT 1 FROM day_changes c WHERE c.day = s.day)
ORDER BY s.day;

-- name: SetCounting :exec
INSERT INTO counting (
    case_id, received_on, instrument, country, authority_kind, resolution, emergency, preservation, notices, challenges, domains, accounts,
    route, referred_on, mlat_outcome, mlat_on
) VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
)
ON CONFLICT (case_id) DO UPDATE SET
    received_on = excluded.received_on, instrument = excluded.instrument, country = excluded.country, authority_kind = excluded.authority_kind,
    resolution = excluded.resolution, emergency = excluded.emergency, preservation = excluded.preservation, notices = excluded.notices,
    challenges = excluded.challenges, domains = excluded.domains, accounts = excluded.accounts,
    route = excluded.route, referred_on = excluded.referred_on, mlat_outcome = excluded.mlat_outcome, mlat_on = excluded.mlat_on;

-- name: CountingBetween :many
SELECT case_id, received_on, instrument, country, authority_kind, resolution, emergency, preservation, notices, challenges, domains, accounts,
    route, referred_on, mlat_outcome, mlat_on
FROM counting
WHERE case_id > sqlc.arg(after) AND case_id <= sqlc.arg(until);

-- name: FactsOf :many
-- FactsOf reads the newest facts that the events of a case say.
SELECT facts
FROM events
WHERE case_id = $1 AND step > 0
ORDER BY sequence DESC
LIMIT 1;

-- name: DropCounting :exec
DELETE FROM counting
WHERE case_id = $1;

-- name: LastFacts :many
-- LastFacts reads the newest facts that the events of cases say, of some cases after one.
SELECT e.case_id, e.facts
FROM events e
JOIN (
    SELECT f.case_id, MAX(f.sequence) AS sequence
    FROM events f
    WHERE f.case_id > sqlc.arg(after) AND f.case_id <= sqlc.arg(until) AND f.step > 0
    GROUP BY f.case_id
) AS newest ON newest.case_id = e.case_id AND newest.sequence = e.sequence
ORDER BY e.case_id;

-- name: SomeCounted :one
-- SomeCounted says whether the newest case with events is counted: after the table came, none is.
SELECT COUNT(*)
FROM counting
WHERE case_id = (SELECT MAX(c.case_id) FROM cases c WHERE c.status <> 'starting');

-- name: CountedFrom :many
-- CountedFrom counts the cases received in a time, for the report: one row for each kind of case, in no order, since to ask
-- for one would sort all of them.
SELECT instrument, country, authority_kind, resolution, emergency, preservation,
    CASE WHEN notices > 0 THEN TRUE ELSE FALSE END AS noticed, CASE WHEN challenges > 0 THEN TRUE ELSE FALSE END AS challenged,
    COUNT(*) AS cases, CAST(SUM(domains) AS BIGINT) AS domains, CAST(SUM(accounts) AS BIGINT) AS accounts
FROM counting
WHERE received_on >= sqlc.arg(since) AND received_on < sqlc.arg(until)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

-- name: ReferredFrom :many
-- ReferredFrom counts the cases sent to the treaty route in a time.
SELECT country, route, mlat_outcome, referred_on, mlat_on, COUNT(*) AS cases
FROM counting
WHERE referred_on <> '' AND referred_on >= sqlc.arg(since) AND referred_on < sqlc.arg(until)
GROUP BY country, route, mlat_outcome, referred_on, mlat_on
ORDER BY country, route, mlat_outcome, referred_on, mlat_on;
