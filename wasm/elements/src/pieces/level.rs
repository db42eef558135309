//! Level: the level that a member has reached, and how far the next one is.

use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::view::{LevelView, NextLevelView};

/// Draws a level; none for a member who has not begun, because a level of 0 says only what they lack.
pub(crate) fn draw(level: &LevelView, words: &dyn Words) -> Option<Node> {
    let head = level.name.as_ref().map(|name| {
        let position = [("n", level.number.into()), ("of", level.of.into())];
        html("p", "level")
            .key("level")
            .part("level")
            .child(html("strong", "").text(name))
            .child(html("span", "quiet").text(words.say("level-of", &position)))
    });
    let next = level.next.as_ref().filter(|next| head.is_some() || next.percent > 0);
    (head.is_some() || next.is_some())
        .then(|| html("div", "climb").child_some(head).child_some(next.map(|next| way_to(next, words))))
}

fn way_to(next: &NextLevelView, words: &dyn Words) -> Node {
    let said = match next.to_go {
        Some(points) => words.say("level-to-go", &[("n", points.into()), ("level", (&next.name).into())]),
        None => words.say("toward-level", &[("name", (&next.name).into())]),
    };
    html("p", "quiet").key("way").text(said)
}
