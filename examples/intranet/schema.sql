-- What the intranet keeps. Only activities, voids and profiles are worth a backup: standings can be folded again from them.

CREATE TABLE activities (
    number  INTEGER PRIMARY KEY,          -- in order of arrival
    source  TEXT NOT NULL,
    id      TEXT NOT NULL,
    content TEXT NOT NULL,                -- JSON, in the program's own format
    UNIQUE (source, id)
) STRICT;

-- Which members an activity names, so that the record of one member is found without reading all.
CREATE TABLE names (
    member   TEXT NOT NULL,
    activity INTEGER NOT NULL REFERENCES activities (number),
    PRIMARY KEY (member, activity)
) STRICT, WITHOUT ROWID;

-- Taken out of the record. A void may come before its activity.
CREATE TABLE voids (
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE standings (
    member TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;

-- The program that the standings were folded with.
CREATE TABLE program (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    fingerprint TEXT NOT NULL
) STRICT;

-- The company's own: what people say of themselves. The engine never sees these words; the directory is a file.
CREATE TABLE profiles (
    member  TEXT PRIMARY KEY,
    profile TEXT NOT NULL                 -- JSON, values by field
) STRICT;
