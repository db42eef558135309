//! A host of one's own: a record and standings in SQLite, lines in, news out.
//!
//! knownfor decides what to write and whose standings change; what is here reads and writes.

use anyhow::{Context, Result, bail};
use knownfor::{Batch, Entry, Feed, History, Incoming, Program, Standing, Timestamp, Zone};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Deserializer;
use std::io::stdin;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, now] = &arguments[..] else { bail!("usage: host DATABASE NOW < LINES") };
    let program = Program::from_toml(include_str!("../program.toml"), Zone::named)?;
    let mut db = Connection::open(database)?;
    db.execute_batch(include_str!("schema.sql"))?;
    let lines = stdin().lines().collect::<Result<Vec<_>, _>>()?;
    write(&mut db, |tx| fold_missing(tx, &program))?;
    for lines in lines.chunks(100) {
        write(&mut db, |tx| take(tx, &program, lines))?;
    }
    write(&mut db, |tx| note_what_time_brought(tx, &program, now.parse()?))?;
    write(&mut db, tell)
}

/// Takes lines of a feed in, all or none. A host that does not hear whether they were committed sends them again.
fn take(tx: &Transaction<'_>, program: &Program, lines: &[String]) -> Result<()> {
    let mut batch = Batch::new(program).told_until(told(tx)?);
    for line in lines {
        let incoming = program.read(&mut Deserializer::from_str(line), &Feed::new("wiki")).context(line.clone())?;
        let (source, id) = match &incoming {
            Incoming::Activity(activity) => (activity.source().to_owned(), activity.id().to_owned()),
            Incoming::Void { source, id } => (source.to_string(), id.to_string()),
            Incoming::Ignored { .. } => continue,
        };
        let stored: Option<String> = tx
            .query_row("SELECT content FROM activities WHERE source = ? AND id = ?", [&source, &id], |row| row.get(0))
            .optional()?;
        let void = tx.prepare("SELECT 1 FROM voids WHERE source = ? AND id = ?")?.exists([&source, &id])?;
        let known = program.known(stored.as_deref().map(Deserializer::from_str).as_mut(), void);
        let admission = batch.add(incoming.clone(), known).context(line.clone())?;
        match &incoming {
            Incoming::Activity(activity) if admission.is_new => {
                let content = serde_json::to_string(&activity.to_tree())?;
                tx.execute("INSERT INTO activities VALUES (?, ?, ?)", [&source, &id, &content])?;
                for member in activity.members() {
                    tx.execute("INSERT INTO names VALUES (?, ?, ?)", [member, &source, &id])?;
                }
            }
            Incoming::Void { .. } if admission.is_new => {
                tx.execute("INSERT INTO voids VALUES (?, ?)", [&source, &id])?;
            }
            _ => {}
        }
    }
    for part in batch.members() {
        let settled = match standing(tx, program, part.member())?.map(|standing| part.apply(standing)) {
            Some(Ok(settled)) => settled,
            // Something came late, or was voided, or undoes something; or nothing is stored.
            Some(Err(_)) | None => part.fold(history(tx, program, part.member())?)?,
        };
        put_standing(tx, part.member(), &settled.standing)?;
        put_news(tx, part.member(), "+", &settled.added)?;
        put_news(tx, part.member(), "-", &settled.taken)?;
    }
    Ok(())
}

/// Computes the standings that are missing: of members who have none yet for this version of the program.
fn fold_missing(tx: &Transaction<'_>, program: &Program) -> Result<()> {
    let mut missing =
        tx.prepare("SELECT DISTINCT member FROM names EXCEPT SELECT member FROM standings WHERE program = ?")?;
    let missing = missing.query_map([version(program)], |row| row.get(0))?;
    for member in missing.collect::<Result<Vec<String>, _>>()? {
        put_standing(tx, &member, &history(tx, program, &member)?.fold().standing)?;
    }
    Ok(())
}

/// Notes what time alone has brought members by now, such as an anniversary. A host calls it every hour.
fn note_what_time_brought(tx: &Transaction<'_>, program: &Program, now: Timestamp) -> Result<()> {
    let told = told(tx)?;
    let mut due = tx.prepare("SELECT member FROM standings WHERE program = ? AND due <= ?")?;
    let due = due.query_map([version(program), now.to_string()], |row| row.get(0))?;
    for member in due.collect::<Result<Vec<String>, _>>()? {
        let Some(standing) = standing(tx, program, &member)? else { continue };
        put_news(tx, &member, "+", &standing.brought_between(told, now))?;
        let next = standing.next_due(now).map(|due| due.to_string());
        tx.execute("UPDATE standings SET due = ? WHERE member = ?", params![next, member])?;
    }
    tx.execute("UPDATE told SET until = ?", [told.max(now).to_string()])?;
    Ok(())
}

/// Tells the news, here by printing them.
fn tell(tx: &Transaction<'_>) -> Result<()> {
    let mut news = tx.prepare("DELETE FROM news RETURNING member, text")?;
    for news in news.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (member, text): (String, String) = news?;
        println!("{member}: {text}");
    }
    Ok(())
}

fn put_news(tx: &Transaction<'_>, member: &str, sign: &str, entries: &[Entry]) -> Result<()> {
    for entry in entries {
        let text = format!("{sign} {} ({} points)", entry.name("en"), entry.points());
        tx.execute("INSERT INTO news (member, text) VALUES (?, ?)", [member, &text])?;
    }
    Ok(())
}

fn standing(tx: &Transaction<'_>, program: &Program, member: &str) -> Result<Option<Standing>> {
    let bytes: Option<Vec<u8>> = tx
        .query_row("SELECT bytes FROM standings WHERE program = ? AND member = ?", [&version(program), member], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(bytes.map(|bytes| Standing::from_bytes(program, &bytes)).transpose()?)
}

/// Stores a standing. Those of other versions of the program are out of date now, and are computed again when needed.
fn put_standing(tx: &Transaction<'_>, member: &str, standing: &Standing) -> Result<()> {
    tx.execute("DELETE FROM standings WHERE member = ?", [member])?;
    let due = standing.last_at().and_then(|last| standing.next_due(last)).map(|due| due.to_string());
    let row = params![version(standing.program()), member, standing.to_bytes(), due];
    tx.execute("INSERT INTO standings VALUES (?, ?, ?, ?)", row)?;
    Ok(())
}

/// The record of a member, without what is void.
fn history(tx: &Transaction<'_>, program: &Program, member: &str) -> Result<History> {
    let mut contents = tx.prepare(
        "SELECT content FROM names JOIN activities USING (source, id) WHERE member = ?
         AND NOT EXISTS (SELECT 1 FROM voids WHERE voids.source = names.source AND voids.id = names.id)",
    )?;
    let contents = contents.query_map([member], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    // What this version of the program cannot read counts for nobody.
    let activities = contents.iter().filter_map(|content| program.read_own(&mut Deserializer::from_str(content)).ok());
    Ok(History::new(program, member, activities)?)
}

fn told(tx: &Transaction<'_>) -> Result<Timestamp> {
    Ok(tx.query_row("SELECT until FROM told", [], |row| row.get::<_, String>(0))?.parse()?)
}

fn version(program: &Program) -> String {
    format!("{:016x}", program.fingerprint())
}

/// Works in a transaction. One writes at a time; a database with locks for rows locks those of `standings`, in the order
/// of `Batch::members`.
fn write(db: &mut Connection, work: impl FnOnce(&Transaction<'_>) -> Result<()>) -> Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    work(&tx)?;
    Ok(tx.commit()?)
}
