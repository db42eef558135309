//! Badges: those earned, with why, and those on the way, with how far.

use crate::{
    ask::Asked,
    card::{bar, card, fact_nodes, facts, status, title},
    data::Data,
    face::face,
    node::{Node, html},
    reason,
    words::{Value, Words},
};
use alloc::string::String;

/// The grades of badges, lowest first.
const GRADES: [&str; 3] = ["bronze", "silver", "gold"];

/// Draws the badges of a member view; `before` is what was drawn last, to tell what is new.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, asked: Asked<'_>, words: &Words) -> Node {
    let own = view.flag("own");
    let is_new = |badge: Data<'_>| before.is_some_and(|before| !earned(before).any(|held| covers(held, badge)));
    let why = |badge| if own { why(badge, asked, view, words) } else { None };
    let rows = earned(view).map(|badge| row(badge, is_new(badge), why(badge), words));
    let none = || {
        let key = if own { "badges-none" } else { "badges-none-shown" };
        html("p", "quiet").key("none").text(words.plain(key))
    };
    let list = match earned(view).next() {
        Some(_) => html("ul", "held").set("aria-labelledby", "title").children(rows),
        None => none(),
    };
    let news = earned(view).find(|badge| is_new(*badge)).map_or_else(String::new, |badge| {
        words.filled("news-badge", &[("badge", Value::Text(&full_name(badge, words)))])
    });
    card("card badges")
        .child(title(&words.plain(if own { "badges-own" } else { "badges" })))
        .child(list)
        .child_some(on_the_way(view, asked, words))
        .child(status(&news))
}

pub(crate) fn earned<'t>(view: Data<'t>) -> impl Iterator<Item = Data<'t>> {
    view.part("badges").into_iter().flat_map(|badges| badges.list("earned"))
}

/// Whether a badge that was held before was as much as it is now, or more: what is taken back is no news.
fn covers(held: Data<'_>, badge: Data<'_>) -> bool {
    held.text("badge") == badge.text("badge")
        && rank(held) >= rank(badge)
        && held.number("times") >= badge.number("times")
}

fn rank(badge: Data<'_>) -> Option<usize> {
    GRADES.iter().position(|known| Some(*known) == grade(badge))
}

fn grade<'t>(badge: Data<'t>) -> Option<&'t str> {
    badge.part("face")?.some_text("grade")
}

fn row(badge: Data<'_>, is_new: bool, why: Option<Node>, words: &Words) -> Node {
    let at = badge.text("at");
    let when = html("time", "").set("datetime", at).text(words.date(at));
    let times = Some(badge.number("times")).filter(|times| *times > 1).map(|times| words.count("badge-times", times));
    let told = grade_name(badge, words).into_iter().chain(times).map(|fact| html("span", "").text(fact));
    let facts = fact_nodes(told.chain([html("span", "").key("when").child(when)]));
    html("li", if is_new { "badge new" } else { "badge" })
        .key(badge.text("badge"))
        .part("badge")
        .child(face(badge.part("face"), true))
        .child(about(badge).child(facts).child_some(why))
}

fn why(badge: Data<'_>, asked: Asked<'_>, view: Data<'_>, words: &Words) -> Option<Node> {
    let label = words.filled("why-badge", &[("badge", Value::Text(badge.text("name")))]);
    let summary = html("summary", "").set("aria-label", label).text(words.plain("why"));
    let question = [("data-ask", "why"), ("data-badge", badge.text("badge"))];
    asked.drawer(&question, summary, words, |reason| reason::draw(reason, view, words))
}

/// What a badge that is not there yet still waits for.
pub(crate) fn why_not(badge: &str, name: &str, asked: Asked<'_>, view: Data<'_>, words: &Words) -> Option<Node> {
    let label = words.filled("why-not-badge", &[("badge", Value::Text(name))]);
    let summary = html("summary", "").set("aria-label", label).text(words.plain("why-not"));
    let question = [("data-ask", "why-not"), ("data-badge", badge)];
    asked.drawer(&question, summary, words, |answer| reason::missing(answer, view, words))
}

fn on_the_way(view: Data<'_>, asked: Asked<'_>, words: &Words) -> Option<Node> {
    let coming = view.part("badges")?.list("on_the_way").map(|badge| coming(badge, asked, view, words));
    (coming.len() > 0).then(|| {
        html("div", "on-the-way")
            .part("on-the-way")
            .child(html("p", "label").set("id", "way").text(words.plain("badges-on-the-way")))
            .child(html("ul", "coming").set("aria-labelledby", "way").children(coming))
    })
}

fn coming(badge: Data<'_>, asked: Asked<'_>, view: Data<'_>, words: &Words) -> Node {
    // What is still to do: parts that are done already would only make the list long.
    let open = badge.list("parts").filter(|part| part.number("value") < part.number("goal"));
    let parts = open.map(|part| reason::told(part, view, words));
    let (id, name) = (badge.text("badge"), badge.text("name"));
    let label = words.filled("badge-bar", &[("badge", Value::Text(name))]);
    let told = grade_name(badge, words).into_iter().chain(parts);
    html("li", "badge").key(id).part("badge").child(face(badge.part("face"), false)).child(
        about(badge)
            .child(bar(badge.number("percent"), &label, words))
            .child(facts(told))
            .child_some(why_not(id, name, asked, view, words)),
    )
}

fn about(badge: Data<'_>) -> Node {
    let description = badge.some_text("description");
    html("div", "about")
        .child(html("p", "name").part("badge-name").text(badge.text("name")))
        .child_some(description.map(|text| html("p", "quiet").key("what").text(text)))
}

/// The name with the grade, as it is told to those who hear the page.
pub(crate) fn full_name(badge: Data<'_>, words: &Words) -> String {
    let name = badge.text("name");
    match grade_name(badge, words) {
        None => name.into(),
        Some(grade) => words.filled("badge-graded", &[("badge", Value::Text(name)), ("grade", Value::Text(&grade))]),
    }
}

fn grade_name(badge: Data<'_>, words: &Words) -> Option<String> {
    let key = match grade(badge)? {
        "silver" => "grade-silver",
        "gold" => "grade-gold",
        _ => "grade-bronze",
    };
    Some(words.plain(key))
}
