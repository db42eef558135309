//! Points: what the rules give over a list of living deeds, limits and floors included.

use super::member::{Member, count, integer, one_or_more, role, table};
use jiff::civil::Date;
use serde_json::Value;

/// What one rule gave at one deed; an amount of 0 where a limit or the floor left nothing.
#[derive(Clone, Debug)]
pub(super) struct Gift {
    pub(super) rule: String,
    /// The object for which a goal was reached, where it is given for each.
    pub(super) object: Option<String>,
    pub(super) currency: String,
    pub(super) amount: i64,
    /// What made it less than the rule says.
    pub(super) held_by: Option<Holder>,
}

/// What can make a gift less than its rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A limit, of times or of points.
    Limit,
    /// The floor of the currency.
    Floor,
}

/// One passing of a limit.
struct Pass {
    limit: String,
    window: Date,
    reached: i64,
}

/// What has been given, what has passed the limits and which goals were reached, with what object.
#[derive(Default)]
pub(super) struct Given {
    pub(super) gifts: Vec<Gift>,
    passes: Vec<Pass>,
    reached: Vec<(String, Option<String>)>,
}

/// What all rules give over `living`, deed by deed.
pub(super) fn give_all(member: &Member, living: &[usize]) -> Given {
    let mut given = Given::default();
    for index in 0..living.len() {
        give(member, &living[..=index], &mut given);
    }
    given
}

/// What all rules give at the last of `living`: first those for its kind, then those whose goal is reached.
pub(super) fn give(member: &Member, living: &[usize], given: &mut Given) {
    let Some(&deed) = living.last() else { return };
    let rules = table(&member.program["rules"]);
    for (name, rule) in rules.iter().filter(|(_, rule)| rule["when"].is_null()) {
        let due = one_or_more(&rule["on"]).contains(&member.deeds[deed].kind)
            && member.is(role(rule), deed)
            && member.held[deed].rules.contains(name);
        if due {
            give_one(member, name, deed, None, given);
        }
    }
    for (name, rule) in rules.iter().filter(|(_, rule)| !rule["when"].is_null()) {
        let asked = member.asks(&[&rule["when"]], deed, false);
        for object in member.reached(&rule["when"], &asked, living, deed, 0) {
            let object = if rule["given"] == "each" { object } else { None };
            let key = (name.clone(), object.clone());
            if !given.reached.contains(&key) {
                given.reached.push(key);
                give_one(member, name, deed, object, given);
            }
        }
    }
}

/// Gives what limits and floor leave of a rule's points.
fn give_one(member: &Member, name: &str, deed: usize, object: Option<String>, given: &mut Given) {
    let rule = &member.program["rules"][name];
    let (currency, full) = table(&rule["give"]).iter().next().expect("a rule gives something");
    let full = integer(full);
    let left = limited(member, name, deed, full, given).unwrap_or(0);
    let amount = floored(member, currency, left, given);
    let held_by = match (left == full, amount == left) {
        (_, false) => Some(Holder::Floor),
        (false, true) => Some(Holder::Limit),
        (true, true) => None,
    };
    given.gifts.push(Gift { rule: name.to_owned(), object, currency: currency.clone(), amount, held_by });
}

/// What the limits of a rule leave of `amount`; nothing where one of so many times has no room.
fn limited(member: &Member, name: &str, deed: usize, amount: i64, given: &mut Given) -> Option<i64> {
    let to = member.role_of_rule(name);
    let mut limits = limits(member.program, name);
    for (limit, says, per) in &limits {
        let window = member.window(deed, to, per);
        let times = given.passes.iter().filter(|pass| pass.limit == *limit && pass.window == window).count();
        if says["times"].as_i64().is_some_and(|most| count(times) >= most) {
            return None;
        }
    }
    // A stable sort: of equal windows in the order written.
    limits.sort_by_key(|(_, _, per)| ["day", "week", "month", "ever"].iter().position(|window| window == per));
    let mut left = amount;
    for (limit, says, per) in limits {
        let window = member.window(deed, to, per);
        let before: i64 = given
            .passes
            .iter()
            .filter(|pass| pass.limit == limit && pass.window == window)
            .map(|pass| pass.reached)
            .sum();
        given.passes.push(Pass { limit, window, reached: left });
        if let Some(cap) = says["points"].as_i64() {
            left = cap.min(before + left) - cap.min(before);
        }
    }
    Some(left)
}

/// The limits of a rule, each with a name of its own, what it says and its window.
fn limits<'p>(program: &'p Value, rule: &str) -> Vec<(String, &'p Value, &'p str)> {
    let limit = &program["rules"][rule]["limit"];
    let listed: Vec<&Value> = match limit {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    let mut limits = Vec::new();
    for (index, item) in listed.into_iter().enumerate() {
        let (name, says) = match item.as_str() {
            Some(shared) => (shared.to_owned(), &program["limits"][shared]),
            None => (format!("@own {rule} {index}"), item),
        };
        limits.push((name, says, says["per"].as_str().unwrap_or("ever")));
    }
    limits
}

/// `amount`, cut so that the total does not fall below the currency's floor.
fn floored(member: &Member, currency: &str, amount: i64, given: &Given) -> i64 {
    let says = &member.program["currencies"][currency];
    let given: i64 = given.gifts.iter().filter(|gift| gift.currency == currency).map(|gift| gift.amount).sum();
    let total = says["start"].as_i64().unwrap_or(0) + given;
    match says["floor"].as_i64() {
        Some(floor) if total + amount < floor => amount.max((floor - total).min(0)),
        _ => amount,
    }
}
