//! Record: every activity that came in, by source and id.

use crate::{
    base::{
        hash_table::{HashTable, Hashed, hash},
        sorted::Sorted,
        text::Text,
    },
    engine::outcome::{ApplyError, Status},
    input::activity::Activity,
};
use alloc::{boxed::Box, string::String};
use core::cmp::Ordering;

/// Every activity, and every void whose activity has not come, each with whether it is void. They are in no order that
/// means anything.
#[derive(Debug)]
pub(crate) struct Record {
    table: HashTable<Recorded>,
    /// What the table refused.
    crowded: Sorted<Recorded>,
}

/// An activity or a void, compared by its source and id.
///
/// The hash of both is compared first, because that decides most comparisons of a look-up. The texts decide the
/// others, so ids that are chosen to collide only make comparisons slower. The texts are stored in the activity alone.
// The hash stands in each variant, because a record has as many of these as activities: one takes 16 bytes so, not 24.
#[derive(Debug)]
pub(crate) enum Recorded {
    Activity {
        hash: u32,
        void: bool,
        activity: Activity,
    },
    /// The source and id of a void whose activity has not come yet.
    Awaited {
        hash: u32,
        void: bool,
        name: Box<(Text, Text)>,
    },
}

impl Record {
    pub(crate) fn new() -> Self {
        Self { table: HashTable::new(), crowded: Sorted::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len() + self.crowded.len()
    }

    /// What is recorded of a source and id, and whether it is void.
    pub(crate) fn get_key_value(&self, key: &Recorded) -> Option<(&Recorded, &bool)> {
        let recorded = match self.table.get(key.hash(), |other| other == key) {
            None if self.crowded.len() > 0 => self.crowded.get(key)?,
            found => found?,
        };
        Some((recorded, recorded.void()))
    }

    /// Records whether an activity is void. What is recorded already of its source and id stays.
    pub(crate) fn insert(&mut self, recorded: Recorded, void: bool) {
        if let Some(known) = self.table.get_mut(recorded.hash(), |other| *other == recorded) {
            known.set_void(void);
            return;
        }
        let mut recorded = recorded;
        recorded.set_void(void);
        if self.crowded.len() > 0 && self.crowded.get(&recorded).is_some() {
            let mut known = self.crowded.remove(&recorded).unwrap_or(recorded);
            known.set_void(void);
            self.crowded.insert(known);
        } else if let Some(refused) = self.table.insert(recorded) {
            self.crowded.insert(refused);
        }
    }

    pub(crate) fn remove(&mut self, key: &Recorded) {
        if self.table.remove(key.hash(), |other| other == key).is_none() {
            self.crowded.remove(key);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Recorded, &bool)> {
        let recorded = self.table.iter().chain(self.crowded.iter_from(0));
        recorded.map(|recorded| (recorded, recorded.void()))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Recorded> {
        self.iter().map(|(recorded, _)| recorded)
    }

    pub(crate) fn retain(&mut self, mut keeps: impl FnMut(&Recorded) -> bool) {
        for recorded in self.table.take() {
            if keeps(&recorded)
                && let Some(refused) = self.table.insert(recorded)
            {
                self.crowded.insert(refused);
            }
        }
        self.crowded.retain(keeps);
    }
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
    pub(crate) fn of(activity: Activity) -> Self {
        let hash = hash([&activity.origin.source, &activity.origin.id]);
        Self::Activity { hash, void: false, activity }
    }

    pub(crate) fn awaited(source: Text, id: Text) -> Self {
        let hash = hash([&source, &id]);
        Self::Awaited { hash, void: false, name: Box::new((source, id)) }
    }

    /// The source and the id.
    pub(crate) fn name(&self) -> (&Text, &Text) {
        match self {
            Self::Activity { activity, .. } => (&activity.origin.source, &activity.origin.id),
            Self::Awaited { name, .. } => (&name.0, &name.1),
        }
    }

    /// The activity; `None` if only its void has come.
    pub(crate) fn activity(&self) -> Option<&Activity> {
        match self {
            Self::Activity { activity, .. } => Some(activity),
            Self::Awaited { .. } => None,
        }
    }

    fn void(&self) -> &bool {
        match self {
            Self::Activity { void, .. } | Self::Awaited { void, .. } => void,
        }
    }

    fn set_void(&mut self, is_void: bool) {
        match self {
            Self::Activity { void, .. } | Self::Awaited { void, .. } => *void = is_void,
        }
    }
}

impl Hashed for Recorded {
    fn hash(&self) -> u32 {
        match self {
            Self::Activity { hash, .. } | Self::Awaited { hash, .. } => *hash,
        }
    }
}

impl Ord for Recorded {
    fn cmp(&self, other: &Self) -> Ordering {
        self.hash().cmp(&other.hash()).then_with(|| self.name().cmp(&other.name()))
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

#[cfg(test)]
mod tests {
    use super::{Record, Recorded};
    use alloc::{boxed::Box, collections::BTreeMap, format, vec::Vec};

    /// Ids may be chosen to have one hash. Each is found all the same, and none costs more than a tree would.
    #[test]
    fn ids_with_one_hash_are_told_apart() {
        let named = |number: u32| Recorded::Awaited {
            hash: 7,
            void: false,
            name: Box::new(("wiki".into(), format!("{number}").as_str().into())),
        };
        let (mut record, mut expected) = (Record::new(), BTreeMap::new());
        for round in 0..6_000_u32 {
            let number = round * 7_919 % 1_500;
            let void = round % 3 == 0;
            if round % 5 == 4 {
                record.remove(&named(number));
                expected.remove(&number);
            } else {
                record.insert(named(number), void);
                expected.insert(number, void);
            }
            assert_eq!(record.get_key_value(&named(number)).map(|(_, void)| *void), expected.get(&number).copied());
        }
        assert!(record.crowded.len() > 100, "one hash fills no table");
        assert_eq!(record.len(), expected.len());
        record.retain(|recorded| recorded.name().1.len() < 4);
        expected.retain(|number, _| *number < 1_000);
        let mut names: Vec<u32> = record.keys().map(|recorded| recorded.name().1.parse().expect("a number")).collect();
        names.sort_unstable();
        assert_eq!(names, expected.into_keys().collect::<Vec<_>>());
    }
}
