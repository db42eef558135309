//! `<known-for-badges>`: badges earned, the highest in a case and the others on a shelf, and badges on the way. A badge
//! of one's own is pressed, and says why.

use crate::{
    node::{Node, html},
    pieces::{
        badge_face::{self, Size, State},
        badges::{full_name, highest_first, with_grade},
        card::{card, status, title},
        explanation,
        goal_part::{self, open_parts},
    },
    shell::{Answers, Subject, Words},
};
use knownfor::{
    Explanation, WhyNot,
    view::{ComingBadgeView, EarnedBadgeView, MemberView, News},
};

/// How many badges stand in the case: the highest grades, then the latest.
const IN_CASE: usize = 4;
/// How many stand on the shelf below it. The others are folded away.
const ON_SHELF: usize = 8;
/// How many badges on the way are shown: the nearest.
const ON_THE_WAY: usize = 3;

/// What badges are drawn with.
#[derive(Clone, Copy)]
struct Context<'a> {
    view: &'a MemberView,
    answers: &'a Answers,
    words: &'a dyn Words,
}

/// Draws the badges of a member, and announces what is new.
pub fn draw(view: &MemberView, news: &News<'_>, answers: &Answers, words: &dyn Words) -> Node {
    let context = Context { view, answers, words };
    let new = &news.earned.badges;
    let earned = highest_first(&view.badges.earned);
    let (case, others) = earned.split_at(earned.len().min(IN_CASE));
    let (shelf, folded) = others.split_at(others.len().min(ON_SHELF));
    let rows = |badges: &[&EarnedBadgeView], size| {
        let rows = badges.iter().map(|badge| earned_row(badge, new.contains(badge), size, context));
        html("ul", if size == Size::Large { "held" } else { "shelf" })
            .key(if size == Size::Large { "case" } else { "shelf" })
            .set("aria-labelledby", "title")
            .children(rows)
    };
    let none = earned.is_empty().then(|| {
        let key = if view.own { "badges-none" } else { "none-shown" };
        html("p", "quiet").key("none").text(words.plain(key))
    });
    let more = (!folded.is_empty()).then(|| {
        html("details", "more")
            .key("more")
            .child(html("summary", "").text(words.count("more", folded.len() as i64)))
            .child(rows(folded, Size::Middle))
    });
    let news = new.first().map(|badge| words.say("news-badge", &[("badge", (&full_name(badge, words)).into())]));
    card("card badges")
        .child(title(&words.plain(if view.own { "badges-own" } else { "badges" })))
        .child_some(none)
        .child_some((!case.is_empty()).then(|| rows(case, Size::Large)))
        .child_some((!shelf.is_empty()).then(|| rows(shelf, Size::Middle)))
        .child_some(more)
        .child_some(on_the_way(context))
        .child(status(&news.unwrap_or_default()))
}

fn earned_row(badge: &EarnedBadgeView, is_new: bool, size: Size, context: Context<'_>) -> Node {
    let Context { view, answers, words } = context;
    let exhibit = |tag| {
        let times = (badge.times > 1).then(|| html("span", "quiet").text(words.count("badge-times", badge.times)));
        let when = html("time", "label").set("datetime", &badge.at).text(words.date(&badge.at));
        let about = match size {
            Size::Large => about(&full_name(badge, words), badge.description.as_deref()).child_some(times).child(when),
            _ => about(&full_name(badge, words), None),
        };
        let face = badge_face::draw(&badge.badge, &badge.face, State::Earned, size);
        html(tag, "exhibit").child(face).child(about)
    };
    let question = html("span", "unseen").key("why").text(words.plain("why"));
    let reason = |why: &Explanation| explanation::draw(why, view, words);
    let drawer = answers.why(&subject(&badge.badge), exhibit("summary").child(question), words, reason);
    html("li", if is_new { "badge new" } else { "badge" })
        .key(&badge.badge)
        .part("badge")
        .child(drawer.filter(|_| view.own).unwrap_or_else(|| exhibit("div")))
}

/// The nearest badges that the member has begun. All the others would be a list of what they do not have.
fn on_the_way(context: Context<'_>) -> Option<Node> {
    let begun = context.view.badges.on_the_way.iter().filter(|badge| badge.percent > 0);
    let rows: Vec<Node> = begun.take(ON_THE_WAY).map(|badge| coming_row(badge, context)).collect();
    (!rows.is_empty()).then(|| {
        html("div", "on-the-way")
            .key("way")
            .part("on-the-way")
            .child(html("p", "label").set("id", "way").text(context.words.plain("badges-on-the-way")))
            .child(html("ul", "held").set("aria-labelledby", "way").children(rows))
    })
}

fn coming_row(badge: &ComingBadgeView, context: Context<'_>) -> Node {
    let Context { view, answers, words } = context;
    let state = if badge.expired.is_some() { State::Expired } else { State::OnTheWay(badge.percent) };
    let exhibit = |tag| {
        // A part that has not begun would say only what is lacking.
        let begun = open_parts(&badge.parts).filter(|part| part.value > 0);
        let open = begun.map(|part| goal_part::text(part, view.profile.as_ref(), words));
        let face = badge_face::draw(&badge.badge, &badge.face, state, Size::Large);
        let name = with_grade(&badge.name, &badge.face, words);
        let about = about(&name, None).children(open.map(|part| html("span", "quiet").text(part)));
        html(tag, "exhibit").child(face).child(about)
    };
    let question = html("span", "unseen").key("why").text(words.plain("why-not"));
    let reason = |why_not: &WhyNot| explanation::draw_why_not(why_not, view, words);
    let drawer = answers.why_not(&subject(&badge.badge), exhibit("summary").child(question), words, reason);
    let row = html("li", "badge").key(&badge.badge).part("badge");
    row.child(drawer.unwrap_or_else(|| exhibit("div")))
}

fn subject(badge: &str) -> Subject {
    Subject { badge: Some(badge.into()), ..Subject::default() }
}

/// The texts beside a face. They may stand in the summary of a drawer, which holds no paragraphs.
fn about(name: &str, description: Option<&str>) -> Node {
    html("span", "about")
        .child(html("span", "name").part("badge-name").text(name))
        .child_some(description.map(|text| html("span", "quiet").key("what").text(text)))
}
