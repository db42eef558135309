//! Standing: points so far, this month beside the last, and the way to the next level.

use crate::{
    ask::Asked,
    card::{bar, card, status, title},
    data::Data,
    entries,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::string::String;

/// Draws the standing of a member view; `before` is what was drawn last, to tell what changed.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, asked: Asked<'_>, words: &Words) -> Node {
    let points = currencies(view).map(|points| currency(points, words));
    card("card standing")
        .child(title(&words.plain(if view.flag("own") { "standing-own" } else { "standing" })))
        .child(html("div", "currencies").children(points))
        .child_some(level_of(view).map(|level| climb(level, words)))
        .child_some(view.flag("own").then(|| entries::drawer(view, asked, words)).flatten())
        .child(status(&news(view, before, words)))
}

/// The level of a member view, where the program has levels.
pub(crate) fn level_of(view: Data<'_>) -> Option<Data<'_>> {
    view.part("standing")?.part("level")
}

fn currencies<'t>(view: Data<'t>) -> impl Iterator<Item = Data<'t>> {
    view.part("standing").into_iter().flat_map(|standing| standing.list("points"))
}

fn currency(points: Data<'_>, words: &Words) -> Node {
    let total = html("p", "total")
        .child(html("span", "figure").part("figure").text(words.number(points.number("total"))))
        .child(html("span", "unit").text(points.text("name")));
    html("div", "currency")
        .key(points.text("currency"))
        .part("currency")
        .child(total)
        .child_some(month(points, words).map(|text| html("p", "quiet month").part("month").text(text)))
}

/// This month beside the last: the comparison with oneself. Less than last month is told without saying so.
fn month(points: Data<'_>, words: &Words) -> Option<String> {
    let (this, last) = (points.some_number("this_month")?, points.some_number("last_month")?);
    let key = match this.cmp(&last) {
        _ if last == 0 => "month-first",
        core::cmp::Ordering::Greater => "month-more",
        core::cmp::Ordering::Equal => "month-same",
        core::cmp::Ordering::Less => "month-both",
    };
    let values = [("n", this), ("last", last), ("more", this.saturating_sub(last))];
    Some(words.filled(key, &values.map(|(name, number)| (name, Value::Number(number)))))
}

fn climb(level: Data<'_>, words: &Words) -> Node {
    let none = words.plain("level-none");
    let place = [("n", Value::Number(level.number("number"))), ("of", Value::Number(level.number("of")))];
    let head = html("p", "level")
        .part("level")
        .child(html("strong", "").text(level.some_text("name").unwrap_or(&none)))
        .child(html("span", "quiet").text(words.filled("level-of", &place)));
    let way = level.part("next").map(|next| {
        let name = Value::Text(next.text("name"));
        let label = words.filled("level-bar", &[("level", name)]);
        let to_go = [("n", Value::Number(next.number("to_go"))), ("level", name)];
        html("div", "way")
            .child(bar(next.number("percent"), &label, words))
            .child(html("p", "quiet").text(words.filled("level-to-go", &to_go)))
    });
    html("div", "climb").child(head).child_some(way)
}

/// What has changed since the last drawing, in one sentence for those who hear the page.
fn news(view: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    let Some(before) = before else { return String::new() };
    let then = level_of(before).map_or(0, |level| level.number("number"));
    let climbed = level_of(view).filter(|level| level.number("number") > then);
    if let Some(name) = climbed.and_then(|level| level.some_text("name")) {
        return words.filled("news-level", &[("level", Value::Text(name))]);
    }
    let mut points = currencies(view).zip(currencies(before));
    let changed = points.find(|(now, then)| now.number("total") != then.number("total"));
    changed.map_or_else(String::new, |(now, _)| {
        let values = [("n", Value::Number(now.number("total"))), ("currency", Value::Text(now.text("name")))];
        words.filled("news-points", &values)
    })
}
