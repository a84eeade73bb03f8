-- What of a case was tried again and again in vain: gone with what the step brings in the end.

-- +goose Up
CREATE TABLE stuck (
    case_id TEXT NOT NULL,
    what    TEXT NOT NULL,
    step    INTEGER NOT NULL,
    cause   TEXT NOT NULL,
    since   TEXT NOT NULL,
    tries   INTEGER NOT NULL,
    PRIMARY KEY (case_id, what, step)
);
CREATE INDEX stuck_since ON stuck (since, case_id, what, step);
