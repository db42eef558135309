//! Experts: a search box for who is known for something, and those who say so, with what speaks for them.

use crate::{
    card::{card, facts, title},
    data::Data,
    links::Links,
    node::{Node, html},
    topics::evidence,
    words::{Value, Words},
};
use knownfor::Tree;

/// Draws the search and what it found. `search` holds the names to choose from (`topics`), what was `asked`, and once it has come
/// the `answer`, an experts' view or null.
pub(crate) fn draw(search: Data<'_>, links: &Links, words: &Words) -> Node {
    let answer = search.0.get("answer");
    let found = answer.filter(|answer| matches!(answer, Tree::Table(_))).map(Data);
    let rows = found.map(|found| found.list("experts").map(|expert| row(expert, links, words)));
    let rows = rows.filter(|rows| rows.len() > 0);
    card("card experts")
        .child(title(&words.plain("experts")))
        .child(form(search, words))
        .child(said(search, answer, found, words))
        .child_some(rows.map(|rows| html("ul", "rows").key("found").set("aria-labelledby", "said").children(rows)))
}

fn form(search: Data<'_>, words: &Words) -> Node {
    let options = search.list("topics").map(|topic| html("option", "").set("value", topic.text("name")));
    html("form", "ask-form")
        .set("role", "search")
        .set("data-search", "")
        .child(html("label", "label").set("for", "topic").text(words.plain("experts-topic")))
        .child(
            html("div", "field-row")
                .child(
                    html("input", "input")
                        .part("search")
                        .set("id", "topic")
                        .set("name", "topic")
                        .set("type", "search")
                        .set("autocomplete", "off")
                        .set("list", "known"),
                )
                .child(html("datalist", "").set("id", "known").children(options))
                .child(
                    html("button", "primary")
                        .part("search-button")
                        .set("type", "submit")
                        .text(words.plain("experts-do")),
                ),
        )
}

/// What came of it, in a sentence that is seen and heard.
fn said(search: Data<'_>, answer: Option<&Tree<'_>>, found: Option<Data<'_>>, words: &Words) -> Node {
    let asked = search.text("asked");
    let name = found.map_or(asked, |found| found.text("name"));
    let count = found.map_or(0, |found| i64::try_from(found.list("experts").len()).unwrap_or(i64::MAX));
    let topic = ("topic", Value::Text(name));
    let text = match answer {
        _ if asked.is_empty() => words.plain("experts-note"),
        None => words.plain("experts-asking"),
        Some(_) if count == 0 => words.filled("experts-none", &[topic]),
        Some(_) => words.filled("experts-found", &[("n", Value::Number(count)), topic]),
    };
    html("p", "quiet").key("said").set("id", "said").set("role", "status").text(text)
}

fn row(expert: Data<'_>, links: &Links, words: &Words) -> Node {
    let member = expert.text("member");
    let you = expert.flag("own").then(|| html("span", "quiet you").key("you").text(words.plain("board-you")));
    html("li", "expert")
        .key(member)
        .part("expert")
        .child(html("p", "name").child(links.name(member, expert.text("name"))).child_some(you))
        .child_some(evidence(expert, words).map(facts))
}
