//! Batch: what came in, on its way into a record that a host keeps in a database.

use crate::{
    base::{text::Text, time::Timestamp},
    engine::{
        member_batch::{Changed, MemberBatch},
        outcome::{ApplyError, Status},
        record::{Record, Recorded, admitted},
    },
    input::{Incoming, activity::Activity, error::ReadError},
    program::Program,
};
use alloc::{collections::BTreeMap, string::String};
use serde::Deserializer;

/// What a host's record has under the source and id of something that came in. [`Program::known`] makes it.
#[derive(Debug)]
pub struct Known {
    stored: Option<Result<Activity, ReadError>>,
    void: bool,
}

/// Activities and voids on their way into a record that a host keeps in a database. It does no I/O: the host says what
/// its record has, and the batch says what to write.
///
/// The host, within one transaction:
///
/// 1. looks up the source and id of each, and calls [`add`](Self::add). If the answer [is new](Admission::is_new), it
///    writes the activity or the void;
/// 2. takes the [`members`](Self::members), in their order, which is the one in which to lock their rows;
/// 3. reads the stored standing of each and calls [`MemberBatch::apply`]. Where that answers [`Rebuild`], or no standing
///    is stored, it reads the member's record and calls [`MemberBatch::fold`];
/// 4. writes the standing, and tells the member the news.
///
/// The result is the same in any order, however activities are spread over batches, and if they come again. So a host
/// that does not know whether a transaction was committed sends its activities once more.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// use knownfor::Batch;
///
/// // What a database would hold.
/// let mut record: Vec<Tree> = Vec::new();
/// let mut standing: Option<Standing> = None;
///
/// for day in [2, 3] {
///     let mut batch = Batch::new(&program);
///     let activity = post(&day.to_string(), day, "ada")?;
///     let tree = activity.to_tree();
///     let known = program.known(None::<&Tree>, false); // found neither the activity nor a void
///     if batch.add(activity, known)?.is_new {
///         record.push(tree);
///     }
///     for part in batch.members() {
///         assert_eq!(part.member(), "ada");
///         let settled = match standing.take().map(|standing| part.apply(standing)) {
///             Some(Ok(settled)) => settled,
///             Some(Err(Rebuild)) | None => {
///                 let activities = record.iter().filter_map(|tree| program.read_own(tree).ok());
///                 part.fold(History::new(&program, part.member(), activities)?)?
///             }
///         };
///         standing = Some(settled.standing);
///         if day == 3 {
///             assert_eq!(settled.added[1].name("en"), "Writer");
///         }
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Rebuild`]: crate::Rebuild
#[derive(Debug)]
pub struct Batch {
    program: Program,
    sealed_before: Option<Timestamp>,
    told: Option<Timestamp>,
    /// What the record has of what came in, and what it will have.
    record: Record,
    members: BTreeMap<Text, Changed>,
}

/// What a [`Batch`] answers to an activity or a void.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let mut batch = Batch::new(&program);
/// let admission = batch.add(post("1", 2, "ada")?, program.known(None::<&Tree>, false))?;
/// assert_eq!((admission.status, admission.is_new), (Status::Applied, true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Admission {
    /// What became of it.
    pub status: Status,
    /// Whether the record lacks it, so that the host writes it. A voided activity is written too: only then is the same
    /// id with other content noticed.
    pub is_new: bool,
}

impl Program {
    /// What a record has under a source and id: the activity, as [`Activity::to_tree`] gave it, and whether a void is
    /// stored.
    ///
    /// A stored activity that this program cannot read counts for nobody, and whatever comes under its id is refused.
    pub fn known<'de, D: Deserializer<'de>>(&self, stored: Option<D>, void: bool) -> Known {
        Known { stored: stored.map(|stored| self.read_own(stored)), void }
    }
}

impl Batch {
    /// A batch with nothing in it.
    pub fn new(program: &Program) -> Self {
        Self {
            program: program.clone(),
            sealed_before: None,
            told: None,
            record: Record::new(),
            members: BTreeMap::new(),
        }
    }

    /// Refuses activities from before a moment: of that time, the host keeps [sums](crate::SealedSum) only.
    pub fn sealed_before(mut self, before: Timestamp) -> Self {
        self.sealed_before = Some(before);
        self
    }

    /// Says until which moment members have been told what time alone brought them. [`Standing::brought_between`](crate::Standing::brought_between)
    /// has it. The news of this batch then leave it out. Without this call they have what fell due since the
    /// member's last activity.
    pub fn told_until(mut self, told: Timestamp) -> Self {
        self.told = Some(told);
        self
    }

    /// Adds what came in, and says whether to write it.
    ///
    /// # Errors
    ///
    /// [`ApplyError`]: the record has other content under the same source and id, the activity was read by another
    /// program, or it is from a time of which only sums are kept. The batch is as before.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let stored = post("1", 2, "ada")?.to_tree();
    /// let mut batch = Batch::new(&program);
    /// let again = batch.add(post("1", 2, "ada")?, program.known(Some(&stored), false))?;
    /// assert_eq!((again.status, again.is_new), (Status::Duplicate, false));
    /// let other = batch.add(post("1", 3, "ada")?, program.known(Some(&stored), false));
    /// assert!(matches!(other, Err(ApplyError::Conflict { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add(&mut self, incoming: impl Into<Incoming>, known: Known) -> Result<Admission, ApplyError> {
        match incoming.into() {
            Incoming::Activity(activity) => self.take(activity, known),
            Incoming::Void { source, id } => Ok(self.take_out(source, id, known)),
            Incoming::Ignored { .. } => Ok(Admission { status: Status::Ignored, is_new: false }),
        }
    }

    fn take(&mut self, activity: Activity, known: Known) -> Result<Admission, ApplyError> {
        if *activity.program() != self.program {
            return Err(ApplyError::OtherProgram);
        }
        if let Some(before) = self.sealed_before.filter(|before| activity.at() < *before) {
            return Err(ApplyError::Sealed { before });
        }
        let key = Recorded::of(activity.clone());
        let (earlier, void) = match self.record.get_key_value(&key) {
            Some((recorded, void)) => (recorded.activity().cloned(), *void),
            None => (readable(known.stored, &activity)?, known.void),
        };
        let status = admitted(earlier.as_ref(), void, &activity)?;
        let is_new = earlier.is_none();
        let recorded = Recorded::of(earlier.unwrap_or_else(|| activity.clone()));
        // An awaited void is removed first, because a map keeps the key that it has.
        self.record.remove(&key);
        self.record.insert(recorded, void);
        if status == Status::Applied {
            for member in activity.members() {
                self.members.entry(member.into()).or_default().arrived.push(activity.clone());
            }
        }
        Ok(Admission { status, is_new })
    }

    fn take_out(&mut self, source: Text, id: Text, known: Known) -> Admission {
        let key = Recorded::awaited(source, id);
        let (recorded, is_void, is_stored) = match self.record.get_key_value(&key) {
            Some((recorded, void)) => (recorded.activity().cloned(), *void, recorded.activity().is_some()),
            None => {
                let is_stored = known.stored.is_some();
                (known.stored.and_then(Result::ok), known.void, is_stored)
            }
        };
        self.record.remove(&key);
        self.record.insert(recorded.clone().map_or(key, Recorded::of), true);
        if is_void {
            return Admission { status: Status::Duplicate, is_new: false };
        }
        for (activity, member) in recorded.iter().flat_map(|activity| activity.members().map(move |m| (activity, m))) {
            self.members.entry(member.into()).or_default().void(activity);
        }
        Admission { status: if is_stored { Status::Voided } else { Status::Awaited }, is_new: true }
    }

    /// What the batch changes for each member, in the order in which to lock them. All hosts that write to one database
    /// have the same order, so none waits for another that waits for it.
    pub fn members(self) -> impl Iterator<Item = MemberBatch> {
        let Self { program, told, members, .. } = self;
        let changed = members.into_iter().filter(|(_, changed)| !changed.is_empty());
        changed.map(move |(member, changed)| MemberBatch::new(program.clone(), member, told, changed))
    }
}

/// A stored activity, under whose source and id another one came in.
fn readable(stored: Option<Result<Activity, ReadError>>, incoming: &Activity) -> Result<Option<Activity>, ApplyError> {
    match stored.transpose() {
        Ok(stored) => Ok(stored),
        Err(error) => Err(ApplyError::Unreadable {
            source_name: String::from(incoming.source()),
            id: String::from(incoming.id()),
            error,
        }),
    }
}
