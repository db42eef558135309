//! Input: how a feed's own JSON becomes an activity.

use crate::{
    activity::{Activity, Origin},
    order::sort_and_dedup,
    problem::unknown,
    program::{
        Kind, Program,
        mapping::{Epoch, Input, KindInput},
    },
    table::Id,
    text::Text,
    time::{Instant, Time},
    tree::Tree,
    value::{AttributeType, FieldState, Value},
};
use alloc::{borrow::Cow, format, string::String, sync::Arc, vec::Vec};

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
    /// A feed whose activities are known by this source, where they do not name one themselves.
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
#[error("{}{}{message}", .path, if .path.is_empty() { "" } else { ": " })]
pub struct ReadError {
    /// Where in the activity, as a JSON Pointer; empty for the whole.
    pub path: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl ReadError {
    fn new(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }

    fn expected(path: &str, expected: &str, found: Option<&Tree<'_>>) -> Self {
        let message = match found {
            None | Some(Tree::Null) => format!("is missing; expected {expected}"),
            Some(Tree::Text(text)) if text.len() <= 80 => format!("expected {expected}, found `{text}`"),
            Some(other) => format!("expected {expected}, found {}", other.what()),
        };
        Self::new(path, message)
    }
}

impl Program {
    /// Reads an activity from a feed's own JSON, as `[input]` of the program says. `None` is a kind that the program ignores.
    ///
    /// # Errors
    ///
    /// Something required is missing, something is of the wrong type or too long, or the kind is unknown. Nothing is half read.
    pub fn read(&self, tree: &Tree<'_>, feed: &Feed) -> Result<Option<Activity>, ReadError> {
        let input = &self.input;
        is_table(tree)?;
        let called = word(tree, &input.kind)?.ok_or_else(|| ReadError::expected(&input.kind, "the kind", None))?;
        let Some(kind) = input.kinds.get(&*called) else {
            if input.ignores_unknown_kinds {
                return Ok(None);
            }
            return Err(ReadError::new(&input.kind, unknown("kind", &called, input.kinds.keys().map(Text::as_str))));
        };
        self.read_kind(tree, *kind, feed, input, &self.kinds[*kind].input).map(Some)
    }

    /// Reads an activity from the program's own format (see [`Activity::to_tree`]), which names its source.
    ///
    /// # Errors
    ///
    /// As for [`Program::read`].
    pub fn read_own(&self, tree: &Tree<'_>) -> Result<Activity, ReadError> {
        is_table(tree)?;
        let called = word(tree, "/kind")?.ok_or_else(|| ReadError::expected("/kind", "the kind", None))?;
        let Some(kind) = self.kinds_by_name.get(&*called) else {
            return Err(ReadError::new("/kind", unknown("kind", &called, self.kinds_by_name.keys().map(Text::as_str))));
        };
        let Some(source) = word(tree, "/source")? else {
            return Err(ReadError::expected("/source", "the name of the source", None));
        };
        self.read_kind(tree, *kind, &Feed::new(&source), &Input::own(), &self.kinds[*kind].own_input)
    }

    fn read_kind(
        &self,
        tree: &Tree<'_>,
        kind: Id<Kind>,
        feed: &Feed,
        input: &Input,
        places: &KindInput,
    ) -> Result<Activity, ReadError> {
        let text = |pointer: &str| word(tree, pointer).map(|word| word.map(|word| Text::from(&*word)));
        let sequence = match input.sequence.as_str() {
            "@line" => feed.line,
            pointer => integer(tree, pointer)?,
        };
        let mut attributes = Vec::with_capacity(places.attributes.len());
        for (attribute, pointer) in &places.attributes {
            if let Some(value) = value(tree, pointer, self.attributes[*attribute].of)? {
                attributes.push((*attribute, value));
            }
        }
        let mut profile = Vec::with_capacity(places.profile.len());
        for (field, pointer) in &places.profile {
            if let Some(state) = field_state(tree, pointer)? {
                profile.push((*field, state));
            }
        }
        Ok(Activity {
            program: self.fingerprint,
            origin: Arc::new(Origin {
                source: text(&input.source)?.unwrap_or_else(|| feed.source.clone()),
                id: text(&input.id)?.ok_or_else(|| ReadError::expected(&input.id, "an id", None))?,
                time: time(tree, &input.at, input.epoch)?,
                sequence,
                kind,
            }),
            actor: text(&places.actor)?,
            owner: text(&places.owner)?,
            recipients: texts(tree, &places.recipients)?.unwrap_or_default(),
            object: text(&places.object)?,
            attributes,
            profile,
        })
    }
}

fn is_table(tree: &Tree<'_>) -> Result<(), ReadError> {
    match tree {
        Tree::Table(_) => Ok(()),
        other => {
            let expected = r#"expected an activity, a table like {"id": …, "at": …, "kind": …}, found "#;
            Err(ReadError::new("", format!("{expected}{}", other.what())))
        }
    }
}

fn present<'t, 'a>(tree: &'t Tree<'a>, pointer: &str) -> Option<&'t Tree<'a>> {
    tree.at(pointer).filter(|found| **found != Tree::Null)
}

/// An id, kind or other short text; a whole number is taken as its digits.
fn word<'t>(tree: &'t Tree<'_>, pointer: &str) -> Result<Option<Cow<'t, str>>, ReadError> {
    match present(tree, pointer) {
        None => Ok(None),
        Some(Tree::Integer(number)) => Ok(Some(Cow::Owned(format!("{number}")))),
        Some(Tree::Text(text)) if (1..=MAX_ACTIVITY_TEXT_BYTES).contains(&text.len()) => {
            Ok(Some(Cow::Borrowed(&**text)))
        }
        Some(Tree::Text(text)) => {
            let message =
                format!("expected a text of 1 to {MAX_ACTIVITY_TEXT_BYTES} bytes, found {} bytes", text.len());
            Err(ReadError::new(pointer, message))
        }
        other => Err(ReadError::expected(pointer, "a text or a whole number", other)),
    }
}

fn integer(tree: &Tree<'_>, pointer: &str) -> Result<Option<i64>, ReadError> {
    match present(tree, pointer) {
        None => Ok(None),
        Some(Tree::Integer(number)) if number.unsigned_abs() < 1 << 53 => Ok(Some(*number)),
        Some(Tree::Integer(number)) => {
            Err(ReadError::new(pointer, format!("expected a whole number within ±(2^53 − 1), found {number}")))
        }
        other => Err(ReadError::expected(pointer, "a whole number", other)),
    }
}

/// A set of texts: sorted, each once. One text is a set of one.
fn texts(tree: &Tree<'_>, pointer: &str) -> Result<Option<Vec<Text>>, ReadError> {
    let items = match present(tree, pointer) {
        None => return Ok(None),
        Some(Tree::List(items)) => items.as_slice(),
        Some(one) => core::slice::from_ref(one),
    };
    if items.len() > MAX_ITEMS {
        return Err(ReadError::new(pointer, format!("{} items; expected at most {MAX_ITEMS}", items.len())));
    }
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        match word(item, "") {
            Ok(Some(text)) => texts.push(Text::from(&*text)),
            _ => {
                return Err(ReadError::expected(&format!("{pointer}/{index}"), "a text or a whole number", Some(item)));
            }
        }
    }
    sort_and_dedup(&mut texts);
    Ok(Some(texts))
}

fn value(tree: &Tree<'_>, pointer: &str, of: AttributeType) -> Result<Option<Value>, ReadError> {
    Ok(match of {
        AttributeType::Integer => integer(tree, pointer)?.map(Value::Integer),
        AttributeType::Text | AttributeType::Member => word(tree, pointer)?.map(|text| Value::Text(Text::from(&*text))),
        AttributeType::Texts => texts(tree, pointer)?.map(Value::Texts),
        AttributeType::Flag => match present(tree, pointer) {
            None => None,
            Some(Tree::Flag(flag)) => Some(Value::Flag(*flag)),
            other => return Err(ReadError::expected(pointer, "true or false", other)),
        },
        AttributeType::Time => match present(tree, pointer) {
            None => None,
            Some(_) => Some(Value::Time(time(tree, pointer, None)?.instant)),
        },
    })
}

fn field_state(tree: &Tree<'_>, pointer: &str) -> Result<Option<FieldState>, ReadError> {
    const EXPECTED: &str = "one of: done, missing, does-not-apply, prefer-not-to-say (or true or false)";
    match present(tree, pointer) {
        None => Ok(None),
        Some(Tree::Flag(true)) => Ok(Some(FieldState::Done)),
        Some(Tree::Flag(false)) => Ok(Some(FieldState::Missing)),
        found => {
            let state = found.and_then(Tree::as_text).and_then(FieldState::from_name);
            state.map(Some).ok_or_else(|| ReadError::expected(pointer, EXPECTED, found))
        }
    }
}

fn time(tree: &Tree<'_>, pointer: &str, epoch: Option<Epoch>) -> Result<Time, ReadError> {
    let found = present(tree, pointer);
    let utc = |instant| Time { instant, offset_seconds: None };
    let (time, expected) = match epoch {
        None => (
            found.and_then(Tree::as_text).and_then(Time::parse),
            "a time in RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00`",
        ),
        Some(Epoch::Seconds) => (
            found.and_then(Tree::as_integer).and_then(|seconds| Instant::from_unix(seconds, 0)).map(utc),
            "whole seconds since 1970",
        ),
        Some(Epoch::Milliseconds) => {
            let instant = found.and_then(Tree::as_integer).and_then(|milliseconds| {
                let nanos = u32::try_from(milliseconds.rem_euclid(1_000)).ok()? * 1_000_000;
                Instant::from_unix(milliseconds.div_euclid(1_000), nanos)
            });
            (instant.map(utc), "whole milliseconds since 1970")
        }
    };
    time.ok_or_else(|| ReadError::expected(pointer, expected, found))
}
