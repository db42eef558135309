//! `<known-for-gains>`: what a member has from taking part.

use crate::{
    node::{Node, html},
    pieces::card::{card, status, title},
    shell::Words,
};
use knownfor::view::{GainView, MemberView, News};

/// Draws a member's gains, and announces the first that rose.
pub fn draw(view: &MemberView, news: &News<'_>, words: &dyn Words) -> Node {
    let rows: Vec<Node> = view.gains.iter().filter(|gain| gain.value > 0).map(|gain| row(gain, words)).collect();
    let content = match rows.is_empty() {
        false => html("ul", "gained").set("aria-labelledby", "title").children(rows),
        true => html("p", "quiet").key("none").text(words.plain("gains-none")),
    };
    let more = |gain: &&GainView| words.say("news-gain", &[("n", gain.value.into()), ("gain", (&gain.name).into())]);
    card("card gains")
        .child(title(&words.plain("gains")))
        .child(content)
        .child(status(&news.gains.first().map(more).unwrap_or_default()))
}

fn row(gain: &GainView, words: &dyn Words) -> Node {
    html("li", "gain")
        .key(&gain.gain)
        .part("gain")
        .child(html("span", "figure").text(words.number(gain.value)))
        .child(html("span", "unit").text(&gain.name))
}
