//! Reasons: why a member has something, how far along they are, and why a rule gave nothing.

use crate::{outcome::Outcome, report::counted};
use anyhow::{Context, Result, bail};
use knownfor::{Activity, ActivityLine, Entry, Explanation, History, PartLine, view::ActivityRef};
use std::io::Write;

pub fn explain(outcome: &Outcome<'_>, member: &str, out: &mut impl Write) -> Result<()> {
    let history = history(outcome, member)?;
    let ledger = ledger(outcome, member);
    if ledger.is_empty() {
        let activities = counted(history.activities().count(), "activity names", "activities name");
        writeln!(out, "{member} has nothing yet; {activities} them")?;
    }
    ledger.iter().filter_map(|entry| history.why(entry, "en")).try_for_each(|why| write_why(&why, out))
}

pub fn explain_badge(outcome: &Outcome<'_>, member: &str, badge: &str, out: &mut impl Write) -> Result<()> {
    let history = history(outcome, member)?;
    let program = outcome.program();
    if !program.badges().any(|known| known == badge) {
        bail!("there is no badge `{badge}`; the program has: {}", program.badges().collect::<Vec<_>>().join(", "));
    }
    let of_badge = |entry: &&Entry| entry.line(member).badge.as_deref() == Some(badge);
    let ledger: Vec<&Entry> = ledger(outcome, member).iter().filter(of_badge).collect();
    ledger.iter().filter_map(|entry| history.why(entry, "en")).try_for_each(|why| write_why(&why, out))?;
    let standing = outcome.of_member(member).map(|has| &has.standing);
    let is_held = standing.is_some_and(|standing| standing.badges().iter().any(|held| held.name == badge));
    match outcome.end.and_then(|end| history.why_not_badge(badge, end, "en")) {
        None if is_held => return Ok(()),
        None => writeln!(out, "{member} has no `{badge}`, and no goal leads to it at the end of the feed")?,
        Some(parts) => {
            match (is_held, ledger.is_empty()) {
                (true, _) => writeln!(out, "On the way to the next:")?,
                (false, true) => writeln!(out, "{member} has no `{badge}` yet:")?,
                (false, false) => writeln!(out, "{member} has no `{badge}` any more; on the way to it:")?,
            }
            parts.iter().try_for_each(|part| write_part(part, out))?;
        }
    }
    Ok(())
}

/// The rules that gave a member nothing for an activity, and why.
pub fn why_not(outcome: &Outcome<'_>, member: &str, activity: &str, out: &mut impl Write) -> Result<()> {
    let history = history(outcome, member)?;
    let named = history.activities().filter(|known| known.id() == activity).map(Activity::reference);
    let named: Vec<ActivityRef> = named.collect();
    if named.is_empty() {
        bail!("no activity `{activity}` of the feed names {member}, or it is void");
    }
    for ActivityRef { source, id } in named {
        let skips = history.why_not(&source, &id, "en").unwrap_or_default();
        let gave = |entry: &Entry| {
            let line = entry.line(member);
            line.rule.is_some() && line.source == source && line.activity == id
        };
        match (skips.is_empty(), ledger(outcome, member).iter().any(gave)) {
            (true, true) => {
                writeln!(out, "every rule that concerns {member} here gave points; see --explain {member}")?;
            }
            (true, false) => writeln!(out, "no rule gives {member} points for an activity of this kind")?,
            (false, _) => {}
        }
        for skip in skips {
            writeln!(out, "rule `{}` gave {member} nothing as {}: {}", skip.rule, skip.role, skip.text)?;
        }
    }
    Ok(())
}

fn history<'e>(outcome: &Outcome<'e>, member: &str) -> Result<&'e History> {
    outcome.engine.history(member).with_context(|| format!("no activity of the feed names a member `{member}`"))
}

fn ledger<'o>(outcome: &'o Outcome<'_>, member: &str) -> &'o [Entry] {
    outcome.of_member(member).map_or(&[], |has| &has.ledger)
}

fn write_why(why: &Explanation, out: &mut impl Write) -> Result<()> {
    let backfill = if why.entry.backfill { " (makes up for what came before)" } else { "" };
    writeln!(out, "{}  {}{backfill}", why.entry.at, why.text)?;
    if why.parts.is_empty() {
        writeln!(out, "    by {}", ids(&why.activities, why.counted))?;
    }
    why.parts.iter().try_for_each(|part| write_part(part, out))?;
    why.limits.iter().try_for_each(|limit| Ok(writeln!(out, "    {limit}, {} used before", limit.used)?))
}

fn write_part(part: &PartLine, out: &mut impl Write) -> Result<()> {
    let bound = if part.at_most { "at most" } else { "of" };
    let by = match (part.activities.as_slice(), part.value) {
        ([], 0) => ": nothing yet".into(),
        // The parts of levels and challenges say it themselves.
        ([], _) => String::new(),
        (activities, _) => format!(": by {}", ids(activities, part.counted)),
    };
    writeln!(out, "    {} {} {bound} {}{by}", part.name, part.value, part.goal)?;
    Ok(())
}

/// The latest of the activities that counted, and how many more there are.
fn ids(latest: &[ActivityLine], counted: u32) -> String {
    let ids = latest.iter().map(|activity| activity.id.as_str()).collect::<Vec<_>>().join(", ");
    let more = (counted as usize).saturating_sub(latest.len());
    if more > 0 { format!("{ids} and {more} before") } else { ids }
}
