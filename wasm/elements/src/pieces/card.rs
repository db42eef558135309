//! Card: the frame of every element, with its title and the line that announces changes.

use crate::node::{Node, html};

/// The id of a card's title.
pub const TITLE: &str = "title";

/// The card that an element draws, labelled by its title.
pub(crate) fn card(class: &'static str) -> Node {
    html("div", class).part("card").set("role", "group").set("aria-labelledby", TITLE)
}

/// The title of a card; it also labels the card for screen readers.
pub(crate) fn title(text: &str) -> Node {
    html("p", "title").part("title").set("id", TITLE).text(text)
}

/// Where a change is announced politely. It stands in the card from the first drawing on, empty if need be: screen
/// readers announce only what is put into a status that they know already.
pub(crate) fn status(text: &str) -> Node {
    html("p", "unseen").key("status").set("role", "status").text(text)
}

/// What an element draws that has nothing to show.
pub fn nothing() -> Node {
    html("div", "nothing")
}
