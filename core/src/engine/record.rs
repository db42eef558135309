//! Record: every activity that came in, by source and id.

use crate::{
    base::{hash::Fnv, text::Text},
    engine::outcome::{ApplyError, Status},
    input::activity::Activity,
};
use alloc::{boxed::Box, collections::BTreeMap, string::String, sync::Arc};
use core::cmp::Ordering;

/// Every activity, and every void whose activity has not come, each with whether it is void. The order serves look-ups
/// only.
pub(crate) type Record = BTreeMap<Recorded, bool>;

/// An activity or a void, compared by its source and id.
///
/// The hash of both is compared first, because that decides most comparisons of a look-up. The texts decide the
/// others, so ids that are chosen to collide only make comparisons slower. The texts are stored in the activity alone.
#[derive(Debug)]
pub(crate) struct Recorded {
    hash: u64,
    what: What,
}

#[derive(Debug)]
enum What {
    Activity(Arc<Activity>),
    /// The source and id of a void whose activity has not come yet.
    Awaited(Box<(Text, Text)>),
}

/// What becomes of an activity whose source and id the record has as `earlier`, if at all, and as a void or not.
pub(crate) fn admitted(earlier: Option<&Activity>, void: bool, activity: &Activity) -> Result<Status, ApplyError> {
    let differences = earlier.map(|earlier| earlier.differences(activity)).unwrap_or_default();
    if !differences.is_empty() {
        return Err(ApplyError::Conflict {
            source_name: String::from(activity.source()),
            id: String::from(activity.id()),
            differences,
        });
    }
    Ok(match earlier {
        _ if void => Status::Voided,
        Some(_) => Status::Duplicate,
        None => Status::Applied,
    })
}

impl Recorded {
    fn new(what: What) -> Self {
        let mut recorded = Self { hash: 0, what };
        let (source, id) = recorded.name();
        let mut hash = Fnv::new();
        hash.bytes(source.as_bytes());
        hash.bytes(id.as_bytes());
        recorded.hash = hash.finish();
        recorded
    }

    pub(crate) fn of(activity: Arc<Activity>) -> Self {
        Self::new(What::Activity(activity))
    }

    pub(crate) fn awaited(source: Text, id: Text) -> Self {
        Self::new(What::Awaited(Box::new((source, id))))
    }

    /// The source and the id.
    pub(crate) fn name(&self) -> (&Text, &Text) {
        match &self.what {
            What::Activity(activity) => (&activity.origin.source, &activity.origin.id),
            What::Awaited(name) => (&name.0, &name.1),
        }
    }

    /// The activity; `None` if only its void has come.
    pub(crate) fn activity(&self) -> Option<&Arc<Activity>> {
        match &self.what {
            What::Activity(activity) => Some(activity),
            What::Awaited(_) => None,
        }
    }
}

impl Ord for Recorded {
    fn cmp(&self, other: &Self) -> Ordering {
        self.hash.cmp(&other.hash).then_with(|| self.name().cmp(&other.name()))
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
