//! Links: the addresses that the page gives its elements as templates, as their attributes have them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The addresses of a page. Each is the value of the attribute of the same name, and is written into the element.
///
/// An address with a scheme other than http and https gives no link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// `edit-href`: the address of a profile field's editor, with `{field}`.
    pub edit_href: Option<String>,
    /// `do-href`: the address at which an activity of a kind is done, with `{kind}`.
    pub do_href: Option<String>,
}

/// What `encodeURIComponent` leaves as it is, beside letters and digits.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// A text as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

impl Links {
    /// The attributes that say the same to the element.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'static str, String)> {
        let all = [("edit-href", &self.edit_href), ("do-href", &self.do_href)];
        all.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)))
    }
}

impl knownfor_elements::Links for Links {
    fn edit(&self, field: &str) -> Option<String> {
        fill(self.edit_href.as_ref()?, "{field}", field)
    }

    fn doing(&self, kind: &str) -> Option<String> {
        fill(self.do_href.as_ref()?, "{kind}", kind)
    }

    fn person(&self, _member: &str) -> Option<String> {
        // Only the search for experts has links to people, and it begins empty.
        None
    }
}

fn fill(template: &str, placeholder: &str, value: &str) -> Option<String> {
    let href = template.replace(placeholder, &encoded(value));
    is_safe(&href).then_some(href)
}

/// Whether a browser reads an address as relative, or as one of http or https.
fn is_safe(href: &str) -> bool {
    // Browsers skip these before the address, and tabs and new lines everywhere.
    let href = href.trim_start_matches(|character: char| character <= ' ').replace(['\t', '\n', '\r'], "");
    let Some((scheme, _)) = href.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    !is_scheme || ["http", "https"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knownfor_elements::Links as _;

    #[test]
    fn only_addresses_of_http_are_links() {
        let edit = |template: &str| Links { edit_href: Some(template.into()), ..Links::default() }.edit("a b/ü'(1)");
        assert_eq!(edit("/edit#field-{field}").as_deref(), Some("/edit#field-a%20b%2F%C3%BC'(1)"));
        for safe in ["", "#x", "?q=a:b", "a/b:c", "https://a.example", "HTTP://a.example", "//a.example"] {
            assert_eq!(edit(safe).as_deref(), Some(safe));
        }
        for unsafe_one in ["javascript:alert(1)", " java\tscript:alert(1)", "\u{1}JavaScript:x", "data:text/html,x"] {
            assert_eq!(edit(unsafe_one), None, "{unsafe_one}");
        }
    }
}
