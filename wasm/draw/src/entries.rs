//! Entries: the latest points, line by line, each with why it was given and what gave nothing beside it. On demand.

use crate::{
    ask::Asked,
    data::Data,
    node::{Node, html},
    reason,
    words::{Value, Words},
};

/// Entries told, the latest.
const TOLD_ENTRIES: usize = 10;

/// The drawer with a member's latest points.
pub(crate) fn drawer(view: Data<'_>, asked: Asked<'_>, words: &Words) -> Option<Node> {
    let summary = html("summary", "").text(words.plain("entries"));
    asked.drawer(&[("data-ask", "entries")], summary, words, |answer| {
        let entries = answer.list("entries").filter(|entry| entry.some_number("amount").is_some());
        let rows = entries.take(TOLD_ENTRIES).map(|entry| row(entry, view, asked, words));
        match answer.list("entries").len() {
            0 => html("p", "quiet").text(words.plain("entries-none")),
            _ => html("ul", "entries").part("entries").children(rows),
        }
    })
}

fn row(entry: Data<'_>, view: Data<'_>, asked: Asked<'_>, words: &Words) -> Node {
    let id = ["rule", "source", "activity", "at", "role"].map(|name| entry.text(name));
    let [rule, source, activity, at, _] = id;
    let name = entry.some_text("name").or(entry.some_text("rule")).unwrap_or(entry.text("kind"));
    let date = words.date(at);
    let label = [("entry", Value::Text(name)), ("date", Value::Text(&date))];
    let summary =
        |key, label_key| html("summary", "").set("aria-label", words.filled(label_key, &label)).text(words.plain(key));
    let about = [("data-rule", rule), ("data-source", source), ("data-activity", activity)];
    let [by_rule, from, of] = about;
    let why = || {
        asked.drawer(&[("data-ask", "why"), by_rule, from, of], summary("why", "why-entry"), words, |answer| {
            reason::draw(answer, view, words)
        })
    };
    let why_not = || {
        asked.drawer(&[("data-ask", "why-not"), from, of], summary("why-not-more", "why-not-entry"), words, |answer| {
            let none = || html("p", "quiet").text(words.plain("skips-none"));
            reason::skips(answer, words).unwrap_or_else(none)
        })
    };
    // What no rule gave was spent by the member, who knows why.
    let by_a_rule = !rule.is_empty();
    html("li", "entry")
        .key(&id.join(" "))
        .part("entry")
        .child(html("span", "amount").text(words.signed(entry.number("amount"))))
        .child(html("span", "name").text(name))
        .child(html("time", "quiet").set("datetime", at).text(date.as_str()))
        .child_some(by_a_rule.then(why).flatten())
        .child_some(by_a_rule.then(why_not).flatten())
}
