//! Celebration: what has come since the member last looked, said once and quietly.

use crate::{
    badges::full_name,
    card::{card, status, title},
    data::Data,
    face::face,
    links::button,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{string::String, vec::Vec};

/// Draws what is new: `badges` and `levels`. Nothing is seen where nothing is new, but the place where it will be told is there.
pub(crate) fn draw(news: Data<'_>, words: &Words) -> Node {
    let badges =
        news.list("badges").map(|badge| (Some(face(badge.part("face"), true)), full_name(badge, words), badge));
    let levels = news
        .list("levels")
        .map(|level| (None, words.filled("celebration-level", &[("level", Value::Text(level.text("name")))]), level));
    let all: Vec<_> = badges.chain(levels).collect();
    let told: Vec<String> = all.iter().map(|(_, name, _)| name.clone()).collect();
    if told.is_empty() {
        return html("div", "nothing").child(status(""));
    }
    let told = words.filled("news-celebration", &[("what", Value::Text(&words.list(&told)))]);
    let rows = all.into_iter().map(|(picture, name, data)| row(picture, &name, data));
    card("card celebration")
        .child(title(&words.plain("celebration")))
        .child(html("ul", "held").key("new").children(rows))
        .child(
            html("p", "do").key("do").child(
                button("link").part("close-button").set("data-close", "").text(words.plain("celebration-close")),
            ),
        )
        .child(status(&told))
}

fn row(picture: Option<Node>, name: &str, data: Data<'_>) -> Node {
    let description = data.some_text("description").map(|text| html("p", "quiet").key("what").text(text));
    let about = html("div", "about").child(html("p", "name").text(name)).child_some(description);
    html("li", "badge new").key(name).part("badge").child_some(picture).child(about)
}
