//! Reading: turns a value of a feed into the type required, or reports what was expected.

use super::{MAX_ACTIVITY_TEXT_BYTES, MAX_ITEMS, Read, ReadError};
use crate::{
    base::{
        keyword::Keyword,
        text::Text,
        time::{Time, Timestamp},
        tree::Tree,
    },
    program::{
        format::Format,
        mapping::Epoch,
        value::{AttributeType, FieldState, Value},
    },
};
use alloc::{borrow::Cow, boxed::Box, format, vec::Vec};

/// An id, kind or other short text in a line.
#[derive(Clone, Copy)]
pub(super) enum Word<'t> {
    Text(&'t str),
    /// A number, kept as its digits.
    Number(i64),
}

impl<'t> Word<'t> {
    pub(super) fn keep(self) -> Text {
        match self {
            Self::Text(text) => text.into(),
            Self::Number(number) => itoa::Buffer::new().format(number).into(),
        }
    }

    pub(super) fn as_text(self) -> Cow<'t, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(itoa::Buffer::new().format(number).into()),
        }
    }
}

pub(super) fn word<'t>(found: &'t Tree<'_>) -> Read<Word<'t>> {
    match found {
        Tree::Text(text) => short(text).map(Word::Text),
        Tree::Integer(number) => Ok(Word::Number(*number)),
        other => Err(ReadError::expected("a text or a whole number", Some(other))),
    }
}

/// A text within the size limit.
pub(super) fn short(text: &str) -> Read<&str> {
    if (1..=MAX_ACTIVITY_TEXT_BYTES).contains(&text.len()) {
        return Ok(text);
    }
    Err(ReadError::new(format!("expected a text of 1 to {MAX_ACTIVITY_TEXT_BYTES} bytes, found {} bytes", text.len())))
}

pub(super) fn integer(found: &Tree<'_>) -> Read<i64> {
    match found {
        Tree::Integer(number) if number.unsigned_abs() < 1 << 53 => Ok(*number),
        Tree::Integer(number) => {
            Err(ReadError::new(format!("expected a whole number within ±(2^53 − 1), found {number}")))
        }
        other => Err(ReadError::expected("a whole number", Some(other))),
    }
}

/// Reads each item of a list except null. A value that is not a list counts as a list of one.
pub(super) fn each(found: &Tree<'_>, mut read: impl FnMut(&Tree<'_>) -> Read<()>) -> Read<()> {
    let Tree::List(items) = found else { return read(found) };
    if items.len() > MAX_ITEMS {
        return Err(ReadError::too_many(items.len()));
    }
    (0..)
        .zip(items)
        .filter(|(_, item)| !matches!(item, Tree::Null))
        .try_for_each(|(index, item): (usize, _)| read(item).map_err(|error| error.at(&format!("/{index}"))))
}

/// A set of texts, sorted and without duplicates. A single text is a set of one.
fn texts(found: &Tree<'_>) -> Read<Box<[Text]>> {
    let mut texts = Vec::with_capacity(found.items().len().min(MAX_ITEMS));
    each(found, |item| {
        texts.push(word(item)?.keep());
        Ok(())
    })?;
    texts.sort_unstable();
    texts.dedup();
    Ok(texts.into())
}

/// Reads the value of an attribute and passes it to `keep`, unless a member is expected and none is named.
pub(super) fn value(
    found: &Tree<'_>,
    of: AttributeType,
    format: Format,
    // A callback, because a result would be copied several times on its way up.
    keep: impl FnOnce(Value),
) -> Read<()> {
    match of {
        AttributeType::Integer => keep(Value::Integer(integer(found)?)),
        AttributeType::Text => keep(Value::Text(word(found)?.keep())),
        AttributeType::Member => {
            if let Some(member) = format.member(found)? {
                keep(Value::Text(member.keep()));
            }
        }
        AttributeType::Texts => keep(Value::Texts(texts(found)?)),
        AttributeType::Flag => match found {
            Tree::Flag(flag) => keep(Value::Flag(*flag)),
            other => return Err(ReadError::expected("true or false", Some(other))),
        },
        AttributeType::Time => keep(Value::Time(time(found, None)?.instant)),
    }
    Ok(())
}

pub(super) fn field_state(found: &Tree<'_>) -> Read<FieldState> {
    const EXPECTED: &str = "one of: done, missing, does-not-apply, prefer-not-to-say (or true or false)";
    let state = match found {
        Tree::Flag(true) => Some(FieldState::Done),
        Tree::Flag(false) => Some(FieldState::Missing),
        other => other.as_text().and_then(FieldState::from_name),
    };
    state.ok_or_else(|| ReadError::expected(EXPECTED, Some(found)))
}

pub(super) fn time(found: &Tree<'_>, epoch: Option<Epoch>) -> Read<Time> {
    let time = match (epoch, found) {
        (None, Tree::Text(text)) => Time::parse(text),
        (Some(Epoch::Seconds), Tree::Integer(seconds)) => Timestamp::from_unix(*seconds, 0).map(Time::utc),
        (Some(Epoch::Milliseconds), Tree::Integer(milliseconds)) => {
            Timestamp::from_unix_millis(*milliseconds).map(Time::utc)
        }
        _ => None,
    };
    time.ok_or_else(|| ReadError::expected(expected_time(epoch), Some(found)))
}

/// The expected form of a time, for a message.
pub(super) fn expected_time(epoch: Option<Epoch>) -> &'static str {
    match epoch {
        None => "a time in RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00`",
        Some(Epoch::Seconds) => "whole seconds since 1970, of a year up to 9999",
        Some(Epoch::Milliseconds) => "whole milliseconds since 1970, of a year up to 9999",
    }
}
