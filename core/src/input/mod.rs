//! Input: how a feed's own JSON becomes an activity.

pub(crate) mod activity;
pub(crate) mod assess;
mod line;
mod naming;
mod reading;

use self::{
    line::Line,
    reading::{Word, field_state, value, word},
};
use crate::{
    base::{id_table::Id, text::Text, tree::Tree},
    input::activity::{Activity, Origin, Stamp},
    language::{audience::Audience, problem::unknown},
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

/// An id or other text of an activity: long enough for a link.
pub const MAX_ACTIVITY_TEXT_BYTES: usize = 4_096;
/// Recipients, or items of a set, of one activity: beyond it a mailing list should be a member of its own.
pub const MAX_ITEMS: usize = 1_000;

/// Where a tree comes from: the name of its source, and its line.
#[derive(Clone, Debug)]
pub struct Feed {
    source: Text,
    line: Option<i64>,
}

impl Feed {
    /// A feed whose activities are known by this source, where they do not name one themselves. Whoever may name another can void what
    /// that one sent: a host that takes lines from several senders compares the source that was read with who sent it.
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), line: None }
    }

    /// The same feed at some line, for programs that take the order of equal times from it (`sequence = "@line"`).
    #[must_use]
    pub fn line(&self, number: u64) -> Self {
        Self { source: self.source.clone(), line: i64::try_from(number).ok() }
    }
}

/// An activity that could not be read: where, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{}", .0.path, if .0.path.is_empty() { "" } else { ": " }, .0.message)]
pub struct ReadError(Box<Unread>);

/// What an error says, apart so that every reader hands up little where all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unread {
    path: String,
    message: String,
}

type Read<T> = Result<T, ReadError>;

impl ReadError {
    /// Where in the activity, as a JSON Pointer; empty for the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong and what was expected.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What is found comes from outside: its line ends and the like are written out, so that a message stays one line of a log.
    #[cold]
    fn new(message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains(char::is_control) {
            let written = |part: char| if part.is_control() { part.escape_default().to_string() } else { part.into() };
            message = message.chars().map(written).collect();
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

    /// Told by whatever reads lines.
    #[cold]
    fn unreadable(error: impl fmt::Display) -> Self {
        Self::new(format!("cannot be read: {error}"))
    }

    fn too_many(items: usize) -> Self {
        Self::new(format!("{items} items; expected at most {MAX_ITEMS}"))
    }

    /// The same below another place.
    #[cold]
    fn at(mut self, above: &str) -> Self {
        self.0.path.insert_str(0, above);
        self
    }
}

/// What a line of a feed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Something that happened.
    Activity(Activity),
    /// An activity is to be taken out of the record, as if it had never been.
    Void {
        /// Where it came from, as the void does.
        source: Text,
        /// Its id there.
        id: Text,
    },
    /// Of a kind that the program ignores.
    Ignored,
}

impl From<Activity> for Incoming {
    fn from(activity: Activity) -> Self {
        Self::Activity(activity)
    }
}

impl Program {
    /// Reads a line of a feed in the feed's own JSON, as `[input]` of the program says, from whatever serde reads: JSON text by
    /// `&mut serde_json::Deserializer`, which takes the least time, or what is in memory already, like a `&serde_json::Value` or a
    /// [`&Tree`](Tree). What the program does not ask for is passed over.
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
    /// json.end()?; // nothing comes after it
    /// assert_eq!(activity.actor(), Some("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It cannot be read at all; something required is missing, something is of the wrong type or too long, or the kind is unknown.
    /// Nothing is half read.
    pub fn read<'de, D: Deserializer<'de>>(&self, line: D, feed: &Feed) -> Result<Incoming, ReadError> {
        let noted = self.input.feed.keys.note(line).map_err(ReadError::unreadable)?;
        self.incoming(&noted, feed)
    }

    /// Reads an activity from the program's own format (see [`Activity::to_tree`]), which names its source, likewise.
    ///
    /// # Errors
    ///
    /// As for [`Program::read`].
    pub fn read_own<'de, D: Deserializer<'de>>(&self, activity: D) -> Result<Activity, ReadError> {
        let noted = self.input.own.keys.note(activity).map_err(ReadError::unreadable)?;
        self.own_activity(&noted)
    }

    fn incoming(&self, noted: &FieldMap<'_, '_>, feed: &Feed) -> Read<Incoming> {
        let input = &self.input;
        let line = Line { noted, format: input.format, envelope: &input.feed, feed };
        input.format.check_version(noted)?;
        let Some(called) = line.kind()? else { return line.void() };
        if let Some(id) = input.format.voided(noted, &called)? {
            return Ok(Incoming::Void { source: line.source()?, id });
        }
        let particular = input.format.particular_kind(noted, &called).and_then(|name| input.kind(&name));
        let Some(kind) = particular.or_else(|| input.kind(&called)) else {
            if input.ignores_unknown_kinds {
                return Ok(Incoming::Ignored);
            }
            return Err(line.unknown_kind(&called, input.called.texts()));
        };
        let pointers = &self.kinds[kind].input;
        let activity = self.activity(&line, kind, pointers)?;
        self.redeemed(&line, pointers, &activity)?;
        Ok(Incoming::Activity(activity))
    }

    fn own_activity(&self, noted: &FieldMap<'_, '_>) -> Read<Activity> {
        let source = match noted.under("source") {
            None | Some(Tree::Null) => Err(ReadError::expected("the name of the source", None)),
            Some(source) => word(source),
        };
        let feed = Feed::new(&source.map_err(|error| error.at("/source"))?.as_text());
        let line = Line { noted, format: Format::Own, envelope: &self.input.own, feed: &feed };
        let Some(called) = line.kind()? else { return Err(Line::missing(&line.envelope.kind, "the kind")) };
        let Some(kind) = self.kinds_by_name.get(&*called) else {
            return Err(line.unknown_kind(&called, self.kinds_by_name.keys()));
        };
        self.activity(&line, *kind, &self.kinds[*kind].own_input)
    }

    fn activity(&self, line: &Line<'_, '_>, kind: Id<Kind>, pointers: &KindInput) -> Read<Activity> {
        let mut attributes = Vec::with_capacity(pointers.attributes.len());
        for (attribute, pointer) in &pointers.attributes {
            let of = self.attributes[*attribute].of;
            line.at(pointer, |found| value(found, of, line.format, |value| attributes.push((*attribute, value))))?;
        }
        if self.sharing.on == Some(kind) {
            self.audiences(line, pointers, &attributes)?;
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

    /// Refuses a redemption of no reward of the program, for which nothing could be booked. In a record that the host keeps it may
    /// stand: of a reward that there was once.
    fn redeemed(&self, line: &Line<'_, '_>, pointers: &KindInput, activity: &Activity) -> Read<()> {
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
        Err(error.at(&pointer.map(|(_, pointer)| pointer.pointer(line.noted)).unwrap_or_default()))
    }

    /// Refuses what is said of an audience in other words than the program knows: who meant to hide something is not to find it shown.
    fn audiences(&self, line: &Line<'_, '_>, pointers: &KindInput, attributes: &[(Id<Attribute>, Value)]) -> Read<()> {
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
