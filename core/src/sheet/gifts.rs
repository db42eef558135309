//! Gifts: rules, what they give and their limits, in words.

use super::{
    SheetRow,
    phrases::{Phrases, fill},
};
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{Amount, Bound, Given, Limit, Rule, Trigger},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A row for each rule.
pub(super) fn rules(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let section = Path::Root.key("rules");
    let row = |(id, rule): (_, &Rule)| {
        let (what, whom) = match &rule.trigger {
            Trigger::On(condition) => {
                let kinds = phrases.kinds(|kind| kind.rules.contains(&id));
                let what = kinds + &phrases.condition(condition.as_ref()) + &phrases.version(rule.version);
                (what, phrases.role(rule.to))
            }
            Trigger::When(goals) => {
                let what = format!("{} ({})", phrases.goals(goals), given(phrases, goals.given));
                (what, phrases.texts.the_member.into())
            }
        };
        let limits = rule.limits.iter().map(|limit| limited(phrases, *limit));
        let cells = [phrases.label(&rule.words, &rule.name), what, whom, amount(phrases, rule), phrases.listed(limits)];
        SheetRow::new(section.key(&rule.name).to_string(), cells)
    };
    phrases.program.rules.iter().map(row).collect()
}

/// How often a goal gives something.
pub(super) fn given(phrases: &Phrases<'_>, given: Given) -> &'static str {
    match given {
        Given::Once => phrases.texts.given[0],
        Given::Each => phrases.texts.given[1],
        Given::Every => phrases.texts.given[2],
        Given::Again => phrases.texts.given[3],
    }
}

fn amount(phrases: &Phrases<'_>, rule: &Rule) -> String {
    let texts = phrases.texts;
    let currency = &phrases.program.currencies[rule.currency];
    let currency = currency.words.or(phrases.locale, &currency.name);
    let points = match &rule.amount {
        Amount::Fixed(points) => points.to_string(),
        Amount::Nth(steps, scope) => {
            let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
            fill(texts.nth, &[("steps", &steps.join(", ")), ("scope", &phrases.scope(*scope))])
        }
        Amount::By { attribute, times, every, max, best } => {
            let (times, every, max) = (times.to_string(), every.to_string(), max.to_string());
            let attribute = &phrases.program.attributes[*attribute].name;
            let values = [("times", &*times), ("every", &every), ("max", &max), ("attribute", attribute)];
            let by = fill(texts.by, &values);
            match best {
                Some(scope) => by + ", " + &fill(texts.best, &[("scope", &phrases.scope(*scope))]),
                None => by,
            }
        }
    };
    format!("{points} {currency}")
}

/// A limit in words, with its name if several rules share it.
fn limited(phrases: &Phrases<'_>, id: Id<Limit>) -> String {
    let (texts, limit) = (phrases.texts, &phrases.program.limits[id]);
    let is_shared = phrases.program.rules.values().filter(|rule| rule.limits.contains(&id)).count() > 1;
    let scope = phrases.scope(limit.scope);
    let said = match limit.bound {
        Bound::Times(1) => fill(texts.limit_once, &[("scope", &scope)]),
        Bound::Times(times) => fill(texts.limit_times, &[("n", &times.to_string()), ("scope", &scope)]),
        Bound::Points(points) => fill(texts.limit_points, &[("n", &points.to_string()), ("scope", &scope)]),
    };
    if is_shared { said + " " + &fill(texts.shared_limit, &[("limit", &limit.name)]) } else { said }
}
