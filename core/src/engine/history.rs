//! History: the record of one member, for hosts that keep members one at a time.

use crate::{
    base::{sort::sort_by, text::Text},
    fold::{Fold, advance, conditions::EvalContext, matching::match_activity, pass},
    input::activity::Activity,
    program::Program,
    state::{ledger::Entry, standing::Standing},
};
use alloc::{sync::Arc, vec::Vec};

/// Activities of one member in an [`Engine`](crate::Engine): who has more is no person, and folding them again would hold up all others.
pub const MAX_MEMBER_ACTIVITIES: usize = 1 << 20;

/// The record of one member: all activities that name them and are not void, in order.
///
/// It is what a host that keeps members in a database loads when [`Program::apply`] answers [`Rebuild`], or when somebody asks why.
#[derive(Clone, Debug)]
pub struct History {
    pub(crate) member: Text,
    pub(crate) activities: Vec<Arc<Activity>>,
}

/// A standing and the ledger it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// What the member has.
    pub standing: Standing,
    /// How it came about, in order of activities.
    pub ledger: Vec<Entry>,
}

/// The answer of [`Program::apply`] to an activity that cannot simply be added: it is earlier than one already in, or it reverses.
/// The host folds the member's whole record instead, with [`History::fold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the activity cannot be added at the end; fold the member's record")]
pub struct Rebuild;

impl Program {
    /// Adds one activity to one member's standing and returns the entries it brought. It changes nothing else and nobody else.
    ///
    /// # Errors
    ///
    /// [`Rebuild`], and nothing has changed: the activity comes before one already in, or it reverses, or either is of another
    /// program.
    pub fn apply(&self, standing: &mut Standing, member: &str, activity: &Activity) -> Result<Vec<Entry>, Rebuild> {
        let ours = standing.program == self.fingerprint && activity.program == self.fingerprint;
        if !ours || !standing.precedes(activity) || self.kinds[activity.origin.kind].reverses.is_some() {
            return Err(Rebuild);
        }
        let mut entries = Vec::new();
        pass(self, standing, activity.at(), &mut entries);
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
    /// The record of a member from its activities in any order; the same one twice counts once. The host leaves out what is void, and
    /// what has the source and id of another and says something else: of that it keeps what came first.
    pub fn new(member: &str, activities: impl IntoIterator<Item = Activity>) -> Self {
        let mut history = Self { member: member.into(), activities: activities.into_iter().map(Arc::new).collect() };
        sort_by(&mut history.activities, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
        history.activities.dedup_by(|a, b| a.source() == b.source() && a.id() == b.id());
        history
    }

    /// Folds the record: the standing and the ledger. Its activities are those of this program: after a change of program they are
    /// read again, by [`Program::read_own`] from what [`Activity::to_tree`] gave.
    pub fn fold(&self, program: &Program) -> Folded {
        let Fold { standing, ledger, .. } = Fold::of(program, &self.member, &self.activities, self.activities.len());
        Folded { standing, ledger }
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
    /// What came and what went since an earlier ledger of the same member: the outcome of a rebuild.
    pub fn since(&self, earlier: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
        crate::state::ledger::difference(earlier, &self.ledger)
    }
}
