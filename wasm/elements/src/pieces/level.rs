//! Level: the level that a member has reached, and the way to the next one.

use super::progress::bar;
use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::view::{LevelView, NextLevelView};

/// Draws a level.
pub(crate) fn draw(level: &LevelView, words: &dyn Words) -> Node {
    let none = words.plain("level-none");
    let position = [("n", level.number.into()), ("of", level.of.into())];
    let head = html("p", "level")
        .part("level")
        .child(html("strong", "").text(level.name.as_ref().unwrap_or(&none)))
        .child(html("span", "quiet").text(words.say("level-of", &position)));
    html("div", "climb").child(head).child_some(level.next.as_ref().map(|next| way_to(next, words)))
}

fn way_to(next: &NextLevelView, words: &dyn Words) -> Node {
    let name = (&next.name).into();
    let label = words.say("level-bar", &[("level", name)]);
    let to_go = words.say("level-to-go", &[("n", next.to_go.into()), ("level", name)]);
    html("div", "way").child(bar(next.percent, &label, words)).child(html("p", "quiet").text(to_go))
}
