-- SQLite collates text by bytes, as the PostgreSQL tables are told to.
-- Keyset cursors and instants depend on it.
-- Events, leaves and keys have no foreign keys: they outlive what they are about.

-- +goose Up
CREATE TABLE cases (
    case_id       TEXT NOT NULL PRIMARY KEY,
    case_key      TEXT NOT NULL UNIQUE,
    status        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    step          INTEGER NOT NULL,
    stage         TEXT NOT NULL,
    waiting_on    TEXT NOT NULL,
    resolution    TEXT NOT NULL,
    sla           TEXT NOT NULL,
    assignee      TEXT NOT NULL,
    restricted    BOOLEAN NOT NULL,
    held          BOOLEAN NOT NULL,
    received_at   TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    due_at        TEXT NOT NULL,
    authority     TEXT NOT NULL,
    country       TEXT NOT NULL,
    instrument    TEXT NOT NULL,
    number        TEXT NOT NULL,
    reference     TEXT NOT NULL,
    last_sequence INTEGER NOT NULL,
    prev_leaf     TEXT NOT NULL,
    terms         TEXT NOT NULL,
    projection    TEXT NOT NULL,
    details       TEXT NOT NULL,
    state         BLOB
);
CREATE INDEX cases_received ON cases (received_at, case_id, restricted);
CREATE INDEX cases_due ON cases (due_at, case_id, restricted);
CREATE INDEX cases_stage ON cases (stage, received_at, case_id, restricted);
CREATE INDEX cases_waiting ON cases (waiting_on, received_at, case_id, restricted);
CREATE INDEX cases_assignee ON cases (assignee, received_at, case_id, restricted);
CREATE INDEX cases_country ON cases (country, received_at, case_id, restricted);
CREATE INDEX cases_instrument ON cases (instrument, received_at, case_id, restricted);
CREATE INDEX cases_sla ON cases (sla, received_at, case_id, restricted);
CREATE INDEX cases_resolution ON cases (resolution, received_at, case_id, restricted);
CREATE INDEX cases_starting ON cases (registered_at) WHERE status = 'starting';

CREATE TABLE case_numbers (
    year   INTEGER NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
);

CREATE TABLE case_words (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    word    TEXT NOT NULL,
    PRIMARY KEY (word, case_id)
);
CREATE INDEX case_words_case ON case_words (case_id, word);

CREATE TABLE case_phones (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    phone   TEXT NOT NULL,
    PRIMARY KEY (case_id, phone)
);

CREATE TABLE members (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    name    TEXT NOT NULL,
    PRIMARY KEY (case_id, name)
);
CREATE INDEX members_name ON members (name, case_id);

CREATE TABLE steps (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    step    INTEGER NOT NULL,
    digest  TEXT NOT NULL,
    PRIMARY KEY (case_id, step)
);

CREATE TABLE effects (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    step    INTEGER NOT NULL,
    result  BLOB NOT NULL,
    PRIMARY KEY (case_id, step)
);

CREATE TABLE events (
    case_id    TEXT NOT NULL,
    sequence   INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    at         TEXT NOT NULL,
    verb       TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    old        TEXT NOT NULL,
    new        TEXT NOT NULL,
    salt       BLOB,
    commitment TEXT NOT NULL,
    facts      TEXT NOT NULL,
    prev       TEXT NOT NULL,
    leaf       TEXT NOT NULL,
    PRIMARY KEY (case_id, sequence)
);

CREATE TABLE leaves (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id  TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    leaf     TEXT NOT NULL,
    pending  BOOLEAN NOT NULL
);
CREATE INDEX leaves_pending ON leaves (position) WHERE pending;
CREATE UNIQUE INDEX leaves_event ON leaves (case_id, sequence);

CREATE TABLE idempotency_keys (
    scope       TEXT NOT NULL,
    key         TEXT NOT NULL,
    body_sha256 TEXT NOT NULL,
    case_id     TEXT NOT NULL,
    at          TEXT NOT NULL,
    status      INTEGER NOT NULL,
    body        BLOB,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_case ON idempotency_keys (case_id);

CREATE TABLE links (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    case_id      TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    n            INTEGER NOT NULL,
    expires_at   TEXT NOT NULL
);
CREATE INDEX links_case ON links (case_id);

CREATE TABLE authorities (
    id      TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    country TEXT NOT NULL,
    entry   TEXT NOT NULL
);
CREATE INDEX authorities_country ON authorities (country, id);

CREATE TABLE authority_events (
    id         TEXT NOT NULL,
    version    INTEGER NOT NULL,
    at         TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    verb       TEXT NOT NULL,
    old        TEXT NOT NULL,
    new        TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE users (
    name         TEXT NOT NULL PRIMARY KEY,
    roles        TEXT NOT NULL,
    token_sha256 TEXT UNIQUE
);

CREATE TABLE case_keys (
    case_id    TEXT NOT NULL PRIMARY KEY,
    wrapped    BLOB,
    destroyed  BOOLEAN NOT NULL
);

