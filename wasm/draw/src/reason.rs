//! Reason: why something was given, or not, in plain words, with the activities it rests on and what would change it.

use crate::{
    data::Data,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{format, string::String, vec::Vec};

/// Activities told by their ids; of more, how many more there are.
const TOLD_ACTIVITIES: usize = 5;
/// How many seconds a span's unit has, and what its text is called, the largest unit first.
const UNITS: [(i64, &str); 3] = [(86_400, "span-days"), (3_600, "span-hours"), (60, "span-minutes")];

/// Draws an explanation; the member's view knows what a profile's field asks.
pub(crate) fn draw(reason: Data<'_>, view: Data<'_>, words: &Words) -> Node {
    let Some(entry) = reason.part("entry") else { return html("p", "reason").text(reason.text("text")) };
    let date = words.date(entry.text("at"));
    let with = [("date", Value::Text(&date)), ("kind", Value::Text(entry.text("kind")))];
    let object = entry.some_text("object");
    let object = object.map(|object| words.filled("why-object", &[("object", Value::Text(object))]));
    let parts = reason.list("parts").map(|part| told(part, view, words));
    let limits = reason.list("limits").map(|limit| told_limit(limit, words));
    frame()
        .child(html("p", "").text(words.filled("why-when", &with)))
        .child_some(object.map(|text| html("p", "").key("object").text(text)))
        .child_some(list(parts.chain(limits)))
        .child(html("p", "").key("rests").text(counted(reason, ["why-rests", "why-rests-latest"], words)))
}

/// Draws what a badge still waits for, part by part, with what counted so far.
pub(crate) fn missing(answer: Data<'_>, view: Data<'_>, words: &Words) -> Node {
    let parts = answer.list("parts").flat_map(|part| {
        let some = part.number("counted") > 0;
        let counted = some.then(|| counted(part, ["why-counted", "why-counted-latest"], words));
        core::iter::once(told(part, view, words)).chain(counted)
    });
    frame().child_some(list(parts))
}

/// Draws which rules gave nothing for an activity, and why.
pub(crate) fn skips(answer: Data<'_>, words: &Words) -> Option<Node> {
    list(answer.list("skips").map(|skip| {
        let because = skip.part("because");
        let limit = because.and_then(|because| because.part("limit"));
        let why = match (limit, because.is_some_and(|because| because.0.get("condition").is_some())) {
            (Some(limit), _) => told_limit(limit, words),
            (None, true) => words.plain("skip-condition"),
            (None, false) => words.plain("skip-other"),
        };
        words.filled("skip", &[("rule", Value::Text(skip.text("rule"))), ("why", Value::Text(&why))])
    }))
}

fn frame() -> Node {
    html("div", "reason").part("reason")
}

fn list(lines: impl Iterator<Item = String>) -> Option<Node> {
    let lines: Vec<Node> = lines.map(|line| html("li", "").text(line)).collect();
    (!lines.is_empty()).then(|| html("ul", "parts").key("parts").children(lines))
}

/// A limit, and how much of it was used.
fn told_limit(limit: Data<'_>, words: &Words) -> String {
    let key = if limit.some_number("times").is_some() { "limit-times" } else { "limit-points" };
    let most = limit.some_number("times").unwrap_or_else(|| limit.number("points"));
    let span = match limit.some_number("within_seconds") {
        Some(seconds) => told_span(seconds, words),
        None => words.plain(match limit.text("per") {
            "day" => "span-day",
            "week" => "span-week",
            "month" => "span-month",
            "quarter" => "span-quarter",
            "year" => "span-year",
            _ => "span-ever",
        }),
    };
    let used = Value::Number(limit.number("used"));
    words.filled(key, &[("n", Value::Number(most)), ("span", Value::Text(&span)), ("used", used)])
}

/// A span in the largest unit in which it is a whole number.
fn told_span(seconds: i64, words: &Words) -> String {
    let exact = UNITS.iter().find(|(unit, _)| seconds % unit == 0);
    let (unit, key) = exact.unwrap_or(&(1, "span-seconds"));
    words.count(key, seconds / unit)
}

/// Where a part of the goal stood.
pub(crate) fn told(part: Data<'_>, view: Data<'_>, words: &Words) -> String {
    let name = part.text("name");
    let mut fields = view.part("profile").into_iter().flat_map(|profile| profile.list("fields"));
    let is_done = part.number("value") >= part.number("goal");
    match fields.find(|field| field.text("ask") == name) {
        Some(_) => words.filled(if is_done { "why-field" } else { "why-not-field" }, &[("field", Value::Text(name))]),
        None => told_part(part, words),
    }
}

/// Where a part of a goal stands: *likes: 7 of 10*.
pub(crate) fn told_part(part: Data<'_>, words: &Words) -> String {
    let key = match part.flag("at_most") {
        true => "part-at-most",
        false if part.number("value") > part.number("goal") => "part-over",
        false => "part",
    };
    let name = Value::Text(part.text("name"));
    let numbers = ["value", "goal"].map(|name| Value::Number(part.number(name)));
    let [value, goal] = numbers;
    words.filled(key, &[("name", name), ("n", value), ("goal", goal)])
}

/// The activities that counted; of many how many they are, and the latest.
fn counted(reason: Data<'_>, [all, latest]: [&str; 2], words: &Words) -> String {
    let key = if reason.list("activities").len() > TOLD_ACTIVITIES { latest } else { all };
    let n = Value::Number(reason.number("counted"));
    words.filled(key, &[("n", n), ("activities", Value::Text(&known_by(reason, words)))])
}

/// The activities by what they are known by, the latest ones. The source is named where there are several.
fn known_by(reason: Data<'_>, words: &Words) -> String {
    let activities = || reason.list("activities");
    let first = activities().next().map_or("", |activity| activity.text("source"));
    let one_source = activities().all(|activity| activity.text("source") == first);
    let told = activities().skip(activities().len().saturating_sub(TOLD_ACTIVITIES)).map(|activity| match one_source {
        true => String::from(activity.text("id")),
        false => format!("{} {}", activity.text("source"), activity.text("id")),
    });
    words.list(&told.collect::<Vec<_>>())
}
