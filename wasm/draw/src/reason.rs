//! Reason: why a badge was given, in plain words, with the activities it rests on.

use crate::{
    badges::told_part,
    data::Data,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{format, string::String, vec::Vec};

/// Activities told by their ids; of more, how many more there are.
const TOLD_ACTIVITIES: usize = 5;

/// Draws an explanation; the member's view knows what a profile's field asks.
pub(crate) fn draw(reason: Data<'_>, view: Data<'_>, words: &Words) -> Node {
    let Some(entry) = reason.part("entry") else { return html("p", "reason").text(reason.text("text")) };
    let date = words.date(entry.text("at"));
    let with = [("date", Value::Text(&date)), ("kind", Value::Text(entry.text("kind")))];
    let object = entry.some_text("object");
    let object = object.map(|object| words.filled("why-object", &[("object", Value::Text(object))]));
    let parts = reason.list("parts").map(|part| html("li", "").text(told(part, view, words)));
    html("div", "reason")
        .part("reason")
        .child(html("p", "").text(words.filled("why-when", &with)))
        .child_some(object.map(|text| html("p", "").key("object").text(text)))
        .child_some((parts.len() > 0).then(|| html("ul", "parts").children(parts)))
        .child(html("p", "").key("rests").text(rests_on(reason, words)))
}

/// Where a part of the goal stood.
fn told(part: Data<'_>, view: Data<'_>, words: &Words) -> String {
    let mut fields = view.part("profile").into_iter().flat_map(|profile| profile.list("fields"));
    match fields.find(|field| field.text("field") == part.text("name")) {
        Some(field) => words.filled("why-field", &[("field", Value::Text(field.text("ask")))]),
        None => told_part(part, words),
    }
}

/// The activities by what they are known by, the latest ones. The source is named where there are several.
fn rests_on(reason: Data<'_>, words: &Words) -> String {
    let activities = || reason.list("activities");
    let count = activities().len();
    let first = activities().next().map_or("", |activity| activity.text("source"));
    let one_source = activities().all(|activity| activity.text("source") == first);
    let told = activities().skip(count.saturating_sub(TOLD_ACTIVITIES)).map(|activity| match one_source {
        true => String::from(activity.text("id")),
        false => format!("{} {}", activity.text("source"), activity.text("id")),
    });
    let told = told.collect::<Vec<_>>().join(", ");
    let key = if count > TOLD_ACTIVITIES { "why-rests-latest" } else { "why-rests" };
    let n = Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
    words.filled(key, &[("n", n), ("activities", Value::Text(&told))])
}
