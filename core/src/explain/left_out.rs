//! Left out: activities that the condition of a tally kept from counting.

use crate::{
    base::{from_tree::plain_data, id_table::Id},
    engine::history::History,
    explain::{
        evidence::{ActivityLine, Reasons},
        skip_reason::test_texts,
        why_not::{FailedTest, failed},
    },
    fold::{conditions::EvalContext, pass_time},
    input::activity::Activity,
    program::{Goal, Tally},
    state::standing::Standing,
};
use alloc::{format, string::String, vec::Vec};
use serde::Serialize;

/// The most activities that are told of one tally: the latest, because the same condition mostly keeps out the others.
const MAX_TOLD: usize = 3;

/// An activity that a tally did not count, because the tally's condition did not hold. [`History::left_out`] lists
/// them.
///
/// ```
/// use knownfor::*;
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { answered = { attributes = { asker = "member" } } }
///     tallies = { answers = { count = "answered", if = { actor = { not = "@asker" } } } }
/// "#)?;
/// let program = Program::check(&program, |_| None)?;
/// let line = r#"{"source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "answered", "actor": "ada"}"#;
/// let answer = program.read_own(&mut serde_json::Deserializer::from_str(line))?;
/// let left_out = History::new(&program, "ada", [answer])?.left_out("wiki", "1", "en").unwrap();
/// assert_eq!(
///     left_out[0].text,
///     "activity `1` did not count for `answers`: `if.actor.not` was not met (`@asker` is absent)"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The name of the tally in the reader's locale.
    pub tally: String,
    /// The activity.
    pub activity: ActivityLine,
    /// The tests that did not hold.
    pub failed: Vec<FailedTest>,
    /// The same in one sentence in English.
    pub text: String,
}

plain_data! { LeftOut { tally, activity, failed, text } }

impl History {
    /// The tallies that left an activity out because their condition did not hold: every tally of the activity's kind
    /// whose role the member has. Names are in the reader's locale. `None` if the record has no such activity.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// let history = engine.history("ada").unwrap();
    /// assert!(history.left_out("wiki", "1", "en").unwrap().is_empty());
    /// assert_eq!(history.left_out("wiki", "9", "en"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn left_out(&self, source: &str, id: &str, locale: &str) -> Option<Vec<LeftOut>> {
        let program = &self.program;
        let index = self.index_of(source, id)?;
        let activity = self.activities.get(index)?;
        let mut before = self.fold_to(index);
        pass_time(program, &mut before.standing, activity.at(), &mut before.ledger);
        let tallies = program.kinds[activity.origin.kind].tallies.iter();
        let left_out = tallies.filter_map(|(tally, _)| self.left_out_of(*tally, activity, &before.standing, locale));
        let mut left_out: Vec<_> = left_out.collect();
        // The goals of versions and challenges have tallies of their own, by the same name.
        left_out.dedup_by(|a, b| a.tally == b.tally);
        Some(left_out)
    }

    /// What a tally says of an activity that its condition keeps out. `standing` is the one before the activity.
    fn left_out_of(&self, id: Id<Tally>, activity: &Activity, standing: &Standing, locale: &str) -> Option<LeftOut> {
        let program = &self.program;
        let tally = &program.tallies[id];
        let condition = tally.condition.as_ref().filter(|_| activity.names(&self.member, tally.to))?;
        let context = EvalContext { program, standing, activity };
        if condition.test.holds(context) {
            return None;
        }
        let failed = failed(&condition.test, context);
        let name = tally.words.or(locale, &tally.name);
        let text = format!("activity `{}` did not count for `{name}`: {}", activity.id(), test_texts(&failed));
        let activity = ActivityLine::new(program, &activity.origin, locale);
        Some(LeftOut { tally: name.into(), activity, failed, text })
    }
}

impl Reasons<'_> {
    /// The latest living activities that the tallies of a goal left out.
    pub(crate) fn left_out(&self, goal: &Goal) -> Vec<LeftOut> {
        let Self { program, history, fold, locale, .. } = self;
        let mut left_out = Vec::new();
        for id in goal.tallies() {
            let Some(condition) = &program.tallies[id].condition else { continue };
            let is_of_kind = |activity: &Activity| {
                let tallies = &program.kinds[activity.origin.kind].tallies;
                tallies.iter().any(|(tally, _)| *tally == id)
            };
            let living: Vec<_> = self.living().filter(|(_, activity)| is_of_kind(activity)).collect();
            let told = living.into_iter().rev().filter_map(|(index, activity)| {
                // Only a condition on the member's own standing asks for the standing of that time.
                let earlier = condition.answer_slot.map(|_| history.fold_to(index).standing);
                history.left_out_of(id, activity, earlier.as_ref().unwrap_or(&fold.standing), locale)
            });
            left_out.extend(told.take(MAX_TOLD));
        }
        left_out
    }
}
