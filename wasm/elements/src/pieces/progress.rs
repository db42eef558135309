//! Progress: bars that show how far something has come, also to screen readers.

use crate::{
    node::{Node, html, svg},
    shell::Words,
};

/// A bar filled to a percentage.
pub(crate) fn bar(percent: u8, label: &str, words: &dyn Words) -> Node {
    progress("bar", label, percent).set("aria-valuetext", words.percent(percent)).child(fill(percent))
}

/// The filled part of a bar. It is drawn as an image, because its length is data: a strict content security policy
/// forbids the attribute `style`, with which a server would say it.
pub(crate) fn fill(percent: impl Into<i64>) -> Node {
    let percent: i64 = percent.into();
    let length = svg("rect").set("height", "100%").set("width", format!("{percent}%"));
    svg("svg").set("class", "fill").set("aria-hidden", "true").child(length)
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
