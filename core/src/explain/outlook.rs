//! Outlook: how far a member is with a badge, and what counted so far.

use crate::{
    base::{
        from_tree::plain_data,
        time::{Time, Timestamp},
    },
    engine::history::History,
    explain::{
        evidence::{PartLine, Reasons},
        left_out::LeftOut,
    },
    fold::pass_time,
    view::progress::Progress,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// How far a member is with a badge that they do not hold, or not in its next grade or for its next object.
/// [`History::why_not_badge`] answers it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// let history = engine.history("bob").unwrap();
/// let outlook = history.why_not_badge("writer", "2026-03-09T12:00:00Z".parse()?, "en").unwrap();
/// assert_eq!((outlook.object, outlook.expired, outlook.left_out.len()), (None, None, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeOutlook {
    /// The object, or other key, for which it is nearest. Absent if its goal counts none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// When it ran out, in RFC 3339, if the member had it and it expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<String>,
    /// The parts of its goal, and what counted. If it ran out and its goal still holds, each part is 0 of 1: one more
    /// activity that counts for any of them gives it again.
    pub parts: Vec<PartLine>,
    /// The latest activities that its tallies left out, because their condition did not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

plain_data! { BadgeOutlook { object, expired, parts, left_out: optional } }

impl History {
    /// How far the member is from a badge at a moment, and which activities counted so far: the goal by which it comes
    /// next, as in the member's own view. `None` if the program has no such badge or no goal of it is ahead.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// // Bob has written one post, and the badge of writers asks for two.
    /// let history = engine.history("bob").unwrap();
    /// let parts = history.why_not_badge("writer", "2026-03-09T12:00:00Z".parse()?, "en").unwrap().parts;
    /// assert_eq!((parts[0].name.as_str(), parts[0].value, parts[0].goal), ("posts", 1, 2));
    /// assert_eq!(parts[0].activities[0].id, "3");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_not_badge(&self, badge: &str, now: Timestamp, locale: &str) -> Option<BadgeOutlook> {
        let program = &self.program;
        let id = program.badges.find(badge)?;
        let count = self.activities.len();
        let mut fold = self.fold_to(count);
        let now = fold.standing.last_at().map_or(now, |last| last.max(now));
        pass_time(program, &mut fold.standing, now, &mut fold.ledger);
        let time = Time::utc(now);
        let ahead = Progress { program, standing: &fold.standing, time, locale }.ahead(id, |_| true)?;
        let reasons = Reasons { program, history: self, fold: &fold, count, time, locale };
        let parts = match ahead.once_more {
            true => reasons.once_more(ahead.goal),
            false => reasons.parts(ahead.goal, ahead.key.as_ref(), ahead.times),
        };
        Some(BadgeOutlook {
            object: ahead.key.as_ref().map(ToString::to_string),
            expired: ahead.expired.map(|expired| expired.to_string()),
            parts: parts.into_iter().map(|(part, _)| part).collect(),
            left_out: reasons.left_out(ahead.goal),
        })
    }
}
