-- The fleet's tables. Back up admissions and record. Standings and ledger can be folded from the record.

-- Decides for all members at once what an activity is: the first content wins, and a void is for ever. Voids name no
-- member, and all members must agree on which of two contents is the first, so this cannot be partitioned.
CREATE TABLE IF NOT EXISTS admissions (
    source   text NOT NULL,
    id       text NOT NULL,
    content  text,                        -- JSON, in the program's own format; null if only a void has come
    members  text[] NOT NULL,             -- whom the activity names
    admitted bigint,                      -- the position of the activity among all that was sent
    voided   bigint,                      -- the position of the void
    PRIMARY KEY (source, id)
);

-- Lines that were not admitted: they could not be read, or conflict with an activity that came before.
CREATE TABLE IF NOT EXISTS refusals (
    position bigint PRIMARY KEY,
    feed     text NOT NULL,
    line     bigint NOT NULL,             -- counted from 1
    reason   text NOT NULL
);

-- Each member's activities. The key drops for ever what is delivered again.
CREATE TABLE IF NOT EXISTS record (
    member  text NOT NULL,
    source  text NOT NULL,
    id      text NOT NULL,
    content text,                         -- null if the void came first
    void    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (member, source, id)
);

-- One row for each member, whichever program wrote it, so that the revision guards it from all.
CREATE TABLE IF NOT EXISTS standings (
    member   text PRIMARY KEY,
    program  text NOT NULL,               -- the fingerprint of the program that can read it
    revision bigint NOT NULL,             -- counts the writes; a write names the one that it follows
    bytes    bytea NOT NULL               -- encoded by the core
) WITH (fillfactor = 70);

-- The entries by which the members came to their standings, in JSON.
CREATE TABLE IF NOT EXISTS ledger (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member text NOT NULL,
    line   text NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_by_member ON ledger (member);
