-- The cases by kind, with what they are ordered by: where filters leave few, a page is chosen kind by kind. And two indexes
-- of the kinds that fit what is asked of them together, each in place of one that did not.

-- +goose Up
CREATE INDEX cases_kinds ON cases (
    country, instrument, stage, waiting_on, assignee, sla, resolution, emergency, received_at, case_id, due_at, restricted
);
CREATE INDEX case_sums_together ON case_sums (country, instrument, resolution, sla);
DROP INDEX case_sums_country;
CREATE INDEX case_sums_emergencies ON case_sums (waiting_on) WHERE emergency = TRUE AND stage <> 'closed';
DROP INDEX case_sums_emergency;
