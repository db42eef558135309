//! `<known-for-profile>`: how complete the profile is, the kindest next field, and what each field asks.

use crate::{
    node::{Node, html, svg},
    pieces::{
        card::{card, status, title},
        rungs,
    },
    shell::{Links, Words},
};
use knownfor::{
    FieldState,
    view::{FieldView, MemberView, News, NextFieldView, ProfileView},
};

/// Draws the profile of a member. Colleagues see only the name and the level.
pub fn draw(view: &MemberView, news: &News<'_>, links: &dyn Links, words: &dyn Words) -> Node {
    let level = view.standing.level.as_ref().and_then(|level| level.name.as_ref());
    let head = html("div", "who")
        .child(title(&view.name))
        .child_some(level.map(|name| html("p", "quiet").key("level").part("level").text(name)));
    let Some(profile) = &view.profile else {
        return card("card profile").child(html("div", "head").child(head));
    };
    let summary = html("p", "quiet").key("complete").text(words.plain(summary_key(view, profile)));
    let news = news.completeness.map(|percent| words.percent(percent));
    let news = news.map(|percent| words.say("news-profile", &[("percent", (&percent).into())]));
    card("card profile")
        .child(html("div", "head").child_some(ring(profile.percent, words)).child(head.key("who").child(summary)))
        .child_some(profile.next.as_ref().map(|next| next_field(next, profile, links, words)))
        .child_some(open_fields(profile, links, words))
        .child_some(done_fields(profile, links, words))
        .child(status(&news.unwrap_or_default()))
}

fn summary_key(view: &MemberView, profile: &ProfileView) -> &'static str {
    match (view.published, &profile.next) {
        (false, _) => "profile-private",
        (true, Some(_)) => "profile-open",
        (true, None) => "profile-done",
    }
}

/// The ring of completeness; none for an empty profile. Its movement is a change of the length of its stroke.
fn ring(percent: u8, words: &dyn Words) -> Option<Node> {
    if percent == 0 {
        return None;
    }
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
    let ring = html("div", "ring")
        .key("ring")
        .part("ring")
        .set("role", "progressbar")
        .set("aria-label", words.plain("profile-ring"))
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", 100)
        .set_number("aria-valuenow", percent);
    Some(ring.child(drawing).child(html("span", "percent").text(words.percent(percent))))
}

/// The one field that is emphasised.
fn next_field(next: &NextFieldView, profile: &ProfileView, links: &dyn Links, words: &dyn Words) -> Node {
    let field = profile.fields.iter().find(|field| field.field == next.field);
    let hint = field.and_then(|field| hint(field, words));
    let seen = field.map(|field| rungs::draw(field.audience, words));
    let button = editor(&next.field, "primary", links).part("next-step-button").text(words.plain("step-do"));
    html("div", "step")
        .part("next-step")
        .child(html("p", "label").text(words.plain("step")))
        .child(html("p", "ask").text(&next.ask))
        .child_some(hint.map(|hint| html("p", "quiet").key("help").text(hint)))
        .child(html("p", "do").child(button).child_some(seen))
}

/// The other missing fields by section, in a drawer: a member who wants to answer more finds them, and nobody is shown
/// a list of what is missing.
fn open_fields(profile: &ProfileView, links: &dyn Links, words: &dyn Words) -> Option<Node> {
    let next = profile.next.as_ref().map(|next| next.field.as_str());
    let is_open = |field: &&FieldView| is_missing(field) && Some(field.field.as_str()) != next;
    let open: Vec<&FieldView> = profile.fields.iter().filter(is_open).collect();
    let mut sections: Vec<&str> = Vec::new();
    for field in &open {
        if !sections.contains(&section_of(field)) {
            sections.push(section_of(field));
        }
    }
    let lists = sections.into_iter().map(|section| {
        let fields = open.iter().filter(|field| section_of(field) == section);
        section_list(section, fields.map(|field| open_field(field, links, words)))
    });
    (!open.is_empty()).then(|| {
        html("details", "open")
            .part("open")
            .child(html("summary", "quiet").text(words.count("fields-open", open.len() as i64)))
            .children(lists)
    })
}

fn section_of(field: &FieldView) -> &str {
    field.section.as_deref().unwrap_or_default()
}

fn section_list(section: &str, rows: impl Iterator<Item = Node>) -> Node {
    let name = (!section.is_empty()).then_some(section);
    html("div", "section")
        .key(section)
        .part("section")
        .child_some(name.map(|name| html("p", "label").set("aria-hidden", "true").text(name)))
        .child(html("ul", "fields").set_some("aria-label", name).children(rows))
}

fn is_missing(field: &FieldView) -> bool {
    field.state == FieldState::Missing
}

fn open_field(field: &FieldView, links: &dyn Links, words: &dyn Words) -> Node {
    field_row(field, links)
        .child(rungs::draw(field.audience, words))
        .child_some(hint(field, words).map(|hint| html("p", "quiet").text(hint)))
}

/// Fields that count as done, in a drawer: they are there to be changed, not to be read again.
fn done_fields(profile: &ProfileView, links: &dyn Links, words: &dyn Words) -> Option<Node> {
    let done = || profile.fields.iter().filter(|field| !is_missing(field));
    let rows = done().map(|field| {
        let state = match field.state {
            FieldState::DoesNotApply => Some("state-does-not-apply"),
            FieldState::PreferNotToSay => Some("state-prefer-not-to-say"),
            FieldState::Missing | FieldState::Done => None,
        };
        field_row(field, links).child_some(state.map(|key| html("span", "quiet").text(words.plain(key))))
    });
    let count = done().count();
    (count > 0).then(|| {
        html("details", "done")
            .part("done")
            .child(html("summary", "quiet").text(words.count("fields-done", count as i64)))
            .child(html("ul", "fields").children(rows))
    })
}

fn field_row(field: &FieldView, links: &dyn Links) -> Node {
    html("li", "field")
        .key(&field.field)
        .part("field")
        .child(editor(&field.field, "link", links).part("field-button").text(&field.ask))
}

/// The field's own help, or else what its value must meet.
fn hint(field: &FieldView, words: &dyn Words) -> Option<String> {
    let needs = field.needs;
    let counted = needs.items.map(|items| ("needs-items", items)).or(needs.length.map(|chars| ("needs-length", chars)));
    field
        .help
        .clone()
        .or_else(|| counted.map(|(key, least)| words.count(key, least)))
        .or_else(|| needs.link.then(|| words.plain("needs-link")))
}

/// What opens a field's editor: a link if the page has an address for it, otherwise a button.
fn editor(field: &str, class: &'static str, links: &dyn Links) -> Node {
    links.opener(links.edit(field), class).set("data-field", field)
}
