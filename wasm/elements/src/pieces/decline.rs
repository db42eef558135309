//! Decline: the button by which a member says that a step is not for them, with who will see a result of that, and the
//! one that takes it back.

use super::rungs;
use crate::{
    node::{Node, html},
    shell::{Words, button},
};
use knownfor::Audience;

/// A line with the button that declines the steps with these keys, one per line, and with who sees a result.
pub(crate) fn draw(line: Node, keys: &str, audience: Audience, about: &str, words: &dyn Words) -> Node {
    line.child(change("step-decline", "data-decline", keys, about, words)).child(rungs::draw(audience, words))
}

/// The button that takes it back.
pub(crate) fn take_back(keys: &str, about: &str, words: &dyn Words) -> Node {
    change("topic-unclaim", "data-take-back", keys, about, words)
}

/// The line that the buttons stand on.
pub(crate) fn line() -> Node {
    html("p", "do not-for-me").key("decline")
}

/// A button that says so about `about`, or takes it back.
pub(crate) fn change(text: &str, data: &'static str, keys: &str, about: &str, words: &dyn Words) -> Node {
    let text = words.plain(text);
    let label = words.say("do-about", &[("do", (&text).into()), ("about", about.into())]);
    // The key is that of the steps, so the focus does not stay on a button that declines the next one.
    button("link").key(keys).part("decline-button").set(data, keys).set("aria-label", label).text(text)
}
