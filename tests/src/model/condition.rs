//! Conditions: whether an `if` holds, given that values may be absent.
//!
//! An answer is `Some(true)`, `Some(false)` or `None` for unknown, as PROGRAM.md says under "Conditions".

use super::{
    deed::{Attribute, Deed, texts},
    time,
};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What a test looks at, or what it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Seen {
    Nothing,
    Integer(i64),
    Flag(bool),
    Text(String),
    Texts(BTreeSet<String>),
    Time(Timestamp),
    /// The badges held, or the fields done. Equal to a name if it is one of them.
    Names(BTreeSet<String>),
    /// The rank of the highest level held, 0 for none, and the names of all levels in order.
    Level(usize, Vec<String>),
}

/// What the member had before the activity, by subject: `level`, `badge`, `field`, `completeness`, a tally or a
/// currency.
pub(super) type Standing<'a> = &'a dyn Fn(&str) -> Option<Seen>;

/// Whether a table of tests holds, which means that all of them do.
pub(super) fn answer(table: &Map<String, Value>, deed: &Deed, standing: Standing) -> Option<bool> {
    all(table.iter().map(|(subject, test)| match subject.as_str() {
        "all" => all(tables(test).map(|inner| answer(inner, deed, standing))),
        "any" => any(tables(test).map(|inner| answer(inner, deed, standing))),
        "not" => answer(test.as_object().expect("`not` is a table"), deed, standing).map(|held| !held),
        _ => test_of(&look(subject, deed, standing), test, deed),
    }))
}

fn tables(list: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    list.as_array().into_iter().flatten().filter_map(Value::as_object)
}

/// False if one is false, else unknown if one is unknown, else true.
fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let answers: Vec<_> = answers.collect();
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    if answers.contains(&None) { None } else { Some(true) }
}

/// True if one is true, else unknown if one is unknown, else false.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(answers.map(|held| held.map(|held| !held))).map(|held| !held)
}

/// The value of a subject in this activity, or in the standing before it.
pub(super) fn look(subject: &str, deed: &Deed, standing: Standing) -> Seen {
    let text = |value: &Option<String>| value.clone().map_or(Seen::Nothing, Seen::Text);
    match subject {
        "actor" => text(&deed.actor),
        "owner" => text(&deed.owner),
        "object" => text(&deed.object),
        "kind" => Seen::Text(deed.kind.clone()),
        "recipients" | "recipient" if deed.recipients.is_empty() => Seen::Nothing,
        "recipients" | "recipient" => Seen::Texts(deed.recipients.clone()),
        "at" => Seen::Time(deed.at),
        _ => match deed.attributes.get(subject) {
            Some(Attribute::Integer(number)) => Seen::Integer(*number),
            Some(Attribute::Flag(flag)) => Seen::Flag(*flag),
            Some(Attribute::Text(text) | Attribute::Member(text)) => Seen::Text(text.clone()),
            Some(Attribute::Texts(texts)) => Seen::Texts(texts.clone()),
            Some(Attribute::Time(time)) => Seen::Time(*time),
            None => standing(subject).unwrap_or(Seen::Nothing),
        },
    }
}

/// The answer of one subject's tests, all of which must hold.
fn test_of(subject: &Seen, test: &Value, deed: &Deed) -> Option<bool> {
    let Some(tests) = test.as_object() else { return equal(subject, test, deed) };
    all(tests.iter().map(|(word, right)| match word.as_str() {
        "is" => equal(subject, right, deed),
        "missing" => Some((*subject == Seen::Nothing) == right.as_bool().expect("`missing` is a flag")),
        "not" => equal(subject, right, deed).map(|held| !held),
        "any" => {
            let choices = right.as_array().expect("`any` is a list");
            any(choices.iter().map(|choice| match subject {
                Seen::Texts(_) => contains(subject, choice, deed),
                _ => equal(subject, choice, deed),
            }))
        }
        "min" => compare(subject, right, |subject, least| subject >= least),
        "max" => compare(subject, right, |subject, most| subject <= most),
        "contains" => contains(subject, right, deed),
        "only" => match subject {
            Seen::Texts(set) => Some(set.is_subset(&texts(right))),
            _ => None,
        },
        "after" => apart(subject, right, tests.get("by"), deed, |later, earlier| (later, earlier)),
        "before" => apart(subject, right, tests.get("by"), deed, |earlier, later| (later, earlier)),
        "by" => Some(true),
        other => panic!("no test is called `{other}`"),
    }))
}

/// The right side: a literal, or what it refers to in the same activity.
fn right_side(right: &Value, deed: &Deed) -> Seen {
    match right {
        Value::Number(number) => Seen::Integer(number.as_i64().expect("a whole number")),
        Value::Bool(flag) => Seen::Flag(*flag),
        Value::String(text) => match text.strip_prefix('@') {
            Some(literal) if literal.starts_with('@') => Seen::Text(literal.to_owned()),
            Some(name) => look(name, deed, &|_| None),
            None => Seen::Text(text.clone()),
        },
        other => panic!("a test cannot compare with {other}"),
    }
}

fn equal(subject: &Seen, right: &Value, deed: &Deed) -> Option<bool> {
    match (subject, right_side(right, deed)) {
        (Seen::Nothing, _) | (_, Seen::Nothing) => None,
        (Seen::Names(held), Seen::Text(name)) => Some(held.contains(&name)),
        (Seen::Level(reached, names), Seen::Text(level)) => {
            Some(reached.checked_sub(1).is_some_and(|last| names[last] == level))
        }
        (subject, right) => Some(*subject == right),
    }
}

fn contains(subject: &Seen, right: &Value, deed: &Deed) -> Option<bool> {
    match (subject, right_side(right, deed)) {
        (Seen::Texts(set), Seen::Text(text)) => Some(set.contains(&text)),
        _ => None,
    }
}

fn compare(subject: &Seen, right: &Value, holds: impl Fn(i64, i64) -> bool) -> Option<bool> {
    match subject {
        Seen::Integer(number) => Some(holds(*number, right.as_i64().expect("a whole number"))),
        Seen::Level(reached, names) => {
            let named = names.iter().position(|name| Some(name.as_str()) == right.as_str()).expect("a level");
            Some(holds(i64::try_from(*reached).expect("few levels"), i64::try_from(named + 1).expect("few levels")))
        }
        _ => None,
    }
}

/// Whether two times are more than `by` apart; `pair` has the later one first.
fn apart(
    subject: &Seen,
    right: &Value,
    by: Option<&Value>,
    deed: &Deed,
    pair: impl Fn(Timestamp, Timestamp) -> (Timestamp, Timestamp),
) -> Option<bool> {
    let right = match right_side(right, deed) {
        Seen::Text(literal) => Seen::Time(time::read(&literal).0),
        referred => referred,
    };
    let (Seen::Time(subject), Seen::Time(right)) = (subject, right) else { return None };
    let by_seconds = by.map_or(0, |by| time::duration_seconds(by.as_str().expect("`by` is a duration")));
    let (later, earlier) = pair(*subject, right);
    Some(later.as_nanosecond() - earlier.as_nanosecond() > i128::from(by_seconds) * 1_000_000_000)
}
