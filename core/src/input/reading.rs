//! Reading: turns a value of a feed into the type required, or reports what was expected.

use super::{
    MAX_ACTIVITY_TEXT_BYTES,
    content::Attributes,
    error::{Read, ReadError},
};
use crate::{
    base::{
        decimal::{Decimal, NANOS},
        keyword::Keyword,
        number::capped,
        text::Text,
        time::{Time, Timestamp},
        time_error::Fault,
        tree::Tree,
        zone::Zone,
    },
    program::{
        cost::MAX_ITEMS,
        mapping::{AttributeInput, Epoch},
        value::{AttributeType, FieldState},
    },
};
use alloc::{borrow::Cow, format, string::ToString, vec::Vec};

/// An id, kind or other short text in a line.
#[derive(Clone, Copy)]
pub(super) enum Word<'t> {
    Text(&'t str),
    /// A number, kept as its digits.
    Number(i64),
    /// An xAPI account, kept as its home page and name with a space between them, which no home page contains.
    Account(&'t Tree<'t>),
}

impl<'t> Word<'t> {
    #[inline]
    pub(super) fn keep(self) -> Text {
        match self {
            Self::Text(text) => text.into(),
            Self::Number(number) => itoa::Buffer::new().format(number).into(),
            Self::Account(account) => account_text(account),
        }
    }

    #[inline]
    pub(super) fn as_text(self) -> Cow<'t, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.keep().as_str().into()),
        }
    }
}

/// Both parts of an account.
#[cold]
fn account_text(account: &Tree<'_>) -> Text {
    let part = |key| account.get(key).and_then(|part| word(part).ok()).map(Word::as_text).unwrap_or_default();
    format!("{} {}", part("homePage"), part("name")).into()
}

pub(super) fn word<'t>(found: &'t Tree<'_>) -> Read<Word<'t>> {
    match found {
        Tree::Text(text) => short(text).map(Word::Text),
        Tree::Integer(number) => Ok(Word::Number(*number)),
        other => Err(ReadError::expected("a text or a whole number", Some(other))),
    }
}

/// A text within the size limit, without U+0000. Databases refuse that one or end the text there.
pub(super) fn short(text: &str) -> Read<&str> {
    within(text.len())?;
    match text.contains('\0') {
        true => Err(ReadError::new("expected a text without U+0000")),
        false => Ok(text),
    }
}

/// Refuses a text whose length in bytes is outside the size limit.
pub(super) fn within(bytes: usize) -> Read<()> {
    if (1..=MAX_ACTIVITY_TEXT_BYTES).contains(&bytes) {
        return Ok(());
    }
    Err(ReadError::new(format!("expected a text of 1 to {MAX_ACTIVITY_TEXT_BYTES} bytes, found {bytes} bytes")))
}

/// Reads a whole number. With `times`, multiplies a number that may have a fraction, and cuts the rest.
pub(super) fn integer(found: &Tree<'_>, times: Option<i64>) -> Read<i64> {
    match (found, times) {
        (Tree::Integer(number), None) if is_exact(*number) => Ok(*number),
        _ => scaled(found, times),
    }
}

fn is_exact(number: i64) -> bool {
    number.unsigned_abs() < 1 << 53
}

#[cold]
fn scaled(found: &Tree<'_>, times: Option<i64>) -> Read<i64> {
    const EXPECTED: &str = "a whole number";
    let digits = digits(found).ok_or_else(|| ReadError::expected(EXPECTED, Some(found)))?;
    let number = Decimal::parse(&digits).ok_or_else(|| ReadError::expected(EXPECTED, Some(found)))?;
    if times.is_none() && !number.is_whole() {
        return Err(ReadError::new(format!(
            "expected {EXPECTED}, found {digits}; to read it in hundredths, add `times = 100` to the pointer in `input`"
        )));
    }
    let scaled = number.times(times.unwrap_or(1)).filter(|number| is_exact(*number));
    scaled.ok_or_else(|| {
        let times = times.map(|times| format!(" times {times}")).unwrap_or_default();
        ReadError::new(format!("expected {EXPECTED} within ±(2^53 − 1), found {digits}{times}"))
    })
}

/// The digits of a number, or of a text that may be one.
fn digits<'t>(found: &'t Tree<'_>) -> Option<Cow<'t, str>> {
    Some(match found {
        Tree::Integer(number) => number.to_string().into(),
        Tree::Fraction(number) => number.digits()?.into(),
        Tree::Text(text) => Cow::Borrowed(text),
        _ => return None,
    })
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

/// Adds the texts of a list, or a single text.
pub(super) fn texts(found: &Tree<'_>, texts: &mut Vec<Text>) -> Read<()> {
    if texts.is_empty() {
        *texts = Vec::with_capacity(found.items().len().clamp(1, MAX_ITEMS));
    }
    each(found, |item| {
        texts.push(word(item)?.keep());
        // The limit is for all pointers together.
        if texts.len() > MAX_ITEMS { Err(ReadError::too_many(texts.len())) } else { Ok(()) }
    })
}

/// Reads the value of an attribute that holds one, and puts it among `attributes`, unless a member is expected and none
/// is named.
pub(super) fn value<'t, 'a>(
    found: &'t Tree<'a>,
    of: AttributeType,
    its: &AttributeInput,
    zone: &Zone,
    member: impl FnOnce(&'t Tree<'a>) -> Read<Option<Word<'t>>>,
    attributes: &mut Attributes,
) -> Read<()> {
    let id = its.attribute;
    match of {
        AttributeType::Integer => attributes.integer(id, integer(found, its.times)?),
        AttributeType::Text => attributes.text(id, &word(found)?.as_text()),
        AttributeType::Member => {
            if let Some(member) = member(found)? {
                attributes.text(id, &member.as_text());
            }
        }
        AttributeType::Flag => match found {
            Tree::Flag(flag) => attributes.flag(id, *flag),
            other => return Err(ReadError::expected("true or false", Some(other))),
        },
        AttributeType::Time => attributes.time(id, moment(found, its.epoch, zone)?),
        // These hold several, and are read by `Line::texts`.
        AttributeType::Texts => {}
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

/// Reads a time; a number is one only with an epoch.
pub(super) fn time(found: &Tree<'_>, epoch: Option<Epoch>) -> Read<Time> {
    match (found, epoch) {
        (Tree::Text(text), _) => match Time::parse(text) {
            Ok(time) => Ok(time),
            Err(Fault::Form) => count(found, epoch),
            Err(fault) => Err(no_time(text, fault)),
        },
        (Tree::Integer(number), Some(epoch)) => {
            let per_second = epoch.per_second();
            // Under a thousand, so the rest fits many times over.
            let nanos = number.rem_euclid(per_second) * (NANOS / per_second);
            let instant = Timestamp::from_unix(number.div_euclid(per_second), capped(nanos));
            instant.map(Time::utc).ok_or_else(|| ReadError::expected(expected_time(Some(epoch)), Some(found)))
        }
        _ => count(found, epoch),
    }
}

/// Reads a time, or a date, which means its start in a zone.
fn moment(found: &Tree<'_>, epoch: Option<Epoch>, zone: &Zone) -> Read<Timestamp> {
    match found.as_text().map(|text| (text, zone.moment(text))) {
        Some((_, Ok(moment))) => Ok(moment),
        None | Some((_, Err(Fault::Form))) => Ok(time(found, epoch)?.instant),
        Some((text, Err(fault))) => Err(no_time(text, fault)),
    }
}

#[cold]
fn no_time(text: &str, fault: Fault) -> ReadError {
    ReadError::new(format!("`{text}`{fault}"))
}

/// Reads a count since 1970 that has a fraction or is a text.
#[cold]
fn count(found: &Tree<'_>, epoch: Option<Epoch>) -> Read<Time> {
    let count = || {
        let (seconds, nanos) = Decimal::parse(&digits(found)?)?.seconds(epoch?.per_second())?;
        Timestamp::from_unix(seconds, nanos).map(Time::utc)
    };
    count().ok_or_else(|| {
        let error = ReadError::expected(expected_time(epoch), Some(found));
        let is_number = digits(found).is_some_and(|digits| Decimal::parse(&digits).is_some());
        if epoch.is_none() && is_number {
            return error.hint("for a count since 1970, add `epoch = \"seconds\"` to the pointer in `input`");
        }
        error
    })
}

const TIME: &str = "a time in RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00`";

/// The expected form of a time, for a message.
pub(super) fn expected_time(epoch: Option<Epoch>) -> &'static str {
    match epoch {
        None => TIME,
        Some(Epoch::Seconds) => "seconds since 1970, of a year up to 9999, or a time in RFC 3339 with an offset",
        Some(Epoch::Milliseconds) => {
            "milliseconds since 1970, of a year up to 9999, or a time in RFC 3339 with an offset"
        }
    }
}
