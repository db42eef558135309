-- The intranet's tables in SQLite; `schema-postgres.sql` says the same for PostgreSQL. Back up activities, voids, sums and profiles; standings can be recomputed from them.

CREATE TABLE activities (
    number  INTEGER PRIMARY KEY,          -- in order of arrival
    source  TEXT NOT NULL,
    id      TEXT NOT NULL,
    content TEXT NOT NULL,                -- JSON, in the program's own format
    UNIQUE (source, id)
) STRICT;

-- The members that each activity names, to find one member's activities without a scan.
CREATE TABLE names (
    member   TEXT NOT NULL,
    activity INTEGER NOT NULL REFERENCES activities (number),
    PRIMARY KEY (member, activity)
) STRICT, WITHOUT ROWID;

-- Activities that are taken out of the record. A void may arrive before its activity.
CREATE TABLE voids (
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;

-- What is kept of each member's activities from before the retention period, in place of the activities.
CREATE TABLE sums (
    member TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL                  -- encoded by the core
) STRICT;

-- The sources whose activities became sums, and the moment before which the last of them lay.
CREATE TABLE sealed (
    source TEXT PRIMARY KEY,
    before TEXT NOT NULL                  -- in RFC 3339, UTC
) STRICT, WITHOUT ROWID;

-- What each member's record leads to with a program. A missing row is computed from the record.
CREATE TABLE standings (
    member  TEXT NOT NULL,
    program TEXT NOT NULL,                -- its fingerprint
    bytes   BLOB NOT NULL,                -- encoded by the core
    PRIMARY KEY (member, program)
) STRICT;

-- Thanks that the one who was thanked has reported to the people who run the programme.
CREATE TABLE reports (
    thank  TEXT PRIMARY KEY,              -- the activity's id; its source is the intranet
    member TEXT NOT NULL                  -- who was thanked
) STRICT, WITHOUT ROWID;

-- What people say about themselves. The engine never sees these texts. Names and teams are not here but in the
-- directory file.
CREATE TABLE profiles (
    member  TEXT PRIMARY KEY,
    profile TEXT NOT NULL                 -- JSON, values by field
) STRICT;

-- On which days somebody looked at what only a few may see. Kept for 13 months.
CREATE TABLE looks (
    sight  TEXT NOT NULL,                 -- programme or export
    viewer TEXT NOT NULL,
    day    TEXT NOT NULL,                 -- in the program's time zone
    PRIMARY KEY (sight, viewer, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX looks_by_day ON looks (day);

-- SHA-256 digests of source and id of activities that an erasure dropped or changed, so that they do not come back.
CREATE TABLE erased (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Whether the programme is frozen or has ended. Has no row while it runs.
CREATE TABLE phase (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    phase TEXT NOT NULL                   -- frozen or ended
) STRICT;

-- Has a row from an erasure until the file is rewritten without the bytes that SQLite keeps of deleted rows.
CREATE TABLE remains (
    only INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;
