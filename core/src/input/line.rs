//! Line: the parts of one line of a feed, read through its pointers.

use super::{
    Feed, Incoming, Read, ReadError,
    reading::{Word, expected_time, integer, time, word},
};
use crate::{
    base::{text::Text, time::Time, tree::Tree},
    language::nearest::unknown,
    program::{
        format::Format,
        keys::FieldMap,
        mapping::{Envelope, Pointer, Sequence},
    },
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

/// One line of a feed, and how to read it.
pub(super) struct Line<'l, 'a> {
    pub(super) fields: &'l FieldMap<'l, 'a>,
    pub(super) format: Format,
    pub(super) envelope: &'l Envelope,
    pub(super) feed: &'l Feed,
}

impl<'l, 'a> Line<'l, 'a> {
    /// Reads the value at a pointer; `None` if there is no pointer or no value.
    pub(super) fn at<'p, T>(
        &self,
        pointer: impl Into<Option<&'p Pointer>>,
        read: impl FnOnce(&'l Tree<'a>) -> Read<T>,
    ) -> Read<Option<T>> {
        let Some(pointer) = pointer.into() else { return Ok(None) };
        let Some(found) = pointer.find(self.fields) else {
            return if pointer.is_deep() { self.absent(pointer) } else { Ok(None) };
        };
        read(found).map(Some).map_err(|error| error.at(&pointer.pointer(self.fields)))
    }

    /// The answer for a value that is not there: `None`, or an error if another value blocks the pointer.
    #[cold]
    fn absent<T>(&self, pointer: &Pointer) -> Read<Option<T>> {
        let content = || self.fields.under("datacontenttype").and_then(Tree::as_text);
        let is_strict = match self.format {
            Format::Own => true,
            // Data of another content type is a text, and is ignored.
            Format::CloudEvents => content().is_none_or(|content| content.contains("json")),
            // These allow a text in place of a table.
            Format::ActivityStreams | Format::Xapi => false,
        };
        match pointer.blocked_by(self.fields).filter(|_| is_strict) {
            Some((pointer, found)) => Err(ReadError::expected("a table", Some(found)).at(&pointer)),
            None => Ok(None),
        }
    }

    /// The error for a required value that is missing.
    pub(super) fn missing(pointer: &Option<Pointer>, expected: &str) -> ReadError {
        ReadError::expected(expected, None).at(&first_pointer(pointer))
    }

    /// The feed's name for the kind.
    pub(super) fn kind(&self) -> Read<Option<Cow<'l, str>>> {
        Ok(self.at(&self.envelope.kind, |found| self.format.kind(found))?.map(Word::as_text))
    }

    pub(super) fn unknown_kind<'n>(&self, called: &str, known: impl Iterator<Item = &'n Text>) -> ReadError {
        ReadError::new(unknown("kind", called, known.map(Text::as_str))).at(&first_pointer(&self.envelope.kind))
    }

    /// Reads a line without a kind as a void.
    pub(super) fn void(&self) -> Read<Incoming> {
        match self.at(&self.envelope.void, word)? {
            Some(id) => Ok(Incoming::Void { source: self.source()?, id: id.keep() }),
            None => Err(Self::missing(&self.envelope.kind, "the kind")),
        }
    }

    pub(super) fn source(&self) -> Read<Text> {
        Ok(self.at(&self.envelope.source, word)?.map_or_else(|| self.feed.source.clone(), Word::keep))
    }

    pub(super) fn id(&self) -> Read<Text> {
        let id = self.at(&self.envelope.id, word)?;
        id.map(Word::keep).ok_or_else(|| Self::missing(&self.envelope.id, "an id"))
    }

    pub(super) fn time(&self) -> Read<Time> {
        let Envelope { at, epoch, .. } = self.envelope;
        self.at(at, |found| time(found, *epoch))?.ok_or_else(|| Self::missing(at, expected_time(*epoch)))
    }

    pub(super) fn sequence(&self) -> Read<Option<i64>> {
        match &self.envelope.sequence {
            Sequence::Nowhere => Ok(None),
            Sequence::Line => Ok(self.feed.line),
            Sequence::At(pointer) => self.at(pointer, integer),
        }
    }

    /// The recipients at all pointers, sorted and without duplicates.
    pub(super) fn recipients(&self, pointers: &[Pointer]) -> Read<Vec<Text>> {
        let mut recipients = Vec::new();
        for pointer in pointers {
            self.at(pointer, |found| self.format.recipients(found, &mut recipients))?;
        }
        recipients.sort_unstable();
        recipients.dedup();
        Ok(recipients)
    }
}

/// The first pointer, for a message.
fn first_pointer(pointer: &Option<Pointer>) -> String {
    pointer.as_ref().map(Pointer::to_string).unwrap_or_default()
}
