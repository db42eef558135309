//! Comparison: who gains and who loses under another program.

use crate::{outcome::end, report::counted};
use anyhow::{Context, Result};
use knownfor::{BadgeChange, BadgeHeld, Engine, MemberChange, PointsChange, Timestamp};
use std::{collections::BTreeMap, io::Write};

pub fn write(engine: &Engine, other: &Engine, at: Option<Timestamp>, out: &mut impl Write) -> Result<()> {
    let last =
        end(engine).max(end(other)).context("nothing in the feed names a member, so there is nothing to compare")?;
    let end = at.unwrap_or(last);
    let members = engine.compare(other, end);
    let all = counted(engine.members().count(), "member", "members");
    writeln!(out, "{} of {all} would have something else at {end}", members.len())?;
    for (currency, (gains, losses)) in gains_and_losses(&members) {
        writeln!(out, "  {currency}: {gains}; {losses}")?;
    }
    members.iter().try_for_each(|change| writeln!(out, "{}", line(change)))?;
    Ok(())
}

/// For each currency how many members gain, how many lose, and how much in all.
fn gains_and_losses(members: &[MemberChange]) -> BTreeMap<&str, (String, String)> {
    let mut differences: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for PointsChange { currency, before, after, .. } in members.iter().flat_map(|change| &change.points) {
        differences.entry(currency).or_default().push(after - before);
    }
    let told = |differences: Vec<i64>| {
        let (gains, losses): (Vec<i64>, Vec<i64>) = differences.into_iter().partition(|difference| *difference > 0);
        let gained = format!("{} gain {} in all", gains.len(), gains.iter().sum::<i64>());
        (gained, format!("{} lose {}", losses.len(), -losses.iter().sum::<i64>()))
    };
    differences.into_iter().map(|(currency, differences)| (currency, told(differences))).collect()
}

/// All that differs for one member, in a line.
fn line(change: &MemberChange) -> String {
    let mut parts: Vec<String> = Vec::new();
    for PointsChange { currency, before, after, .. } in &change.points {
        parts.push(format!("{currency} {before} → {after}"));
    }
    if change.level_before != change.level_after {
        let level = |level: &Option<String>| level.clone().unwrap_or_else(|| "none".into());
        parts.push(format!("level {} → {}", level(&change.level_before), level(&change.level_after)));
    }
    parts.extend(change.badges.iter().map(badge));
    format!("{}: {}", change.member, parts.join(", "))
}

/// What differs in a badge.
fn badge(change: &BadgeChange) -> String {
    let object = change.object.as_ref().map(|object| format!(" for {object}")).unwrap_or_default();
    let badge = format!("{}{object}", change.badge);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{badge} {} → {}", held(before), held(after)),
        (Some(before), None) => format!("loses {badge}{}", beside(before)),
        (None, after) => format!("gains {badge}{}", after.as_ref().map(beside).unwrap_or_default()),
    }
}

/// In which grade, and how often.
fn held(held: &BadgeHeld) -> String {
    let grade = held.grade.clone();
    let times = (held.times > 1 || grade.is_none()).then(|| format!("×{}", held.times));
    grade.into_iter().chain(times).collect::<Vec<_>>().join(" ")
}

/// The same beside the badge's name, where there is more to say than that it is held.
fn beside(one: &BadgeHeld) -> String {
    if one.grade.is_none() && one.times == 1 { String::new() } else { format!(" ({})", held(one)) }
}
