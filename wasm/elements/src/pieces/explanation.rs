//! Explanation: why something was given or not, the activities it rests on, and what would change it.

use super::{goal_part, limit, rows::text_list};
use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::{ActivityLine, Cut, Explanation, PartLine, SkipReason, SkippedRule, WhyNot, view::MemberView};

/// How many activities are named, the latest ones. Of the others only their number is given.
const NAMED_ACTIVITIES: usize = 5;

/// The keys of the texts that count activities: for a few, and for more than are named.
type CountKeys = [&'static str; 2];
const RESTS: CountKeys = ["why-rests", "why-rests-latest"];
const COUNTED: CountKeys = ["why-counted", "why-counted-latest"];

/// Draws why something was given.
pub(crate) fn draw(why: &Explanation, view: &MemberView, words: &dyn Words) -> Node {
    let date = words.date(&why.entry.at);
    // Something that is given for each activity needs no more than that activity, and that is named below.
    let reached = (!why.parts.is_empty()).then(|| words.say("why-when", &[("date", (&date).into())]));
    let object = why.entry.object.as_ref().map(|object| words.say("why-object", &[("object", object.into())]));
    let parts = why.parts.iter().map(|part| goal_part::text(part, view.profile.as_ref(), words));
    let limits = why.limits.iter().map(|line| limit::text(line, words));
    let cuts = why.cuts.iter().map(|cut| cut_text(cut, words));
    frame()
        .child_some(reached.map(|text| html("p", "").key("reached").text(text)))
        .child_some(object.map(|text| html("p", "").key("object").text(text)))
        .child_some(text_list(parts.chain(limits).chain(cuts)))
        .child(html("p", "").key("rests").text(counted(why.counted, &why.activities, RESTS, words)))
}

/// Draws why something was not given.
pub(crate) fn draw_why_not(why_not: &WhyNot, view: &MemberView, words: &dyn Words) -> Node {
    match why_not {
        WhyNot::Badge(parts) => missing(parts, view, words),
        WhyNot::Activity(skips) => text_list(skips.iter().map(|skip| skip_text(skip, words)))
            .unwrap_or_else(|| html("p", "quiet").text(words.plain("skips-none"))),
        _ => frame(),
    }
}

/// What is missing for a badge, part by part, with the activities that have counted so far.
fn missing(parts: &[PartLine], view: &MemberView, words: &dyn Words) -> Node {
    let parts = parts.iter().flat_map(|part| {
        let counted = (part.counted > 0).then(|| counted(part.counted, &part.activities, COUNTED, words));
        std::iter::once(goal_part::text(part, view.profile.as_ref(), words)).chain(counted)
    });
    frame().child_some(text_list(parts))
}

fn frame() -> Node {
    html("div", "reason").part("reason")
}

fn skip_text(skip: &SkippedRule, words: &dyn Words) -> String {
    let why = match &skip.because {
        SkipReason::Limit(line) => limit::text(line, words),
        SkipReason::Condition(_) => words.plain("skip-condition"),
        SkipReason::Version => words.plain("skip-version"),
        SkipReason::Absent { attribute } => words.say("skip-absent", &[("attribute", attribute.into())]),
        SkipReason::Amount => words.plain("skip-amount"),
        SkipReason::Floor { floor } => words.say("skip-floor", &[("n", (*floor).into())]),
        SkipReason::Balanced => words.plain("skip-balanced"),
        SkipReason::Best => words.plain("skip-best"),
        _ => words.plain("skip-other"),
    };
    words.say("skip", &[("rule", (&skip.name).into()), ("why", (&why).into())])
}

/// What made the points fewer than the rule says.
fn cut_text(cut: &Cut, words: &dyn Words) -> String {
    let key = match (&cut.limit, cut.floor, cut.best) {
        (Some(_), ..) => "cut-limit",
        (None, Some(_), _) => "cut-floor",
        (None, None, Some(_)) => "cut-best",
        (None, None, None) => "cut-most",
    };
    let [floor, best] = [cut.floor, cut.best].map(Option::unwrap_or_default);
    words.say(key, &[("from", cut.from.into()), ("to", cut.to.into()), ("floor", floor.into()), ("best", best.into())])
}

/// How many activities counted, and the latest of them.
fn counted(count: u32, activities: &[ActivityLine], [few, many]: CountKeys, words: &dyn Words) -> String {
    let first = activities.len().saturating_sub(NAMED_ACTIVITIES);
    let key = if first > 0 { many } else { few };
    let names = names(activities.get(first..).unwrap_or_default(), words);
    words.say(key, &[("n", count.into()), ("activities", (&names).into())])
}

/// Activities by what they were and when; several of one kind on one day are named once.
fn names(activities: &[ActivityLine], words: &dyn Words) -> String {
    let mut names: Vec<String> = activities
        .iter()
        .map(|activity| {
            let date = words.date(&activity.at);
            words.say("activity", &[("name", (&activity.name).into()), ("date", (&date).into())])
        })
        .collect();
    names.dedup();
    words.list(&names)
}
