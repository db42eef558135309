//! The demonstration: a record of about thirty days, shifted so that it ends today.

use crate::record::{self, store::Db};
use anyhow::{Context, Result, anyhow};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use knownfor::{Activity, Program, Tree};
use std::borrow::Cow;

/// Adds the demonstration's activities, and returns how many.
pub(crate) fn fill(db: &Db<'_>, program: &Program, now: Timestamp) -> Result<usize> {
    let batch = activities(program, include_str!("../../seed.jsonl"), now)?;
    match record::add(db, program, &batch) {
        Ok(_) => Ok(batch.len()),
        Err(record::AddError::Database(error)) => Err(error),
        Err(record::AddError::Conflict(index, _)) => Err(anyhow!(
            "seed.jsonl has two activities of the same id and other content, the second in line {}",
            index + 1
        )),
    }
}

/// Reads the activities and shifts them by whole weeks, so that weekdays stay the same and the last week is the
/// present one. Activities that would then lie in the future are left out.
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
    tree.get("at").and_then(Tree::as_text).context("an activity in seed.jsonl has no time")
}

/// The same time of day and offset, `days` days later.
fn shift(at: &str, days: i64) -> Result<String> {
    let (local, offset) =
        at.split_at_checked("2026-03-02T09:30:00".len()).context("a time in seed.jsonl is too short")?;
    let moved = local.parse::<DateTime>()?.checked_add(SignedDuration::from_hours(24 * days))?;
    Ok(format!("{moved}{offset}"))
}
