//! Reports: what is written and printed of an engine.

use crate::feed::ReadCounts;
use anyhow::{Context, Result, bail};
use knownfor::{Engine, Entry, EntryLine, Explanation, History, PartLine, Program};
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
    grade: Option<knownfor::Grade>,
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

/// What in a program may harm people: each reason once, with the places, then what to write instead.
pub fn warnings(program: &Program, name: &str) -> String {
    let mut places: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for warning in program.warnings() {
        places.entry((warning.reason, warning.mend)).or_default().push(warning.path);
    }
    let told = places.iter().map(|((reason, mend), places)| {
        let places: String = places.iter().map(|place| format!("\n  {place}")).collect();
        format!("{name} may harm: {reason}{places}\n  instead: {mend}\n")
    });
    told.collect()
}

pub fn awards(engine: &Engine, path: &Path) -> Result<()> {
    let given = badge_lines(engine).filter_map(|line| {
        let EntryLine { member, badge, grade, at, activity, object, .. } = line;
        Some(Award { member, badge: badge?, grade, at, activity, object })
    });
    write_lines(path, given)
}

pub fn points(engine: &Engine, path: &Path) -> Result<()> {
    let program = engine.program();
    let standings = engine.members().filter_map(|member| Some((member, engine.standing(member)?)));
    write_lines(
        path,
        standings.map(|(member, standing)| {
            let totals =
                program.currencies().filter_map(|currency| Some((currency, standing.total(program, currency)?)));
            let points =
                program.currencies().next().and_then(|currency| standing.total(program, currency)).unwrap_or(0);
            Points { member, points, totals: totals.collect() }
        }),
    )
}

pub fn ledger(engine: &Engine, path: &Path) -> Result<()> {
    write_lines(path, lines(engine))
}

/// The badges that were given. Entries with points, most of a ledger, are not put into words for it.
fn badge_lines(engine: &Engine) -> impl Iterator<Item = EntryLine> {
    let entries = engine.members().flat_map(|member| engine.ledger(member).iter().map(move |entry| (member, entry)));
    let lines =
        entries.filter(|(_, entry)| entry.points() == 0).map(|(member, entry)| entry.line(engine.program(), member));
    lines.filter(|line| line.badge.is_some() && !line.taken)
}

fn lines(engine: &Engine) -> impl Iterator<Item = EntryLine> {
    engine.members().flat_map(|member| engine.ledger(member).iter().map(|entry| entry.line(engine.program(), member)))
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

pub fn summary(engine: &Engine, read: &ReadCounts, out: &mut impl Write) -> Result<()> {
    let program = engine.program();
    writeln!(out, "{}: {} activities, {} members", program.name("en"), read.applied, engine.members().count())?;
    if read.duplicates + read.ignored > 0 {
        writeln!(out, "  {} duplicates, {} of kinds that the program ignores", read.duplicates, read.ignored)?;
    }
    for currency in program.currencies() {
        let totals = engine.members().filter_map(|member| engine.standing(member)?.total(program, currency));
        writeln!(out, "  {currency}: {} in all", totals.sum::<i64>())?;
    }
    let mut badges: BTreeMap<String, usize> = BTreeMap::new();
    for line in badge_lines(engine) {
        if let Some(badge) = line.badge {
            let grade = line.grade.map(|grade| format!(" ({grade:?})").to_lowercase()).unwrap_or_default();
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

pub fn explain(engine: &Engine, member: &str, out: &mut impl Write) -> Result<()> {
    let history = history(engine, member)?;
    for entry in engine.ledger(member) {
        write_why(&why(engine, history, entry), out)?;
    }
    Ok(())
}

pub fn explain_badge(engine: &Engine, member: &str, badge: &str, out: &mut impl Write) -> Result<()> {
    let history = history(engine, member)?;
    let program = engine.program();
    let Some(parts) = (if program.badges().any(|known| known == badge) {
        Some(history.why_not_badge(program, badge, "en"))
    } else {
        None
    }) else {
        bail!("there is no badge `{badge}`; the program has: {}", program.badges().collect::<Vec<_>>().join(", "));
    };
    let of_badge = |entry: &&Entry| entry.line(program, member).badge.as_deref() == Some(badge);
    let entries: Vec<_> = engine.ledger(member).iter().filter(of_badge).collect();
    for entry in &entries {
        write_why(&why(engine, history, entry), out)?;
    }
    match parts {
        Some(parts) if entries.is_empty() => {
            writeln!(out, "{member} has no `{badge}` yet:")?;
            parts.iter().try_for_each(|part| write_part(part, out))?;
        }
        Some(parts) => {
            writeln!(out, "On the way to the next:")?;
            parts.iter().try_for_each(|part| write_part(part, out))?;
        }
        None => {}
    }
    Ok(())
}

fn history<'e>(engine: &'e Engine, member: &str) -> Result<&'e History> {
    engine.history(member).with_context(|| format!("no activity of the feed names a member `{member}`"))
}

fn why(engine: &Engine, history: &History, entry: &Entry) -> Explanation {
    history.why(engine.program(), entry, "en")
}

fn write_why(why: &Explanation, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{}  {}", why.entry.at, why.text)?;
    if why.parts.is_empty() {
        let activities: Vec<_> = why.activities.iter().map(|activity| activity.id.as_str()).collect();
        writeln!(out, "    by {}", activities.join(", "))?;
    }
    why.parts.iter().try_for_each(|part| write_part(part, out))
}

fn write_part(part: &PartLine, out: &mut impl Write) -> Result<()> {
    let bound = if part.at_most { "at most" } else { "of" };
    let activities: Vec<_> = part.activities.iter().map(|activity| activity.id.as_str()).collect();
    let by = if activities.is_empty() { "nothing yet".into() } else { format!("by {}", activities.join(", ")) };
    let more = (part.counted as usize).checked_sub(activities.len()).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} before")).unwrap_or_default();
    writeln!(out, "    {} {} {bound} {}: {by}{more}", part.name, part.value, part.goal)?;
    Ok(())
}
