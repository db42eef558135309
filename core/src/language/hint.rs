//! Hints: what to write instead of a value of another form.

use crate::base::{day::Window, keyword::Keyword};
use alloc::{format, string::String};

/// The comparisons that people write, each with the key of a test and what to add to the number.
const COMPARISONS: [(&str, &str, i64); 6] =
    [(">=", "min", 0), ("<=", "max", 0), (">", "min", 1), ("<", "max", -1), ("==", "is", 0), ("=", "is", 0)];

/// Instead of a text that is a whole number: the same without quotes.
pub(crate) fn number(text: &str) -> Option<String> {
    text.parse::<i64>().is_ok().then(|| unquoted(text))
}

/// Instead of a text that is a flag: the same without quotes.
pub(crate) fn flag(text: &str) -> Option<String> {
    ["true", "false"].contains(&text).then(|| unquoted(text))
}

fn unquoted(text: &str) -> String {
    format!("{text} without quotes")
}

/// Instead of a text such as `>= 300`: a test.
pub(crate) fn comparison(text: &str) -> Option<String> {
    test(text).map(|test| format!("`{test}`"))
}

/// Instead of a text such as `words >= 300`: a condition or goal.
pub(crate) fn condition(text: &str) -> Option<String> {
    let (name, rest) = text.split_at(text.find(['<', '>', '='])?);
    Some(format!("`{{ {} = {} }}`", name.trim(), test(rest)?))
}

fn test(text: &str) -> Option<String> {
    let (sign, key, more) = COMPARISONS.iter().find(|(sign, ..)| text.trim().starts_with(sign))?;
    let number: i64 = text.trim().strip_prefix(sign)?.trim().parse().ok()?;
    Some(format!("{{ {key} = {} }}", number.checked_add(*more)?))
}

/// Instead of a text such as `2 per week`: a limit.
pub(crate) fn limit(text: &str) -> Option<String> {
    let number = text.split_whitespace().find_map(|word| word.parse::<u32>().ok())?;
    let window = text.split([' ', '/']).find_map(|word| Window::from_name(word.trim_end_matches('s')));
    let what = if text.contains("point") { "points" } else { "times" };
    let per = window.map(|window| format!(", per = \"{}\"", window.name())).unwrap_or_default();
    Some(format!("`{{ {what} = {number}{per} }}`"))
}

/// Instead of a text such as `id` or `$.data.id`: a JSON Pointer.
pub(crate) fn pointer(text: &str) -> Option<String> {
    let names = text.trim_start_matches(['$', '.']);
    names.starts_with(char::is_alphanumeric).then(|| format!("`/{}`", names.replace('.', "/")))
}
