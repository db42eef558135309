//! `<known-for-badges>`: badges earned, with why, and badges on the way, with how far.

use crate::{
    node::{Node, html},
    pieces::{
        badge_face::{self, Size, State},
        badges::{full_name, grade_name, why_not},
        card::{card, status, title},
        explanation,
        goal_part::{self, open_parts},
        progress::bar,
        rows::{fact_nodes, facts},
    },
    shell::{Answers, Subject, Words},
};
use knownfor::view::{ComingBadgeView, EarnedBadgeView, MemberView, News};

/// Draws the badges of a member, and announces what is new.
pub fn draw(view: &MemberView, news: &News<'_>, answers: &Answers, words: &dyn Words) -> Node {
    let earned = &view.badges.earned;
    let new = &news.earned.badges;
    let rows = earned.iter().map(|badge| {
        let why = if view.own { why(badge, answers, view, words) } else { None };
        earned_row(badge, new.contains(&badge), why, words)
    });
    let list = match earned.is_empty() {
        false => html("ul", "held").set("aria-labelledby", "title").children(rows),
        true => {
            let key = if view.own { "badges-none" } else { "badges-none-shown" };
            html("p", "quiet").key("none").text(words.plain(key))
        }
    };
    let news = new.first().map(|badge| words.say("news-badge", &[("badge", (&full_name(badge, words)).into())]));
    card("card badges")
        .child(title(&words.plain(if view.own { "badges-own" } else { "badges" })))
        .child(list)
        .child_some(on_the_way(view, answers, words))
        .child(status(&news.unwrap_or_default()))
}

fn earned_row(badge: &EarnedBadgeView, is_new: bool, why: Option<Node>, words: &dyn Words) -> Node {
    let text = |text: String| html("span", "").text(text);
    let when = html("time", "").set("datetime", &badge.at).text(words.date(&badge.at));
    let times = (badge.times > 1).then(|| words.count("badge-times", badge.times));
    let facts = grade_name(&badge.face, words).into_iter().chain(times).map(text);
    let facts = fact_nodes(facts.chain([html("span", "").key("when").child(when)]));
    html("li", if is_new { "badge new" } else { "badge" })
        .key(&badge.badge)
        .part("badge")
        .child(badge_face::draw(&badge.badge, &badge.face, State::Earned, Size::Large))
        .child(about(&badge.name, badge.description.as_deref()).child(facts).child_some(why))
}

fn why(badge: &EarnedBadgeView, answers: &Answers, view: &MemberView, words: &dyn Words) -> Option<Node> {
    let label = words.say("why-badge", &[("badge", (&badge.name).into())]);
    let summary = html("summary", "").set("aria-label", label).text(words.plain("why"));
    let about = Subject { badge: Some(badge.badge.clone()), ..Subject::default() };
    answers.why(&about, summary, words, |why| explanation::draw(why, view, words))
}

/// How many badges on the way are shown: the nearest.
const SHOWN_ON_THE_WAY: usize = 3;

/// The nearest badges that the member has begun. All the others would be a list of what they do not have.
fn on_the_way(view: &MemberView, answers: &Answers, words: &dyn Words) -> Option<Node> {
    let begun = view.badges.on_the_way.iter().filter(|badge| badge.percent > 0);
    let badges: Vec<&ComingBadgeView> = begun.take(SHOWN_ON_THE_WAY).collect();
    (!badges.is_empty()).then(|| {
        let rows = badges.into_iter().map(|badge| coming_row(badge, answers, view, words));
        html("div", "on-the-way")
            .part("on-the-way")
            .child(html("p", "label").set("id", "way").text(words.plain("badges-on-the-way")))
            .child(html("ul", "coming").set("aria-labelledby", "way").children(rows))
    })
}

fn coming_row(badge: &ComingBadgeView, answers: &Answers, view: &MemberView, words: &dyn Words) -> Node {
    let label = words.say("badge-bar", &[("badge", (&badge.name).into())]);
    let open = open_parts(&badge.parts).map(|part| goal_part::text(part, view.profile.as_ref(), words));
    let about = about(&badge.name, badge.description.as_deref())
        .child(bar(badge.percent, &label, words))
        .child(facts(grade_name(&badge.face, words).into_iter().chain(open)))
        .child_some(why_not(&badge.badge, &badge.name, answers, view, words));
    let state = if badge.expired.is_some() { State::Expired } else { State::OnTheWay(badge.percent) };
    html("li", "badge")
        .key(&badge.badge)
        .part("badge")
        .child(badge_face::draw(&badge.badge, &badge.face, state, Size::Large))
        .child(about)
}

fn about(name: &str, description: Option<&str>) -> Node {
    html("div", "about")
        .child(html("p", "name").part("badge-name").text(name))
        .child_some(description.map(|text| html("p", "quiet").key("what").text(text)))
}
