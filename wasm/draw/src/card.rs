//! Card: what all elements are made of: the frame with its title, the polite word of what changed, bars and lists of facts.

use crate::{
    node::{Node, html},
    words::Words,
};
use alloc::{string::String, vec::Vec};

/// The card that an element draws, labelled by its title.
pub(crate) fn card(class: &'static str) -> Node {
    html("div", class).part("card").set("role", "group").set("aria-labelledby", "title")
}

/// The name of a card, which also labels the group for those who hear the page.
pub(crate) fn title(text: &str) -> Node {
    html("p", "title").part("title").set("id", "title").text(text)
}

/// Where a change is told politely. It is there from the first drawing, empty: only then is what comes into it read out.
pub(crate) fn status(text: &str) -> Node {
    html("p", "unseen").key("status").set("role", "status").text(text)
}

/// A bar that is so many percent full.
pub(crate) fn bar(percent: i64, label: &str, words: &Words) -> Node {
    progress("bar", label, percent)
        .set("aria-valuetext", words.percent(percent))
        .set_number("--percent", percent)
        .child(html("span", "fill"))
}

/// What says how far something has come, also to those who hear the page; `name` is its class and part.
pub(crate) fn progress(name: &'static str, label: &str, percent: i64) -> Node {
    html("div", name)
        .part(name)
        .set("role", "progressbar")
        .set("aria-label", label)
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", 100)
        .set_number("aria-valuenow", percent)
}

/// Rows that are seen at once; the others wait in a drawer, because a long list is no help to begin.
const SHOWN_ROWS: usize = 3;

/// A list of rows, labelled by the element with this id, and a drawer for those beyond the first few; `more` says how many.
pub(crate) fn shortened(mut rows: Vec<Node>, label: &str, more: &str, words: &Words) -> Vec<Node> {
    let rest = rows.split_off(rows.len().min(SHOWN_ROWS));
    let count = i64::try_from(rest.len()).ok().filter(|count| *count > 0);
    let drawer = count.map(|count| {
        html("details", "more")
            .key("more")
            .child(html("summary", "quiet").text(words.count(more, count)))
            .child(html("ul", "rows").children(rest))
    });
    core::iter::once(html("ul", "rows").set("aria-labelledby", label).children(rows)).chain(drawer).collect()
}

/// Short facts in one line, a dot between them.
pub(crate) fn facts(told: impl IntoIterator<Item = String>) -> Node {
    fact_nodes(told.into_iter().map(|fact| html("span", "").text(fact)))
}

/// The same of facts that are more than a text.
pub(crate) fn fact_nodes(facts: impl Iterator<Item = Node>) -> Node {
    html("p", "quiet facts").key("facts").children(facts)
}
