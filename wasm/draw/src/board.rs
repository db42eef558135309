//! Board: those who joined, near the viewer, and the way on and off it.

use crate::{
    card::{card, status, title},
    data::Data,
    node::{Node, html},
    words::Words,
};
use alloc::string::String;

/// Draws a board view; `before` is what was drawn last, to tell what changed.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, hide_join: bool, words: &Words) -> Node {
    let rows = view.list("rows").map(|row| line(row, words));
    let content = match rows.len() {
        0 => html("p", "quiet").text(words.plain("board-empty")),
        _ => html("table", "")
            .set("aria-labelledby", "title")
            .child(html("thead", "").child(head(view, words)))
            .child(html("tbody", "").children(rows)),
    };
    card("card board")
        .child(title(view.text("name")))
        .child(content)
        .child_some((!hide_join).then(|| join(view, words)))
        .child(status(&news(view, before, words)))
}

fn head(view: Data<'_>, words: &Words) -> Node {
    let cell = |class, text: &str| html("th", class).key(class).set("scope", "col").text(text);
    html("tr", "")
        .child(cell("place", &words.plain("board-place")))
        .child(cell("who", &words.plain("board-name")))
        .child(cell("total", view.text("currency")))
}

fn line(row: Data<'_>, words: &Words) -> Node {
    let own = row.flag("own");
    let you = own.then(|| html("span", "quiet you").key("you").text(words.plain("board-you")));
    html("tr", "row")
        .key(row.text("member"))
        .part(if own { "row own-row" } else { "row" })
        .set_some("aria-current", own.then_some("true"))
        .child(html("td", "place").key("place").text(words.number(row.number("place"))))
        .child(html("td", "who").key("who").child(html("span", "").text(row.text("name"))).child_some(you))
        .child(html("td", "total").key("total").text(words.number(row.number("total"))))
}

/// Joining is a choice that can be taken back; the page records it and says so with a new view.
fn join(view: Data<'_>, words: &Words) -> Node {
    let (note, choice, data, class) = match view.flag("joined") {
        true => ("board-joined", "board-leave", "data-leave", "link"),
        false => ("board-not-joined", "board-join", "data-join", "secondary"),
    };
    let button = html("button", class).part("join-button").set("type", "button").set(data, view.text("board"));
    html("div", "join").child(html("p", "quiet").text(words.plain(note))).child(button.text(words.plain(choice)))
}

fn news(view: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    match before.map(|before| (before.flag("joined"), view.flag("joined"))) {
        Some((false, true)) => words.plain("news-joined"),
        Some((true, false)) => words.plain("news-left"),
        _ => String::new(),
    }
}
