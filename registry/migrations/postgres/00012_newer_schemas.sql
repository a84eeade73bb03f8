-- Which programs may go on with this schema: those that need a version no older than this. A migration that the release
-- before can live with leaves it; one that it cannot live with raises it. And the sums of days are kept as they are:
-- three years of them are read at once, and to unpack them took a tenth of that. Those that were there are written anew.

-- +goose Up
CREATE TABLE schema_floor (oldest BIGINT NOT NULL);
INSERT INTO schema_floor (oldest) VALUES (12);
ALTER TABLE day_sums ALTER COLUMN counts SET STORAGE EXTERNAL;
UPDATE day_sums SET counts = counts || ''::bytea;
