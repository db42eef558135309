//! Member batch: one member's part of a batch, which becomes a standing to store and news to tell.

use crate::{
    base::{sort::sort_by, text::Text, time::Timestamp},
    engine::{
        forward::Rebuild,
        history::{History, MAX_MEMBER_ACTIVITIES},
        outcome::ApplyError,
    },
    fold::Fold,
    input::activity::Activity,
    program::{OtherProgram, Program},
    state::{difference::difference, ledger::Entry, standing::Standing},
};
use alloc::{string::String, vec::Vec};

/// One member's part of a [`Batch`](crate::Batch): what arrived and what was voided. [`Batch`](crate::Batch) has an
/// example.
#[derive(Debug)]
pub struct MemberBatch {
    program: Program,
    member: Text,
    told: Option<Timestamp>,
    changed: Changed,
}

/// What a batch changes in one member's record.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    // INVARIANT: both are in the order of the record once they are in a `MemberBatch`.
    pub(crate) arrived: Vec<Activity>,
    pub(crate) voided: Vec<Activity>,
}

/// What a batch made of one member: the standing to store, and the news to tell.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let part = MemberBatch::of(&program, "ada", [post("1", 2, "ada")?], [])?;
/// let settled = part.fold(History::new(&program, "ada", [])?)?;
/// assert_eq!(settled.standing.total("points"), Some(5));
/// assert_eq!((settled.added[0].points(), settled.taken.len()), (5, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settled {
    /// The standing after the member's last activity, to be stored in place of the earlier one.
    /// [`Standing::next_due`] says when time alone next brings something.
    pub standing: Standing,
    /// Entries that the ledger has now and did not have before.
    pub added: Vec<Entry>,
    /// Entries that the ledger had before and does not have now.
    pub taken: Vec<Entry>,
}

impl Changed {
    pub(crate) fn is_empty(&self) -> bool {
        self.arrived.is_empty() && self.voided.is_empty()
    }

    /// Takes out an activity, which may have arrived with the same batch.
    pub(crate) fn void(&mut self, activity: &Activity) {
        let count = self.arrived.len();
        self.arrived.retain(|arrived| arrived.origin.order_key() != activity.origin.order_key());
        if self.arrived.len() == count {
            self.voided.push(activity.clone());
        }
    }

    fn sorted(mut self) -> Self {
        for activities in [&mut self.arrived, &mut self.voided] {
            sort_by(activities, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
        }
        self
    }
}

impl MemberBatch {
    pub(crate) fn new(program: Program, member: Text, told: Option<Timestamp>, changed: Changed) -> Self {
        Self { program, member, told, changed: changed.sorted() }
    }

    /// A part that did not come out of a [`Batch`](crate::Batch), for hosts that admit activities in one place and fold
    /// members in others. The activities that arrived are new to the member's record, and those that are voided were in
    /// it.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if another program read an activity.
    pub fn of(
        program: &Program,
        member: &str,
        arrived: impl IntoIterator<Item = Activity>,
        voided: impl IntoIterator<Item = Activity>,
    ) -> Result<Self, OtherProgram> {
        // The order of the record, and each activity once.
        let arrived = History::new(program, member, arrived)?.activities;
        let voided = History::new(program, member, voided)?.activities;
        Ok(Self::new(program.clone(), member.into(), None, Changed { arrived, voided }))
    }

    /// The member.
    pub fn member(&self) -> &str {
        &self.member
    }

    /// Goes on from the stored standing.
    ///
    /// # Errors
    ///
    /// [`Rebuild`]: something arrived that is not after all that the standing comes from, or reverses another activity,
    /// or something was voided, or another program made the standing. Then [`fold`](Self::fold) the record. Fold also
    /// if no standing is stored: there may be a record all the same.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let standing = History::new(&program, "ada", [post("2", 3, "ada")?])?.fold().standing;
    /// let later = MemberBatch::of(&program, "ada", [post("3", 4, "ada")?], [])?;
    /// assert_eq!(later.apply(standing.clone())?.standing.total("points"), Some(10));
    /// let earlier = MemberBatch::of(&program, "ada", [post("1", 2, "ada")?], [])?;
    /// assert_eq!(earlier.apply(standing), Err(Rebuild));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, mut standing: Standing) -> Result<Settled, Rebuild> {
        if !self.changed.voided.is_empty() {
            return Err(Rebuild);
        }
        let told = self.brought_to(&standing);
        let mut now = Vec::new();
        for activity in &self.changed.arrived {
            now.extend(self.program.apply(&mut standing, &self.member, activity)?);
        }
        let (mut added, mut taken) = (now, Vec::new());
        if self.told.is_some() {
            added.extend(self.brought_to(&standing));
            (added, taken) = difference(&told, &added);
        }
        Ok(Settled { standing, added, taken })
    }

    /// Folds the member's record. It may have this part already, or not yet.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let record = [post("1", 2, "ada")?, post("2", 3, "ada")?];
    /// let part = MemberBatch::of(&program, "ada", [], [post("1", 2, "ada")?])?;
    /// let settled = part.fold(History::new(&program, "ada", record)?)?;
    /// assert_eq!(settled.standing.total("points"), Some(5));
    /// assert_eq!(settled.taken.iter().map(|entry| entry.name("en")).collect::<Vec<_>>(), ["blog", "Writer"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`ApplyError::OtherProgram`] if the record is of another program.
    /// - [`ApplyError::Full`] if the member would have more activities than one may have.
    pub fn fold(&self, mut history: History) -> Result<Settled, ApplyError> {
        if history.program != self.program {
            return Err(ApplyError::OtherProgram);
        }
        let Changed { arrived, voided } = &self.changed;
        let sealed_before = history.sealed_before();
        let kept = |activities: &[Activity]| -> Vec<Activity> {
            let kept = activities.iter().filter(|activity| sealed_before.is_none_or(|before| activity.at() >= before));
            kept.cloned().collect()
        };
        let (arrived, voided) = (kept(arrived), kept(voided));

        // First as it was, then as it is.
        history.exchange(&arrived, &voided);
        let mut fold = history.fold_to(history.activities.len());
        let first = [&arrived, &voided].into_iter().filter_map(|activities| activities.first());
        let first = first.map(|activity| activity.origin.order_key()).min();
        let same = history.activities.partition_point(|activity| Some(activity.origin.order_key()) < first);
        let entries = fold.entries_kept(same);
        let old = self.told_from(&fold, entries);

        history.exchange(&voided, &arrived);
        if history.activities.len() > MAX_MEMBER_ACTIVITIES {
            return Err(ApplyError::Full { member: String::from(self.member()) });
        }
        history.go_on(&mut fold, Some(same), history.activities.len());
        let (added, taken) = difference(&old, &self.told_from(&fold, entries));
        Ok(Settled { standing: fold.standing, added, taken })
    }

    /// The entries of a ledger from an index on, and what the member was told since.
    fn told_from(&self, fold: &Fold, index: usize) -> Vec<Entry> {
        let mut entries = fold.ledger.get(index..).unwrap_or_default().to_vec();
        entries.extend(self.brought_to(&fold.standing));
        entries
    }

    /// What time alone has brought since the last activity, as far as the member was told.
    fn brought_to(&self, standing: &Standing) -> Vec<Entry> {
        self.told.map_or_else(Vec::new, |told| standing.brought_until(told))
    }
}

impl Standing {
    /// What time alone brought later than `after` and until `until`, since the last activity: news for a host that
    /// asks again at the moment of [`next_due`](Self::next_due).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, joined) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/joined.rs"));
    /// let mut ada = Standing::new(&program);
    /// program.apply(&mut ada, "ada", &joined)?;
    /// let (may, then) = ("2026-05-01T00:00:00Z".parse()?, "2027-03-01T00:00:00Z".parse()?);
    /// assert_eq!(ada.next_due(may), Some(then));
    /// assert_eq!(ada.brought_between(may, then)[0].name("en"), "anniversary");
    /// assert!(ada.brought_between(then, "2027-05-01T00:00:00Z".parse()?).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn brought_between(&self, after: Timestamp, until: Timestamp) -> Vec<Entry> {
        let mut brought = self.brought_until(until);
        brought.retain(|entry| entry.at() > after);
        brought
    }

    /// What time alone brought since the last activity.
    fn brought_until(&self, until: Timestamp) -> Vec<Entry> {
        let is_due = self.last_at().and_then(|last| self.next_due(last)).is_some_and(|due| due <= until);
        if is_due { self.as_of(until).ledger } else { Vec::new() }
    }
}
