//! `<known-for-celebration>`: what is new since the member last looked, shown once and quietly.

use crate::{
    node::{Node, html},
    pieces::{
        badge_face::{self, Size, State},
        badges::full_name,
        card::{card, status, title},
    },
    shell::{Words, button},
};
use knownfor::view::EarnedNews;

/// Draws what is new. Without news nothing is seen, but the status that will announce news is there.
pub fn draw(news: &EarnedNews<'_>, words: &dyn Words) -> Node {
    let size = if news.badges.len() == 1 { Size::Grand } else { Size::Large };
    let badges = news.badges.iter().map(|badge| {
        let face = badge_face::draw(&badge.badge, &badge.face, State::Earned, size);
        (full_name(badge, words), Some(face), badge.description.as_deref())
    });
    let level = news.level.iter().map(|level| {
        let name = level.name.as_deref().unwrap_or_default();
        (words.say("celebration-level", &[("level", name.into())]), None, None)
    });
    let (names, rows): (Vec<String>, Vec<Node>) = badges
        .chain(level)
        .map(|(name, face, description)| {
            let node = row(&name, face, description);
            (name, node)
        })
        .unzip();
    if names.is_empty() {
        return html("div", "nothing").child(status(""));
    }
    card("card celebration")
        .child(title(&words.plain("celebration")))
        .child(html("ul", "held").key("new").set("aria-labelledby", "title").children(rows))
        .child(html("p", "do").key("do").child(close_button(words)))
        .child(status(&words.say("news-celebration", &[("what", (&words.list(&names)).into())])))
}

fn row(name: &str, face: Option<Node>, description: Option<&str>) -> Node {
    let description = description.map(|text| html("p", "quiet").key("what").text(text));
    let about = html("div", "about").child(html("p", "name").text(name)).child_some(description);
    html("li", "badge new").key(name).part("badge").child_some(face).child(about)
}

fn close_button(words: &dyn Words) -> Node {
    button("link").part("close-button").set("data-close", "").text(words.plain("celebration-close"))
}
