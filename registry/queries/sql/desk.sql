-- name: ReserveKey :exec
-- ReserveKey takes a key where it is free; a second taker waits here until the first has committed.
INSERT INTO idempotency_keys (scope, key, body_sha256, case_id, at, status)
VALUES (sqlc.arg(scope), sqlc.arg(key), sqlc.arg(body_sha256), sqlc.arg(case_id), sqlc.arg(at), 0)
ON CONFLICT (scope, key) DO NOTHING;

-- name: LockKey :one
UPDATE idempotency_keys SET status = status
WHERE scope = $1 AND key = $2
RETURNING body_sha256, case_id, status, body;

-- name: SetKeyCase :exec
UPDATE idempotency_keys SET case_id = sqlc.arg(case_id)
WHERE scope = sqlc.arg(scope) AND key = sqlc.arg(key);

-- name: SetAnswer :exec
-- SetAnswer keeps the first answer given; a later one changes nothing.
UPDATE idempotency_keys SET status = sqlc.arg(status), body = sqlc.arg(body), case_id = CASE WHEN case_id = '' THEN sqlc.arg(case_id) ELSE case_id END
WHERE scope = sqlc.arg(scope) AND key = sqlc.arg(key) AND body_sha256 = sqlc.arg(body_sha256) AND status = 0;

-- name: AddLink :exec
INSERT INTO links (token_sha256, case_id, purpose, n, expires_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (token_sha256) DO NOTHING;

-- name: LinkByToken :one
SELECT token_sha256, case_id, purpose, n, expires_at
FROM links
WHERE token_sha256 = $1;

-- name: ReserveAuthority :exec
INSERT INTO authorities (id, version, country, entry)
VALUES ($1, 0, '', '{}')
ON CONFLICT (id) DO NOTHING;

-- name: RaiseAuthority :one
-- RaiseAuthority locks an entry under its next version and reads what it still holds.
UPDATE authorities SET version = version + 1
WHERE id = $1
RETURNING version, entry;

-- name: SetAuthority :exec
UPDATE authorities SET country = sqlc.arg(country), entry = sqlc.arg(entry)
WHERE id = sqlc.arg(id);

-- name: AddAuthorityEvent :exec
INSERT INTO authority_events (id, version, at, actor_kind, actor_name, verb, old, new)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: AuthorityEvents :many
SELECT id, version, at, actor_kind, actor_name, verb, old, new
FROM authority_events
WHERE id = $1
ORDER BY version;

-- name: Authorities :many
SELECT entry
FROM authorities
WHERE version > 0
ORDER BY id;

-- name: AuthoritiesIn :many
SELECT entry
FROM authorities
WHERE country = $1
ORDER BY id;

-- name: SeedAuthority :exec
-- SeedAuthority leaves an entry that is there as it is.
INSERT INTO authorities (id, version, country, entry)
VALUES (sqlc.arg(id), 1, sqlc.arg(country), sqlc.arg(entry))
ON CONFLICT (id) DO NOTHING;

-- name: PutUser :exec
INSERT INTO users (name, roles)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET roles = excluded.roles;

-- name: SetToken :exec
UPDATE users SET token_sha256 = sqlc.arg(token_sha256)
WHERE name = sqlc.arg(name);

-- name: UserByToken :one
SELECT name, roles
FROM users
WHERE token_sha256 = $1;

-- name: Users :many
SELECT name, roles
FROM users
ORDER BY name;

-- name: CaseKey :one
SELECT wrapped, destroyed
FROM case_keys
WHERE case_id = $1;

-- name: FirstCaseKey :one
-- FirstCaseKey is the one kept for the case with the lowest id of those whose key was not destroyed.
SELECT case_id, wrapped
FROM case_keys
WHERE NOT destroyed
ORDER BY case_id
LIMIT 1;

-- name: LastCaseKey :one
SELECT case_id, wrapped
FROM case_keys
WHERE NOT destroyed
ORDER BY case_id DESC
LIMIT 1;

-- name: AddCaseKey :exec
INSERT INTO case_keys (case_id, wrapped, destroyed)
VALUES ($1, $2, FALSE)
ON CONFLICT (case_id) DO NOTHING;

-- name: DestroyCaseKey :exec
-- DestroyCaseKey leaves the row, so that no new key is ever made for the case.
INSERT INTO case_keys (case_id, destroyed)
VALUES ($1, TRUE)
ON CONFLICT (case_id) DO UPDATE SET wrapped = NULL, destroyed = TRUE;
