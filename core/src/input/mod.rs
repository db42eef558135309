//! Input: turns lines of a feed into activities.

pub(crate) mod activity;
pub(crate) mod assess;
pub(crate) mod differences;
mod line;
mod naming;
mod order;
mod reading;

use self::{
    line::Line,
    reading::{Word, field_state, value, word},
};
use crate::{
    base::{id_table::Id, text::Text, tree::Tree},
    input::activity::{Activity, Origin, Stamp},
    language::{audience::Audience, nearest::unknown},
    program::{Attribute, Kind, Program, format::Format, keys::FieldMap, mapping::KindInput, value::Value},
};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::fmt;
use serde::Deserializer;

/// The most bytes of an id or other text of an activity: enough for a link.
pub const MAX_ACTIVITY_TEXT_BYTES: usize = 4_096;
/// The most recipients, or items of a set, in one activity. A longer mailing list should be a member of its own.
pub const MAX_ITEMS: usize = 1_000;

/// Where a line comes from: a source, and optionally a line number.
///
/// ```
/// use knownfor::{Feed, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "blog.published" = {} }
/// "#)?;
/// let program = Program::check(&program, |_| None)?;
/// let wiki = Feed::new("wiki");
/// let lines = "{\"id\": 1, \"at\": \"yesterday\", \"kind\": \"blog.published\"}\n";
/// for (number, line) in (1..).zip(lines.lines()) {
///     let error = program.read(&mut serde_json::Deserializer::from_str(line), &wiki.line(number)).unwrap_err();
///     assert_eq!(error.path(), "/at"); // not a time
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Feed {
    source: Text,
    line: Option<i64>,
}

impl Feed {
    /// A feed with this source. A line that names a source itself keeps its own.
    ///
    /// Source and id identify an activity, so a sender who names another source can void its activities. If several
    /// senders feed a host, the host must compare the source of what was read with the sender.
    ///
    /// ```
    /// # use knownfor::{Feed, Incoming, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line: Tree = serde_json::from_str(r#"{
    ///     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"
    /// }"#)?;
    /// let Incoming::Activity(activity) = program.read(&line, &Feed::new("wiki"))? else { panic!() };
    /// assert_eq!(activity.source(), "chat");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), line: None }
    }

    /// The same feed at a line number, for programs that order equal times by it (`sequence = "@line"`).
    ///
    /// ```
    /// use knownfor::{Feed, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     input = { sequence = "@line" }
    ///     kinds = { "blog.published" = {} }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let feed = Feed::new("wiki");
    /// for number in 1..=2 {
    ///     let line = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    ///     program.read(&mut serde_json::Deserializer::from_str(line), &feed.line(number))?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn line(&self, number: u64) -> Self {
        Self { source: self.source.clone(), line: i64::try_from(number).ok() }
    }
}

/// A line that could not be read: where, what is wrong, and what was expected.
///
/// It displays as `path: message`, on one line.
///
/// ```
/// # use knownfor::{Feed, Program, Tree};
/// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// # let program = Program::check(&program, |_| None)?;
/// let line: Tree = serde_json::from_str(r#"{"id": "1", "at": "yesterday", "kind": "blog.published"}"#)?;
/// let error = program.read(&line, &Feed::new("wiki")).unwrap_err();
/// assert_eq!(error.path(), "/at");
/// assert_eq!(
///     error.message(),
///     "expected a time in RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00`, found the text `yesterday`"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{}", .0.path, if .0.path.is_empty() { "" } else { ": " }, .0.message)]
pub struct ReadError(Box<Unread>);

/// The content of an error, boxed so that results stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unread {
    path: String,
    message: String,
}

type Read<T> = Result<T, ReadError>;

impl ReadError {
    /// Where the error is: a JSON Pointer into the line, or empty for the whole line.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": {"number": 1}, "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    /// let error = program.read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki")).unwrap_err();
    /// assert_eq!(error.path(), "/id");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, and what was expected.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": "1", "kind": "blog.published"}"#;
    /// let error = program.read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki")).unwrap_err();
    /// assert!(error.message().starts_with("is missing; expected a time"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Escapes control characters, which a feed may contain, so that a message stays on one line of a log.
    #[cold]
    fn new(message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains(char::is_control) {
            let escape = |part: char| if part.is_control() { part.escape_default().to_string() } else { part.into() };
            message = message.chars().map(escape).collect();
        }
        Self(Box::new(Unread { path: String::new(), message }))
    }

    #[cold]
    fn expected(expected: &str, found: Option<&Tree<'_>>) -> Self {
        Self::new(match found {
            None | Some(Tree::Null) => format!("is missing; expected {expected}"),
            Some(Tree::Text(text)) if text.len() <= 80 => format!("expected {expected}, found the text `{text}`"),
            Some(Tree::Integer(number)) => format!("expected {expected}, found the number {number}"),
            Some(other) => format!("expected {expected}, found {}", other.what()),
        })
    }

    /// An error of the deserializer.
    #[cold]
    fn unreadable(error: impl fmt::Display) -> Self {
        Self::new(format!("cannot be read: {error}"))
    }

    fn too_many(items: usize) -> Self {
        Self::new(format!("{items} items; expected at most {MAX_ITEMS}"))
    }

    /// The same error, its path below another one.
    #[cold]
    fn at(mut self, above: &str) -> Self {
        self.0.path.insert_str(0, above);
        self
    }
}

/// What a line of a feed turned out to be. [`Program::read`] returns it, and [`Engine::apply`](crate::Engine::apply)
/// takes it.
///
/// ```
/// # use knownfor::{Feed, Incoming, Program, Tree};
/// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// # let program = Program::check(&program, |_| None)?;
/// let line: Tree = serde_json::from_str(r#"{"void": "1"}"#)?;
/// match program.read(&line, &Feed::new("wiki"))? {
///     Incoming::Activity(activity) => println!("{} happened", activity.id()),
///     Incoming::Void { source, id } => assert_eq!((&*source, &*id), ("wiki", "1")),
///     Incoming::Ignored => {}
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Something that happened.
    Activity(Activity),
    /// A request to remove an activity from the record, as if it had never been.
    Void {
        /// The source of the activity, which is also that of the line.
        source: Text,
        /// The id of the activity in this source.
        id: Text,
    },
    /// An activity of a kind that the program does not name (`input = { unknown_kinds = "ignore" }`).
    Ignored,
}

impl From<Activity> for Incoming {
    fn from(activity: Activity) -> Self {
        Self::Activity(activity)
    }
}

impl Program {
    /// Reads a line of a feed as the program's `input` says.
    ///
    /// Any serde deserializer works. `&mut serde_json::Deserializer` reads JSON text and is the fastest; a
    /// `&serde_json::Value` or a [`&Tree`](Tree) is in memory already. Keys that the program does not use are skipped.
    ///
    /// ```
    /// use knownfor::{Feed, Incoming, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     [kinds."blog.published"]
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"}"#;
    ///
    /// let mut json = serde_json::Deserializer::from_str(line);
    /// let Incoming::Activity(activity) = program.read(&mut json, &Feed::new("wiki"))? else { panic!() };
    /// json.end()?; // nothing may follow on the line
    /// assert_eq!(activity.actor(), Some("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadError`] if the input is malformed, if a required part is missing, if a value has the wrong type or is too
    /// long, if the kind is unknown, or if a redemption names no reward of the program. There are no partial results.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line: Tree = serde_json::from_str(r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.publish"}"#)?;
    /// let error = program.read(&line, &Feed::new("wiki")).unwrap_err();
    /// assert_eq!(error.to_string(), "/kind: there is no kind `blog.publish`; did you mean `blog.published`?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read<'de, D: Deserializer<'de>>(&self, line: D, feed: &Feed) -> Result<Incoming, ReadError> {
        let fields = self.input.feed.keys.read(line).map_err(ReadError::unreadable)?;
        self.incoming(&fields, feed)
    }

    /// Reads an activity in the program's own format, as [`Activity::to_tree`] writes it. This is how a host reads
    /// back its record.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored: Tree = serde_json::from_str(r#"{
    ///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
    /// }"#)?;
    /// let activity = program.read_own(&stored)?;
    /// assert_eq!(activity.source(), "wiki");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Program::read`], and if the source is missing:
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    /// let error = program.read_own(&mut serde_json::Deserializer::from_str(stored)).unwrap_err();
    /// assert_eq!(error.to_string(), "/source: is missing; expected the name of the source");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_own<'de, D: Deserializer<'de>>(&self, activity: D) -> Result<Activity, ReadError> {
        let fields = self.input.own.keys.read(activity).map_err(ReadError::unreadable)?;
        self.own_activity(&fields)
    }

    fn incoming(&self, fields: &FieldMap<'_, '_>, feed: &Feed) -> Read<Incoming> {
        let input = &self.input;
        let line = Line { fields, format: input.format, envelope: &input.feed, feed };
        input.format.check_version(fields)?;
        let Some(called) = line.kind()? else { return line.void() };
        if let Some(id) = input.format.voided(fields, &called)? {
            return Ok(Incoming::Void { source: line.source()?, id });
        }
        let particular = input.format.particular_kind(fields, &called).and_then(|name| input.kind(&name));
        let Some(kind) = particular.or_else(|| input.kind(&called)) else {
            if input.ignores_unknown_kinds {
                return Ok(Incoming::Ignored);
            }
            return Err(line.unknown_kind(&called, input.called.texts()));
        };
        let pointers = &self.kinds[kind].input;
        let activity = self.activity(&line, kind, pointers)?;
        self.check_redemption(&line, pointers, &activity)?;
        Ok(Incoming::Activity(activity))
    }

    fn own_activity(&self, fields: &FieldMap<'_, '_>) -> Read<Activity> {
        let source = match fields.under("source") {
            None | Some(Tree::Null) => Err(ReadError::expected("the name of the source", None)),
            Some(source) => word(source),
        };
        let feed = Feed::new(&source.map_err(|error| error.at("/source"))?.as_text());
        let line = Line { fields, format: Format::Own, envelope: &self.input.own, feed: &feed };
        let Some(called) = line.kind()? else { return Err(Line::missing(&line.envelope.kind, "the kind")) };
        let Some(kind) = self.kinds_by_name.get(&*called) else {
            return Err(line.unknown_kind(&called, self.kinds_by_name.keys()));
        };
        self.activity(&line, *kind, &self.kinds[*kind].own_input)
    }

    fn activity(&self, line: &Line<'_, '_>, kind: Id<Kind>, pointers: &KindInput) -> Read<Activity> {
        let mut attributes = Vec::with_capacity(pointers.attributes.len());
        for (attribute, pointer) in &pointers.attributes {
            let of = self.attributes[*attribute].value_type;
            line.at(pointer, |found| value(found, of, line.format, |value| attributes.push((*attribute, value))))?;
        }
        if self.sharing.on == Some(kind) {
            self.check_audiences(line, pointers, &attributes)?;
        }
        let mut profile = Vec::with_capacity(pointers.profile.len());
        for (field, pointer) in &pointers.profile {
            if let Some(state) = line.at(pointer, field_state)? {
                profile.push((*field, state));
            }
        }
        let member = |found| line.format.member(found);
        Ok(Activity {
            origin: Arc::new(Origin {
                program: self.clone(),
                stamp: Stamp {
                    source: line.source()?,
                    id: line.id()?,
                    time: line.time()?,
                    sequence: line.sequence()?,
                    kind,
                },
            }),
            actor: line.at(&pointers.actor, member)?.flatten().map(Word::keep),
            owner: line.at(&pointers.owner, member)?.flatten().map(Word::keep),
            recipients: line.recipients(&pointers.recipients)?,
            object: line.at(&pointers.object, |found| line.format.object(found))?.flatten().map(Word::keep),
            attributes,
            profile,
        })
    }

    /// Refuses a redemption that names no reward of the program. [`Program::read_own`] accepts it: the program may
    /// have had the reward when the activity was recorded.
    fn check_redemption(&self, line: &Line<'_, '_>, pointers: &KindInput, activity: &Activity) -> Read<()> {
        let Some(redeem) = self.redeem.as_ref().filter(|redeem| redeem.on == activity.origin.kind) else {
            return Ok(());
        };
        let error = match activity.attribute(redeem.reward) {
            Some(Value::Text(name)) if self.rewards.find(name).is_some() => return Ok(()),
            Some(Value::Text(name)) => {
                ReadError::new(unknown("reward", name, self.rewards.values().map(|reward| reward.name.as_str())))
            }
            _ => ReadError::expected("the name of a reward", None),
        };
        let pointer = pointers.attributes.iter().find(|(id, _)| *id == redeem.reward);
        Err(error.at(&pointer.map(|(_, pointer)| pointer.pointer(line.fields)).unwrap_or_default()))
    }

    /// Refuses an unknown audience. If it were ignored, a part that its member meant to hide would be shown.
    fn check_audiences(
        &self,
        line: &Line<'_, '_>,
        pointers: &KindInput,
        attributes: &[(Id<Attribute>, Value)],
    ) -> Read<()> {
        for (_, attribute) in &self.sharing.attributes {
            let said = attributes.iter().find(|(id, _)| id == attribute).map(|(_, value)| value);
            let known = |value: &Value| matches!(value, Value::Text(name) if Audience::of_member(name).is_some());
            if said.is_none_or(known) {
                continue;
            }
            for (_, pointer) in pointers.attributes.iter().filter(|(id, _)| id == attribute) {
                let expected = "one of: private, team, company";
                line.at(pointer, |found| Err::<(), _>(ReadError::expected(expected, Some(found))))?;
            }
        }
        Ok(())
    }
}
