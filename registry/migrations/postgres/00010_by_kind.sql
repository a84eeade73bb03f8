-- The cases by kind, with what they are ordered by: where filters leave few, a page is chosen kind by kind. And two indexes
-- of the kinds that fit what is asked of them together, each in place of one that did not. Among a million cases the first
-- takes seconds, in which the release before goes on writing; what was broken off is begun anew.

-- +goose NO TRANSACTION
-- +goose Up
DROP INDEX IF EXISTS cases_kinds;
CREATE INDEX CONCURRENTLY cases_kinds ON cases (
    country, instrument, stage, waiting_on, assignee, sla, resolution, emergency, received_at, case_id, due_at, restricted
);
CREATE INDEX IF NOT EXISTS case_sums_together ON case_sums (country, instrument, resolution, sla);
DROP INDEX IF EXISTS case_sums_country;
CREATE INDEX IF NOT EXISTS case_sums_emergencies ON case_sums (waiting_on) WHERE emergency = TRUE AND stage <> 'closed';
DROP INDEX IF EXISTS case_sums_emergency;
