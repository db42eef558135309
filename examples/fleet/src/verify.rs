//! Verify: whether the fleet came to what one process comes to with the same feed, byte for byte.

use crate::{database, settings::Settings};
use anyhow::{Context, Result};
use knownfor::{ApplyError, Engine, Feed, History, Incoming, Program};
use serde_json::Deserializer;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    io::BufRead,
};

/// Lines that the one process takes in at a time.
const BATCH: usize = 4_096;

/// What the comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Members that the one process has.
    pub members: usize,
    /// Entries that their ledgers have.
    pub entries: usize,
    /// Members whose standing has other bytes, is missing, or should not be there.
    pub standings: BTreeSet<String>,
    /// Members whose ledger has other lines.
    pub ledgers: BTreeSet<String>,
    /// Lines that the one process refused, and those that the fleet refused.
    pub refused: (usize, usize),
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_identical(&self) -> bool {
        self.standings.is_empty() && self.ledgers.is_empty() && self.refused.0 == self.refused.1
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { members, entries, standings, ledgers, refused } = self;
        if self.is_identical() {
            return write!(f, "identical: {members} standings, {entries} entries, {} lines refused", refused.0);
        }
        let (one, fleet) = refused;
        writeln!(f, "{} of {members} standings and {} ledgers differ", standings.len(), ledgers.len())?;
        writeln!(f, "lines refused: {one} by one process, {fleet} by the fleet")?;
        let some: Vec<_> = standings.union(ledgers).take(10).map(String::as_str).collect();
        write!(f, "among them: {}", some.join(", "))
    }
}

/// Reads a feed into one engine, and compares the fleet's rows with it.
///
/// # Errors
///
/// If the feed or the database cannot be read.
pub async fn verify(settings: &Settings, feed: &str, lines: impl BufRead) -> Result<Comparison> {
    let program = settings.program()?;
    let (engine, refused) = one_process(&program, feed, lines)?;
    let client = database::connect(settings).await?;
    let mut found = Comparison { refused: (refused, 0), ..Comparison::default() };
    let row = client.query_one("SELECT count(*) FROM refusals", &[]).await?;
    found.refused.1 = usize::try_from(row.get::<_, i64>(0))?;

    let mut standings: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for row in client.query("SELECT member, bytes FROM standings", &[]).await? {
        standings.insert(row.get(0), row.get(1));
    }
    let mut ledgers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in client.query("SELECT member, line FROM ledger", &[]).await? {
        ledgers.entry(row.get(0)).or_default().push(row.get(1));
    }
    for member in engine.members() {
        found.members += 1;
        let bytes = engine.standing(member).map(knownfor::Standing::to_bytes);
        if standings.remove(member) != bytes {
            found.standings.insert(member.into());
        }
        let lines = engine.ledger(member).iter().map(|entry| Ok(serde_json::to_string(&entry.line(member))?));
        let mut lines = lines.collect::<Result<Vec<_>>>()?;
        let mut stored = ledgers.remove(member).unwrap_or_default();
        lines.sort_unstable();
        stored.sort_unstable();
        found.entries += lines.len();
        if lines != stored {
            found.ledgers.insert(member.into());
        }
    }
    // A member all of whose activities are void keeps a row. It says that they have nothing.
    for (member, bytes) in standings {
        if History::new(&program, &member, [])?.fold().standing.to_bytes() != bytes {
            found.standings.insert(member);
        }
    }
    found.ledgers.extend(ledgers.into_keys());
    Ok(found)
}

/// The engine of one process, and how many lines it refused.
fn one_process(program: &Program, name: &str, lines: impl BufRead) -> Result<(Engine, usize)> {
    let (mut engine, feed) = (Engine::new(program.clone()), Feed::new(name));
    let (mut batch, mut refused) = (Vec::with_capacity(BATCH), 0);
    let mut apply = |batch: &mut Vec<Incoming>| {
        let (statuses, _) = engine.apply_all(batch.drain(..));
        statuses.iter().filter(|status| matches!(status, Err(ApplyError::Conflict { .. }))).count()
    };
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line.with_context(|| format!("line {number} cannot be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        match program.read(&mut Deserializer::from_str(&line), &feed.line(number)) {
            Ok(incoming) => batch.push(incoming),
            Err(_) => refused += 1,
        }
        if batch.len() == BATCH {
            refused += apply(&mut batch);
        }
    }
    refused += apply(&mut batch);
    Ok((engine, refused))
}
