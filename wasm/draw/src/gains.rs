//! Gains: what a member has from taking part.

use crate::{
    card::{card, status, title},
    data::Data,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::string::String;

/// Draws the gains of a member view; `before` is what was drawn last, to tell what changed.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, words: &Words) -> Node {
    let gained = || view.list("gains").filter(|gain| gain.number("value") > 0);
    let content = match gained().next().is_some() {
        true => html("ul", "gained").set("aria-labelledby", "title").children(gained().map(|gain| row(gain, words))),
        false => html("p", "quiet").key("none").text(words.plain("gains-none")),
    };
    card("card gains").child(title(&words.plain("gains"))).child(content).child(status(&news(view, before, words)))
}

fn row(gain: Data<'_>, words: &Words) -> Node {
    html("li", "gain")
        .key(gain.text("gain"))
        .part("gain")
        .child(html("span", "figure").text(words.number(gain.number("value"))))
        .child(html("span", "unit").text(gain.text("name")))
}

fn news(view: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    let Some(before) = before else { return String::new() };
    let was = |gain: Data<'_>| before.list("gains").find(|was| was.text("gain") == gain.text("gain"));
    let more = view.list("gains").find(|gain| was(*gain).is_some_and(|was| gain.number("value") > was.number("value")));
    more.map_or_else(String::new, |gain| {
        let values = [("n", Value::Number(gain.number("value"))), ("gain", Value::Text(gain.text("name")))];
        words.filled("news-gain", &values)
    })
}
