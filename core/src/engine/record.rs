//! Record: every activity that came, found by what it is known by.

use crate::{
    base::{hash::Fnv, text::Text},
    input::activity::Activity,
};
use alloc::{boxed::Box, collections::BTreeMap, sync::Arc};
use core::cmp::Ordering;

/// Every activity that came and every void, in an order that only serves to find them; with each whether it is void.
pub(crate) type Record = BTreeMap<Recorded, bool>;

/// What came, by its source and id, which stand in the activity itself and nowhere else.
///
/// The sum of both comes first in the order, because most comparisons of a look-up end with it. It decides nothing, so ids chosen
/// to have one sum only cost a comparison of texts more.
#[derive(Debug)]
pub(crate) struct Recorded {
    sum: u64,
    what: What,
}

#[derive(Debug)]
enum What {
    Activity(Arc<Activity>),
    /// The source and id of one of which only the void has come yet.
    Awaited(Box<(Text, Text)>),
}

impl Recorded {
    fn new(what: What) -> Self {
        let mut recorded = Self { sum: 0, what };
        let (source, id) = recorded.name();
        let mut sum = Fnv::new();
        sum.bytes(source.as_bytes());
        sum.bytes(id.as_bytes());
        recorded.sum = sum.finish();
        recorded
    }

    pub(crate) fn of(activity: Arc<Activity>) -> Self {
        Self::new(What::Activity(activity))
    }

    pub(crate) fn awaited(source: Text, id: Text) -> Self {
        Self::new(What::Awaited(Box::new((source, id))))
    }

    /// Source and id.
    pub(crate) fn name(&self) -> (&Text, &Text) {
        match &self.what {
            What::Activity(activity) => (&activity.origin.source, &activity.origin.id),
            What::Awaited(name) => (&name.0, &name.1),
        }
    }

    /// The activity, if it has come.
    pub(crate) fn activity(&self) -> Option<&Arc<Activity>> {
        match &self.what {
            What::Activity(activity) => Some(activity),
            What::Awaited(_) => None,
        }
    }
}

impl Ord for Recorded {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sum.cmp(&other.sum).then_with(|| self.name().cmp(&other.name()))
    }
}

impl PartialOrd for Recorded {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Recorded {}
