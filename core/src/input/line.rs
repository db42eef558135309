//! Line: the parts of one line of a feed, read through its pointers.

use super::{
    Incoming,
    error::{Read, ReadError},
    feed::Feed,
    origin::Arrival,
    reading::{Word, expected_time, integer, texts, time, word},
};
use crate::{
    base::{text::Text, time::Time, tree::Tree},
    language::nearest::unknown,
    program::{
        format::Format,
        keys::FieldMap,
        mapping::{EACH, Envelope, KindInput, Pointer, Sequence, escape},
    },
};
use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// One line of a feed, and how to read it.
pub(super) struct Line<'l, 'a> {
    pub(super) fields: &'l FieldMap<'l, 'a>,
    pub(super) format: Format,
    pub(super) envelope: &'l Envelope,
    pub(super) feed: &'l Feed,
    /// Accounts of these home pages are known by their name alone.
    pub(super) homes: &'l [Text],
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

    /// Reads each value that a pointer and its alternatives find. Returns whether there are any, or a list for them.
    // Most pointers have no alternatives and run through no list.
    #[inline]
    fn each(&self, pointer: &Pointer, mut read: impl FnMut(&'l Tree<'a>) -> Read<()>) -> Read<bool> {
        if pointer.is_single() {
            return Ok(self.at(pointer, read)?.is_some());
        }
        self.each_of_many(pointer, &mut read)
    }

    #[cold]
    fn each_of_many(&self, pointer: &Pointer, read: &mut dyn FnMut(&'l Tree<'a>) -> Read<()>) -> Read<bool> {
        let mut is_there = false;
        for pointer in pointer.alternatives() {
            if pointer.finds_many {
                let Some(begin) = pointer.begin(self.fields) else { continue };
                let (first, below) =
                    pointer.steps.split_first().map_or((EACH, &[][..]), |(first, below)| (first, below));
                is_there |= visit(begin, below, read).map_err(|error| error.at(&escape(first)))?;
            } else if let Some(found) = pointer.here(self.fields) {
                is_there = true;
                read(found).map_err(|error| error.at(&pointer.to_string()))?;
            } else if pointer.is_deep() {
                self.absent::<()>(pointer)?;
            }
        }
        Ok(is_there)
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

    /// The feed's name for the kind, of several one that is known.
    pub(super) fn kind(&self, is_known: &dyn Fn(&str) -> bool) -> Read<Option<Cow<'l, str>>> {
        Ok(self.at(&self.envelope.kind, |found| self.format.kind(found, is_known))?.map(Word::as_text))
    }

    /// A more particular name of the kind: `Create Article` if this one is `Create`.
    pub(super) fn particular_kind(&self, called: &str) -> Read<Option<String>> {
        let detail = self.at(&self.envelope.detail, |found| self.format.kind(found, &|_| false))?;
        Ok(detail.map(|detail| format!("{called} {}", detail.as_text())))
    }

    pub(super) fn unknown_kind<'n>(&self, called: &str, known: impl Iterator<Item = &'n Text>) -> ReadError {
        let error = ReadError::new(unknown("kind", called, known.map(Text::as_str)));
        error.of_unknown_kind(called).at(&first_pointer(&self.envelope.kind))
    }

    /// Reads a line without a kind as a void.
    pub(super) fn void(&self) -> Read<Incoming> {
        match self.at(&self.envelope.void, word)? {
            Some(id) => Ok(Incoming::Void { source: self.source(&self.envelope.source)?, id: id.keep() }),
            None => Err(Self::missing(&self.envelope.kind, "the kind")),
        }
    }

    /// The source at a pointer, or that of the feed.
    pub(super) fn source(&self, pointer: &Option<Pointer>) -> Read<Text> {
        Ok(self.at(pointer, word)?.map_or_else(|| self.feed.source.clone(), Word::keep))
    }

    pub(super) fn id(&self, pointer: &Option<Pointer>) -> Read<Text> {
        let id = self.at(pointer, word)?;
        id.map(Word::keep).ok_or_else(|| Self::missing(pointer, "an id"))
    }

    pub(super) fn time(&self, pointers: &KindInput) -> Read<Time> {
        let KindInput { at, epoch, .. } = pointers;
        let time = self.at(at, |found| time(found, *epoch))?;
        let mut time = time.ok_or_else(|| Self::missing(at, expected_time(*epoch)))?;
        if self.envelope.utc_is_unknown && time.offset_seconds == Some(0) {
            time.offset_seconds = None;
        }
        Ok(time)
    }

    pub(super) fn sequence(&self) -> Read<Option<i64>> {
        match &self.envelope.sequence {
            Sequence::Nowhere => Ok(None),
            Sequence::Line => Ok(self.feed.line),
            Sequence::At(pointer) => self.at(pointer, |found| integer(found, None)),
        }
    }

    /// Which parts say how the line came.
    pub(super) fn arrival(&self, pointers: &KindInput) -> Arrival {
        Arrival {
            time: pointers.at.as_ref().is_some_and(|at| at.finds_beside(self.fields)),
            sequence: matches!(self.envelope.sequence, Sequence::Line),
        }
    }

    /// The recipients at a pointer and all its alternatives.
    pub(super) fn recipients(&self, pointer: &Option<Pointer>) -> Read<Vec<Text>> {
        let mut recipients = Vec::new();
        if let Some(pointer) = pointer {
            self.each(pointer, |found| self.format.recipients(found, self.homes, &mut recipients))?;
        }
        Ok(recipients)
    }

    /// The texts at a pointer and all its alternatives; `None` if there is none.
    pub(super) fn texts(&self, pointer: &Pointer) -> Read<Option<Vec<Text>>> {
        let mut set = Vec::new();
        Ok(self.each(pointer, |found| texts(found, &mut set))?.then_some(set))
    }
}

/// Reads each value that is some steps below another one. Returns whether there are any, or a list for them.
fn visit<'l, 'a>(above: &'l Tree<'a>, steps: &[Text], read: &mut dyn FnMut(&'l Tree<'a>) -> Read<()>) -> Read<bool> {
    let Some((step, rest)) = steps.split_first() else {
        let is_there = !matches!(above, Tree::Null);
        return if is_there { read(above).map(|()| true) } else { Ok(false) };
    };
    match above {
        Tree::List(items) if step == EACH => {
            for (index, item) in items.iter().enumerate() {
                visit(item, rest, read).map_err(|error| error.at(&format!("/{index}")))?;
            }
            Ok(true)
        }
        _ => match above.step(step) {
            Some(below) => visit(below, rest, read).map_err(|error| error.at(&escape(step))),
            None => Ok(false),
        },
    }
}

/// The first pointer, for a message.
fn first_pointer(pointer: &Option<Pointer>) -> String {
    pointer.as_ref().map(Pointer::to_string).unwrap_or_default()
}
