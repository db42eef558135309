//! Reason: why something was given, or not, in plain words, with the activities it rests on and what would change it.

use crate::{
    data::Data,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{string::String, vec::Vec};

/// Activities that are named, the latest; of more, how many there are.
const TOLD_ACTIVITIES: usize = 5;
/// The part of a goal that asks how complete the profile is, in percent.
const COMPLETENESS: &str = "completeness";
/// How many seconds a span's unit has, and what its text is called, the largest unit first.
const UNITS: [(i64, &str); 3] = [(86_400, "span-days"), (3_600, "span-hours"), (60, "span-minutes")];

/// Draws an explanation; the member's view knows what a profile's field asks.
pub(crate) fn draw(reason: Data<'_>, view: Data<'_>, words: &Words) -> Node {
    let Some(entry) = reason.part("entry") else { return html("p", "reason").text(reason.text("text")) };
    let date = words.date(entry.text("at"));
    // What is given for each activity needs no more than that activity, and that stands below.
    let reached = reason.list("parts").next().map(|_| words.filled("why-when", &[("date", Value::Text(&date))]));
    let object = entry.some_text("object");
    let object = object.map(|object| words.filled("why-object", &[("object", Value::Text(object))]));
    let parts = reason.list("parts").map(|part| told(part, view, words));
    let limits = reason.list("limits").map(|limit| told_limit(limit, words));
    frame()
        .child_some(reached.map(|text| html("p", "").key("reached").text(text)))
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
        words.filled("skip", &[("rule", Value::Text(skip.text("name"))), ("why", Value::Text(&why))])
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
    let numbers = ["value", "goal"].map(|name| part.number(name));
    if part.text("name") == COMPLETENESS {
        let (name, [value, goal]) = (words.plain("profile-ring"), numbers.map(|percent| words.percent(percent)));
        return words
            .filled(key, &[("name", Value::Text(&name)), ("n", Value::Text(&value)), ("goal", Value::Text(&goal))]);
    }
    let [value, goal] = numbers.map(Value::Number);
    words.filled(key, &[("name", Value::Text(part.text("name"))), ("n", value), ("goal", goal)])
}

/// The activities that counted; of many how many they are, and the latest.
fn counted(reason: Data<'_>, [all, latest]: [&str; 2], words: &Words) -> String {
    let key = if reason.list("activities").len() > TOLD_ACTIVITIES { latest } else { all };
    let n = Value::Number(reason.number("counted"));
    words.filled(key, &[("n", n), ("activities", Value::Text(&named(reason, words)))])
}

/// The latest activities, each by what it was and when; those of one kind and day once.
fn named(reason: Data<'_>, words: &Words) -> String {
    let activities = reason.list("activities");
    let before = activities.len().saturating_sub(TOLD_ACTIVITIES);
    let told = activities.skip(before).map(|activity| {
        let date = words.date(activity.text("at"));
        words.filled("activity", &[("name", Value::Text(activity.text("name"))), ("date", Value::Text(&date))])
    });
    let mut told: Vec<String> = told.collect();
    told.dedup();
    words.list(&told)
}
