-- Sums by day for the SLA page, a row of counting facts for each case, and one index for any filters together.
-- Everything is added beside what there is, so that the release before goes on writing while this one is rolled out.

-- +goose Up
CREATE TABLE day_sums (
    day       TEXT COLLATE "C" NOT NULL,
    grouped   TEXT COLLATE "C" NOT NULL,
    summed_at TEXT COLLATE "C" NOT NULL,
    counts    BYTEA            NOT NULL,
    PRIMARY KEY (grouped, day)
);
CREATE INDEX day_sums_at ON day_sums (summed_at, day) WHERE grouped = '';

CREATE TABLE day_changes (
    day     TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (day, case_id)
);
CREATE INDEX deadlines_walled ON deadlines (due_at, case_id) WHERE restricted = TRUE;
CREATE INDEX stages_walled ON stages (left_at, case_id) WHERE restricted = TRUE;

CREATE TABLE counting (
    case_id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    received_on    TEXT COLLATE "C" NOT NULL,
    instrument     TEXT COLLATE "C" NOT NULL,
    country        TEXT COLLATE "C" NOT NULL,
    authority_kind TEXT COLLATE "C" NOT NULL,
    resolution     TEXT COLLATE "C" NOT NULL,
    emergency      BOOLEAN          NOT NULL,
    preservation   TEXT COLLATE "C" NOT NULL,
    notices        BIGINT           NOT NULL,
    challenges     BIGINT           NOT NULL,
    domains        BIGINT           NOT NULL,
    accounts       BIGINT           NOT NULL
);
CREATE INDEX counting_received ON counting (
    received_on, instrument, country, authority_kind, resolution, emergency, preservation, notices, challenges, domains, accounts
);

CREATE INDEX cases_filtered ON cases (received_at, case_id, restricted, stage, waiting_on, assignee, country, instrument, sla, resolution);
DROP INDEX cases_received;
CREATE INDEX cases_walled ON cases (case_id) WHERE restricted = TRUE;
