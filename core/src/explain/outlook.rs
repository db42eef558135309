//! Outlook: how far a member is with a badge, and whether a reverse found anything.

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeOutlook {
    /// The object, or other key, for which it is nearest; absent where its goal counts none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// When it ran out, RFC 3339, if the member held it and it expired.
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
    /// How far the member is with a badge at some moment, and what counted: the nearest goal by which it comes next, as
    /// the member's own view has it. Nothing where there is no such badge, or no goal to go for.
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

    /// Whether a reverse of this record found anything to reverse; `None` if the record has no such activity, or its
    /// kind reverses nothing.
    pub fn found_target(&self, source: &str, id: &str) -> Option<bool> {
        let index = self.index_of(source, id)?;
        self.program.kinds[self.activities.get(index)?.origin.kind].reverses?;
        Some(!self.fold_to(index + 1).reversals.targets_of(index).is_empty())
    }
}
