//! Words: a name or description, in one or more languages.

use crate::base::text::Text;
use alloc::vec::Vec;

/// A text for people, by locale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Vec<(Text, Text)>);

impl Words {
    /// The text for a locale such as `zh-Hant-TW`: the first of that locale, `zh-Hant`, `zh` (RFC 4647, section 3.4)
    /// and English, or the first text of all.
    pub(crate) fn in_locale(&self, locale: &str) -> Option<&str> {
        let letter = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
        let is = |known: &str, wanted: &str| known.bytes().map(letter).eq(wanted.bytes().map(letter));
        let of = |wanted: &str| self.0.iter().find(|(known, _)| is(known, wanted));
        let shorter = |longer: &str| longer.bytes().rposition(|byte| letter(byte) == b'-');
        let mut ranges = core::iter::successors(Some(locale), |longer| longer.get(..shorter(longer)?));
        ranges.find_map(of).or_else(|| of("en")).or(self.0.first()).map(|(_, text)| text.as_str())
    }

    /// The text for a locale, or `name` if the program has none.
    pub(crate) fn or<'a>(&'a self, locale: &str, name: &'a Text) -> &'a str {
        self.in_locale(locale).unwrap_or(name)
    }
}
