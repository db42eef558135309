//! Activity: a fact as a program read it.

use crate::{
    base::{id_table::Id, packed::Texts, sort::sort, text::Text, time::Timestamp, tree::Tree},
    input::{
        content::{Draft, Part},
        origin::{ActivityRef, Origin, Stamp},
    },
    program::{
        Attribute, Field, Key, Program, Role,
        value::{FieldState, Found, text_tree},
    },
};
use alloc::{borrow::Cow, string::String, sync::Arc, vec::Vec};
use core::fmt;

/// A fact: who did what, when, and to what. [`Program::read`] makes it, for that program only.
///
/// Source and id identify it. A record orders activities by time, then by sequence (those without one first). At one
/// time and sequence, activities of a kind that `reverses` follow those that they can undo; the rest is ordered by
/// source and id. Ids that are whole numbers come first, by their value; all others follow as bytes. The order of
/// arrival makes no difference. Two activities are equal if all their parts are equal. A clone shares the memory of its
/// original.
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
#[derive(Clone)]
pub struct Activity {
    pub(crate) origin: Arc<Origin>,
}

impl Activity {
    pub(crate) fn new(program: &Program, stamp: Stamp, draft: Draft<'_>) -> Self {
        Self { origin: Arc::new(Origin { content: draft.pack(), ..Origin::kept(program, stamp) }) }
    }

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
        self.part(Part::Actor).first()
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
        self.part(Part::Owner).first()
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
    pub fn recipients(&self) -> impl Iterator<Item = &str> + Clone {
        self.part(Part::Recipients).iter()
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
        self.part(Part::Object).first()
    }

    pub(crate) fn attribute(&self, attribute: Id<Attribute>) -> Option<Found<'_>> {
        self.origin.content.seek().value(attribute)
    }

    /// The fields of a profile that it states.
    pub(crate) fn profile(&self) -> impl Iterator<Item = (Id<Field>, FieldState)> {
        self.origin.content.profile()
    }

    fn part(&self, part: Part) -> Texts<'_> {
        self.origin.content.part(part)
    }

    /// The member in a role that a single member holds.
    pub(crate) fn in_role(&self, role: Role) -> Option<&str> {
        match role {
            Role::Actor => self.actor(),
            Role::Owner => self.owner(),
            Role::Recipient => None,
            Role::Attribute(attribute) => match self.attribute(attribute) {
                Some(Found::Text(member)) => Some(member),
                _ => None,
            },
        }
    }

    /// The values of a key, in order. Empty if the activity has none.
    pub(crate) fn keys(&self, key: Key) -> Texts<'_> {
        self.part(match key {
            Key::Object => Part::Object,
            Key::Role(Role::Actor) => Part::Actor,
            Key::Role(Role::Owner) => Part::Owner,
            Key::Role(Role::Recipient) => Part::Recipients,
            Key::Role(Role::Attribute(attribute)) | Key::Attribute(attribute) => {
                return self.origin.content.texts(attribute);
            }
        })
    }

    /// Whether a member has a role.
    pub(crate) fn names(&self, member: &str, role: Role) -> bool {
        match role {
            Role::Recipient => self.part(Part::Recipients).contains(member),
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
    pub fn members(&self) -> impl Iterator<Item = &str> {
        let attributes =
            self.program().links.members.iter().filter_map(|attribute| self.in_role(Role::Attribute(*attribute)));
        let [actor, owner, _, recipients] = self.origin.content.parts();
        let (actor, owner) = (actor.first(), owner.first());
        let mut all: Vec<_> = recipients.iter().chain(attributes).collect();
        // Most activities name only an actor and an owner, and need no list.
        let few = match all.is_empty() {
            true if actor <= owner => [actor.filter(|_| actor != owner), owner],
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
        for (key, value) in [("actor", self.actor()), ("owner", self.owner()), ("object", self.object())] {
            if let Some(value) = value {
                put(key, text_tree(value));
            }
        }
        let recipients: Vec<_> = self.recipients().map(text_tree).collect();
        if !recipients.is_empty() {
            put("recipients", Tree::List(recipients));
        }
        let attributes = self.origin.content.attributes();
        let attributes: Vec<_> =
            attributes.map(|(id, value)| (key(&program.attributes[id].name), value.to_tree())).collect();
        if !attributes.is_empty() {
            put("attributes", Tree::Table(attributes));
        }
        let profile: Vec<_> =
            self.profile().map(|(id, state)| (key(&program.fields[id].name), Tree::from(state.name()))).collect();
        if !profile.is_empty() {
            put("profile", Tree::Table(profile));
        }
        Tree::Table(tree)
    }
}

fn key(name: &Text) -> Cow<'static, str> {
    Cow::Owned(String::from(name.as_str()))
}

impl PartialEq for Activity {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.origin, &other.origin)
            || (self.origin == other.origin && self.origin.content == other.origin.content)
    }
}

impl Eq for Activity {}

impl fmt::Debug for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Activity").field(&self.to_tree()).finish()
    }
}
