//! Limits: how many points of a rule they and the floor let through.

use super::{
    member::{Member, Now, count, list, per, table},
    points::Given,
    time,
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;

/// What can make a gift smaller than its rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A limit, of times or of points.
    Limit,
    /// The floor of the currency.
    Floor,
}

/// One gift that passed a limit.
pub(super) struct Pass {
    limit: String,
    window: Date,
    /// The key that is limited separately; `None` for activities without one.
    key: Option<String>,
    at: Timestamp,
    reached: i64,
}

/// A limit as one rule meets it at one moment.
struct Met<'p> {
    name: String,
    says: &'p Value,
    per: &'p str,
    window: Date,
    keys: Vec<Option<String>>,
}

/// What the limits of a rule leave of `amount`; `None` if a limit in times has no room.
pub(super) fn limited(member: &Member, rule: &str, now: Now, amount: i64, given: &mut Given) -> Option<i64> {
    let mut limits = limits(member, rule, now);
    for limit in &limits {
        let Some(most) = limit.says["times"].as_i64() else { continue };
        for key in &limit.keys {
            let within = |at| limit.says["within"].as_str().is_none_or(|long| time::is_within(at, now.at, long));
            let used = given.passes.iter().filter(|pass| limit.is_passed_by(pass, key) && within(pass.at));
            if count(used.count()) >= most {
                return None;
            }
        }
    }
    // A stable sort keeps equal windows in the order written.
    limits.sort_by_key(|limit| time::WINDOWS.iter().position(|window| *window == limit.per));
    let mut left = amount;
    for limit in limits {
        for key in &limit.keys {
            let before: i64 =
                given.passes.iter().filter(|pass| limit.is_passed_by(pass, key)).map(|pass| pass.reached).sum();
            let (limit_name, window, at) = (limit.name.clone(), limit.window, now.at);
            given.passes.push(Pass { limit: limit_name, window, key: key.clone(), at, reached: left });
            if let Some(cap) = limit.says["points"].as_i64() {
                left = cap.min(before + left) - cap.min(before);
            }
        }
    }
    Some(left)
}

impl Met<'_> {
    fn is_passed_by(&self, pass: &Pass, key: &Option<String>) -> bool {
        pass.limit == self.name && pass.window == self.window && pass.key == *key
    }
}

/// The limits of a rule, each with a name of its own.
fn limits<'p>(member: &Member<'p>, rule: &str, now: Now) -> Vec<Met<'p>> {
    let to = member.role_of_rule(rule);
    let listed = list(&member.program["rules"][rule]["limit"]);
    let met = listed.into_iter().enumerate().map(|(index, item)| {
        let (name, says) = match item.as_str() {
            Some(shared) => (shared.to_owned(), &member.program["limits"][shared]),
            None => (format!("@own {rule} {index}"), item),
        };
        let (per, key) = per(says);
        let keys = key.zip(now.deed).map(|(key, deed)| member.deeds[deed].keys(key)).unwrap_or_default();
        let keys = if keys.is_empty() { vec![None] } else { keys.into_iter().map(Some).collect() };
        Met { name, says, per, window: member.window(now, to, per), keys }
    });
    met.collect()
}

/// `amount`, cut so that the total does not fall below the currency's floor.
pub(super) fn floored(member: &Member, currency: &str, amount: i64, now: Now, given: &Given) -> i64 {
    let total = member.total(currency, &given.gifts, now.at);
    match table(&member.program["currencies"])[currency]["floor"].as_i64() {
        Some(floor) if total + amount < floor => amount.max((floor - total).min(0)),
        _ => amount,
    }
}
