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
        let known = program.badges().collect::<Vec<_>>().join(", ");
        bail!("there is no badge `{badge}`; the program has: {}", if known.is_empty() { "none" } else { &known });
    }
    let of_badge = |entry: &&Entry| entry.line(member).badge.as_deref() == Some(badge);
    let ledger: Vec<&Entry> = ledger(outcome, member).iter().filter(of_badge).collect();
    ledger.iter().filter_map(|entry| history.why(entry, "en")).try_for_each(|why| write_why(&why, out))?;
    let standing = outcome.of_member(member).map(|has| &has.standing);
    let is_held = standing.is_some_and(|standing| standing.badges().iter().any(|held| held.name == badge));
    match outcome.end.and_then(|end| history.why_not_badge(badge, end, "en")) {
        None if is_held => return Ok(()),
        None => writeln!(out, "{member} has no `{badge}`, and no goal leads to it at the end of the feed")?,
        Some(outlook) => {
            let of = outlook.object.as_ref().map(|object| format!(" for `{object}`")).unwrap_or_default();
            match (is_held, ledger.is_empty()) {
                (true, _) => writeln!(out, "On the way to the next{of}:")?,
                (false, true) => writeln!(out, "{member} has no `{badge}` yet{of}:")?,
                (false, false) => {
                    let since = outlook.expired.map(|expired| format!(": it ran out on {expired}")).unwrap_or_default();
                    writeln!(out, "{member} has no `{badge}` any more{since}; on the way to it{of}:")?;
                }
            }
            outlook.parts.iter().try_for_each(|part| write_part(part, out))?;
            outlook.left_out.iter().try_for_each(|left_out| writeln!(out, "    {}", left_out.text))?;
        }
    }
    Ok(())
}

/// The rules that gave a member nothing for an activity, the tallies that left it out, and why; and whether it found
/// anything to reverse.
pub fn why_not(outcome: &Outcome<'_>, member: &str, activity: &str, out: &mut impl Write) -> Result<()> {
    let history = history(outcome, member)?;
    let named = history.activities().filter(|known| known.id() == activity).map(Activity::reference);
    let named: Vec<ActivityRef> = named.collect();
    if named.is_empty() {
        bail!("no activity `{activity}` of the feed names {member}, or it is void");
    }
    for ActivityRef { source, id } in named {
        let skips = history.why_not(&source, &id, "en").unwrap_or_default();
        let left_out = history.left_out(&source, &id, "en").unwrap_or_default();
        let undid_nothing = history.found_target(&source, &id) == Some(false);
        let gave = |entry: &Entry| {
            let line = entry.line(member);
            line.rule.is_some() && line.source == source && line.activity == id
        };
        match (skips.is_empty(), ledger(outcome, member).iter().any(gave)) {
            (true, true) => {
                writeln!(out, "every rule that concerns {member} here gave points; see --explain {member}")?;
            }
            (true, false) if left_out.is_empty() && !undid_nothing => {
                writeln!(out, "no rule gives {member} points for an activity of this kind")?;
            }
            _ => {}
        }
        if undid_nothing {
            let must =
                "expected an earlier activity of the kind that it reverses, by the same actor about the same object";
            writeln!(out, "activity `{id}` found nothing to reverse; {must}")?;
        }
        for skip in skips {
            writeln!(out, "rule `{}` gave {member} nothing as {}: {}", skip.rule, skip.role, skip.text)?;
        }
        left_out.iter().try_for_each(|left_out| writeln!(out, "{}", left_out.text))?;
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
        let of_that_moment = why.activities.iter().all(|activity| activity.at == why.entry.at);
        let by = if of_that_moment {
            with_more(ids(&why.activities), &why.activities, why.counted)
        } else {
            activities(&why.activities, why.counted)
        };
        writeln!(out, "    by {by}")?;
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
        (latest, _) => format!(": by {}", activities(latest, part.counted)),
    };
    writeln!(out, "    {} {} {bound} {}{by}", part.name, part.value, part.goal)?;
    Ok(())
}

/// The latest of the activities that counted, with their days, and how many more there are.
fn activities(latest: &[ActivityLine], counted: u32) -> String {
    let by_day = latest.chunk_by(|activity, next| day(&activity.at) == day(&next.at));
    let of_day = |of_day: &[ActivityLine]| format!("{} on {}", ids(of_day), day(&of_day[0].at));
    with_more(by_day.map(of_day).collect::<Vec<_>>().join(", "), latest, counted)
}

fn ids(activities: &[ActivityLine]) -> String {
    activities.iter().map(|activity| activity.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn with_more(listed: String, latest: &[ActivityLine], counted: u32) -> String {
    match (counted as usize).saturating_sub(latest.len()) {
        0 => listed,
        more => format!("{listed} and {more} before"),
    }
}

/// The day of a time in RFC 3339, by its own offset.
fn day(at: &str) -> &str {
    at.split_once('T').map_or(at, |(day, _)| day)
}
