//! Badges: those earned, with why, and those on the way, with how far.

use crate::{
    bar, card,
    data::Data,
    face::face,
    node::{Node, html},
    reason, status, title,
    words::{Value, Words},
};
use alloc::string::String;
use knownfor::Tree;

/// Draws the badges of a member view. `before` is what was drawn last, to tell what is new; `reasons` holds what was answered to
/// *why*, by the badge's id, and is absent where nobody can be asked.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, reasons: Option<Data<'_>>, words: &Words) -> Node {
    let is_new = |badge: Data<'_>| before.is_some_and(|before| !earned(before).any(|b| same(b, badge)));
    let why = |badge: Data<'_>| {
        let reasons = reasons.filter(|_| view.flag("own"))?;
        Some(why(badge, reasons.0.get(badge.text("badge")), view, words))
    };
    let rows = earned(view).map(|badge| row(badge, is_new(badge), why(badge), words));
    let none = || html("p", "quiet").key("none").text(words.plain("badges-none"));
    let list = match earned(view).next() {
        Some(_) => html("ul", "held").set("aria-labelledby", "title").children(rows),
        None => none(),
    };
    let news = earned(view).find(|badge| is_new(*badge)).map_or_else(String::new, |badge| {
        words.filled("news-badge", &[("badge", Value::Text(&full_name(badge, words)))])
    });
    card("card badges")
        .child(title(&words.plain(if view.flag("own") { "badges-own" } else { "badges" })))
        .child(list)
        .child_some(on_the_way(view, words))
        .child(status(&news))
}

fn earned<'t>(view: Data<'t>) -> impl Iterator<Item = Data<'t>> {
    view.part("badges").into_iter().flat_map(|badges| badges.list("earned"))
}

fn same(a: Data<'_>, b: Data<'_>) -> bool {
    (a.text("badge"), grade(a), a.number("times")) == (b.text("badge"), grade(b), b.number("times"))
}

fn grade<'t>(badge: Data<'t>) -> Option<&'t str> {
    badge.part("face")?.some_text("grade")
}

fn row(badge: Data<'_>, is_new: bool, why: Option<Node>, words: &Words) -> Node {
    let at = badge.text("at");
    let when = html("time", "").set("datetime", at).text(words.date(at));
    let times = Some(badge.number("times")).filter(|times| *times > 1).map(|times| words.count("badge-times", times));
    let told = grade_name(badge, words).into_iter().chain(times).map(|fact| html("span", "").text(fact));
    let facts = facts(told.chain([html("span", "").key("when").child(when)]));
    html("li", if is_new { "badge new" } else { "badge" })
        .key(badge.text("badge"))
        .part("badge")
        .child(face(badge.part("face"), true))
        .child(about(badge).child(facts).child_some(why))
}

/// The reason on demand. The shell asks for it when this is opened and draws again with the answer.
fn why(badge: Data<'_>, reason: Option<&Tree<'_>>, view: Data<'_>, words: &Words) -> Node {
    let answer = match reason {
        Some(reason @ Tree::Table(_)) => reason::draw(Data(reason), view, words),
        Some(_) => html("p", "quiet").text(words.plain("why-none")),
        None => html("p", "quiet").text(words.plain("why-asking")),
    };
    let label = words.filled("why-badge", &[("badge", Value::Text(badge.text("name")))]);
    html("details", "why")
        .part("why")
        .set("data-why", badge.text("badge"))
        .child(html("summary", "").set("aria-label", label).text(words.plain("why")))
        .child(answer)
}

fn on_the_way(view: Data<'_>, words: &Words) -> Option<Node> {
    let coming = view.part("badges")?.list("on_the_way").map(|badge| coming(badge, words));
    (coming.len() > 0).then(|| {
        html("div", "on-the-way")
            .part("on-the-way")
            .child(html("p", "label").set("id", "way").text(words.plain("badges-on-the-way")))
            .child(html("ul", "coming").set("aria-labelledby", "way").children(coming))
    })
}

fn coming(badge: Data<'_>, words: &Words) -> Node {
    // What is still to do: parts that are done already would only make the list long.
    let open = badge.list("parts").filter(|part| part.number("value") < part.number("goal"));
    let parts = open.map(|part| told_part(part, words));
    let label = words.filled("badge-bar", &[("badge", Value::Text(badge.text("name")))]);
    let told = grade_name(badge, words).into_iter().chain(parts);
    html("li", "badge").key(badge.text("badge")).part("badge").child(face(badge.part("face"), false)).child(
        about(badge)
            .child(bar(badge.number("percent"), &label, words))
            .child(facts(told.map(|fact| html("span", "").text(fact)))),
    )
}

/// Where a part of a goal stands: *likes: 7 of 10*.
pub(crate) fn told_part(part: Data<'_>, words: &Words) -> String {
    let key = if part.flag("at_most") { "part-at-most" } else { "part" };
    let name = Value::Text(part.text("name"));
    let numbers = ["value", "goal"].map(|name| Value::Number(part.number(name)));
    let [value, goal] = numbers;
    words.filled(key, &[("name", name), ("n", value), ("goal", goal)])
}

fn about(badge: Data<'_>) -> Node {
    let description = badge.some_text("description");
    html("div", "about")
        .child(html("p", "name").part("badge-name").text(badge.text("name")))
        .child_some(description.map(|text| html("p", "quiet").key("what").text(text)))
}

fn facts(facts: impl Iterator<Item = Node>) -> Node {
    html("p", "quiet facts").key("facts").children(facts)
}

/// The name with the grade, as it is told to those who hear the page.
fn full_name(badge: Data<'_>, words: &Words) -> String {
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
