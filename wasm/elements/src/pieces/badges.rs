//! Badges: a badge in words, and the drawer that answers what is missing for it.

use super::explanation;
use crate::{
    node::{Node, html},
    shell::{Answers, Subject, Words},
};
use knownfor::view::{BadgeFace, EarnedBadgeView, MemberView};

/// The name of a badge with its grade, as screen readers announce it.
pub(crate) fn full_name(badge: &EarnedBadgeView, words: &dyn Words) -> String {
    match grade_name(&badge.face, words) {
        None => badge.name.clone(),
        Some(grade) => words.say("badge-graded", &[("badge", (&badge.name).into()), ("grade", (&grade).into())]),
    }
}

/// The name of a badge's grade, if it has one.
pub(crate) fn grade_name(face: &BadgeFace, words: &dyn Words) -> Option<String> {
    Some(match face.grade.as_deref()? {
        "bronze" => words.plain("grade-bronze"),
        "silver" => words.plain("grade-silver"),
        "gold" => words.plain("grade-gold"),
        other => other.into(),
    })
}

/// A drawer that answers what is missing for a badge; none if nobody can be asked.
pub(crate) fn why_not(
    badge: &str,
    name: &str,
    answers: &Answers,
    view: &MemberView,
    words: &dyn Words,
) -> Option<Node> {
    let label = words.say("why-not-badge", &[("badge", name.into())]);
    let summary = html("summary", "").set("aria-label", label).text(words.plain("why-not"));
    let about = Subject { badge: Some(badge.into()), ..Subject::default() };
    answers.why_not(&about, summary, words, |why_not| explanation::draw_why_not(why_not, view, words))
}
