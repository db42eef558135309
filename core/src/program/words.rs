//! Words: a name or description, in as many languages as the program gives.

use crate::text::Text;
use alloc::vec::Vec;

/// A text, once for all or one for each locale.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(pub(crate) Vec<(Text, Text)>);

impl Words {
    /// The text for a locale such as `de-AT`: its own, else its language's, else English, else the first.
    pub(crate) fn in_locale(&self, locale: &str) -> Option<&str> {
        let of = |wanted: &str| self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted));
        let language = locale.split(['-', '_']).next().unwrap_or(locale);
        of(locale).or_else(|| of(language)).or_else(|| of("en")).or(self.0.first()).map(|(_, text)| text.as_str())
    }

    /// The text for a locale, or the name where the program gives none.
    pub(crate) fn or<'a>(&'a self, locale: &str, name: &'a Text) -> &'a str {
        self.in_locale(locale).unwrap_or(name)
    }
}
