//! The feed: JSON lines in, from a file or standard input, into an engine.

use anyhow::{Context, Error, Result, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use knownfor::{Engine, Feed, FeedRemark, FeedSummary, Incoming, Status, Timestamp};
use serde::de::IgnoredAny;
use serde_json::Deserializer;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, stdin},
    path::Path,
};

/// Lines taken in at a time: a member to whom some come late is folded once for each batch.
const BATCH: usize = 4_096;
/// Refused lines that are told one by one: more would hide everything else.
const MOST_TOLD: usize = 20;

/// How a feed is read.
pub struct Reading<'a> {
    /// Names and values that come beside every line.
    pub with: &'a [(String, String)],
    /// Whether the lines are activities as a host keeps them, whatever the program's `input` says.
    pub is_record: bool,
    /// Whether a refused line is told and skipped.
    pub skips_refused: bool,
    /// Later activities are left out.
    pub at: Option<Timestamp>,
}

/// What became of the lines of a feed.
#[derive(Default)]
pub struct ReadCounts {
    pub applied: usize,
    pub duplicates: usize,
    pub ignored: usize,
    pub refused: usize,
    pub later: usize,
    pub remarks: Vec<FeedRemark>,
}

/// Reads a whole feed. An error names its line, and what the line says about it.
pub fn read(engine: &mut Engine, path: &Path, reading: &Reading<'_>) -> Result<ReadCounts> {
    let from_stdin = path == Path::new("-");
    let source =
        if from_stdin { "stdin".into() } else { path.file_name().unwrap_or_default().to_string_lossy().into_owned() };
    let feed = reading.with.iter().fold(Feed::new(&source), |feed, (name, value)| feed.with(name, value));
    let bar;
    let reader: Box<dyn Read> = if from_stdin {
        bar = ProgressBar::new_spinner();
        Box::new(stdin())
    } else {
        let file = File::open(path).with_context(|| format!("cannot open the feed {}", path.display()))?;
        bar = ProgressBar::new(file.metadata()?.len());
        bar.set_style(ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}")?);
        Box::new(file)
    };
    let mut counts = ReadCounts::default();
    let mut summary = FeedSummary::new(engine.program());
    let mut batch = Vec::with_capacity(BATCH);
    for (number, line) in (1..).zip(BufReader::new(bar.wrap_read(reader)).lines()) {
        let line = line.with_context(|| format!("{source}, line {number}: cannot be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        // Some editors begin a file with a byte order mark.
        let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
        let read = if reading.is_record { recorded(engine, line) } else { incoming(engine, line, &feed.line(number)) };
        let incoming = match read.with_context(|| format!("{source}, line {number}")) {
            Ok(incoming) => incoming,
            Err(error) => {
                refuse(error, reading, &mut counts)?;
                continue;
            }
        };
        summary.add(&incoming);
        match &incoming {
            Incoming::Activity(activity) if reading.at.is_some_and(|at| activity.at() > at) => counts.later += 1,
            _ => batch.push((number, incoming)),
        }
        if batch.len() == BATCH {
            apply(engine, batch.drain(..), &source, reading, &mut counts)?;
        }
    }
    apply(engine, batch.into_iter(), &source, reading, &mut counts)?;
    bar.finish_and_clear();
    counts.remarks = summary.remarks();
    Ok(counts)
}

/// Ends the run with a refused line, or tells of it and goes on.
fn refuse(error: Error, reading: &Reading<'_>, counts: &mut ReadCounts) -> Result<()> {
    if !reading.skips_refused {
        return Err(error);
    }
    counts.refused += 1;
    if counts.refused <= MOST_TOLD {
        eprintln!("refused: {error:#}");
    }
    Ok(())
}

/// A line as a host keeps it. An activity of a kind that the program has no longer is ignored.
fn recorded(engine: &Engine, line: &str) -> Result<Incoming> {
    match engine.program().read_own(&mut Deserializer::from_str(line)) {
        Ok(activity) => Ok(activity.into()),
        Err(error) => match error.unknown_kind() {
            Some(kind) => Ok(Incoming::Ignored { kind: kind.into() }),
            None => Err(json_error(line).unwrap_or_else(|| error.into())),
        },
    }
}

fn incoming(engine: &Engine, line: &str, feed: &Feed) -> Result<Incoming> {
    let mut json = Deserializer::from_str(line);
    let incoming = engine.program().read(&mut json, feed);
    // Malformed JSON is told as such, whatever came of its beginning.
    let malformed = if incoming.is_ok() { json.end().err().map(not_json) } else { json_error(line) };
    malformed.map_or_else(|| Ok(incoming?), Err)
}

/// What is wrong with a line as JSON.
fn json_error(line: &str) -> Option<Error> {
    serde_json::from_str::<IgnoredAny>(line).err().map(not_json)
}

fn not_json(error: serde_json::Error) -> Error {
    // serde_json reports malformed JSON with line and column. Its line is always 1, and the caller names the line of
    // the feed, so only the column is kept.
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
    anyhow!("not JSON at column {}: {said}", error.column())
}

fn apply(
    engine: &mut Engine,
    batch: impl Iterator<Item = (u64, Incoming)>,
    source: &str,
    reading: &Reading<'_>,
    counts: &mut ReadCounts,
) -> Result<()> {
    let (numbers, incoming): (Vec<_>, Vec<_>) = batch.unzip();
    let (statuses, _) = engine.apply_all(incoming);
    for (number, status) in numbers.into_iter().zip(statuses) {
        match status {
            Ok(Status::Duplicate) => counts.duplicates += 1,
            Ok(Status::Ignored) => counts.ignored += 1,
            Ok(_) => counts.applied += 1,
            Err(error) => refuse(anyhow!("{source}, line {number}: {error}"), reading, counts)?,
        }
    }
    Ok(())
}
