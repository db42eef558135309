//! Latest entries: a drawer with the last points, each with why it was given and what gave nothing beside it.

use super::explanation;
use crate::{
    node::{Node, html},
    shell::{Answers, Subject, Words},
};
use knownfor::{
    EntryLine,
    view::{EntryView, MemberView},
};

/// How many entries are drawn.
const SHOWN_ENTRIES: usize = 10;

/// The drawer with a member's latest points; none if nobody can be asked for them.
pub(crate) fn drawer(view: &MemberView, answers: &Answers, words: &dyn Words) -> Option<Node> {
    let summary = html("summary", "").text(words.plain("entries"));
    answers.entries(summary, words, |entries| list(entries, view, answers, words))
}

fn list(entries: &[EntryView], view: &MemberView, answers: &Answers, words: &dyn Words) -> Node {
    let with_points = entries.iter().filter_map(|shown| Some((shown, shown.entry.amount?)));
    let rows: Vec<Node> =
        with_points.take(SHOWN_ENTRIES).map(|(shown, amount)| row(shown, amount, view, answers, words)).collect();
    match rows.is_empty() {
        true => html("p", "quiet").text(words.plain("entries-none")),
        false => html("ul", "entries").part("entries").children(rows),
    }
}

fn row(shown: &EntryView, amount: i64, view: &MemberView, answers: &Answers, words: &dyn Words) -> Node {
    let EntryView { entry, name, .. } = shown;
    let date = words.date(&entry.at);
    // Points without a rule were spent by the member, who knows why.
    let drawers = match &entry.rule {
        Some(rule) => drawers(entry, rule, [name, &date], view, answers, words),
        None => [None, None],
    };
    let [rule, role] = [&entry.rule, &entry.role].map(|text| text.as_deref().unwrap_or_default());
    html("li", "entry")
        .key([rule, &entry.source, &entry.activity, &entry.at, role].join(" "))
        .part("entry")
        .child(html("span", "amount").text(words.signed(amount)))
        .child(html("span", "name").text(name))
        .child(html("time", "quiet").set("datetime", &entry.at).text(date))
        .children(drawers.into_iter().flatten())
}

/// Why the points were given, and which rules gave nothing for the same activity.
fn drawers(
    entry: &EntryLine,
    rule: &str,
    [name, date]: [&str; 2],
    view: &MemberView,
    answers: &Answers,
    words: &dyn Words,
) -> [Option<Node>; 2] {
    let summary = |key, label_key| {
        let label = words.say(label_key, &[("entry", name.into()), ("date", date.into())]);
        html("summary", "").set("aria-label", label).text(words.plain(key))
    };
    let about = |rule| Subject {
        badge: None,
        rule,
        source: Some(entry.source.clone()),
        activity: Some(entry.activity.clone()),
    };
    let draw_why = |why: &_| explanation::draw(why, view, words);
    let why = answers.why(&about(Some(rule.into())), summary("why", "why-entry"), words, draw_why);
    let draw_skips = |why_not: &_| explanation::draw_why_not(why_not, view, words);
    let why_not = answers.why_not(&about(None), summary("why-not-more", "why-not-entry"), words, draw_skips);
    [why, why_not]
}
