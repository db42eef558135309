//! Kudos: thanks to a colleague in two clicks: for what and then thank, or thank and then for what.

use crate::{
    card::{card, title},
    data::Data,
    links::button,
    node::{Node, html},
    words::{Value, Words},
};

/// Draws what it takes to thank somebody. `thanks` says where the viewer is with it: to whom (`to`, `name`), for which `topics`, the
/// one `chosen`, and its `stage`.
pub(crate) fn draw(thanks: Data<'_>, words: &Words) -> Node {
    let name = [("name", Value::Text(thanks.text("name")))];
    let chips = thanks.list("topics").map(|topic| chip(topic, thanks.some_text("chosen")));
    let (key, class) = match thanks.text("stage") {
        "asking" => ("kudos-asking", "quiet"),
        "sending" => ("kudos-sending", "quiet"),
        "sent" => ("kudos-sent", "said"),
        "failed" => ("kudos-failed", "said"),
        _ => ("kudos-note", "quiet"),
    };
    let for_what = (chips.len() > 0).then(|| {
        html("div", "for-what")
            .key("chips")
            .set("role", "group")
            .set("aria-labelledby", "for-what")
            .child(html("p", "label").set("id", "for-what").text(words.plain("kudos-for")))
            .child(html("div", "chips").children(chips))
    });
    let again = thanks.text("stage") == "asking";
    let thank = button("primary")
        .part("thank-button")
        .set("data-thank", "")
        .set_some("aria-disabled", (thanks.text("stage") == "sending").then_some("true"))
        .text(words.plain(if again { "kudos-do-again" } else { "kudos-do" }));
    card("card kudos")
        .child(title(&words.filled("kudos", &name)))
        .child_some(for_what)
        .child(html("p", "do").key("do").child(thank))
        .child(html("p", class).key("status").part("said").set("role", "status").text(words.filled(key, &name)))
}

fn chip(topic: Data<'_>, chosen: Option<&str>) -> Node {
    let id = topic.text("topic");
    let pressed = if chosen == Some(id) { "true" } else { "false" };
    button("chip").key(id).part("chip").set("data-topic", id).set("aria-pressed", pressed).text(topic.text("name"))
}
