//! Goal part: where one part of a goal stands, in words.

use crate::shell::{Value, Words};
use knownfor::{
    PartLine,
    view::{GoalPartView, ProfileView},
};

/// The name of the part that asks how complete the profile is, in percent.
const COMPLETENESS: &str = "completeness";

/// One part of a goal, from a view or from an explanation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GoalPart<'a> {
    name: &'a str,
    value: i64,
    goal: i64,
    at_most: bool,
}

impl<'a> From<&'a GoalPartView> for GoalPart<'a> {
    fn from(part: &'a GoalPartView) -> Self {
        Self { name: &part.name, value: part.value, goal: part.goal, at_most: false }
    }
}

impl<'a> From<&'a PartLine> for GoalPart<'a> {
    fn from(part: &'a PartLine) -> Self {
        Self { name: &part.name, value: part.value, goal: part.goal, at_most: part.at_most }
    }
}

/// Where a part stands: *likes: 7 of 10*. A field of the member's own profile is filled or not, without numbers.
pub(crate) fn text<'a>(part: impl Into<GoalPart<'a>>, profile: Option<&ProfileView>, words: &dyn Words) -> String {
    let part: GoalPart<'_> = part.into();
    let is_field = profile.is_some_and(|profile| profile.fields.iter().any(|field| field.ask == part.name));
    if is_field {
        let key = if part.value >= part.goal { "why-field" } else { "why-not-field" };
        return words.say(key, &[("field", part.name.into())]);
    }
    let key = match part.at_most {
        true => "part-at-most",
        false if part.value > part.goal => "part-over",
        false => "part",
    };
    if part.name == COMPLETENESS {
        let (name, value, goal) = (words.plain("profile-ring"), words.percent(part.value), words.percent(part.goal));
        return words.say(key, &[("name", (&name).into()), ("n", (&value).into()), ("goal", (&goal).into())]);
    }
    let values: [(&str, Value<'_>); 3] =
        [("name", part.name.into()), ("n", part.value.into()), ("goal", part.goal.into())];
    words.say(key, &values)
}

/// The parts of a goal that are still open. Naming those that are done would only make a list long.
pub(crate) fn open_parts(parts: &[GoalPartView]) -> impl Iterator<Item = &GoalPartView> {
    parts.iter().filter(|part| part.value < part.goal)
}
