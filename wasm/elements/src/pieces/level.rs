//! Level: the level that a member has reached, and the way to the next one.

use super::progress::bar;
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
    let name = (&next.name).into();
    let label = words.say("level-bar", &[("level", name)]);
    let to_go = words.say("level-to-go", &[("n", next.to_go.into()), ("level", name)]);
    html("div", "way").key("way").child(bar(next.percent, &label, words)).child(html("p", "quiet").text(to_go))
}
