//! History: the record of one member, for hosts that keep members one at a time.

use crate::{
    base::{from_tree::plain_data, sort::sort_by, text::Text, time::Timestamp},
    fold::{Fold, advance, conditions::EvalContext, due::next_due, matching::match_activity, pass_time},
    input::activity::Activity,
    program::{OtherProgram, Program},
    state::{
        difference::difference,
        ledger::{Cause, Entry, EntryLine},
        standing::Standing,
    },
};
use alloc::{string::String, sync::Arc, vec::Vec};
use serde::Serialize;

/// The largest number of activities of one member in an [`Engine`](crate::Engine). No person has more, and folding them
/// again would keep everybody else waiting.
pub const MAX_MEMBER_ACTIVITIES: usize = 1 << 20;

/// The record of one member: all activities that name them and are not void, in order.
///
/// It is what a host that keeps members in a database loads when [`Program::apply`] answers [`Rebuild`], or when
/// somebody asks why.
#[derive(Clone, Debug)]
pub struct History {
    pub(crate) program: Program,
    pub(crate) member: Text,
    pub(crate) activities: Vec<Arc<Activity>>,
}

/// A standing and the ledger it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Folded {
    /// What the member has.
    pub standing: Standing,
    /// How it came about, in order of activities.
    pub ledger: Vec<Entry>,
}

/// What an activity or a void changed for one member, whose record was folded again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What the member has now, and how it came about.
    pub after: Folded,
    /// Entries that came.
    pub added: Vec<Entry>,
    /// Entries that went, because something earlier changed.
    pub taken: Vec<Entry>,
}

/// Which entry to explain. Every part that is given must match; the latest matching entry is the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EntryQuery {
    /// The badge that it gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The rule that gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The source of the activity that it was given for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The id of that activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
}

plain_data! { EntryQuery { badge, rule, source, activity } }

/// The answer of [`Program::apply`] to an activity that cannot simply be added: it is earlier than one already in, or
/// it reverses. The host folds the member's whole record instead, with [`History::fold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the activity cannot be added at the end; fold the member's record")]
pub struct Rebuild;

impl Program {
    /// Adds one activity to one member's standing and returns the entries it brought. It changes nothing else and
    /// nobody else.
    ///
    /// # Errors
    ///
    /// [`Rebuild`], and nothing has changed: the activity comes before one already in, or it reverses, or either is of
    /// another program.
    pub fn apply(&self, standing: &mut Standing, member: &str, activity: &Activity) -> Result<Vec<Entry>, Rebuild> {
        let ours = standing.program == *self && *activity.program() == *self;
        if !ours || !standing.precedes(activity) || self.kinds[activity.origin.kind].reverses.is_some() {
            return Err(Rebuild);
        }
        let mut entries = Vec::new();
        pass_time(self, standing, activity.at(), &mut entries);
        let matched = match_activity(EvalContext { program: self, standing, activity }, member, None);
        // Nearly always nothing has fallen due, and some bring a level or badge besides.
        if entries.is_empty() {
            entries = Vec::with_capacity(matched.rule_count() + 1);
        }
        advance(self, standing, activity, &matched, &mut entries);
        Ok(entries)
    }
}

impl History {
    /// A member's record from its activities in any order. An activity that is given twice counts once. The host
    /// leaves out what is void; of two activities with one source and id and different content it keeps the one that
    /// came first.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if an activity was read by another program. After a change of program the record is read
    /// again, by [`Program::read_own`] from what [`Activity::to_tree`] gave.
    pub fn new(
        program: &Program,
        member: &str,
        activities: impl IntoIterator<Item = Activity>,
    ) -> Result<Self, OtherProgram> {
        let is_ours =
            |activity: Activity| if activity.program() == program { Ok(Arc::new(activity)) } else { Err(OtherProgram) };
        let mut activities = activities.into_iter().map(is_ours).collect::<Result<Vec<_>, _>>()?;
        sort_by(&mut activities, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
        activities.dedup_by(|a, b| a.source() == b.source() && a.id() == b.id());
        Ok(Self { program: program.clone(), member: member.into(), activities })
    }

    /// Folds the record: the standing and the ledger after the last activity.
    pub fn fold(&self) -> Folded {
        let Fold { standing, ledger, .. } = self.fold_to(self.activities.len());
        Folded { standing, ledger }
    }

    /// Folds the record up to a moment, with all that time alone brought until then. A moment before the last activity
    /// is taken as that of the last activity.
    pub fn as_of(&self, now: Timestamp) -> Folded {
        let mut folded = self.fold();
        folded.pass(now);
        folded
    }

    /// Adds an activity to the record and says what that changed. An activity with a source and id that the record has
    /// already changes nothing.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], and nothing has changed: the activity was read by another program.
    pub fn add(&mut self, activity: Activity) -> Result<Change, OtherProgram> {
        if *activity.program() != self.program {
            return Err(OtherProgram);
        }
        let before = self.fold().ledger;
        if self.index_of(activity.source(), activity.id()).is_none() {
            self.insert(Arc::new(activity));
        }
        Ok(self.change_since(&before))
    }

    /// Takes a void activity out of the record and says what that changed. An activity that the record does not have
    /// changes nothing.
    pub fn void(&mut self, source: &str, id: &str) -> Change {
        let before = self.fold().ledger;
        if let Some(index) = self.index_of(source, id) {
            self.activities.remove(index);
        }
        self.change_since(&before)
    }

    fn change_since(&self, before: &[Entry]) -> Change {
        let after = self.fold();
        let (added, taken) = difference(before, &after.ledger);
        Change { after, added, taken }
    }

    /// The fold of the first `count` activities.
    pub(crate) fn fold_to(&self, count: usize) -> Fold {
        Fold::replay(&self.program, &self.member, &self.activities, count)
    }

    /// The program that read the record.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The member.
    pub fn member(&self) -> &str {
        &self.member
    }

    /// The activities, in order.
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter().map(|activity| &**activity)
    }

    /// Puts an activity in its place.
    pub(crate) fn insert(&mut self, activity: Arc<Activity>) {
        let index = self.activities.partition_point(|other| other.origin.order_key() < activity.origin.order_key());
        self.activities.insert(index, activity);
    }

    pub(crate) fn remove(&mut self, activity: &Activity) {
        if let Ok(index) =
            self.activities.binary_search_by(|other| other.origin.order_key().cmp(&activity.origin.order_key()))
        {
            self.activities.remove(index);
        }
    }

    pub(crate) fn index_of(&self, source: &str, id: &str) -> Option<usize> {
        self.activities.iter().position(|activity| activity.source() == source && activity.id() == id)
    }
}

impl Folded {
    /// Lets time pass until a moment.
    pub(crate) fn pass(&mut self, now: Timestamp) {
        let program = self.standing.program.clone();
        pass_time(&program, &mut self.standing, now, &mut self.ledger);
    }

    /// The latest entry that matches a query. Entries that take a badge or level back are passed over.
    pub fn latest(&self, query: &EntryQuery) -> Option<&Entry> {
        self.ledger.iter().rev().find(|entry| !entry.taken && query.means(entry))
    }
}

impl Standing {
    /// The standing at a moment, with all that time alone brought since the last activity; the ledger holds just those
    /// entries.
    pub fn as_of(&self, now: Timestamp) -> Folded {
        let mut folded = Folded { standing: self.clone(), ledger: Vec::new() };
        folded.pass(now);
        folded
    }

    /// The next moment after another at which time alone may bring something: an anniversary, or points whose time
    /// comes. `None` if nothing is due. A host that keeps standings looks again at that moment.
    pub fn next_due(&self, after: Timestamp) -> Option<Timestamp> {
        let after = self.last_at().map_or(after, |last| last.max(after));
        next_due(&self.program, &self.counts, after)
    }
}

impl EntryQuery {
    /// Asks for the latest entry of a badge.
    pub fn of_badge(badge: &str) -> Self {
        Self { badge: Some(badge.into()), ..Self::default() }
    }

    /// Asks for the latest entry of a rule.
    pub fn of_rule(rule: &str) -> Self {
        Self { rule: Some(rule.into()), ..Self::default() }
    }

    /// Asks for an entry that a kept line describes.
    pub fn of_line(line: &EntryLine) -> Self {
        let EntryLine { badge, rule, source, activity, .. } = line.clone();
        Self { badge, rule, source: Some(source), activity: Some(activity) }
    }

    fn means(&self, entry: &Entry) -> bool {
        let is_meant = |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        let program = entry.program();
        let (badge, rule) = match entry.cause {
            Cause::Badge(id, _) => (Some(program.badges[id].name.as_str()), None),
            Cause::Rule(id) => (None, Some(program.rules[id].name.as_str())),
            Cause::Level(_) | Cause::Reward(_) => (None, None),
        };
        is_meant(&self.badge, badge)
            && is_meant(&self.rule, rule)
            && is_meant(&self.source, Some(&entry.origin.source))
            && is_meant(&self.activity, Some(&entry.origin.id))
    }
}
