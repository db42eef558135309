//! The demonstration: a record of some thirty days, moved to end today.

use crate::{record, store::Store};
use anyhow::{Context, Result, anyhow};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use knownfor::{Activity, Program, Tree};
use std::borrow::Cow;

/// How many activities were taken from the demonstration record.
pub(crate) fn plant(store: &Store, program: &Program, now: Timestamp) -> Result<usize> {
    let batch = activities(program, include_str!("../seed.jsonl"), now)?;
    let work = |db: &_| match record::take(db, program, &batch) {
        Ok(_) => Ok(batch.len()),
        Err(record::TakeError::Store(error)) => Err(error),
        Err(record::TakeError::Conflict(index)) => {
            Err(anyhow!("the demonstration contradicts itself in line {}", index + 1))
        }
    };
    store.write(|db| work(db), |_| {})
}

/// Reads the record and moves it by whole weeks, so that weekdays stay what they were and its last week is the
/// present one. What would then lie in the future has not happened yet, and is left out.
fn activities(program: &Program, lines: &str, now: Timestamp) -> Result<Vec<Activity>> {
    let mut trees = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Tree<'_>>, _>>()?;
    let mut last = Timestamp::MIN;
    for tree in &trees {
        last = last.max(time_of(tree)?.parse()?);
    }
    let week = SignedDuration::from_hours(7 * 24);
    let weeks = now.duration_since(last).as_secs().div_euclid(week.as_secs()) + 1;
    let mut batch = Vec::new();
    for tree in &mut trees {
        let moved = shift(time_of(tree)?, 7 * weeks)?;
        if moved.parse::<Timestamp>()? > now {
            continue;
        }
        if let Tree::Table(entries) = tree
            && let Some((_, at)) = entries.iter_mut().find(|(key, _)| key == "at")
        {
            *at = Tree::Text(Cow::Owned(moved));
        }
        batch.push(program.read_own(&*tree)?);
    }
    Ok(batch)
}

fn time_of<'t>(tree: &'t Tree<'_>) -> Result<&'t str> {
    tree.get("at").and_then(Tree::as_text).context("an activity of the demonstration has no time")
}

/// The same time of day and offset, so many days later.
fn shift(at: &str, days: i64) -> Result<String> {
    let (local, offset) =
        at.split_at_checked("2026-03-02T09:30:00".len()).context("a time of the demonstration is too short")?;
    let moved = local.parse::<DateTime>()?.checked_add(SignedDuration::from_hours(24 * days))?;
    Ok(format!("{moved}{offset}"))
}
