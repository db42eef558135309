//! `<known-for-celebration>`: what is new since the member last looked, shown once and quietly.

use crate::{
    node::{Node, html},
    pieces::{
        badge_face::{self, Size, State},
        badges::{full_name, highest_first},
        card::{TITLE, card, nothing, status},
        rungs,
    },
    shell::{Words, button},
};
use knownfor::{
    Audience,
    view::{EarnedBadgeView, EarnedNews, MemberView},
};

/// Draws what is new: the highest badge large, the others in a row below it. Without news nothing is seen, but the
/// status that will announce news is there. `accepted` is the badge that the member has put on their profile just now.
pub fn draw(view: &MemberView, news: &EarnedNews<'_>, accepted: Option<&str>, words: &dyn Words) -> Node {
    let badges = highest_first(news.badges.iter().copied());
    let level = news.level.map(|level| {
        let name = level.name.as_deref().unwrap_or_default();
        words.say("celebration-level", &[("level", name.into())])
    });
    let names: Vec<String> = badges.iter().map(|badge| full_name(badge, words)).chain(level).collect();
    let Some((name, others)) = names.split_first() else { return nothing().child(status("")) };
    let first = badges.first();
    let face = first.map(|badge| badge_face::draw(&badge.badge, &badge.face, State::Earned, Size::Grand));
    let what = first.and_then(|badge| badge.description.as_deref());
    let rows = others.iter().enumerate().map(|(index, name)| {
        let badge = badges.get(index + 1);
        let face = badge.map(|badge| badge_face::draw(&badge.badge, &badge.face, State::Earned, Size::Middle));
        html("li", "badge new").key(name).part("badge").child_some(face).child(html("span", "name").text(name))
    });
    let about = html("div", "about")
        .child(html("p", "label").key("label").text(words.plain("celebration")))
        .child(html("p", "title lead").key("title").part("title").set("id", TITLE).text(name))
        .child_some(what.map(|text| html("p", "what").key("what").text(text)))
        .child_some(
            (!others.is_empty())
                .then(|| html("ul", "shelf").key("others").set("aria-labelledby", TITLE).children(rows)),
        )
        .child(deeds(view, first.copied(), accepted, words));
    card("card celebration")
        .child(html("div", "badge new").key("new").part("badge").child_some(face).child(about))
        .child(status(&words.say("news-celebration", &[("what", (&words.list(&names)).into())])))
}

/// The buttons: a badge that others see only once its member has accepted it goes onto the profile, or stays unseen.
fn deeds(view: &MemberView, first: Option<&EarnedBadgeView>, accepted: Option<&str>, words: &dyn Words) -> Node {
    let close = |key| button("link").key("close").part("close-button").set("data-close", "").text(words.plain(key));
    let line = html("p", "do").key("do");
    match first {
        Some(badge) if badge.hidden => {
            let accept = button("primary").key("accept").part("accept-button").set("data-accept", &badge.badge);
            line.child(accept.text(words.plain("celebration-accept")))
                .child(close("celebration-keep"))
                .child(rungs::draw(seen_by(view), words))
        }
        Some(badge) if accepted == Some(&badge.badge) => line
            .child(html("span", "said").key("said").part("said").text(words.plain("celebration-accepted")))
            .child(close("celebration-close")),
        _ => line.child(close("celebration-close")),
    }
}

/// Who will see a badge on the member's profile.
fn seen_by(view: &MemberView) -> Audience {
    match (view.published, &view.audience) {
        (false, _) => Audience::Private,
        (true, Some(audience)) => audience.badges,
        (true, None) => Audience::Company,
    }
}
