-- Text is collated by bytes, as in SQLite: keyset cursors and instants depend on it.
-- Events, leaves and keys have no foreign keys: they outlive what they are about.

-- +goose Up
CREATE TABLE cases (
    case_id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    case_key      TEXT COLLATE "C" NOT NULL UNIQUE,
    status        TEXT COLLATE "C" NOT NULL,
    version       BIGINT           NOT NULL,
    step          BIGINT           NOT NULL,
    stage         TEXT COLLATE "C" NOT NULL,
    waiting_on    TEXT COLLATE "C" NOT NULL,
    resolution    TEXT COLLATE "C" NOT NULL,
    sla           TEXT COLLATE "C" NOT NULL,
    assignee      TEXT COLLATE "C" NOT NULL,
    restricted    BOOLEAN          NOT NULL,
    held          BOOLEAN          NOT NULL,
    received_at   TEXT COLLATE "C" NOT NULL,
    registered_at TEXT COLLATE "C" NOT NULL,
    due_at        TEXT COLLATE "C" NOT NULL,
    authority     TEXT COLLATE "C" NOT NULL,
    country       TEXT COLLATE "C" NOT NULL,
    instrument    TEXT COLLATE "C" NOT NULL,
    number        TEXT COLLATE "C" NOT NULL,
    reference     TEXT COLLATE "C" NOT NULL,
    last_sequence BIGINT           NOT NULL,
    prev_leaf     TEXT COLLATE "C" NOT NULL,
    terms         TEXT             NOT NULL,
    projection    TEXT             NOT NULL,
    details       TEXT             NOT NULL,
    state         BYTEA
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
    year   BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);

CREATE TABLE case_words (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    word    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (word, case_id)
);
CREATE INDEX case_words_case ON case_words (case_id, word);

CREATE TABLE case_phones (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    phone   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, phone)
);

CREATE TABLE members (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    name    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, name)
);
CREATE INDEX members_name ON members (name, case_id);

CREATE TABLE steps (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    step    BIGINT           NOT NULL,
    digest  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, step)
);

CREATE TABLE effects (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    step    BIGINT           NOT NULL,
    result  BYTEA            NOT NULL,
    PRIMARY KEY (case_id, step)
);

CREATE TABLE events (
    case_id    TEXT COLLATE "C" NOT NULL,
    sequence   BIGINT           NOT NULL,
    step       BIGINT           NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    verb       TEXT COLLATE "C" NOT NULL,
    actor_kind TEXT COLLATE "C" NOT NULL,
    actor_name TEXT COLLATE "C" NOT NULL,
    old        TEXT             NOT NULL,
    new        TEXT             NOT NULL,
    salt       BYTEA,
    commitment TEXT COLLATE "C" NOT NULL,
    facts      TEXT             NOT NULL,
    prev       TEXT COLLATE "C" NOT NULL,
    leaf       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, sequence)
);

CREATE TABLE leaves (
    position BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  TEXT COLLATE "C" NOT NULL,
    sequence BIGINT           NOT NULL,
    leaf     TEXT COLLATE "C" NOT NULL,
    pending  BOOLEAN          NOT NULL
);
CREATE INDEX leaves_pending ON leaves (position) WHERE pending;
CREATE UNIQUE INDEX leaves_event ON leaves (case_id, sequence);

CREATE TABLE idempotency_keys (
    scope       TEXT COLLATE "C" NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    body_sha256 TEXT COLLATE "C" NOT NULL,
    case_id     TEXT COLLATE "C" NOT NULL,
    at          TEXT COLLATE "C" NOT NULL,
    status      BIGINT           NOT NULL,
    body        BYTEA,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_case ON idempotency_keys (case_id);

CREATE TABLE links (
    token_sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    case_id      TEXT COLLATE "C" NOT NULL,
    purpose      TEXT COLLATE "C" NOT NULL,
    n            BIGINT           NOT NULL,
    expires_at   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX links_case ON links (case_id);

CREATE TABLE authorities (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT           NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    entry   TEXT             NOT NULL
);
CREATE INDEX authorities_country ON authorities (country, id);

CREATE TABLE authority_events (
    id         TEXT COLLATE "C" NOT NULL,
    version    BIGINT           NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    actor_kind TEXT COLLATE "C" NOT NULL,
    actor_name TEXT COLLATE "C" NOT NULL,
    verb       TEXT COLLATE "C" NOT NULL,
    old        TEXT             NOT NULL,
    new        TEXT             NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE users (
    name         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    roles        TEXT             NOT NULL,
    token_sha256 TEXT COLLATE "C" UNIQUE
);

CREATE TABLE case_keys (
    case_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    wrapped    BYTEA,
    destroyed  BOOLEAN          NOT NULL
);

