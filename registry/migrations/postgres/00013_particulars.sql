-- What a request is known again by, as digests: where two cases share one, the one may be the other served twice. The table
-- is filled for the cases that are there as soon as it is (likenOld). A case that the release before receives while this one
-- is rolled out gets its rows with its next change, which follows within the minute.

-- +goose Up
CREATE TABLE case_particulars (
    case_id     TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    kind        TEXT COLLATE "C" NOT NULL,
    digest      TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, digest)
);
CREATE INDEX case_particulars_alike ON case_particulars (digest, received_at, case_id);
