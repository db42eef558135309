//! Badges: a badge in words.

use crate::shell::Words;
use knownfor::view::{BadgeFace, EarnedBadgeView};

/// The name of a badge with its grade, as screen readers announce it.
pub(crate) fn full_name(badge: &EarnedBadgeView, words: &dyn Words) -> String {
    with_grade(&badge.name, &badge.face, words)
}

/// A badge's name with the grade of its face, if it has one.
pub(crate) fn with_grade(name: &str, face: &BadgeFace, words: &dyn Words) -> String {
    let Some(grade) = &face.grade else { return name.into() };
    let grade = match grade.as_str() {
        "bronze" => words.plain("grade-bronze"),
        "silver" => words.plain("grade-silver"),
        "gold" => words.plain("grade-gold"),
        other => other.into(),
    };
    words.say("badge-graded", &[("badge", name.into()), ("grade", (&grade).into())])
}

/// Badges with the highest grades first, then the latest. There are few, and std's sort would be 2 KB of the module.
pub(crate) fn highest_first<'a>(badges: impl IntoIterator<Item = &'a EarnedBadgeView>) -> Vec<&'a EarnedBadgeView> {
    let key = |badge: &'a EarnedBadgeView| (badge.face.rank, &badge.at);
    badges.into_iter().fold(Vec::new(), |mut sorted: Vec<&EarnedBadgeView>, badge| {
        let at = sorted.iter().position(|other| key(other) < key(badge)).unwrap_or(sorted.len());
        sorted.insert(at, badge);
        sorted
    })
}
