//! Outcome: what became of an activity or a void, and what changed for whom.

use crate::{
    base::{text::Text, time::Timestamp},
    engine::history::MAX_MEMBER_ACTIVITIES,
    input::{
        differences::{FieldDifference, sentence},
        error::ReadError,
    },
    state::{entry_line::EntryLine, ledger::Entry},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// The answer of an [`Engine`](crate::Engine) to an activity or a void.
///
/// A host that notifies people reads it: the entries added are news, and those taken were given before and no longer
/// hold.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// use knownfor::{Engine, Status};
///
/// let mut engine = Engine::new(program.clone());
/// engine.apply(post("1", 2, "ada")?)?;
/// let outcome = engine.apply(post("2", 3, "ada")?)?;
/// assert_eq!(outcome.status, Status::Applied);
/// let news: Vec<_> = outcome.members.iter().flat_map(|member| &member.added).map(|entry| entry.name("en")).collect();
/// assert_eq!(news, ["blog", "Writer"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// What became of the activity or void.
    pub status: Status,
    /// What changed for each member, sorted by member. Members for whom nothing changed are left out.
    pub members: Vec<MemberOutcome>,
}

/// What became of an activity or a void.
///
/// It serializes as a word in lower case:
///
/// ```
/// use knownfor::Status;
///
/// assert_eq!(serde_json::to_string(&Status::Awaited)?, r#""awaited""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// The activity is in the record now.
    Applied,
    /// The activity, or the void, was in the record already. Nothing changed.
    Duplicate,
    /// The activity is void, and whatever it gave was taken back.
    Voided,
    /// The void came before its activity, which will be void when it comes. If it never comes, the id may be wrong.
    Awaited,
    /// The activity is of a kind that the program ignores.
    Ignored,
    /// What the void or the reverse means is not in the record, and earlier activities were sealed: it lies among
    /// them, and then their sum stays as it is, or it has not come yet.
    Sealed,
}

/// What changed for one member: the difference between the ledgers before and after.
///
/// An activity that arrives late can move what came after it. Here a limit allows one post a day, and the later post
/// of the day arrived first:
///
/// ```
/// # use knownfor::*;
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {} }
/// #     currencies = { points = {} }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 }, limit = { times = 1, per = "day" } } }
/// # "#)?;
/// # let mut engine = Engine::new(Program::check(&program, |_| None)?);
/// # let mut post = |id: &str, hour: u8| -> Result<_, Box<dyn std::error::Error>> {
/// #     let post = engine.program().read_own(&serde_json::json!({
/// #         "source": "wiki", "id": id, "at": format!("2026-03-02T{hour:02}:00:00Z"), "kind": "blog.published",
/// #         "actor": "ada"}))?;
/// #     Ok(engine.apply(post)?)
/// # };
/// post("evening", 18)?;
/// let outcome = post("morning", 9)?;
/// let ada = &outcome.members[0];
/// assert_eq!(ada.added[0].activity().id, "morning");
/// assert_eq!(ada.taken[0].activity().id, "evening");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberOutcome {
    /// The member.
    pub member: Text,
    /// Entries that the ledger has now and did not have before.
    pub added: Vec<Entry>,
    /// Entries that the ledger had before and does not have now.
    pub taken: Vec<Entry>,
}

impl MemberOutcome {
    /// The lines of [`added`](Self::added), with names instead of ids.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// # let mut engine = Engine::new(program.clone());
    /// let outcome = engine.apply(post("1", 2, "ada")?)?;
    /// let lines = outcome.members[0].added_lines();
    /// assert_eq!((lines[0].rule.as_deref(), lines[0].amount), (Some("blog"), Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn added_lines(&self) -> Vec<EntryLine> {
        self.added.iter().map(|entry| entry.line(&self.member)).collect()
    }

    /// The lines of [`taken`](Self::taken), with names instead of ids.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// # let mut engine = Engine::new(program.clone());
    /// engine.apply(post("1", 2, "ada")?)?;
    /// let outcome = engine.void("wiki", "1");
    /// assert_eq!(outcome.members[0].taken_lines()[0].rule.as_deref(), Some("blog"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn taken_lines(&self) -> Vec<EntryLine> {
        self.taken.iter().map(|entry| entry.line(&self.member)).collect()
    }
}

/// An [`Engine`](crate::Engine) refused an activity. Nothing has changed.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// # let mut engine = Engine::new(program.clone());
/// engine.apply(post("1", 2, "ada")?)?;
/// let error = engine.apply(post("1", 3, "ada")?).unwrap_err();
/// assert!(error.to_string().starts_with("activity `1` of source `wiki` is already in the record with other content"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The same source and id came before with other content.
    #[error(
        "activity `{id}` of source `{source_name}` is already in the record with other content: {}; \
         send what changed under an id of its own, and void the earlier one if it no longer holds",
        sentence(differences)
    )]
    /// An activity with the same source and id is in the record, with other content.
    Conflict {
        /// The source of both activities.
        source_name: String,
        /// The id of both activities.
        id: String,
        /// The fields that differ, each with both values.
        differences: Vec<FieldDifference>,
    },
    /// The same source and id came before, and the program cannot read what it was. So it was something else.
    #[error(
        "activity `{id}` of source `{source_name}` is already in the record with content that the program cannot read: \
         {error}; send this one under an id of its own"
    )]
    Unreadable {
        /// The source of both activities.
        source_name: String,
        /// The id of both activities.
        id: String,
        /// Why the program cannot read it.
        error: ReadError,
    },
    /// The record of a member is full.
    #[error("member `{member}` has {MAX_MEMBER_ACTIVITIES} activities, the most one may have")]
    Full {
        /// The member.
        member: String,
    },
    /// The activity lies before the moment before which only sums are kept.
    #[error("the activity is from before {before}; of that time, only the sum is kept")]
    Sealed {
        /// The moment.
        before: Timestamp,
    },
    /// Another program read the activity.
    #[error("the activity was read by another program; read it with the engine's program")]
    OtherProgram,
}

/// An [`Engine`](crate::Engine) refused to rename or erase a member. Nothing has changed.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/blogs.rs"));
/// let mut engine = Engine::new(program.clone());
/// engine.apply(post("1", 2, "ada")?)?;
/// let error = engine.rename("adda", "ada").unwrap_err();
/// assert_eq!(error, MembersError::Unknown { member: "adda".into() });
/// assert_eq!(error.to_string(), "there is no member `adda`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MembersError {
    /// No activity names the member.
    #[error("there is no member `{member}`")]
    Unknown {
        /// The member.
        member: String,
    },
    /// A pseudonym is the name of somebody.
    #[error("`{name}` is a member already; expected a pseudonym that nobody has")]
    Taken {
        /// The pseudonym.
        name: String,
    },
    /// The new name cannot name a member.
    #[error("the new name cannot name a member: {0}")]
    Name(ReadError),
    /// Activities of both members were sealed, or one of the two names is that of an account that earns nothing. So
    /// the sums would have to be worked out anew, and what they were made of is gone.
    #[error("`{member}` cannot become `{to}`: of the time before {before}, only their sums are kept")]
    Sealed {
        /// The member.
        member: String,
        /// The new name.
        to: String,
        /// The moment before which only sums are kept.
        before: Timestamp,
    },
    /// Both records together are longer than the record of one member may be.
    #[error("member `{member}` would have more than {MAX_MEMBER_ACTIVITIES} activities, the most one may have")]
    Full {
        /// The member.
        member: String,
    },
}
