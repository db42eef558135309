//! Profile: how complete it is, the kindest next step, and what each field asks.

use crate::{
    card::{card, progress, status, title},
    data::Data,
    links::Links,
    node::{Node, html, svg},
    standing::level_of,
    words::{Value, Words},
};
use alloc::{format, string::String, vec, vec::Vec};

/// Draws the profile of a member view; for colleagues that is the name and the level alone.
pub(crate) fn draw(view: Data<'_>, before: Option<Data<'_>>, links: &Links, words: &Words) -> Node {
    let level = level_of(view).and_then(|level| level.some_text("name"));
    let head = html("div", "who")
        .child(title(view.text("name")))
        .child_some(level.map(|name| html("p", "quiet").key("level").part("level").text(name)));
    let Some(profile) = view.part("profile") else {
        return card("card profile").child(html("div", "head").child(head));
    };
    let complete = html("p", "quiet").key("complete").text(words.plain(summary(view, profile)));
    card("card profile")
        .child(html("div", "head").child(ring(profile.number("percent"), words)).child(head.child(complete)))
        .child_some(profile.part("next").map(|next| step(next, profile, links, words)))
        .child_some(open_fields(profile, links, words))
        .child_some(done_fields(profile, links, words))
        .child(status(&news(profile, before, words)))
}

fn summary(view: Data<'_>, profile: Data<'_>) -> &'static str {
    match (view.flag("published"), profile.part("next")) {
        (false, _) => "profile-private",
        (true, Some(_)) => "profile-open",
        (true, None) => "profile-done",
    }
}

/// The ring of completeness. It moves because only the length of its stroke changes.
fn ring(percent: i64, words: &Words) -> Node {
    let circle = |class| {
        svg("circle")
            .key(class)
            .set("class", class)
            .set_number("cx", 40)
            .set_number("cy", 40)
            .set_number("r", 35)
            .set_number("pathLength", 100)
    };
    let drawing = svg("svg")
        .set("viewBox", "0 0 80 80")
        .set("aria-hidden", "true")
        .child(circle("track"))
        .child(circle("fill").set("stroke-dasharray", format!("{percent} 100")));
    progress("ring", &words.plain("profile-ring"), percent)
        .child(drawing)
        .child(html("span", "percent").text(words.percent(percent)))
}

/// The one thing emphasised: the kindest next step.
fn step(next: Data<'_>, profile: Data<'_>, links: &Links, words: &Words) -> Node {
    let id = next.text("field");
    let field = profile.list("fields").find(|field| field.text("field") == id);
    let help = field.and_then(|field| hint(field, words));
    let reward = words.filled("step-takes", &[("percent", Value::Text(&words.percent(next.number("percent"))))]);
    html("div", "step")
        .part("next-step")
        .child(html("p", "label").text(words.plain("step")))
        .child(html("p", "ask").text(next.text("ask")))
        .child_some(help.map(|help| html("p", "quiet").key("help").text(help)))
        .child(
            html("p", "do")
                .child(opener(id, "primary", links).part("next-step-button").text(words.plain("step-do")))
                .child(html("span", "quiet").text(reward)),
        )
}

/// The other missing fields, put away: who wants to answer more finds them, and nobody is shown a list of what is lacking.
fn open_fields(profile: Data<'_>, links: &Links, words: &Words) -> Option<Node> {
    let suggested = profile.part("next").map_or("", |next| next.text("field"));
    let mut sections: Vec<(&str, Vec<Node>)> = Vec::new();
    let mut count = 0;
    for field in profile.list("fields").filter(|field| is_missing(*field) && field.text("field") != suggested) {
        count += 1;
        let row = open_field(field, links, words);
        let section = field.text("section");
        match sections.iter_mut().find(|(name, _)| *name == section) {
            Some((_, rows)) => rows.push(row),
            None => sections.push((section, vec![row])),
        }
    }
    let lists = sections.into_iter().map(|(section, rows)| {
        let named = (!section.is_empty()).then_some(section);
        let list = html("ul", "fields").set_some("aria-label", named).children(rows);
        html("div", "section")
            .key(section)
            .part("section")
            .child_some(named.map(|name| html("p", "label").set("aria-hidden", "true").text(name)))
            .child(list)
    });
    (count > 0).then(|| {
        html("details", "open")
            .part("open")
            .child(html("summary", "quiet").text(words.count("fields-open", count)))
            .children(lists)
    })
}

fn is_missing(field: Data<'_>) -> bool {
    field.text("state") == "missing"
}

fn open_field(field: Data<'_>, links: &Links, words: &Words) -> Node {
    let adds = words.filled("field-adds", &[("percent", Value::Text(&words.percent(field.number("percent"))))]);
    field_row(field, links)
        .child(html("span", "quiet adds").text(adds))
        .child_some(hint(field, words).map(|help| html("p", "quiet").text(help)))
}

/// Fields that count as done, put away: they are there to change, not to read again.
fn done_fields(profile: Data<'_>, links: &Links, words: &Words) -> Option<Node> {
    let done: Vec<Data<'_>> = profile.list("fields").filter(|field| !is_missing(*field)).collect();
    let count = i64::try_from(done.len()).ok().filter(|count| *count > 0)?;
    let rows = done.into_iter().map(|field| {
        let state = match field.text("state") {
            "does-not-apply" => Some("state-does-not-apply"),
            "prefer-not-to-say" => Some("state-prefer-not-to-say"),
            _ => None,
        };
        field_row(field, links).child_some(state.map(|key| html("span", "quiet adds").text(words.plain(key))))
    });
    let drawer = html("details", "done")
        .part("done")
        .child(html("summary", "quiet").text(words.count("fields-done", count)))
        .child(html("ul", "fields").children(rows));
    Some(drawer)
}

fn field_row(field: Data<'_>, links: &Links) -> Node {
    let id = field.text("field");
    html("li", "field")
        .key(id)
        .part("field")
        .child(opener(id, "link", links).part("field-button").text(field.text("ask")))
}

/// The field's own help, else what its value must meet.
fn hint(field: Data<'_>, words: &Words) -> Option<String> {
    if let Some(help) = field.some_text("help") {
        return Some(help.into());
    }
    let needs = field.part("needs")?;
    let counted = [("needs-items", "items"), ("needs-length", "length")];
    let counted = counted.into_iter().find_map(|(key, name)| Some(words.count(key, needs.some_number(name)?)));
    counted.or_else(|| needs.flag("link").then(|| words.plain("needs-link")))
}

/// What opens a field's editor: a link where the page has one address for each, else a button.
fn opener(field: &str, class: &'static str, links: &Links) -> Node {
    links.opener(links.edit(field), class).set("data-field", field)
}

fn news(profile: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    let now = profile.number("percent");
    match before.and_then(|view| view.part("profile")) {
        Some(before) if before.number("percent") != now => {
            words.filled("news-profile", &[("percent", Value::Text(&words.percent(now)))])
        }
        _ => String::new(),
    }
}
