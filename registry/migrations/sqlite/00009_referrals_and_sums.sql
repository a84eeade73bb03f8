-- What became of the cases that were sent to the treaty route, as part of a case's counting facts; and indexes by which a
-- total reads only the kinds that a filter selects.

-- +goose Up
ALTER TABLE counting ADD COLUMN route TEXT NOT NULL DEFAULT '';
ALTER TABLE counting ADD COLUMN referred_on TEXT NOT NULL DEFAULT '';
ALTER TABLE counting ADD COLUMN mlat_outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE counting ADD COLUMN mlat_on TEXT NOT NULL DEFAULT '';
CREATE INDEX counting_referred ON counting (referred_on, country, route, mlat_outcome, mlat_on) WHERE referred_on <> '';

CREATE INDEX case_sums_assignee ON case_sums (assignee);
CREATE INDEX case_sums_country ON case_sums (country);
CREATE INDEX case_sums_instrument ON case_sums (instrument);
CREATE INDEX case_sums_sla ON case_sums (sla);
CREATE INDEX case_sums_resolution ON case_sums (resolution);
CREATE INDEX case_sums_emergency ON case_sums (stage) WHERE emergency = TRUE;
CREATE INDEX case_sums_most ON case_sums (n DESC) WHERE wall = '';
