//! Backfill: folds anew what members did, outside the database, and brings the standings back.
//!
//! [`export`] writes the record as lines, each with the revision of its member's standing. [`fold`] turns each member's
//! lines into one, on as many machines as needed. [`load`] writes a standing only where the revision is still the same.

use crate::{
    database,
    record::{Change, Record, lines, read},
    settings::Settings,
};
use anyhow::{Context, Result, ensure};
use futures_util::TryStreamExt;
use knownfor::{History, Program, Standing};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    io::{BufRead, Write},
    pin::pin,
};

/// The most members that are written in one transaction.
const BATCH: usize = 200;

/// A line of the record. A member without activities has one, because they may have a standing.
#[derive(Deserialize, Serialize)]
struct Line {
    member: String,
    /// Of the standing. It changes with everything that changes what a member did.
    revision: i64,
    /// How many activities the member has, and so how many lines.
    activities: i64,
    content: Option<String>,
}

/// A member, folded.
#[derive(Deserialize, Serialize)]
struct Member {
    member: String,
    revision: i64,
    /// The fingerprint.
    program: String,
    /// The bytes of the standing, in hexadecimal.
    standing: String,
    ledger: Vec<String>,
}

/// What [`load`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Standings that were written.
    pub written: usize,
    /// Members whose standing has changed since the export, or is of this program already.
    pub left: usize,
}

impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { written, left } = self;
        write!(f, "{written} standings written, {left} left because they have changed since the export")
    }
}

/// Writes the record of every member who has a standing, as it is at this moment, in lines of JSON. The lines of one
/// member are beside each other. Workers may work meanwhile.
///
/// # Errors
///
/// If the database does not answer, or the output takes nothing more.
pub async fn export(settings: &Settings, mut output: impl Write) -> Result<()> {
    let client = database::connect(settings).await?;
    // One statement, and so one moment for records and revisions.
    let sql = "SELECT member, revision, count(content) OVER (PARTITION BY member), content
        FROM standings LEFT JOIN (SELECT * FROM record WHERE NOT void AND content IS NOT NULL) AS record USING (member)
        ORDER BY member";
    let rows = client.query_raw::<_, &str, _>(sql, []).await?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await? {
        let line = Line { member: row.get(0), revision: row.get(1), activities: row.get(2), content: row.get(3) };
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}

/// Folds members one by one, as [`Record::refold`] does, and returns how many. The lines of one member must be beside
/// each other.
///
/// # Errors
///
/// If lines of a member are missing. The lines of the members before it have been written.
pub fn fold(program: &Program, input: impl BufRead, mut output: impl Write) -> Result<usize> {
    let (mut members, mut group) = (0, Vec::new());
    let mut finish = |group: &mut Vec<Line>| -> Result<()> {
        serde_json::to_writer(&mut output, &folded(program, group)?)?;
        members += 1;
        group.clear();
        Ok(output.write_all(b"\n")?)
    };
    for line in input.lines() {
        let line: Line = serde_json::from_str(&line?).context("no line of the record")?;
        if group.first().is_some_and(|first: &Line| first.member != line.member) {
            finish(&mut group)?;
        }
        group.push(line);
    }
    if !group.is_empty() {
        finish(&mut group)?;
    }
    output.flush()?;
    Ok(members)
}

fn folded(program: &Program, group: &[Line]) -> Result<Member> {
    let Line { member, revision, activities, .. } = group.first().context("nobody")?;
    let contents: Vec<&str> = group.iter().filter_map(|line| line.content.as_deref()).collect();
    let is_whole =
        usize::try_from(*activities)? == contents.len() && group.iter().all(|line| line.revision == *revision);
    ensure!(is_whole, "{member} has {activities} activities, but {} came together", contents.len());
    let activities = contents.iter().filter_map(|content| read(program, content));
    let folded = History::new(program, member, activities)?.fold();
    Ok(Member {
        member: member.clone(),
        revision: *revision,
        program: format!("{:016x}", program.fingerprint()),
        standing: folded.standing.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
        ledger: lines(member, &folded.ledger)?,
    })
}

/// Writes what [`fold`] made. A standing whose row has changed since the export stays as it is, so that workers may
/// work meanwhile, and the same lines may be loaded again.
///
/// # Errors
///
/// If another program folded the lines, or the database does not answer.
pub async fn load(settings: &Settings, input: impl BufRead) -> Result<Loaded> {
    let program = settings.program()?;
    let mut record = Record::open(settings, &program).await?;
    let (mut loaded, mut changes) = (Loaded::default(), Vec::new());
    let mut input = input.lines();
    loop {
        let line = input.next().transpose()?;
        let is_last = line.is_none();
        if let Some(line) = line {
            changes.push(change(&program, serde_json::from_str(&line).context("no folded member")?)?);
        }
        if is_last || changes.len() == BATCH {
            let count = changes.len();
            record.load(&mut changes).await?;
            loaded.written += changes.len();
            loaded.left += count - changes.len();
            changes.clear();
        }
        if is_last {
            return Ok(loaded);
        }
    }
}

fn change(program: &Program, folded: Member) -> Result<Change> {
    let Member { member, revision, program: fingerprint, standing, ledger } = folded;
    let ours = format!("{:016x}", program.fingerprint());
    ensure!(fingerprint == ours, "{member} was folded by the program {fingerprint}, and this one is {ours}");
    let digits = |at: usize| standing.get(at..at + 2).and_then(|byte| u8::from_str_radix(byte, 16).ok());
    let bytes: Option<Vec<u8>> = (0..standing.len()).step_by(2).map(digits).collect();
    let standing = Standing::from_bytes(program, &bytes.context("a standing is not hexadecimal")?)?;
    Ok(Change { member, revision, standing, is_whole: true, added: ledger, taken: Vec::new() })
}
