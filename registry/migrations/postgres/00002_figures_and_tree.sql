-- What the figures of the SLA page are counted from, the ledger's tree, and what a sweep needs to find its cases.
-- Every new column has a default, so that the release before goes on writing while this one is rolled out.

-- +goose Up
ALTER TABLE cases ADD COLUMN rulebook TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN changed TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN counted TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN ended_at TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31T23:59:59.999999Z';
CREATE INDEX cases_open ON cases (received_at, sla, assignee, instrument, country, restricted, case_id) WHERE stage <> 'closed';
CREATE INDEX cases_rulebook ON cases (rulebook, case_id) WHERE status = 'open';
CREATE INDEX cases_changed ON cases (case_id) WHERE changed <> '';
CREATE INDEX cases_ended ON cases (ended_at, case_id) WHERE status = 'closed' AND held = FALSE;

CREATE TABLE deadlines (
    case_id    TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    kind       TEXT COLLATE "C" NOT NULL,
    due_at     TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    assignee   TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    country    TEXT COLLATE "C" NOT NULL,
    restricted BOOLEAN          NOT NULL,
    PRIMARY KEY (case_id, kind)
);
CREATE INDEX deadlines_due ON deadlines (due_at, kind, state, assignee, instrument, country, restricted, case_id);

CREATE TABLE stages (
    case_id    TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    n          BIGINT           NOT NULL,
    stage      TEXT COLLATE "C" NOT NULL,
    entered_at TEXT COLLATE "C" NOT NULL,
    left_at    TEXT COLLATE "C" NOT NULL,
    seconds    BIGINT           NOT NULL,
    assignee   TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    country    TEXT COLLATE "C" NOT NULL,
    restricted BOOLEAN          NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX stages_left ON stages (left_at, stage, seconds, assignee, instrument, country, restricted, case_id);

ALTER TABLE leaves ADD COLUMN tree_index BIGINT;
CREATE UNIQUE INDEX leaves_tree ON leaves (tree_index);

CREATE TABLE tiles (
    level  BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    hashes BYTEA  NOT NULL,
    PRIMARY KEY (level, n)
);

CREATE TABLE checkpoints (
    size BIGINT           NOT NULL PRIMARY KEY,
    at   TEXT COLLATE "C" NOT NULL,
    note TEXT             NOT NULL
);

CREATE TABLE leases (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    until  TEXT COLLATE "C" NOT NULL
);
