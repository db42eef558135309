-- Standings can be computed again from the other tables.

CREATE TABLE IF NOT EXISTS activities (
    source TEXT, id TEXT,
    content TEXT NOT NULL,                -- JSON, as `Activity::to_tree` gives it
    PRIMARY KEY (source, id)
);
-- The members that each activity names.
CREATE TABLE IF NOT EXISTS names (member TEXT, source TEXT, id TEXT, PRIMARY KEY (member, source, id));
-- Activities that are taken out of the record. A void may come before its activity.
CREATE TABLE IF NOT EXISTS voids (source TEXT, id TEXT, PRIMARY KEY (source, id));
-- By program, so that an old and a new version of the host can run at the same time.
CREATE TABLE IF NOT EXISTS standings (
    program TEXT, member TEXT,
    bytes BLOB NOT NULL,
    due TEXT,                             -- when time alone next brings something
    PRIMARY KEY (program, member)
);
-- Until when members have been told what time alone brought. Has one row.
CREATE TABLE IF NOT EXISTS told (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), until TEXT NOT NULL);
INSERT INTO told VALUES (1, '1970-01-01T00:00:00Z') ON CONFLICT DO NOTHING;
-- What to tell members. It is written with what caused it, and deleted once it was told.
CREATE TABLE IF NOT EXISTS news (number INTEGER PRIMARY KEY, member TEXT NOT NULL, text TEXT NOT NULL);
