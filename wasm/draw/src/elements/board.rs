//! `<known-for-board>`: members who joined, near the viewer, and the button that joins or leaves.

use crate::{
    dom::{Node, html},
    pieces::card::{card, status, title},
    shell::{Words, button},
};
use knownfor::view::{BoardRow, BoardView, Participation};

/// Draws a board, and announces whether the viewer joined or left.
pub(crate) fn draw(view: &BoardView, news: Option<Participation>, hide_join: bool, words: &Words) -> Node {
    // Only those who joined see the ranking. For all others, the button is an invitation.
    let table = view.joined.then(|| {
        html("table", "")
            .set("aria-labelledby", "title")
            .child(html("thead", "").child(head(view, words)))
            .child(html("tbody", "").children(view.rows.iter().map(|line| row(line, words))))
    });
    let news = news.map(|change| match change {
        Participation::Joined => words.plain("news-joined"),
        Participation::Left => words.plain("news-left"),
    });
    card("card board")
        .child(title(&view.name))
        .child_some(table)
        .child_some((!hide_join).then(|| join(view, words)))
        .child(status(&news.unwrap_or_default()))
}

fn head(view: &BoardView, words: &Words) -> Node {
    let cell = |class, text: &str| html("th", class).key(class).set("scope", "col").text(text);
    html("tr", "")
        .child(cell("place", &words.plain("board-place")))
        .child(cell("who", &words.plain("board-name")))
        .child(cell("total", &view.currency))
}

fn row(row: &BoardRow, words: &Words) -> Node {
    let you = row.own.then(|| html("span", "quiet you").key("you").text(words.plain("board-you")));
    html("tr", "row")
        .key(&row.member)
        .part(if row.own { "row own-row" } else { "row" })
        .set_some("aria-current", row.own.then_some("true"))
        .child(html("td", "place").key("place").text(words.number(row.place)))
        .child(html("td", "who").key("who").child(html("span", "").text(&row.name)).child_some(you))
        .child(html("td", "total").key("total").text(row.total.map_or_else(String::new, |total| words.number(total))))
}

/// Joining can be taken back. The page records the choice, and a new view shows it.
fn join(view: &BoardView, words: &Words) -> Node {
    let (note, choice, data, class) = match view.joined {
        true => ("board-joined", "board-leave", "data-leave", "link"),
        false => ("board-not-joined", "board-join", "data-join", "secondary"),
    };
    let button = button(class).part("join-button").set(data, &view.board).text(words.plain(choice));
    html("div", "join").child(html("p", "quiet").text(words.plain(note))).child(button)
}
