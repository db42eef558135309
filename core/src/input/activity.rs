//! Activity: a fact as a program read it.

use crate::{
    base::{
        from_tree::plain_data,
        id_table::Id,
        sort::sort,
        text::Text,
        time::{Time, Timestamp},
        tree::Tree,
    },
    program::{
        Attribute, Field, Key, Kind, Program, Role,
        value::{FieldState, Value, text_tree},
    },
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::ops::Deref;
use serde::Serialize;

/// A fact: who did what, when, and to what. [`Program::read`] makes it, for that program only.
///
/// Source and id identify it. A record orders activities by time, then by sequence (those without one first). At one
/// time and sequence, activities of a kind that `reverses` follow those that they can undo; the rest is ordered by
/// source and id. Ids that are whole numbers come first, by their value; all others follow as bytes. The order of
/// arrival makes no difference. Two activities are equal if all their parts are equal.
///
/// ```
/// use knownfor::{Feed, Incoming, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "kudos.given" = {} }
/// "#)?;
/// let program = Program::check(&program, |_| None)?;
/// let line: Tree = serde_json::from_str(r#"{
///     "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
///     "actor": "ada", "recipients": ["cleo", "bob"], "object": "release-4"
/// }"#)?;
/// let Incoming::Activity(activity) = program.read(&line, &Feed::new("chat"))? else { panic!() };
///
/// assert_eq!((activity.source(), activity.id()), ("chat", "1"));
/// assert_eq!(activity.at().to_string(), "2026-03-02T08:30:00Z");
/// assert_eq!((activity.actor(), activity.owner()), (Some("ada"), None));
/// assert_eq!(activity.recipients().collect::<Vec<_>>(), ["bob", "cleo"]);
/// assert_eq!((activity.kind(), activity.object()), ("kudos.given", Some("release-4")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub(crate) origin: Arc<Origin>,
    pub(crate) actor: Option<Text>,
    pub(crate) owner: Option<Text>,
    /// Sorted, without duplicates.
    pub(crate) recipients: Vec<Text>,
    pub(crate) object: Option<Text>,
    /// Sorted by attribute.
    pub(crate) attributes: Vec<(Id<Attribute>, Value)>,
    /// Sorted by field.
    pub(crate) profile: Vec<(Id<Field>, FieldState)>,
}

/// Which parts of an activity say how its line came, not what the line says. They are no part of it: all are equal.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub(crate) struct Arrival {
    /// The time is a moment beside the line, such as that of receipt.
    pub(crate) time: bool,
    /// The sequence is the number of the line.
    pub(crate) sequence: bool,
}

impl PartialEq for Arrival {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The parts of an activity that ledgers keep: its stamp, and the program that read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) program: Program,
    pub(crate) stamp: Stamp,
    pub(crate) arrival: Arrival,
}

/// The identity, time and kind of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) source: Text,
    pub(crate) id: Text,
    pub(crate) time: Time,
    pub(crate) sequence: Option<i64>,
    pub(crate) kind: Id<Kind>,
}

/// The identity of an activity.
///
/// ```
/// use knownfor::view::ActivityRef;
///
/// let activity: ActivityRef = serde_json::from_str(r#"{"source": "wiki", "id": "1"}"#)?;
/// assert_eq!(activity, ActivityRef { source: "wiki".into(), id: "1".into() });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActivityRef {
    /// The source it came from.
    pub source: String,
    /// The id within that source.
    pub id: String,
}

plain_data! { ActivityRef { source, id } }

impl Origin {
    /// The origin of what did not just come in a line.
    pub(crate) fn kept(program: &Program, stamp: Stamp) -> Self {
        Self { program: program.clone(), stamp, arrival: Arrival::default() }
    }
}

impl Deref for Origin {
    type Target = Stamp;

    fn deref(&self) -> &Stamp {
        &self.stamp
    }
}

impl Stamp {
    /// The identity of the activity.
    pub(crate) fn reference(&self) -> ActivityRef {
        ActivityRef { source: self.source.to_string(), id: self.id.to_string() }
    }

    /// Whether the activity is in a sealed sum, so that only its moment is kept.
    pub(crate) fn is_sealed(&self) -> bool {
        self.source.is_empty() && self.id.is_empty()
    }
}

impl Activity {
    /// The source and id of the activity.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(serde_json::to_string(&kudos.reference())?, r#"{"source":"chat","id":"1"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reference(&self) -> ActivityRef {
        self.origin.reference()
    }

    /// The source it came from.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.source(), "chat");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn source(&self) -> &str {
        &self.origin.source
    }

    /// The id within that source.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.id(), "1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn id(&self) -> &str {
        &self.origin.id
    }

    /// When it happened.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// // It came in as `2026-03-02T09:30:00+01:00`.
    /// assert_eq!(kudos.at().to_string(), "2026-03-02T08:30:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn at(&self) -> Timestamp {
        self.origin.time.instant
    }

    /// The program that read it.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.program(), &program);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> &Program {
        &self.origin.program
    }

    /// The name of its kind.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.kind(), "kudos.given");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn kind(&self) -> &str {
        &self.program().kinds[self.origin.kind].name
    }

    /// The member who did it.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.actor(), Some("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// The member who owns the object.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.owner(), Some("dora"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// The members who received it, sorted and without duplicates.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.recipients().collect::<Vec<_>>(), ["bob", "cleo"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        self.recipients.iter().map(Text::as_str)
    }

    /// The id of the object it is about.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// assert_eq!(kudos.object(), Some("release-4"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    pub(crate) fn attribute(&self, attribute: Id<Attribute>) -> Option<&Value> {
        self.attributes.iter().find(|(id, _)| *id == attribute).map(|(_, value)| value)
    }

    /// The member in a role that a single member holds.
    pub(crate) fn in_role(&self, role: Role) -> Option<&Text> {
        match role {
            Role::Actor => self.actor.as_ref(),
            Role::Owner => self.owner.as_ref(),
            Role::Recipient => None,
            Role::Attribute(attribute) => match self.attribute(attribute) {
                Some(Value::Text(member)) => Some(member),
                _ => None,
            },
        }
    }

    /// The values of a key, in order. Empty if the activity has none.
    pub(crate) fn keys(&self, key: Key) -> &[Text] {
        match key {
            Key::Object => self.object.as_slice(),
            Key::Role(Role::Actor) => self.actor.as_slice(),
            Key::Role(Role::Owner) => self.owner.as_slice(),
            Key::Role(Role::Recipient) => &self.recipients,
            Key::Role(Role::Attribute(attribute)) | Key::Attribute(attribute) => match self.attribute(attribute) {
                Some(Value::Text(text)) => core::slice::from_ref(text),
                Some(Value::Texts(texts)) => texts,
                _ => &[],
            },
        }
    }

    /// Whether a member has a role.
    pub(crate) fn names(&self, member: &str, role: Role) -> bool {
        match role {
            Role::Recipient => self.recipients.iter().any(|recipient| recipient == member),
            _ => self.in_role(role).is_some_and(|text| text == member),
        }
    }

    /// The members it names, sorted and without duplicates. A host that keeps members one by one applies the activity
    /// to each of them.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored: Tree = serde_json::from_str(r#"{
    ///     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "kudos.given",
    ///     "actor": "cleo", "recipients": ["bob", "ada"]
    /// }"#)?;
    /// let activity = program.read_own(&stored)?;
    /// assert_eq!(activity.members().collect::<Vec<_>>(), ["ada", "bob", "cleo"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn members(&self) -> impl Iterator<Item = &Text> {
        let attributes =
            self.program().links.members.iter().filter_map(|attribute| self.in_role(Role::Attribute(*attribute)));
        let (actor, owner) = (self.actor.as_ref(), self.owner.as_ref());
        let mut all: Vec<_> = self.recipients.iter().chain(attributes).collect();
        // Most activities name only an actor and an owner, and need no list.
        let few = match all.is_empty() {
            true if actor <= owner => [actor.filter(|actor| Some(*actor) != owner), owner],
            true => [owner, actor],
            false => {
                all.extend(actor.into_iter().chain(owner));
                sort(&mut all);
                all.dedup();
                [None, None]
            }
        };
        few.into_iter().flatten().chain(all)
    }

    /// The activity in the program's own format, whatever format it was read from. [`Program::read_own`] reads it
    /// back.
    ///
    /// ```
    /// # use knownfor::{Feed, Incoming, Program, Tree};
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     input = { format = "cloudevents" }
    ///     kinds = { "blog.published" = {} }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let line: Tree = serde_json::from_str(r#"{
    ///     "specversion": "1.0", "id": "1", "source": "/wiki", "time": "2026-03-02T09:30:00Z", "type": "blog.published"
    /// }"#)?;
    /// let Incoming::Activity(activity) = program.read(&line, &Feed::new("wiki"))? else { panic!() };
    /// let stored = activity.to_tree();
    /// assert_eq!(
    ///     serde_json::to_string(&stored)?,
    ///     r#"{"source":"/wiki","id":"1","at":"2026-03-02T09:30:00Z","kind":"blog.published"}"#
    /// );
    /// assert_eq!(program.read_own(&stored)?, activity);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_tree(&self) -> Tree<'static> {
        let program = self.program();
        let mut tree = Vec::new();
        let mut put = |key: &'static str, value: Tree<'static>| tree.push((Cow::Borrowed(key), value));
        put("source", text_tree(&self.origin.source));
        put("id", text_tree(&self.origin.id));
        put("at", Tree::Text(Cow::Owned(self.origin.time.to_text())));
        if let Some(sequence) = self.origin.sequence {
            put("sequence", Tree::Integer(sequence));
        }
        put("kind", text_tree(&program.kinds[self.origin.kind].name));
        for (key, value) in [("actor", &self.actor), ("owner", &self.owner), ("object", &self.object)] {
            if let Some(value) = value {
                put(key, text_tree(value));
            }
        }
        if !self.recipients.is_empty() {
            put("recipients", Tree::List(self.recipients.iter().map(text_tree).collect()));
        }
        if !self.attributes.is_empty() {
            let attributes = self.attributes.iter();
            put(
                "attributes",
                Tree::Table(
                    attributes.map(|(id, value)| (key(&program.attributes[*id].name), value.to_tree())).collect(),
                ),
            );
        }
        if !self.profile.is_empty() {
            let fields = self.profile.iter();
            put(
                "profile",
                Tree::Table(
                    fields.map(|(id, state)| (key(&program.fields[*id].name), Tree::from(state.name()))).collect(),
                ),
            );
        }
        Tree::Table(tree)
    }
}

fn key(name: &Text) -> Cow<'static, str> {
    Cow::Owned(String::from(name.as_str()))
}
