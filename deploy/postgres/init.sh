#!/bin/sh
# Run once, by PostgreSQL's image on an empty volume: a user and databases for each of the two that store here.
set -eu
psql -v ON_ERROR_STOP=1 -v ours="$DUEPROCESS_DB_PASSWORD" -v theirs="$TEMPORAL_DB_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE dueprocess LOGIN PASSWORD :'ours';
CREATE DATABASE dueprocess OWNER dueprocess;
CREATE ROLE temporal LOGIN PASSWORD :'theirs';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
