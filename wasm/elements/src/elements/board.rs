//! `<known-for-board>`: members who joined, a page of them at a time, and the button that joins or leaves.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, status, title},
        rungs,
    },
    shell::{Value, Words, button},
};
use core::ops::Range;
use knownfor::view::{BoardRow, BoardView, Participation};

/// How many rows are seen at once. Thousands take long to draw, and nobody reads them all.
const PAGE_ROWS: usize = 25;

/// Draws a board from the row with the index `from` on, and announces whether the viewer joined or left.
pub fn draw(view: &BoardView, news: Option<Participation>, hide_join: bool, from: usize, words: &dyn Words) -> Node {
    let all = view.rows.len();
    // The board may have become shorter since the page was chosen.
    let from = from.min(all.saturating_sub(1)) / PAGE_ROWS * PAGE_ROWS;
    let page = from..all.min(from + PAGE_ROWS);
    let is_paged = all > PAGE_ROWS;
    // The viewer's own row is seen on every page, before or after the others.
    let seen = view.rows.iter().enumerate().filter(|(index, row)| row.own || page.contains(index));
    let rows = seen.map(|(index, line)| {
        let row = row(line, words);
        // The head is the first row.
        if is_paged { row.set_number("aria-rowindex", index as i64 + 2) } else { row }
    });
    // Only those who joined see the ranking. For all others, the button is an invitation.
    let table = view.joined.then(|| {
        html("table", "")
            .set("aria-labelledby", "title")
            .set_some("aria-rowcount", is_paged.then(|| (all + 1).to_string()).as_deref())
            .child(html("thead", "").child(head(view, words)))
            .child(html("tbody", "").children(rows))
    });
    let news = news.map(|change| match change {
        Participation::Joined => words.plain("news-joined"),
        Participation::Left => words.plain("news-left"),
    });
    card("card board")
        .child(title(&view.name))
        .child_some(table)
        .child_some(is_paged.then(|| pages(page, all, words)))
        .child_some((!hide_join).then(|| join(view, words)))
        .child(status(&news.unwrap_or_default()))
}

fn head(view: &BoardView, words: &dyn Words) -> Node {
    let cell = |class, text: &str| html("th", class).key(class).set("scope", "col").text(text);
    html("tr", "")
        .child(cell("place", &words.plain("board-place")))
        .child(cell("who", &words.plain("board-name")))
        .child(cell("total", &view.currency))
}

fn row(row: &BoardRow, words: &dyn Words) -> Node {
    let you = row.own.then(|| html("span", "quiet you").key("you").text(words.plain("board-you")));
    html("tr", "row")
        .key(&row.member)
        .part(if row.own { "row own-row" } else { "row" })
        .set_some("aria-current", row.own.then_some("true"))
        .child(html("td", "place").key("place").text(words.number(row.place)))
        .child(html("td", "who").key("who").child(html("span", "").text(&row.name)).child_some(you))
        .child(html("td", "total").key("total").text(row.total.map_or_else(String::new, |total| words.number(total))))
}

/// Says which rows are seen, and leads to those before and after them.
fn pages(page: Range<usize>, all: usize, words: &dyn Words) -> Node {
    let range = [("from", page.start + 1), ("to", page.end), ("all", all)];
    let turn = |text, to: Option<usize>| {
        // The button stays where it is, and keeps the focus, when it leads no further.
        button("link")
            .key(text)
            .part("page-button")
            .set_number("data-from", to.unwrap_or(page.start) as i64)
            .set_some("aria-disabled", to.is_none().then_some("true"))
            .text(words.plain(text))
    };
    html("nav", "pages")
        .part("pages")
        .set("aria-labelledby", "title")
        .child(
            html("p", "quiet")
                .set("role", "status")
                .text(words.say("board-range", &range.map(|(name, number)| (name, Value::Number(number as i64))))),
        )
        .child(turn("board-previous", page.start.checked_sub(PAGE_ROWS)))
        .child(turn("board-next", (page.end < all).then_some(page.end)))
}

/// Joining can be taken back. The page records the choice, and a new view shows it.
fn join(view: &BoardView, words: &dyn Words) -> Node {
    let (note, choice, data, class) = match view.joined {
        true => ("board-joined", "leave", "data-leave", "link"),
        false => ("board-not-joined", "join", "data-join", "secondary"),
    };
    let button = button(class).part("join-button").set(data, &view.board).text(words.plain(choice));
    html("div", "join")
        .child(html("p", "quiet").text(words.plain(note)))
        .child(button)
        .child_some((!view.joined).then(|| rungs::draw(view.audience, words)))
}
