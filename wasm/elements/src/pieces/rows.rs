//! Rows: lists that begin with a few rows, and short facts on one line.

use crate::{
    node::{Node, html},
    shell::Words,
};

/// How many rows are seen at once. The others wait in a drawer, because a long list makes it hard to begin.
const SHOWN_ROWS: usize = 3;

/// A list of rows, labelled by the element with the id `label`, and a drawer with the rows beyond the first few.
/// `more` is the key of the text that says how many they are.
pub(crate) fn shortened(mut rows: Vec<Node>, label: &str, more: &str, words: &dyn Words) -> Vec<Node> {
    let rest = rows.split_off(rows.len().min(SHOWN_ROWS));
    let drawer = (!rest.is_empty()).then(|| {
        html("details", "more")
            .key("more")
            .child(html("summary", "quiet").text(words.count(more, rest.len() as i64)))
            .child(html("ul", "rows").children(rest))
    });
    let first = html("ul", "rows").set("aria-labelledby", label).children(rows);
    std::iter::once(first).chain(drawer).collect()
}

/// Short facts on one line, with a dot between them.
pub(crate) fn facts(texts: impl IntoIterator<Item = String>) -> Node {
    fact_nodes(texts.into_iter().map(|fact| html("span", "").text(fact)))
}

/// Facts that are more than a text, on one line.
pub(crate) fn fact_nodes(facts: impl Iterator<Item = Node>) -> Node {
    html("p", "quiet facts").key("facts").children(facts)
}

/// A list of lines of text; none if there are no lines.
pub(crate) fn text_list(lines: impl Iterator<Item = String>) -> Option<Node> {
    let lines: Vec<Node> = lines.map(|line| html("li", "").text(line)).collect();
    (!lines.is_empty()).then(|| html("ul", "parts").key("parts").children(lines))
}
