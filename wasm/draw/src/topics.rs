//! Topics: what a member is known for, with what speaks for it; for the member also the way to say so, and to take it back.

use crate::{
    card::{card, facts, shortened, status, title},
    data::Data,
    links::button,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{string::String, vec, vec::Vec};

/// Draws the topics of a member view. `before` is what was drawn last, to tell what changed; `suggested` are names to choose from.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, suggested: &[Data<'_>], words: &Words) -> Node {
    let own = view.flag("own");
    let strongest = view.list("topics").map(|topic| topic.number("strength")).max().unwrap_or(0);
    let rows = |claimed: bool| -> Vec<Node> {
        let topics = view.list("topics").filter(|topic| !own || topic.flag("claimed") == claimed);
        topics.map(|topic| row(topic, own, strongest, words)).collect()
    };
    let (said, open) = (rows(true), if own { rows(false) } else { Vec::new() });
    let none = (said.is_empty() && open.is_empty()).then(|| {
        let key = if own { "topics-none" } else { "topics-none-shown" };
        html("p", "quiet").key("none").text(words.plain(key))
    });
    card("card topics")
        .child(title(&words.plain(if own { "topics-own" } else { "topics" })))
        .child_some(none)
        .child_some(
            (!said.is_empty()).then(|| html("ul", "rows").key("said").set("aria-labelledby", "title").children(said)),
        )
        .child_some((!open.is_empty()).then(|| suggestions(open, words)))
        .child_some(own.then(|| add(suggested, words)))
        .child(status(&news(view, before, words)))
}

/// What activities speak for and the member does not say yet: the strongest, the others in a drawer.
fn suggestions(rows: Vec<Node>, words: &Words) -> Node {
    html("div", "open")
        .key("open")
        .child(html("p", "label").set("id", "open").text(words.plain("topics-open")))
        .children(shortened(rows, "open", "topics-more", words))
}

fn row(topic: Data<'_>, own: bool, strongest: i64, words: &Words) -> Node {
    let name = topic.text("name");
    // That nothing speaks for it yet is said to the member alone.
    let told = evidence(topic, words).or(own.then(|| vec![words.plain("evidence-none")]));
    let head = html("p", "head-row")
        .child(html("strong", "name").part("topic-name").text(name))
        .child_some(own.then(|| choice(topic, words)));
    html("li", "topic")
        .key(topic.text("topic"))
        .part("topic")
        .child(head)
        .child_some((topic.number("strength") > 0).then(|| meter(topic, strongest, words)))
        .child_some(told.map(facts))
}

/// Saying so, and taking it back.
fn choice(topic: Data<'_>, words: &Words) -> Node {
    let (key, data) = match topic.flag("claimed") {
        true => ("topic-unclaim", "data-unclaim"),
        false => ("topic-claim", "data-claim"),
    };
    let label = words.plain(key);
    let full = [("do", Value::Text(&label)), ("about", Value::Text(topic.text("name")))];
    let full = words.filled("do-about", &full);
    button("link").part("topic-button").set(data, topic.text("topic")).set("aria-label", full).text(label)
}

/// How much speaks for a topic, beside the strongest one of the member: a comparison with oneself.
fn meter(topic: Data<'_>, strongest: i64, words: &Words) -> Node {
    let strength = topic.number("strength");
    let label = words.filled("topic-strength", &[("topic", Value::Text(topic.text("name")))]);
    html("div", "bar")
        .key("strength")
        .part("bar")
        .set("role", "meter")
        .set("aria-label", label)
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", strongest)
        .set_number("aria-valuenow", strength)
        .set_number("--percent", strength * 100 / strongest)
        .child(html("span", "fill"))
}

/// What speaks for a topic, in words: each tally with how many; nothing where nothing does.
pub(crate) fn evidence(topic: Data<'_>, words: &Words) -> Option<Vec<String>> {
    let told = topic.list("evidence").map(|part| {
        words
            .filled("evidence", &[("name", Value::Text(part.text("name"))), ("n", Value::Number(part.number("value")))])
    });
    Some(told.collect()).filter(|told: &Vec<String>| !told.is_empty())
}

/// A topic that nothing speaks for yet: one begins by saying so.
fn add(suggested: &[Data<'_>], words: &Words) -> Node {
    let options = suggested.iter().map(|topic| html("option", "").set("value", topic.text("name")));
    html("form", "ask-form")
        .key("add")
        .set("data-add", "")
        .child(html("label", "label").set("for", "add").text(words.plain("topics-add")))
        .child(
            html("div", "field-row")
                .child(
                    html("input", "input")
                        .set("id", "add")
                        .set("name", "topic")
                        .set("autocomplete", "off")
                        .set("maxlength", "64")
                        .set("list", "known"),
                )
                .child(html("datalist", "").set("id", "known").children(options))
                .child(html("button", "secondary").set("type", "submit").text(words.plain("topics-add-do"))),
        )
}

fn news(view: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    let Some(before) = before else { return String::new() };
    let said = |view: Data<'_>, topic: Data<'_>| {
        view.list("topics").any(|other| other.text("topic") == topic.text("topic") && other.flag("claimed"))
    };
    let claimed = |topic: &Data<'_>| topic.flag("claimed");
    let new =
        view.list("topics").filter(claimed).find(|topic| !said(before, *topic)).map(|topic| ("news-claimed", topic));
    let gone = before.list("topics").filter(claimed).find(|topic| !said(view, *topic));
    new.or(gone.map(|topic| ("news-unclaimed", topic)))
        .map_or_else(String::new, |(key, topic)| words.filled(key, &[("topic", Value::Text(topic.text("name")))]))
}
