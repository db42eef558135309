//! Codec: the bytes of snapshots and standings.
//!
//! Integers are LEB128, signed ones zigzag-encoded first; a text is its length and its UTF-8. A document begins with
//! eight magic bytes and a version, and ends with a checksum: FNV-1a of everything before.

use crate::base::{
    hash::Fnv,
    text::Text,
    time::{Time, Timestamp},
};
use alloc::vec::Vec;

/// The bytes cannot be read as a snapshot or a standing. Nothing was taken from them.
///
/// ```
/// # use knownfor::*;
/// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
/// use knownfor::{Engine, SnapshotError};
///
/// let mut bytes = Engine::new(program.clone()).snapshot();
/// bytes.pop();
/// assert_eq!(Engine::restore(program, &bytes).err(), Some(SnapshotError::Damaged));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// This crate did not write the bytes.
    #[error("not a snapshot of knownfor")]
    Foreign,
    /// A later version of this crate wrote the bytes.
    #[error("written by a later version of knownfor (format {format}); update to read it")]
    Later {
        /// The version of its format.
        format: u8,
    },
    /// The bytes were cut or changed.
    #[error("damaged: the checksum does not match; use another copy, or replay the activities")]
    Damaged,
    /// The bytes name something that the program does not have.
    #[error("written with another program: this one lacks something it names; replay the activities with this program")]
    Program,
    /// A host sealed activities, and this engine reads no sums. [`Engine::restore`](crate::Engine::restore) does.
    #[error("holds sums of sealed activities, which an engine in a page does not read")]
    Sealed,
}

const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 8;

pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn new(magic: &[u8; 8]) -> Self {
        let mut bytes = magic.to_vec();
        bytes.push(VERSION);
        Self(bytes)
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let mut checksum = Fnv::new();
        checksum.bytes(&self.0);
        self.0.extend(checksum.finish().to_le_bytes());
        self.0
    }

    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(crate) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub(crate) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend(text.as_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend(bytes);
    }

    pub(crate) fn instant(&mut self, instant: Timestamp) {
        self.signed(instant.unix_seconds());
        self.number(u64::from(instant.nanos()));
    }

    pub(crate) fn time(&mut self, time: Time) {
        self.instant(time.instant);
        self.option(time.offset_seconds, |out, offset| out.signed(i64::from(offset)));
    }

    pub(crate) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(crate) fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) {
        self.length(texts.clone().count());
        texts.for_each(|text| self.text(text));
    }
}

pub(crate) struct Reader<'b>(&'b [u8]);

pub(crate) type Read<T> = Result<T, SnapshotError>;

impl<'b> Reader<'b> {
    /// Checks magic bytes, checksum and version before anything is read.
    pub(crate) fn new(bytes: &'b [u8], magic: &[u8; 8]) -> Read<Self> {
        let rest = bytes.strip_prefix(magic).ok_or(SnapshotError::Foreign)?;
        let (content, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(SnapshotError::Damaged)?;
        let mut hash = Fnv::new();
        hash.bytes(content);
        if hash.finish() != u64::from_le_bytes(*checksum) {
            return Err(SnapshotError::Damaged);
        }
        let (version, rest) = rest.split_first().ok_or(SnapshotError::Damaged)?;
        if *version != VERSION {
            return Err(SnapshotError::Later { format: *version });
        }
        let content = rest.split_last_chunk::<CHECKSUM_BYTES>().ok_or(SnapshotError::Damaged)?.0;
        Ok(Self(content))
    }

    pub(crate) fn end(self) -> Read<()> {
        if self.0.is_empty() { Ok(()) } else { Err(SnapshotError::Damaged) }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    fn byte(&mut self) -> Read<u8> {
        let (byte, rest) = self.0.split_first().ok_or(SnapshotError::Damaged)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(crate) fn number(&mut self) -> Read<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(SnapshotError::Damaged)
    }

    pub(crate) fn signed(&mut self) -> Read<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The length of a text or list. Each item takes at least a byte, so a longer one than the bytes left is refused
    /// before memory is allocated for it.
    pub(crate) fn length(&mut self) -> Read<usize> {
        let length = usize::try_from(self.number()?).map_err(|_| SnapshotError::Damaged)?;
        if length > self.0.len() { Err(SnapshotError::Damaged) } else { Ok(length) }
    }

    pub(crate) fn flag(&mut self) -> Read<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(SnapshotError::Damaged),
        }
    }

    pub(crate) fn bytes(&mut self) -> Read<&'b [u8]> {
        let length = self.length()?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(SnapshotError::Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self) -> Read<Text> {
        self.str().map(Text::from)
    }

    pub(crate) fn str(&mut self) -> Read<&'b str> {
        core::str::from_utf8(self.bytes()?).map_err(|_| SnapshotError::Damaged)
    }

    pub(crate) fn instant(&mut self) -> Read<Timestamp> {
        let seconds = self.signed()?;
        let nanos = u32::try_from(self.number()?).map_err(|_| SnapshotError::Damaged)?;
        Timestamp::from_unix(seconds, nanos).ok_or(SnapshotError::Damaged)
    }

    pub(crate) fn time(&mut self) -> Read<Time> {
        let instant = self.instant()?;
        let offset_seconds = self.option(Self::small)?;
        Ok(Time { instant, offset_seconds })
    }

    /// A signed number of 32 bits.
    pub(crate) fn small(&mut self) -> Read<i32> {
        i32::try_from(self.signed()?).map_err(|_| SnapshotError::Damaged)
    }

    pub(crate) fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    pub(crate) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let length = self.length()?;
        let mut list = Vec::new();
        for _ in 0..length {
            list.push(read(self)?);
        }
        Ok(list)
    }
}
