-- Which programs may go on with this schema: those that need a version no older than this. A migration that the release
-- before can live with leaves it; one that it cannot live with raises it.

-- +goose Up
CREATE TABLE schema_floor (oldest BIGINT NOT NULL);
INSERT INTO schema_floor (oldest) VALUES (12);
