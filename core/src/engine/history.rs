//! History: the record of one member, for hosts that keep members one at a time.

use crate::{
    base::{sort::sort_by, text::Text, time::Timestamp},
    fold::{Fold, pass_time, sealed::SealedSum},
    input::activity::Activity,
    program::{OtherProgram, Program},
    state::{difference::difference, ledger::Entry, standing::Standing},
};
use alloc::vec::Vec;

/// The most activities of one member in an [`Engine`](crate::Engine). No person has more, and folding them again would
/// keep everyone else waiting.
pub const MAX_MEMBER_ACTIVITIES: usize = 1 << 20;

/// The record of one member: every activity that names them and is not void, in order.
///
/// A host that keeps members in a database loads it when [`MemberBatch::apply`](crate::MemberBatch::apply) answers
/// [`Rebuild`](crate::Rebuild), and when someone asks why.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// use knownfor::History;
///
/// let history = History::new(&program, "ada", [post("2", 3, "ada")?, post("1", 2, "ada")?])?;
/// let folded = history.fold();
/// assert_eq!(folded.standing.total("points"), Some(10));
/// assert_eq!(folded.ledger.len(), 3); // points twice, then the badge
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct History {
    pub(crate) program: Program,
    pub(crate) member: Text,
    pub(crate) activities: Vec<Activity>,
    /// What is kept of earlier activities.
    pub(crate) sum: Option<SealedSum>,
}

/// A standing, and the ledger it came with.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let folded = History::new(&program, "ada", [post("1", 2, "ada")?])?.fold();
/// assert_eq!(folded.standing.total("points"), Some(5));
/// assert_eq!(folded.ledger[0].name("en"), "blog");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Folded {
    /// What the member has.
    pub standing: Standing,
    /// The entries by which the member came to it, in order of time.
    pub ledger: Vec<Entry>,
}

/// A place in a history, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// What is kept of earlier activities.
    Sum,
    /// An activity, by its index.
    Activity(usize),
}

impl History {
    /// A member's record, from its activities in any order. An activity that is given twice counts once,
    /// as it was given first.
    ///
    /// The host leaves out what is void. If two activities share a source and id but differ, it keeps the one that
    /// came first.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let activities = [post("2", 3, "ada")?, post("1", 2, "ada")?, post("1", 2, "ada")?];
    /// let history = History::new(&program, "ada", activities)?;
    /// assert_eq!(history.activities().map(Activity::id).collect::<Vec<_>>(), ["1", "2"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if another program read an activity. After a change of program, read the record again: by
    /// [`Program::read_own`], from what [`Activity::to_tree`] gave.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let post = post("1", 2, "ada")?;
    /// let newer: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "second-steps"
    ///     kinds = { "blog.published" = {} }
    /// "#)?;
    /// let newer = Program::check(&newer, |_| None)?;
    /// assert_eq!(History::new(&newer, "ada", [post.clone()]).err(), Some(OtherProgram));
    ///
    /// let post = newer.read_own(&post.to_tree())?;
    /// assert!(History::new(&newer, "ada", [post]).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        program: &Program,
        member: &str,
        activities: impl IntoIterator<Item = Activity>,
    ) -> Result<Self, OtherProgram> {
        let is_ours = |activity: Activity| if activity.program() == program { Ok(activity) } else { Err(OtherProgram) };
        let mut activities = activities.into_iter().map(is_ours).collect::<Result<Vec<_>, _>>()?;
        // By name first, because one that was given twice may have two line numbers, and so two places.
        sort_by(&mut activities, |a, b| (a.source(), a.id()).cmp(&(b.source(), b.id())));
        activities.dedup_by(|a, b| a.source() == b.source() && a.id() == b.id());
        sort_by(&mut activities, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
        Ok(Self { program: program.clone(), member: member.into(), activities, sum: None })
    }

    /// Folds the record: the standing and the ledger after the last activity.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?;
    /// let folded = history.fold();
    /// assert_eq!(folded.standing.badges()[0].name, "writer");
    /// assert_eq!(folded.ledger.last().map(|entry| entry.name("en")), Some("Writer"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fold(&self) -> Folded {
        let Fold { standing, ledger, .. } = self.fold_to(self.activities.len());
        Folded { standing, ledger }
    }

    /// Folds the record up to a moment, with everything that time alone brought until then. A moment before the last
    /// activity stands for that of the last activity.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, joined) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/joined.rs"));
    /// // Ada joined on 1 March 2026, and a badge is for being here a year.
    /// let history = History::new(&program, "ada", [joined])?;
    /// let folded = history.as_of("2027-03-01T12:00:00Z".parse()?);
    /// assert_eq!(folded.standing.badges()[0].name, "anniversary");
    /// assert_eq!(folded.ledger[0].at().to_string(), "2027-03-01T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_of(&self, now: Timestamp) -> Folded {
        let mut folded = self.fold();
        folded.pass(now);
        folded
    }

    /// Folds again what is in the history from a place on. Returns the entries that the first `length` ones of the
    /// ledger before lacked, and those of them that the ledger now lacks.
    pub(crate) fn refold(&self, fold: &mut Fold, from: Place, length: usize) -> (Vec<Entry>, Vec<Entry>) {
        let same = match from {
            Place::Sum => None,
            Place::Activity(index) => Some(index),
        };
        let kept = same.map_or(0, |same| fold.entries_kept(same));
        let old = if kept < length { fold.ledger.split_off(kept) } else { Vec::new() };
        let old = old.get(..length.saturating_sub(kept)).unwrap_or(&old);
        self.go_on(fold, same, self.activities.len());
        difference(old, fold.ledger.get(kept.min(length)..).unwrap_or_default())
    }

    /// The fold of the first `count` activities.
    pub(crate) fn fold_to(&self, count: usize) -> Fold {
        self.fold_on(self.begin(), count)
    }

    /// A fold that goes on, or back, until it covers the first `count` activities.
    pub(crate) fn fold_on(&self, mut fold: Fold, count: usize) -> Fold {
        self.go_on(&mut fold, Some(count), count);
        fold
    }

    /// Lets a fold cover the first `count` activities. It may keep what it has of the first `same`.
    pub(crate) fn go_on(&self, fold: &mut Fold, same: Option<usize>, count: usize) {
        if !same.is_some_and(|same| fold.go_back(&self.program, &self.activities, same)) {
            *fold = self.begin();
        }
        fold.replay(&self.program, &self.member, &self.activities, count);
    }

    /// The fold of no activities.
    fn begin(&self) -> Fold {
        self.sum.as_ref().map_or_else(|| Fold::new(&self.program), SealedSum::fold)
    }

    /// The program that read the record.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// assert_eq!(history.program().id(), "first-steps");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The member whose record it is.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// assert_eq!(history.member(), "ada");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn member(&self) -> &str {
        &self.member
    }

    /// The activities, in the order of the record.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("2", 3, "ada")?, post("1", 2, "ada")?])?;
    /// let days: Vec<_> = history.activities().map(|activity| activity.at().to_string()).collect();
    /// assert_eq!(days, ["2026-03-02T09:30:00Z", "2026-03-03T09:30:00Z"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter()
    }

    /// Inserts an activity where it belongs, and returns its index.
    pub(crate) fn insert(&mut self, activity: Activity) -> usize {
        let index = self.activities.partition_point(|other| other.origin.order_key() < activity.origin.order_key());
        self.activities.insert(index, activity);
        index
    }

    /// Removes an activity, and returns the index that it had.
    pub(crate) fn remove(&mut self, activity: &Activity) -> Option<usize> {
        let key = activity.origin.order_key();
        let index = self.activities.binary_search_by(|other| other.origin.order_key().cmp(&key)).ok()?;
        self.activities.remove(index);
        Some(index)
    }

    /// Takes some activities out, as far as they are in it, and puts others in, as far as they are not. Both are in the
    /// order of the record.
    pub(crate) fn exchange(&mut self, goes: &[Activity], comes: &[Activity]) {
        let is_among = |activities: &[Activity], activity: &Activity| {
            activities.binary_search_by(|other| other.origin.order_key().cmp(&activity.origin.order_key())).is_ok()
        };
        self.activities.retain(|activity| !is_among(goes, activity) && !is_among(comes, activity));
        self.activities.extend_from_slice(comes);
        sort_by(&mut self.activities, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
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
}
