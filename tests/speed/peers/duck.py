"""The work in DuckDB, from JSON lines to standings: one query over all activities, as a nightly job would do it.

It folds everything anew each time, and keeps no record and no ledger. `python3 duck.py RULES FILE` answers
`{"nanos": ..., "checksum": ...}` as `plain.mjs` does; RULES is what `rules.mjs` draws, as JSON.
"""

import hashlib
import json
import resource
import sys

import duckdb

LEVELS = 24

TABLES = """
CREATE TABLE event AS
    SELECT member, kind, topics, words, audience, counterpart, ts // 86400 AS day
    FROM read_json($file, format = 'newline_delimited', columns = {
        ts: 'BIGINT', member: 'VARCHAR', kind: 'VARCHAR', topics: 'VARCHAR[]', words: 'INTEGER',
        audience: 'VARCHAR', counterpart: 'VARCHAR'});
CREATE TABLE rule AS
    SELECT * FROM read_json($rules, columns = {
        name: 'VARCHAR', kind: 'VARCHAR', words: 'INTEGER', audience: 'VARCHAR', topic: 'VARCHAR',
        points: 'BIGINT', does: 'VARCHAR', goal: 'BIGINT', bonus: 'BIGINT'});
"""

# A cap is used up by each rule and day, and what exceeds it is cut. A streak gives its bonus for each run of days that
# is long enough: days of one run have the same distance from their own number.
STANDINGS = """
WITH
days AS (
    SELECT member, rule.name, day, does, goal, bonus, count(*) AS times,
        CASE does WHEN 'cap' THEN least(count(*) * points, goal) ELSE count(*) * points END AS points
    FROM event JOIN rule ON event.kind = rule.kind AND event.words >= rule.words
        AND (rule.audience IS NULL OR event.audience = rule.audience)
        AND (rule.topic IS NULL OR list_contains(topics, rule.topic))
    GROUP BY member, rule.name, day, does, goal, bonus, rule.points
),
runs AS (
    SELECT member, name, bonus, goal, count(*) AS length
    FROM (
        SELECT *, day - row_number() OVER (PARTITION BY member, name ORDER BY day) AS run FROM days
        WHERE does = 'streak'
    )
    GROUP BY member, name, bonus, goal, run HAVING count(*) >= goal
),
known AS (
    SELECT member, rule.name, bonus
    FROM event JOIN rule ON does = 'distinct' AND event.kind = rule.kind AND event.words >= rule.words
        AND (rule.audience IS NULL OR event.audience = rule.audience)
        AND (rule.topic IS NULL OR list_contains(topics, rule.topic))
    GROUP BY member, rule.name, bonus, goal HAVING count(DISTINCT counterpart) >= goal
),
counted AS (
    SELECT member, name FROM days WHERE does = 'nth' GROUP BY member, name, goal HAVING sum(times) >= goal
),
points AS (
    SELECT member, sum(points) AS points
    FROM (
        SELECT member, points FROM days
        UNION ALL SELECT member, bonus FROM runs
        UNION ALL SELECT member, bonus FROM known
    )
    GROUP BY member
),
badges AS (
    SELECT member, list(DISTINCT badge ORDER BY badge) AS badges
    FROM (
        SELECT member, name || ':n' AS badge FROM counted
        UNION ALL SELECT member, name || ':s' FROM runs
        UNION ALL SELECT member, name || ':d' FROM known
    )
    GROUP BY member
)
SELECT member, coalesce(points, 0), coalesce(badges, [])
FROM (SELECT DISTINCT member FROM event) LEFT JOIN points USING (member) LEFT JOIN badges USING (member)
ORDER BY member
"""


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


rules, file = sys.argv[1:]
database = duckdb.connect()
began = cpu_seconds()
for statement in TABLES.strip().rstrip(";").split(";"):
    name = "file" if "$file" in statement else "rules"
    database.execute(statement, {name: file if name == "file" else rules})
standings = database.execute(STANDINGS).fetchall()
took = cpu_seconds() - began

digest = hashlib.sha256()
for member, points, badges in standings:
    level = sum(points >= 100 * 2**level for level in range(LEVELS))
    digest.update(f"{member}\t{points}\t{level}\t{','.join(badges)}\n".encode())
count = database.execute("SELECT count(*) FROM event").fetchone()[0]
print(json.dumps({"nanos": round(took * 1e9 / count), "checksum": digest.hexdigest()[:16]}))
