-- Sign-ins, personal tokens, drafts, and what was changed in the settings.

-- +goose Up
ALTER TABLE users ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN signed_in_at TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX users_subject ON users (subject) WHERE subject <> '';

CREATE TABLE sessions (
    sha256   TEXT NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL REFERENCES users (name),
    began_at TEXT NOT NULL,
    seen_at  TEXT NOT NULL,
    fresh_at TEXT NOT NULL
);
CREATE INDEX sessions_name ON sessions (name);
CREATE INDEX sessions_began ON sessions (began_at);

CREATE TABLE api_tokens (
    id         TEXT NOT NULL PRIMARY KEY,
    owner      TEXT NOT NULL REFERENCES users (name),
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL UNIQUE,
    made_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);
CREATE INDEX api_tokens_owner ON api_tokens (owner, made_at);

CREATE TABLE settings_events (
    setting    TEXT NOT NULL,
    n          INTEGER NOT NULL,
    at         TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    verb       TEXT NOT NULL,
    old        TEXT NOT NULL,
    new        TEXT NOT NULL,
    PRIMARY KEY (setting, n)
);

CREATE TABLE drafts (
    case_id TEXT NOT NULL,
    name    TEXT NOT NULL,
    action  TEXT NOT NULL,
    at      TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    PRIMARY KEY (case_id, name, action)
);
