//! The feed: JSON lines in, from a file or standard input, into an engine.

use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};
use knownfor::{Engine, Feed, Incoming, Status};
use serde::de::IgnoredAny;
use serde_json::Deserializer;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, stdin},
    path::Path,
};

/// Lines taken in at a time: a member to whom some come late is folded once for each batch.
const BATCH: usize = 4_096;

/// What became of the lines of a feed.
#[derive(Default)]
pub struct ReadCounts {
    pub applied: usize,
    pub duplicates: usize,
    pub ignored: usize,
}

/// Reads a whole feed. An error names its line, and what the line says about it.
pub fn read(engine: &mut Engine, path: &Path) -> Result<ReadCounts> {
    let from_stdin = path == Path::new("-");
    let source =
        if from_stdin { "stdin".into() } else { path.file_name().unwrap_or_default().to_string_lossy().into_owned() };
    let feed = Feed::new(&source);
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
    let mut batch = Vec::with_capacity(BATCH);
    for (number, line) in (1..).zip(BufReader::new(bar.wrap_read(reader)).lines()) {
        let line = line.with_context(|| format!("{source}, line {number}: cannot be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        // Some editors begin a file with a byte order mark.
        let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
        let incoming =
            incoming(engine, line, &feed.line(number)).with_context(|| format!("{source}, line {number}"))?;
        batch.push((number, incoming));
        if batch.len() == BATCH {
            apply(engine, batch.drain(..), &source, &mut counts)?;
        }
    }
    apply(engine, batch.into_iter(), &source, &mut counts)?;
    bar.finish_and_clear();
    Ok(counts)
}

fn incoming(engine: &Engine, line: &str, feed: &Feed) -> Result<Incoming> {
    let mut json = Deserializer::from_str(line);
    let incoming = engine.program().read(&mut json, feed);
    // serde_json reports malformed JSON with line and column. Its line is always 1, and the caller names the line of
    // the feed, so only the column is kept.
    let end = if incoming.is_ok() { json.end() } else { serde_json::from_str(line).map(|IgnoredAny| ()) };
    end.map_err(|error| {
        let said = error.to_string();
        let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
        anyhow!("not JSON at column {}: {said}", error.column())
    })?;
    Ok(incoming?)
}

fn apply(
    engine: &mut Engine,
    batch: impl Iterator<Item = (u64, Incoming)>,
    source: &str,
    counts: &mut ReadCounts,
) -> Result<()> {
    let (numbers, incoming): (Vec<_>, Vec<_>) = batch.unzip();
    let (statuses, _) = engine.apply_all(incoming);
    for (number, status) in numbers.into_iter().zip(statuses) {
        match status {
            Ok(Status::Duplicate) => counts.duplicates += 1,
            Ok(Status::Ignored) => counts.ignored += 1,
            Ok(_) => counts.applied += 1,
            Err(error) => bail!("{source}, line {number}: {error}"),
        }
    }
    Ok(())
}
