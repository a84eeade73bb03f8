-- How many cases there are of each kind that the queue filters by, so that totals are added up and not counted; and an
-- index by due date that has every filter, in place of the one that had none. Changes of a case append to case_moves,
-- which nobody waits for, and a round of housekeeping adds them up in case_sums; a wall is known by the digest of who is
-- within.

-- +goose Up
CREATE TABLE case_sums (
    stage      TEXT COLLATE "C" NOT NULL,
    waiting_on TEXT COLLATE "C" NOT NULL,
    assignee   TEXT COLLATE "C" NOT NULL,
    country    TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    sla        TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" NOT NULL,
    emergency  BOOLEAN          NOT NULL,
    wall       TEXT COLLATE "C" NOT NULL,
    n          BIGINT           NOT NULL,
    PRIMARY KEY (stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall)
);

CREATE TABLE case_moves (
    position   BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stage      TEXT COLLATE "C" NOT NULL,
    waiting_on TEXT COLLATE "C" NOT NULL,
    assignee   TEXT COLLATE "C" NOT NULL,
    country    TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    sla        TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" NOT NULL,
    emergency  BOOLEAN          NOT NULL,
    wall       TEXT COLLATE "C" NOT NULL,
    n          BIGINT           NOT NULL
);

CREATE TABLE walls (
    name TEXT COLLATE "C" NOT NULL,
    wall TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (name, wall)
);

CREATE INDEX cases_due_filtered ON cases (due_at, case_id, restricted, stage, waiting_on, assignee, country, instrument, sla, resolution, emergency);
DROP INDEX cases_due;
