-- The intranet's tables in PostgreSQL; `schema.sql` says the same for SQLite, with a comment for each. Texts are ordered
-- by their bytes, as there.

CREATE TABLE activities (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source  text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    content text NOT NULL,
    UNIQUE (source, id)
);

CREATE TABLE names (
    member   text COLLATE "C" NOT NULL,
    activity bigint NOT NULL REFERENCES activities (number),
    PRIMARY KEY (member, activity)
);
-- Without it, to drop an activity would scan the table.
CREATE INDEX names_by_activity ON names (activity);

CREATE TABLE voids (
    source text COLLATE "C" NOT NULL,
    id     text COLLATE "C" NOT NULL,
    PRIMARY KEY (source, id)
);

CREATE TABLE sums (
    member text COLLATE "C" PRIMARY KEY,
    bytes  bytea NOT NULL
);

CREATE TABLE sealed (
    source text COLLATE "C" PRIMARY KEY,
    before text COLLATE "C" NOT NULL
);

CREATE TABLE standings (
    member  text COLLATE "C" NOT NULL,
    program text COLLATE "C" NOT NULL,
    bytes   bytea NOT NULL,
    PRIMARY KEY (member, program)
);

CREATE TABLE reports (
    thank  text COLLATE "C" PRIMARY KEY,
    member text COLLATE "C" NOT NULL
);

CREATE TABLE profiles (
    member  text COLLATE "C" PRIMARY KEY,
    profile text NOT NULL
);

CREATE TABLE looks (
    sight  text COLLATE "C" NOT NULL,
    viewer text COLLATE "C" NOT NULL,
    day    text COLLATE "C" NOT NULL,
    PRIMARY KEY (sight, viewer, day)
);
CREATE INDEX looks_by_day ON looks (day);

CREATE TABLE erased (
    digest bytea PRIMARY KEY
);

CREATE TABLE phase (
    "only" integer PRIMARY KEY CHECK ("only" = 1),
    phase  text NOT NULL
);

-- Only here: what servers hold in memory and a transaction has changed, so that each follows what the others do. The
-- last 100,000 are kept.
CREATE TABLE changes (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member text COLLATE "C",              -- whose standing; null for the phase
    server text NOT NULL                  -- the process that made the change
);

-- Only here: the version of these tables, which a file has in its head. Has one row.
CREATE TABLE intranet (
    "only"  integer PRIMARY KEY CHECK ("only" = 1),
    version bigint NOT NULL
);
