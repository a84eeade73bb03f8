-- How many cases there are of each kind that the queue filters by, so that totals are added up and not counted; and an
-- index by due date that has every filter, in place of the one that had none. Changes of a case append to case_moves,
-- which nobody waits for, and a round of housekeeping adds them up in case_sums; a wall is known by the digest of who is
-- within.

-- +goose Up
CREATE TABLE case_sums (
    stage      TEXT NOT NULL,
    waiting_on TEXT NOT NULL,
    assignee   TEXT NOT NULL,
    country    TEXT NOT NULL,
    instrument TEXT NOT NULL,
    sla        TEXT NOT NULL,
    resolution TEXT NOT NULL,
    emergency  BOOLEAN NOT NULL,
    wall       TEXT NOT NULL,
    n          BIGINT NOT NULL,
    PRIMARY KEY (stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall)
);

CREATE TABLE case_moves (
    position   INTEGER PRIMARY KEY AUTOINCREMENT,
    stage      TEXT NOT NULL,
    waiting_on TEXT NOT NULL,
    assignee   TEXT NOT NULL,
    country    TEXT NOT NULL,
    instrument TEXT NOT NULL,
    sla        TEXT NOT NULL,
    resolution TEXT NOT NULL,
    emergency  BOOLEAN NOT NULL,
    wall       TEXT NOT NULL,
    n          BIGINT NOT NULL
);

CREATE TABLE walls (
    name TEXT NOT NULL,
    wall TEXT NOT NULL,
    PRIMARY KEY (name, wall)
);

CREATE INDEX cases_due_filtered ON cases (due_at, case_id, restricted, stage, waiting_on, assignee, country, instrument, sla, resolution, emergency);
DROP INDEX cases_due;
