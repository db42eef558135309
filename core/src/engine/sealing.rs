//! Sealing: what lies before a moment becomes a sum, in an engine and in the record of one member.

use crate::{
    base::{text::Text, time::Timestamp},
    engine::{Engine, history::History, outcome::Status},
    fold::sealed::SealedSum,
    input::activity::Activity,
    program::OtherProgram,
};
use alloc::{collections::BTreeSet, vec::Vec};

/// What an engine knows of the activities that it has sealed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seal {
    /// No activity before this moment is taken in.
    pub(crate) before: Option<Timestamp>,
    /// The sources of sealed activities. A void from one of them may mean such an activity.
    pub(crate) sources: BTreeSet<Text>,
    /// Writes a sum. Known once there may be sums, so that an engine which never seals does not hold the code.
    pub(crate) write: Option<fn(&SealedSum) -> Vec<u8>>,
}

impl History {
    /// A member's record that begins with a sealed sum. Activities from before the sum's moment are in it already, so
    /// they are left out.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// // A host stores `history.sum()`, and the activities that are left.
    /// let sum = history.sum().unwrap().clone();
    /// let history = History::after(sum, "ada", [post("2", 9, "ada")?])?;
    /// assert_eq!(history.fold().standing.total("points"), Some(10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if another program read an activity, as in [`History::new`].
    pub fn after(
        sum: SealedSum,
        member: &str,
        activities: impl IntoIterator<Item = Activity>,
    ) -> Result<Self, OtherProgram> {
        let program = sum.standing().program().clone();
        let mut history = Self::new(&program, member, activities)?;
        history.activities.retain(|activity| activity.at() >= sum.before());
        history.sum = Some(sum);
        Ok(history)
    }

    /// Seals what lies before a moment, and returns how many activities that were: their sum takes their place. The
    /// standing stays as it is. The ledger loses their entries, and none of them can be explained, voided or reversed
    /// any more.
    ///
    /// A host calls it with [`Program::kept_from`](crate::Program::kept_from) once a day, stores the
    /// [`sum`](Self::sum), and deletes the activities, voided ones too.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 9, "ada")?])?;
    /// assert_eq!(history.seal("2026-03-05T00:00:00Z".parse()?), 1);
    /// let folded = history.fold();
    /// assert_eq!(folded.standing.total("points"), Some(10));
    /// assert_eq!(folded.ledger[0].activity().id, "2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn seal(&mut self, before: Timestamp) -> usize {
        let count = self.activities.partition_point(|activity| activity.at() < before);
        if count > 0 {
            self.sum = Some(SealedSum::new(&self.program, before, self.fold_to(count)));
            self.activities.drain(..count);
        }
        self.sum = self.sum.take().map(|sum| sum.until(before));
        count
    }

    /// What is kept of sealed activities; `None` if none were sealed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// assert_eq!(history.sum(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sum(&self) -> Option<&SealedSum> {
        self.sum.as_ref()
    }

    /// The moment before which only a sum is kept.
    pub(crate) fn sealed_before(&self) -> Option<Timestamp> {
        self.sum.as_ref().map(SealedSum::before)
    }

    /// Whether nothing is kept about the member.
    pub(crate) fn is_empty(&self) -> bool {
        self.activities.is_empty() && self.sum.is_none()
    }
}

impl Engine {
    /// Seals what lies before a moment, and returns how many activities that were, voided ones included. Each
    /// member's sum takes their place, as in [`History::seal`], and every standing stays as it is.
    ///
    /// From then on, [`apply`](Self::apply) refuses what lies before that moment with
    /// [`ApplyError::Sealed`](crate::ApplyError::Sealed). A moment that is earlier than the last one changes nothing.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut engine = Engine::new(program.clone());
    /// let _ = engine.apply_all([post("1", 2, "ada")?, post("2", 9, "ada")?]);
    /// assert_eq!(engine.seal("2026-03-05T00:00:00Z".parse()?), 1);
    /// assert_eq!(engine.standing("ada").unwrap().total("points"), Some(10));
    ///
    /// assert!(matches!(engine.apply(post("3", 4, "ada")?), Err(ApplyError::Sealed { .. })));
    /// assert_eq!(engine.void("wiki", "1").status, Status::Sealed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn seal(&mut self, before: Timestamp) -> usize {
        if self.seal.before.is_some_and(|earlier| earlier >= before) {
            return 0;
        }
        self.accounts.seal(before);
        self.seal.before = Some(before);
        self.seal.write = Some(SealedSum::to_bytes);
        let (sources, count) = (&mut self.seal.sources, self.record.len());
        self.record.retain(|recorded| {
            let stays = recorded.activity().is_none_or(|activity| activity.at() >= before);
            if !stays {
                let (source, _) = recorded.name();
                sources.insert(source.clone());
            }
            stays
        });
        count - self.record.len()
    }

    /// The moment before which only sums are kept; `None` if nothing was sealed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// assert_eq!(engine.sealed_before(), None);
    /// engine.seal("2026-03-05T00:00:00Z".parse()?);
    /// assert_eq!(engine.sealed_before().unwrap().to_string(), "2026-03-05T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sealed_before(&self) -> Option<Timestamp> {
        self.seal.before
    }

    /// What a void means that finds no activity.
    pub(crate) fn without_activity(&self, source: &Text) -> Status {
        if self.seal.sources.contains(source) { Status::Sealed } else { Status::Awaited }
    }

    /// Whether an activity undoes others, and earlier ones were sealed.
    pub(crate) fn may_undo_sealed(&self, activity: &Activity) -> bool {
        self.seal.before.is_some() && activity.reverses()
    }

    /// Whether an activity that undoes others finds none to undo, and names somebody of whom earlier ones were sealed.
    pub(crate) fn finds_only_sealed(&self, activity: &Activity) -> bool {
        let accounts = || activity.members().filter_map(|member| self.accounts.get(member));
        accounts().any(|account| account.history.sum.is_some()) && !accounts().any(|account| account.undoes(activity))
    }
}
