-- Sign-ins, personal tokens, drafts, and what was changed in the settings.

-- +goose Up
ALTER TABLE users ADD COLUMN subject TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN signed_in_at TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE UNIQUE INDEX users_subject ON users (subject) WHERE subject <> '';

CREATE TABLE sessions (
    sha256   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name     TEXT COLLATE "C" NOT NULL REFERENCES users (name),
    began_at TEXT COLLATE "C" NOT NULL,
    seen_at  TEXT COLLATE "C" NOT NULL,
    fresh_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX sessions_name ON sessions (name);
CREATE INDEX sessions_began ON sessions (began_at);

CREATE TABLE api_tokens (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner      TEXT COLLATE "C" NOT NULL REFERENCES users (name),
    name       TEXT COLLATE "C" NOT NULL,
    sha256     TEXT COLLATE "C" NOT NULL UNIQUE,
    made_at    TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    used_at    TEXT COLLATE "C" NOT NULL,
    revoked_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX api_tokens_owner ON api_tokens (owner, made_at);

CREATE TABLE settings_events (
    setting    TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    actor_kind TEXT COLLATE "C" NOT NULL,
    actor_name TEXT COLLATE "C" NOT NULL,
    verb       TEXT COLLATE "C" NOT NULL,
    old        TEXT COLLATE "C" NOT NULL,
    new        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (setting, n)
);

CREATE TABLE drafts (
    case_id TEXT COLLATE "C" NOT NULL,
    name    TEXT COLLATE "C" NOT NULL,
    action  TEXT COLLATE "C" NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    sealed  BYTEA NOT NULL,
    PRIMARY KEY (case_id, name, action)
);
