//! Packed: texts and numbers one after the other in a single text, so that many small parts take one allocation.
//!
//! A number is written in digits of six bits, the lowest first. Each digit is an ASCII character; a digit that others
//! follow has a seventh bit. A list of texts is the number of its bytes, then each text after the number of its own. So
//! the whole is one text, a part of it is a slice, and a list is skipped without a look at its texts.

use alloc::{boxed::Box, string::String, vec::Vec};

/// The bits of a digit.
const BITS: u32 = 6;
/// The bit of a digit that others follow.
const MORE: u8 = 1 << BITS;
/// Enough for most activities.
const CAPACITY: usize = 96;

/// Writes parts one after the other.
pub(crate) struct Packer(Vec<u8>);

impl Packer {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(CAPACITY))
    }

    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= u64::from(MORE) {
            self.0.push(digit(number) | MORE);
            number >>= BITS;
        }
        self.0.push(digit(number));
    }

    /// A number that may be negative. Numbers close to 0 are short.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    /// A text, which is read as a block. A block of texts is a list.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A list of texts.
    pub(crate) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let block = self.begin();
        texts.into_iter().for_each(|text| self.text(text));
        self.end(block);
    }

    /// Begins parts that can be skipped together, and returns what [`Packer::end`] ends them with.
    pub(crate) fn begin(&mut self) -> usize {
        self.0.push(0);
        self.0.len()
    }

    /// Ends parts that can be skipped together: puts the number of their bytes before them.
    pub(crate) fn end(&mut self, begin: usize) {
        let mut number = (self.0.len() - begin) as u64;
        // Most are short enough for the digit that is there already.
        let mut at = begin - 1;
        while number >= u64::from(MORE) {
            self.0.insert(at, digit(number) | MORE);
            number >>= BITS;
            at += 1;
        }
        if let Some(last) = self.0.get_mut(at) {
            *last = digit(number);
        }
    }

    /// All parts. They are valid UTF-8, because digits are ASCII.
    pub(crate) fn finish(self) -> Box<str> {
        String::from_utf8(self.0).unwrap_or_default().into()
    }
}

/// The lowest digit of a number.
fn digit(number: u64) -> u8 {
    number as u8 & (MORE - 1)
}

/// Reads parts one after the other. Past the end, numbers are 0 and texts are empty.
#[derive(Clone, Copy)]
pub(crate) struct Unpacker<'a> {
    packed: &'a str,
    at: usize,
}

impl<'a> Unpacker<'a> {
    pub(crate) fn new(packed: &'a str) -> Self {
        Self { packed, at: 0 }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.packed.len()
    }

    #[inline(always)]
    pub(crate) fn number(&mut self) -> u64 {
        match self.packed.as_bytes().get(self.at) {
            // Most numbers have one digit.
            Some(digit) if *digit < MORE => {
                self.at += 1;
                u64::from(*digit)
            }
            _ => self.long_number(),
        }
    }

    #[inline(never)]
    fn long_number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(digit) = self.packed.as_bytes().get(self.at) {
            self.at += 1;
            number |= u64::from(digit & (MORE - 1)) << shift;
            if digit & MORE == 0 {
                break;
            }
            shift += BITS;
        }
        number
    }

    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// Goes past a block.
    #[inline]
    pub(crate) fn skip(&mut self) {
        self.at += self.number() as usize;
    }

    /// Parts that can be skipped together, or one text.
    #[inline]
    pub(crate) fn block(&mut self) -> &'a str {
        let length = self.number() as usize;
        if length == 0 {
            return "";
        }
        let begin = self.at;
        self.at += length;
        self.packed.get(begin..self.at).unwrap_or_default()
    }

    /// A list of texts.
    #[inline]
    pub(crate) fn texts(&mut self) -> Texts<'a> {
        Texts(self.block())
    }
}

/// A list of texts. Lists are equal if their texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Texts<'a>(&'a str);

impl<'a> Texts<'a> {
    pub(crate) const NONE: Self = Self("");

    /// The texts in a block.
    pub(crate) fn new(block: &'a str) -> Self {
        Self(block)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(crate) fn first(self) -> Option<&'a str> {
        self.iter().next()
    }

    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        TextIter(Unpacker::new(self.0))
    }

    #[inline]
    pub(crate) fn contains(self, text: &str) -> bool {
        // Asked of each role, and most activities leave most of them out.
        !self.is_empty() && self.iter().any(|other| other == text)
    }
}

#[derive(Clone)]
struct TextIter<'a>(Unpacker<'a>);

impl<'a> Iterator for TextIter<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        (!self.0.is_at_end()).then(|| self.0.block())
    }
}

#[cfg(test)]
mod tests {
    use super::{Packer, Unpacker};
    use alloc::{string::String, vec::Vec};

    #[test]
    fn what_is_packed_comes_out_again() {
        let numbers = [0, 1, 63, 64, 4_095, 4_096, u64::MAX];
        let signed = [0, -1, 1, 31, -32, 32, i64::MAX, i64::MIN];
        let long: Vec<String> = (0..90).map(|number| "ü".repeat(number)).collect();
        let lists: [Vec<&str>; 4] =
            [Vec::new(), Vec::from([""]), Vec::from(["ada", "", "bob"]), long.iter().map(String::as_str).collect()];
        let mut packer = Packer::new();
        numbers.iter().for_each(|number| packer.number(*number));
        signed.iter().for_each(|number| packer.signed(*number));
        lists.iter().for_each(|list| packer.texts(list.iter().copied()));
        let packed = packer.finish();

        let mut unpacker = Unpacker::new(&packed);
        assert!(numbers.iter().all(|number| unpacker.number() == *number));
        assert!(signed.iter().all(|number| unpacker.signed() == *number));
        for list in &lists {
            let texts = unpacker.texts();
            assert_eq!(texts.iter().collect::<Vec<_>>(), *list);
            assert_eq!((texts.is_empty(), texts.first()), (list.is_empty(), list.first().copied()));
            assert!(list.iter().all(|text| texts.contains(text)) && !texts.contains("cleo"));
        }
        assert!(unpacker.is_at_end());
        assert_eq!((unpacker.number(), unpacker.texts().first()), (0, None));
    }
}
