//! The tables: the functions that read and write them. No function here knows what an activity means.

use super::store::{Db, FromRow, Json, Param, Row as StoreRow};
use anyhow::Result;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The stored content of an activity.
pub(crate) fn activity(db: &Db<'_>, source: &str, id: &str) -> Result<Option<String>> {
    db.first("SELECT content FROM activities WHERE source = $1 AND id = $2", &[&source, &id])
}

/// An activity that is not stored yet.
#[derive(Serialize)]
pub(crate) struct New<'a> {
    pub(crate) source: &'a str,
    pub(crate) id: &'a str,
    pub(crate) content: String,
    #[serde(skip)]
    pub(crate) members: Vec<&'a str>,
}

/// Adds activities in their order, with the members that each names.
pub(crate) fn add_activities(db: &Db<'_>, new: &[New<'_>]) -> Result<()> {
    #[derive(Serialize)]
    struct Name<'a> {
        source: &'a str,
        id: &'a str,
        member: &'a str,
    }
    db.execute(
        "INSERT INTO activities (source, id, content)
         SELECT value ->> 'source', value ->> 'id', value ->> 'content' FROM json_each($1)
         ORDER BY CAST(key AS bigint)",
        &[&numbered(new)?],
    )?;
    let names = new.iter().flat_map(|new| {
        let New { source, id, members, .. } = new;
        members.iter().map(move |member| Name { source, id, member })
    });
    db.execute(
        "INSERT INTO names (member, activity)
         SELECT n.value ->> 'member', a.number FROM json_each($1) n
         JOIN activities a ON a.source = n.value ->> 'source' AND a.id = n.value ->> 'id'",
        &[&numbered(&names.collect::<Vec<_>>())?],
    )?;
    Ok(())
}

/// Items for `json_each`, each under its number.
fn numbered(items: &[impl Serialize]) -> Result<Json> {
    Json::object(&items.iter().enumerate().collect::<BTreeMap<_, _>>())
}

/// These members, each as the key of an item for `json_each`.
fn keys<'a>(members: impl IntoIterator<Item = &'a str>) -> Result<Json> {
    Json::object(&members.into_iter().map(|member| (member, 0)).collect::<BTreeMap<_, _>>())
}

/// Whether no activity was ever stored.
pub(crate) fn is_new(db: &Db<'_>) -> Result<bool> {
    Ok(!db.exists("SELECT 1 FROM activities LIMIT 1", &[])?)
}

/// Checks that the tables can be read.
pub(crate) fn check(db: &Db<'_>) -> Result<()> {
    is_new(db).map(drop)
}

/// The content of each activity that names a member and is not voided.
pub(crate) fn record_of(db: &Db<'_>, member: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT a.content FROM names n JOIN activities a ON a.number = n.activity
         WHERE n.member = $1 AND NOT EXISTS (SELECT 1 FROM voids v WHERE v.source = a.source AND v.id = a.id)
         ORDER BY a.number",
        &[&member],
    )
}

/// The content of each activity that names a member, in the order of arrival, and whether it is voided.
pub(crate) fn all_of(db: &Db<'_>, member: &str) -> Result<Vec<(String, bool)>> {
    db.all(
        "SELECT a.content, EXISTS (SELECT 1 FROM voids v WHERE v.source = a.source AND v.id = a.id)
         FROM names n JOIN activities a ON a.number = n.activity WHERE n.member = $1 ORDER BY a.number",
        &[&member],
    )
}

/// Every member named by some activity or of whom a sum is kept, in order.
pub(crate) fn members(db: &Db<'_>) -> Result<Vec<String>> {
    db.all("SELECT member FROM names UNION SELECT member FROM sums ORDER BY member", &[])
}

/// The members of the record without a standing of a program, in order.
pub(crate) fn without_standing(db: &Db<'_>, program: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT member FROM names UNION SELECT member FROM sums
         EXCEPT SELECT member FROM standings WHERE program = $1 ORDER BY member",
        &[&program],
    )
}

/// The members that a stored activity names.
pub(crate) fn members_of(db: &Db<'_>, source: &str, id: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT n.member FROM activities a JOIN names n ON n.activity = a.number
         WHERE a.source = $1 AND a.id = $2 ORDER BY n.member",
        &[&source, &id],
    )
}

/// What there is of each source and id: the stored content, and whether a void is stored.
pub(crate) fn found(db: &Db<'_>, keys: &[(&str, &str)]) -> Result<Vec<(Option<String>, bool)>> {
    #[derive(Serialize)]
    struct Key<'a> {
        source: &'a str,
        id: &'a str,
    }
    let named: Vec<Key<'_>> = keys.iter().map(|(source, id)| Key { source, id }).collect();
    let rows: Vec<(i64, Option<String>, bool)> = db.all(
        "SELECT CAST(k.key AS bigint), a.content, v.id IS NOT NULL FROM json_each($1) k
         LEFT JOIN activities a ON a.source = k.value ->> 'source' AND a.id = k.value ->> 'id'
         LEFT JOIN voids v ON v.source = k.value ->> 'source' AND v.id = k.value ->> 'id'
         ORDER BY CAST(k.key AS bigint)",
        &[&numbered(&named)?],
    )?;
    Ok(rows.into_iter().map(|(_, content, void)| (content, void)).collect())
}

/// Which of these digests are kept of activities that were erased.
pub(crate) fn erased(db: &Db<'_>, digests: &[Vec<u8>]) -> Result<BTreeSet<Vec<u8>>> {
    const AT_ONCE: usize = 64;
    static MANY: LazyLock<String> = LazyLock::new(|| {
        let values: Vec<String> = (1..=AT_ONCE).map(|number| format!("${number}")).collect();
        format!("SELECT digest FROM erased WHERE digest IN ({})", values.join(", "))
    });
    let mut erased = BTreeSet::new();
    for piece in digests.chunks(AT_ONCE) {
        erased.extend(match piece {
            [digest] => {
                db.first("SELECT digest FROM erased WHERE digest = $1", &[digest as &dyn Param])?.into_iter().collect()
            }
            // The last one stands for those that are missing.
            _ => {
                let all = (0..AT_ONCE).filter_map(|index| piece.get(index).or(piece.last()));
                let params: Vec<&dyn Param> = all.map(|digest| digest as &dyn Param).collect();
                db.all::<Vec<u8>>(&MANY, &params)?
            }
        });
    }
    Ok(erased)
}

/// Adds a void that is not stored yet.
pub(crate) fn add_void(db: &Db<'_>, source: &str, id: &str) -> Result<()> {
    db.execute("INSERT INTO voids (source, id) VALUES ($1, $2)", &[&source, &id])?;
    Ok(())
}

/// A member's encoded standing with a program.
pub(crate) fn standing(db: &Db<'_>, member: &str, program: &str) -> Result<Option<Vec<u8>>> {
    db.first("SELECT bytes FROM standings WHERE member = $1 AND program = $2", &[&member, &program])
}

/// Calls `visit` with each member and their encoded standing with a program. It asks nothing else of the database.
pub(crate) fn each_standing(db: &Db<'_>, program: &str, mut visit: impl FnMut(String, Vec<u8>)) -> Result<()> {
    db.each("SELECT member, bytes FROM standings WHERE program = $1", &[&program], |row| {
        visit(row.get(0)?, row.get(1)?);
        Ok(())
    })
}

/// The encoded standings of these members with a program, as far as there are any.
pub(crate) fn standings<'a>(
    db: &Db<'_>,
    members: impl IntoIterator<Item = &'a str>,
    program: &str,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let sql = "SELECT member, bytes FROM standings
               WHERE program = $1 AND member IN (SELECT key FROM json_each($2))";
    Ok(db.all(sql, &[&program, &keys(members)?])?.into_iter().collect())
}

/// Saves encoded standings of members, and deletes those with other programs, which are old now.
pub(crate) fn put_standings(db: &Db<'_>, standings: &[(&str, Vec<u8>)], program: &str) -> Result<()> {
    db.execute(
        "DELETE FROM standings WHERE program <> $1 AND member IN (SELECT key FROM json_each($2))",
        &[&program, &keys(standings.iter().map(|(member, _)| *member))?],
    )?;
    add_standings(db, standings, program)
}

/// Saves encoded standings of members beside those with other programs, from the same record.
pub(crate) fn add_standings(db: &Db<'_>, standings: &[(&str, Vec<u8>)], program: &str) -> Result<()> {
    /// The statements that save this many rows at once.
    static STATEMENTS: LazyLock<[(usize, String); 3]> = LazyLock::new(|| [32, 4, 1].map(|rows| (rows, upsert(rows))));
    standings.iter().for_each(|(member, _)| db.note_member(member));
    let mut left = standings;
    for (rows, sql) in &*STATEMENTS {
        let pieces = left.chunks_exact(*rows);
        left = pieces.remainder();
        for piece in pieces {
            let mut params: Vec<&dyn Param> = vec![&program];
            params.extend(piece.iter().flat_map(|(member, bytes)| [member as &dyn Param, bytes]));
            db.execute(sql, &params)?;
        }
    }
    Ok(())
}

fn upsert(rows: usize) -> String {
    let rows: Vec<String> = (1..=rows).map(|row| format!("($1, ${}, ${})", 2 * row, 2 * row + 1)).collect();
    format!(
        "INSERT INTO standings (program, member, bytes) VALUES {}
         ON CONFLICT (member, program) DO UPDATE SET bytes = excluded.bytes",
        rows.join(", ")
    )
}

/// Deletes the standings with other programs than this one, and returns how many they were.
pub(crate) fn drop_other_standings(db: &Db<'_>, program: &str) -> Result<u64> {
    db.execute("DELETE FROM standings WHERE program <> $1", &[&program])
}

/// Whether there are standings with this program; `None` if there are no standings.
pub(crate) fn has_standings(db: &Db<'_>, program: &str) -> Result<Option<bool>> {
    if !db.exists("SELECT 1 FROM standings LIMIT 1", &[])? {
        return Ok(None);
    }
    db.exists("SELECT 1 FROM standings WHERE program = $1 LIMIT 1", &[&program]).map(Some)
}

/// Keeps a report of a thank. The same again changes nothing.
pub(crate) fn report_thank(db: &Db<'_>, thank: &str, member: &str) -> Result<()> {
    db.execute("INSERT INTO reports (thank, member) VALUES ($1, $2) ON CONFLICT DO NOTHING", &[&thank, &member])?;
    Ok(())
}

/// Drops the report of a thank. Returns `false` if there is none.
pub(crate) fn forget_report(db: &Db<'_>, thank: &str) -> Result<bool> {
    Ok(db.execute("DELETE FROM reports WHERE thank = $1", &[&thank])? == 1)
}

/// The reported thanks by id, with who was thanked.
pub(crate) fn reports(db: &Db<'_>) -> Result<Vec<(String, String)>> {
    db.all("SELECT thank, member FROM reports ORDER BY thank", &[])
}

/// Whether a thank was reported.
pub(crate) fn is_reported(db: &Db<'_>, thank: &str) -> Result<bool> {
    db.exists("SELECT 1 FROM reports WHERE thank = $1", &[&thank])
}

/// Keeps that somebody looked at something on a day, and drops the looks of the days before `oldest`.
pub(crate) fn add_look(db: &Db<'_>, [sight, viewer, day]: [&str; 3], oldest: &str) -> Result<()> {
    db.execute("DELETE FROM looks WHERE day < $1", &[&oldest])?;
    let sql = "INSERT INTO looks (sight, viewer, day) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    db.execute(sql, &[&sight, &viewer, &day])?;
    Ok(())
}

/// Who looked at something, with the day, in the order of viewers and days.
pub(crate) fn looks_at(db: &Db<'_>, sight: &str) -> Result<Vec<(String, String)>> {
    db.all("SELECT viewer, day FROM looks WHERE sight = $1 ORDER BY viewer, day", &[&sight])
}

/// The days on which somebody looked at something, in order.
pub(crate) fn looks_of(db: &Db<'_>, sight: &str, viewer: &str) -> Result<Vec<String>> {
    db.all("SELECT day FROM looks WHERE sight = $1 AND viewer = $2 ORDER BY day", &[&sight, &viewer])
}

/// A member's profile, as JSON.
pub(crate) fn profile(db: &Db<'_>, member: &str) -> Result<Option<String>> {
    db.first("SELECT profile FROM profiles WHERE member = $1", &[&member])
}

/// Saves a profile for a member who has none yet.
pub(crate) fn add_profile(db: &Db<'_>, member: &str, profile: &str) -> Result<()> {
    db.execute("INSERT INTO profiles (member, profile) VALUES ($1, $2) ON CONFLICT DO NOTHING", &[&member, &profile])?;
    Ok(())
}

/// Replaces a member's profile.
pub(crate) fn put_profile(db: &Db<'_>, member: &str, profile: &str) -> Result<()> {
    db.execute(
        "INSERT INTO profiles (member, profile) VALUES ($1, $2)
         ON CONFLICT (member) DO UPDATE SET profile = excluded.profile",
        &[&member, &profile],
    )?;
    Ok(())
}

/// An activity as it is stored.
pub(crate) struct Row {
    pub(crate) number: i64,
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) content: String,
}

impl FromRow for Row {
    fn from_row(row: &StoreRow<'_>) -> Result<Self> {
        Ok(Self { number: row.get(0)?, source: row.get(1)?, id: row.get(2)?, content: row.get(3)? })
    }
}

/// Every activity that names a member, voided or not.
pub(crate) fn rows_of(db: &Db<'_>, member: &str) -> Result<Vec<Row>> {
    db.all(
        "SELECT a.number, a.source, a.id, a.content FROM names n JOIN activities a ON a.number = n.activity
         WHERE n.member = $1 ORDER BY a.number",
        &[&member],
    )
}

/// Calls `visit` with every activity. It asks nothing else of the database.
pub(crate) fn each_activity(db: &Db<'_>, visit: impl FnMut(Row) -> Result<()>) -> Result<()> {
    each_activity_after(db, 0, visit)
}

/// Calls `visit` with every activity that came after the one of this number, in the order of arrival. It asks nothing
/// else of the database.
pub(crate) fn each_activity_after(db: &Db<'_>, number: i64, mut visit: impl FnMut(Row) -> Result<()>) -> Result<()> {
    let sql = "SELECT number, source, id, content FROM activities WHERE number > $1 ORDER BY number";
    db.each(sql, &[&number], |row| visit(Row::from_row(row)?))
}

/// The activity of this number.
pub(crate) fn row(db: &Db<'_>, number: i64) -> Result<Row> {
    db.one("SELECT number, source, id, content FROM activities WHERE number = $1", &[&number])
}

/// Calls `visit` with the content of every activity and every profile.
pub(crate) fn each_text(db: &Db<'_>, mut visit: impl FnMut(&str)) -> Result<()> {
    db.each("SELECT content FROM activities UNION ALL SELECT profile FROM profiles", &[], |row| {
        visit(&row.get::<String>(0)?);
        Ok(())
    })
}

/// Whether a member has a profile, a standing or a sum.
pub(crate) fn knows(db: &Db<'_>, member: &str) -> Result<bool> {
    db.exists(
        "SELECT 1 FROM profiles WHERE member = $1 UNION ALL SELECT 1 FROM standings WHERE member = $1
         UNION ALL SELECT 1 FROM sums WHERE member = $1",
        &[&member],
    )
}

/// Deletes a member's profile, standing, sum, reports and looks, and returns how many rows they were.
pub(crate) fn drop_member(db: &Db<'_>, member: &str) -> Result<u64> {
    db.note_member(member);
    Ok(db.execute("DELETE FROM profiles WHERE member = $1", &[&member])?
        + db.execute("DELETE FROM standings WHERE member = $1", &[&member])?
        + db.execute("DELETE FROM sums WHERE member = $1", &[&member])?
        + db.execute("DELETE FROM reports WHERE member = $1", &[&member])?
        + db.execute("DELETE FROM looks WHERE viewer = $1", &[&member])?)
}

/// Deletes an activity, the names in it and its void.
pub(crate) fn drop_activity(db: &Db<'_>, row: &Row) -> Result<()> {
    db.execute("DELETE FROM names WHERE activity = $1", &[&row.number])?;
    db.execute("DELETE FROM activities WHERE number = $1", &[&row.number])?;
    drop_void(db, &row.source, &row.id)
}

/// Puts another id and content in place of an activity's. Its void follows.
pub(crate) fn replace_activity(db: &Db<'_>, row: &Row, id: &str, content: &str) -> Result<()> {
    db.execute("UPDATE activities SET id = $1, content = $2 WHERE number = $3", &[&id, &content, &row.number])?;
    db.execute("UPDATE voids SET id = $1 WHERE source = $2 AND id = $3", &[&id, &row.source, &row.id])?;
    Ok(())
}

/// Puts another name in place of a member's, for all activities that name them. Some may name both.
pub(crate) fn rename_member(db: &Db<'_>, member: &str, to: &str) -> Result<()> {
    db.execute(
        "UPDATE names SET member = $1
         WHERE member = $2 AND activity NOT IN (SELECT activity FROM names WHERE member = $1)",
        &[&to, &member],
    )?;
    db.execute("DELETE FROM names WHERE member = $1", &[&member])?;
    Ok(())
}

/// Gives what only a member has to another one: profile, reports and looks. What the other one has stays.
pub(crate) fn rename_own(db: &Db<'_>, member: &str, to: &str) -> Result<()> {
    db.note_member(member);
    db.execute("DELETE FROM standings WHERE member = $1", &[&member])?;
    db.execute("UPDATE reports SET member = $1 WHERE member = $2", &[&to, &member])?;
    db.execute(
        "UPDATE profiles SET member = $1
         WHERE member = $2 AND NOT EXISTS (SELECT 1 FROM profiles WHERE member = $1)",
        &[&to, &member],
    )?;
    db.execute("DELETE FROM profiles WHERE member = $1", &[&member])?;
    db.execute(
        "UPDATE looks SET viewer = $1 WHERE viewer = $2 AND NOT EXISTS
             (SELECT 1 FROM looks l WHERE l.sight = looks.sight AND l.day = looks.day AND l.viewer = $1)",
        &[&to, &member],
    )?;
    db.execute("DELETE FROM looks WHERE viewer = $1", &[&member])?;
    Ok(())
}

/// Follows a thank that has another id now.
pub(crate) fn rename_report(db: &Db<'_>, thank: &str, to: &str) -> Result<()> {
    db.execute("UPDATE reports SET thank = $1 WHERE thank = $2", &[&to, &thank])?;
    Ok(())
}

/// The voids that came before their activities, by source and id.
pub(crate) fn awaiting_voids(db: &Db<'_>) -> Result<Vec<(String, String)>> {
    db.all(
        "SELECT source, id FROM voids v
         WHERE NOT EXISTS (SELECT 1 FROM activities a WHERE a.source = v.source AND a.id = v.id)",
        &[],
    )
}

/// Deletes a void.
pub(crate) fn drop_void(db: &Db<'_>, source: &str, id: &str) -> Result<()> {
    db.execute("DELETE FROM voids WHERE source = $1 AND id = $2", &[&source, &id])?;
    Ok(())
}

/// Keeps the digest of an activity that was erased.
pub(crate) fn add_erased(db: &Db<'_>, digest: &[u8]) -> Result<()> {
    db.execute("INSERT INTO erased (digest) VALUES ($1) ON CONFLICT DO NOTHING", &[&digest])?;
    Ok(())
}
