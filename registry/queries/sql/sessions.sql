-- name: UserBySubject :one
SELECT name, roles, subject
FROM users
WHERE subject = $1;

-- name: ReserveUser :exec
-- ReserveUser enters a name without a role where it is new.
INSERT INTO users (name, roles)
VALUES ($1, '')
ON CONFLICT (name) DO NOTHING;

-- name: LockUser :one
UPDATE users SET roles = roles
WHERE name = $1
RETURNING name, roles, subject;

-- name: SetSignedIn :exec
UPDATE users SET roles = sqlc.arg(roles), subject = sqlc.arg(subject), signed_in_at = sqlc.arg(signed_in_at)
WHERE name = sqlc.arg(name);

-- name: AddSession :exec
INSERT INTO sessions (sha256, name, began_at, seen_at, fresh_at)
VALUES ($1, $2, $3, $4, $5);

-- name: Session :one
SELECT s.sha256, s.name, s.began_at, s.seen_at, s.fresh_at, u.roles
FROM sessions s
JOIN users u ON u.name = s.name
WHERE s.sha256 = $1;

-- name: SeeSession :exec
UPDATE sessions SET seen_at = sqlc.arg(seen_at)
WHERE sha256 = sqlc.arg(sha256) AND seen_at < sqlc.arg(seen_at);

-- name: DropSession :exec
DELETE FROM sessions WHERE sha256 = $1;

-- name: DropSessionsOf :exec
DELETE FROM sessions WHERE name = $1;

-- name: DropSessionsBegunBefore :exec
DELETE FROM sessions WHERE began_at < $1;

-- name: People :many
SELECT name, roles, signed_in_at
FROM users
ORDER BY name;

-- name: AddSettingsEvent :exec
INSERT INTO settings_events (setting, n, at, actor_kind, actor_name, verb, old, new)
VALUES (
    sqlc.arg(setting), (SELECT COALESCE(MAX(e.n), 0) + 1 FROM settings_events e WHERE e.setting = sqlc.arg(setting)),
    sqlc.arg(at), sqlc.arg(actor_kind), sqlc.arg(actor_name), sqlc.arg(verb), sqlc.arg(old), sqlc.arg(new)
);

-- name: SettingsEvents :many
SELECT setting, n, at, actor_kind, actor_name, verb, old, new
FROM settings_events
WHERE setting = $1
ORDER BY n;

-- name: AddAPIToken :exec
INSERT INTO api_tokens (id, owner, name, sha256, made_at, expires_at, used_at, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, '', '');

-- name: APITokensOf :many
SELECT id, owner, name, made_at, expires_at, used_at, revoked_at
FROM api_tokens
WHERE owner = $1
ORDER BY made_at DESC, id;

-- name: APITokenBySum :one
SELECT t.id, t.owner, t.expires_at, t.used_at, t.revoked_at, u.roles
FROM api_tokens t
JOIN users u ON u.name = t.owner
WHERE t.sha256 = $1;

-- name: UseAPIToken :exec
UPDATE api_tokens SET used_at = sqlc.arg(used_at)
WHERE id = sqlc.arg(id) AND used_at < sqlc.arg(used_at);

-- name: RevokeAPIToken :one
-- RevokeAPIToken keeps the first instant.
UPDATE api_tokens SET revoked_at = CASE WHEN revoked_at = '' THEN sqlc.arg(revoked_at) ELSE revoked_at END
WHERE id = sqlc.arg(id) AND owner = sqlc.arg(owner)
RETURNING name, revoked_at;

-- name: PutDraft :exec
INSERT INTO drafts (case_id, name, action, at, sealed)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (case_id, name, action) DO UPDATE SET at = excluded.at, sealed = excluded.sealed;

-- name: DraftsOf :many
SELECT action, at, sealed
FROM drafts
WHERE case_id = $1 AND name = $2
ORDER BY action;

-- name: DropDraft :exec
DELETE FROM drafts WHERE case_id = $1 AND name = $2 AND action = $3;

-- name: EraseDrafts :exec
DELETE FROM drafts WHERE case_id = $1;
