-- What the figures of the SLA page are counted from, the ledger's tree, and what a sweep needs to find its cases.
-- Every new column has a default, so that the release before goes on writing while this one is rolled out.

-- +goose Up
ALTER TABLE cases ADD COLUMN rulebook TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN changed TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN counted TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN ended_at TEXT NOT NULL DEFAULT '9999-12-31T23:59:59.999999Z';
CREATE INDEX cases_open ON cases (received_at, sla, assignee, instrument, country, restricted, case_id) WHERE stage <> 'closed';
CREATE INDEX cases_rulebook ON cases (rulebook, case_id) WHERE status = 'open';
CREATE INDEX cases_changed ON cases (case_id) WHERE changed <> '';
CREATE INDEX cases_ended ON cases (ended_at, case_id) WHERE status = 'closed' AND held = FALSE;

CREATE TABLE deadlines (
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    kind       TEXT NOT NULL,
    due_at     TEXT NOT NULL,
    state      TEXT NOT NULL,
    assignee   TEXT NOT NULL,
    instrument TEXT NOT NULL,
    country    TEXT NOT NULL,
    restricted BOOLEAN          NOT NULL,
    PRIMARY KEY (case_id, kind)
);
CREATE INDEX deadlines_due ON deadlines (due_at, kind, state, assignee, instrument, country, restricted, case_id);

CREATE TABLE stages (
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    n          INTEGER           NOT NULL,
    stage      TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    left_at    TEXT NOT NULL,
    seconds    INTEGER           NOT NULL,
    assignee   TEXT NOT NULL,
    instrument TEXT NOT NULL,
    country    TEXT NOT NULL,
    restricted BOOLEAN          NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX stages_left ON stages (left_at, stage, seconds, assignee, instrument, country, restricted, case_id);

ALTER TABLE leaves ADD COLUMN tree_index INTEGER;
CREATE UNIQUE INDEX leaves_tree ON leaves (tree_index);

CREATE TABLE tiles (
    level  INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    hashes BLOB  NOT NULL,
    PRIMARY KEY (level, n)
);

CREATE TABLE checkpoints (
    size INTEGER           NOT NULL PRIMARY KEY,
    at   TEXT NOT NULL,
    note TEXT             NOT NULL
);

CREATE TABLE leases (
    name   TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until  TEXT NOT NULL
);
