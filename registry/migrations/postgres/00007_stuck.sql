-- What of a case was tried again and again in vain: gone with what the step brings in the end.

-- +goose Up
CREATE TABLE stuck (
    case_id TEXT COLLATE "C" NOT NULL,
    what    TEXT COLLATE "C" NOT NULL,
    step    BIGINT NOT NULL,
    cause   TEXT COLLATE "C" NOT NULL,
    since   TEXT COLLATE "C" NOT NULL,
    tries   BIGINT NOT NULL,
    PRIMARY KEY (case_id, what, step)
);
CREATE INDEX stuck_since ON stuck (since, case_id, what, step);
