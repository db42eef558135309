//! Reports: the files and the summary that the command writes.

use crate::{feed::ReadCounts, outcome::Outcome};
use anyhow::{Context, Result};
use knownfor::{EntryLine, Folded};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// One line of `--awards`.
#[derive(Serialize)]
struct Award {
    member: String,
    badge: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    at: String,
    activity: String,
    object: Option<String>,
}

/// One line of `--points`.
#[derive(Serialize)]
struct Points<'a> {
    member: &'a str,
    points: i64,
    totals: BTreeMap<&'a str, i64>,
}

/// The most ids that the summary names of one sort.
const MOST_IDS: usize = 10;

pub fn awards(outcome: &Outcome<'_>, path: &Path) -> Result<()> {
    let given = outcome.badge_lines().filter_map(|line| {
        let EntryLine { member, badge, grade, at, activity, object, .. } = line;
        Some(Award { member, badge: badge?, grade, at, activity, object })
    });
    write_lines(path, given)
}

pub fn points(outcome: &Outcome<'_>, path: &Path) -> Result<()> {
    let points = |(member, Folded { standing, .. }): (_, &Folded)| {
        let total = |currency| Some((currency, outcome.total(standing, currency)?));
        let totals: Vec<(&str, i64)> = outcome.program().currencies().filter_map(total).collect();
        let points = totals.first().map_or(0, |(_, points)| *points);
        Points { member, points, totals: totals.into_iter().collect() }
    };
    write_lines(path, outcome.members().map(points))
}

pub fn ledger(outcome: &Outcome<'_>, path: &Path) -> Result<()> {
    write_lines(path, outcome.lines())
}

fn write_lines(path: &Path, lines: impl Iterator<Item = impl Serialize>) -> Result<()> {
    let writing = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(writing)?);
    for line in lines {
        serde_json::to_writer(&mut file, &line).with_context(writing)?;
        file.write_all(b"\n").with_context(writing)?;
    }
    file.flush().with_context(writing)
}

pub fn summary(outcome: &Outcome<'_>, read: &ReadCounts, out: &mut impl Write) -> Result<()> {
    let program = outcome.program();
    let activities = counted(read.applied, "activity", "activities");
    let members = counted(outcome.engine.members().count(), "member", "members");
    writeln!(out, "{}: {activities}, {members}", program.name("en"))?;
    if read.duplicates + read.ignored > 0 {
        let duplicates = counted(read.duplicates, "duplicate", "duplicates");
        writeln!(out, "  {duplicates}, {} of kinds that the program ignores", read.ignored)?;
    }
    if read.refused > 0 {
        writeln!(out, "  {} refused", counted(read.refused, "line", "lines"))?;
    }
    let lost = outcome.engine.reverses_without_target();
    if !lost.is_empty() {
        let ids: Vec<_> = lost.iter().take(MOST_IDS).map(|activity| activity.id.as_str()).collect();
        let more = if lost.len() > MOST_IDS { " …" } else { "" };
        let reverses = counted(lost.len(), "reverse", "reverses");
        writeln!(out, "  {reverses} found nothing to reverse: {}{more}", ids.join(", "))?;
    }
    if read.later > 0 {
        writeln!(out, "  {} later than the moment asked about", counted(read.later, "activity", "activities"))?;
    }
    for currency in program.currencies() {
        let totals = outcome.members().filter_map(|(_, has)| outcome.total(&has.standing, currency));
        writeln!(out, "  {currency}: {} in all", totals.sum::<i64>())?;
    }
    let mut badges: BTreeMap<String, usize> = BTreeMap::new();
    for line in outcome.badge_lines() {
        if let Some(badge) = line.badge {
            let grade = line.grade.map(|grade| format!(" ({grade})")).unwrap_or_default();
            *badges.entry(badge + &grade).or_default() += 1;
        }
    }
    let mut badges: Vec<_> = badges.into_iter().collect();
    badges.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (badge, count) in badges {
        writeln!(out, "  {count:>6} {badge}")?;
    }
    Ok(())
}

/// A number of things, `1 member` or `2 members`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
