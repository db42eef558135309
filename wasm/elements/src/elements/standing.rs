//! `<known-for-standing>`: points so far, this month beside the last, and the way to the next level.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, status, title},
        latest_entries, level, rungs,
    },
    shell::{Answers, Words},
};
use knownfor::{
    Audience,
    view::{MemberView, News, PointsView},
};
use std::cmp::Ordering;

/// Draws the standing of a member, and announces what is new.
pub fn draw(view: &MemberView, news: &News<'_>, answers: &Answers, words: &dyn Words) -> Node {
    let currencies: Vec<Node> =
        view.standing.points.iter().filter(|points| has_begun(points)).map(|points| currency(points, words)).collect();
    let entries = if view.own && !currencies.is_empty() { latest_entries::drawer(view, answers, words) } else { None };
    let content = match currencies.is_empty() {
        false => html("div", "currencies").key("currencies").children(currencies),
        true => {
            let key = if view.own { "entries-none" } else { "none-shown" };
            html("p", "quiet").key("none").text(words.plain(key))
        }
    };
    card("card standing")
        .child(title(&words.plain(if view.own { "standing-own" } else { "standing" })))
        .child(content)
        .child_some(view.standing.level.as_ref().and_then(|reached| level::draw(reached, words)))
        .child_some(entries)
        .child(status(&announcement(news, words).unwrap_or_default()))
}

/// Whether there is something to show. A total of 0 is shown only to somebody who had points before.
fn has_begun(points: &PointsView) -> bool {
    points.total != 0 || [points.this_month, points.last_month].iter().flatten().any(|month| *month != 0)
}

fn currency(points: &PointsView, words: &dyn Words) -> Node {
    let total = html("p", "total")
        .child(html("span", "figure").part("figure").text(words.number(points.total)))
        .child(html("span", "unit").text(&points.name));
    html("div", "currency")
        .key(&points.currency)
        .part("currency")
        .child(total)
        .child_some(month(points, words).map(|text| html("p", "quiet month").part("month").text(text)))
        .child_some(points.private.then(|| html("p", "").child(rungs::draw(Audience::Private, words))))
}

/// This month beside the last: a comparison with oneself. If it is less, both numbers stand there without a comment.
fn month(points: &PointsView, words: &dyn Words) -> Option<String> {
    let (this, last) = (points.this_month?, points.last_month?);
    let key = match this.cmp(&last) {
        _ if last == 0 => "month-first",
        Ordering::Greater => "month-more",
        Ordering::Equal => "month-same",
        Ordering::Less => "month-both",
    };
    let more = this.saturating_sub(last);
    Some(words.say(key, &[("n", this.into()), ("last", last.into()), ("more", more.into())]))
}

/// A level reached, or else a total that changed.
fn announcement(news: &News<'_>, words: &dyn Words) -> Option<String> {
    if let Some(name) = news.earned.level.and_then(|level| level.name.as_ref()) {
        return Some(words.say("news-level", &[("level", name.into())]));
    }
    let now = news.points.first()?;
    Some(words.say("news-points", &[("n", now.total.into()), ("currency", (&now.name).into())]))
}
