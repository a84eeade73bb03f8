-- Saved views of the queue, and which cases are emergencies. A case that the release before receives while this one is
-- rolled out is marked by its next change, which follows within the minute.

-- +goose Up
CREATE TABLE saved_views (
    id     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner  TEXT COLLATE "C" NOT NULL REFERENCES users (name),
    name   TEXT COLLATE "C" NOT NULL,
    shared BOOLEAN          NOT NULL,
    query  TEXT             NOT NULL
);
CREATE INDEX saved_views_owner ON saved_views (owner, name);
CREATE INDEX saved_views_shared ON saved_views (name) WHERE shared = TRUE;

ALTER TABLE cases ADD COLUMN emergency BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE cases SET emergency = TRUE
WHERE instrument = 'emergency_request' OR case_id IN (SELECT k.case_id FROM counting k WHERE k.emergency = TRUE)
    OR stage <> 'closed' AND details LIKE '%"emergency":{"claimed":true%';
CREATE INDEX cases_emergency ON cases (due_at, case_id) WHERE emergency = TRUE AND stage <> 'closed';
