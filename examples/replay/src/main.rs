//! A program and a feed on the command line: awards, points, ledger and reasons.

mod comparison;
mod feed;
mod known;
mod outcome;
mod program;
mod reasons;
mod report;
mod sheet;

use anyhow::{Context, Result, bail};
use clap::Parser;
use feed::Reading;
use knownfor::{Engine, Timestamp};
use outcome::Outcome;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Reads a feed of activities by a program and tells what comes of it.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The program, TOML or (named *.json) JSON.
    program: PathBuf,
    /// The feed, JSON lines; `-` for standard input. A data sheet needs none.
    #[arg(required_unless_present = "sheet")]
    feed: Option<PathBuf>,
    /// Writes the program's data sheet for a works council to standard output, and reads no feed.
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["feed", "explain", "why_not", "compare", "known_for"])]
    sheet: Option<sheet::Format>,
    /// The language of the data sheet.
    #[arg(long, requires = "sheet", conflicts_with = "feed", default_value = "en")]
    language: sheet::Language,
    /// The program of the data sheet that was signed last; the sheet then says what differs.
    #[arg(long, value_name = "OLD_PROGRAM", requires = "sheet", conflicts_with = "feed")]
    since: Option<PathBuf>,
    /// The systems that may send activities, TOML: `[wiki]` with `kinds = [...]`; the sheet then names them.
    #[arg(long, value_name = "FILE", requires = "sheet", conflicts_with = "feed")]
    sources: Option<PathBuf>,
    /// Writes a JSON line for each badge given: member, badge, grade, at, activity, object.
    #[arg(long, value_name = "FILE")]
    awards: Option<PathBuf>,
    /// Writes a JSON line for each member: member, points (in the program's first currency), and all totals.
    #[arg(long, value_name = "FILE")]
    points: Option<PathBuf>,
    /// Writes all entries of all ledgers as JSON lines.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Explains what a member has; with a badge, why they have it or how far along they are.
    #[arg(long, num_args = 1..=2, value_names = ["MEMBER", "BADGE"], conflicts_with = "compare")]
    explain: Option<Vec<String>>,
    /// Explains which rules gave a member nothing for an activity, named by its id.
    #[arg(long, num_args = 2, value_names = ["MEMBER", "ACTIVITY"], conflicts_with_all = ["explain", "compare"])]
    why_not: Option<Vec<String>>,
    /// Compares with another program: who would gain and who would lose at the end of the feed.
    #[arg(long, value_name = "OTHER_PROGRAM")]
    compare: Option<PathBuf>,
    /// Lists who is known for a topic, strongest first, with the evidence; all members, whatever they share.
    #[arg(long, value_name = "TOPIC", conflicts_with_all = ["explain", "why_not", "compare"])]
    known_for: Option<String>,
    /// Hands over a value that comes beside every line; the program reads it as `@NAME`.
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    with: Vec<(String, String)>,
    /// The feed is a record: activities as a host keeps them, whatever the program's `input` says.
    #[arg(long)]
    record: bool,
    /// Tells of lines that are refused, skips them and counts them.
    #[arg(long)]
    skip_refused: bool,
    /// Stops with an error before the feed is read if a program has warnings.
    #[arg(long)]
    deny_warnings: bool,
    /// Answers as of this moment, in RFC 3339; later activities are left out.
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE, like received=2026-03-02T09:30:00Z")?;
    Ok((name.into(), value.into()))
}

fn main() -> Result<()> {
    run(&Args::parse(), &mut io::stdout().lock()).or_else(|error| {
        // A reader of the output, such as `head`, may stop early.
        let stopped = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        if error.downcast_ref().is_some_and(stopped) { Ok(()) } else { Err(error) }
    })
}

fn run(args: &Args, out: &mut impl Write) -> Result<()> {
    let program = program::read(&args.program, args.deny_warnings)?;
    let Some(feed) = &args.feed else { return sheet::write(&program, args, out) };
    let mut engine = Engine::new(program);
    let other = args.compare.as_deref().map(|path| program::read(path, args.deny_warnings)).transpose()?;
    let reading = Reading { with: &args.with, is_record: args.record, skips_refused: args.skip_refused, at: args.at };
    let read = feed::read(&mut engine, feed, &reading)?;
    read.remarks.iter().for_each(|remark| eprintln!("note: {remark}"));
    let outcome = Outcome::of(&engine, args.at);
    if let Some(path) = &args.awards {
        report::awards(&outcome, path)?;
    }
    if let Some(path) = &args.points {
        report::points(&outcome, path)?;
    }
    if let Some(path) = &args.ledger {
        report::ledger(&outcome, path)?;
    }
    if let Some(topic) = &args.known_for {
        return known::write(&engine, topic, out);
    }
    if let Some([member, activity]) = args.why_not.as_deref() {
        return reasons::why_not(&outcome, member, activity, out);
    }
    match (args.explain.as_deref(), other) {
        (Some([member, badge]), _) => reasons::explain_badge(&outcome, member, badge, out),
        (Some([member]), _) => reasons::explain(&outcome, member, out),
        (_, Some(other)) => {
            if feed == Path::new("-") {
                bail!(
                    "two programs need the feed twice, but standard input can be read only once; pass the feed as a file"
                );
            }
            let mut other = Engine::new(other);
            feed::read(&mut other, feed, &reading).context("with the other program")?;
            comparison::write(&engine, &other, args.at, out)
        }
        _ => report::summary(&outcome, &read, out),
    }
}
