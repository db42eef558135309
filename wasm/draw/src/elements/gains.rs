//! `<known-for-gains>`: what a member has from taking part.

use crate::{
    dom::{Node, html},
    pieces::card::{card, status, title},
    shell::Words,
};
use knownfor::view::{GainView, MemberView};

/// Draws a member's gains; `before` is the view that was drawn last, to announce what changed.
pub(crate) fn draw(view: &MemberView, before: Option<&MemberView>, words: &Words) -> Node {
    let rows: Vec<Node> = view.gains.iter().filter(|gain| gain.value > 0).map(|gain| row(gain, words)).collect();
    let content = match rows.is_empty() {
        false => html("ul", "gained").set("aria-labelledby", "title").children(rows),
        true => html("p", "quiet").key("none").text(words.plain("gains-none")),
    };
    card("card gains")
        .child(title(&words.plain("gains")))
        .child(content)
        .child(status(&before.and_then(|before| news(view, before, words)).unwrap_or_default()))
}

fn row(gain: &GainView, words: &Words) -> Node {
    html("li", "gain")
        .key(&gain.gain)
        .part("gain")
        .child(html("span", "figure").text(words.number(gain.value)))
        .child(html("span", "unit").text(&gain.name))
}

/// The first gain that is more than it was.
fn news(view: &MemberView, before: &MemberView, words: &Words) -> Option<String> {
    let is_more = |gain: &&GainView| before.gains.iter().any(|was| was.gain == gain.gain && was.value < gain.value);
    let gain = view.gains.iter().find(is_more)?;
    Some(words.filled("news-gain", &[("n", gain.value.into()), ("gain", (&gain.name).into())]))
}
