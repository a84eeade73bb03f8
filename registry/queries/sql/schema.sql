-- name: OldestThatFits :one
-- OldestThatFits is the version of the schema that a program must need at least to go on with a newer one.
SELECT oldest FROM schema_floor;
