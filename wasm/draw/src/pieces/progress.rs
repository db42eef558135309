//! Progress: bars that show how far something has come, also to screen readers.

use crate::{
    dom::{Node, html},
    shell::Words,
};

/// A bar filled to a percentage.
pub(crate) fn bar(percent: u8, label: &str, words: &Words) -> Node {
    progress("bar", label, percent)
        .set("aria-valuetext", words.percent(percent))
        .set_number("--percent", percent)
        .child(html("span", "fill"))
}

/// An element with the role of a progress bar; `name` is its class and its part.
pub(crate) fn progress(name: &'static str, label: &str, percent: u8) -> Node {
    html("div", name)
        .part(name)
        .set("role", "progressbar")
        .set("aria-label", label)
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", 100)
        .set_number("aria-valuenow", percent)
}
