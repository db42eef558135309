//! Allowances in the model: PROGRAM.md, "Allowances".

use super::{
    deed::Deed,
    living,
    member::{Look, Member, list, table},
    time,
    walk::Walk,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// How much of an allowance was given before an activity, and how much after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The allowance.
    pub allowance: String,
    /// The key, if it is the allowance for each key.
    pub key: Option<String>,
    /// How much may be given.
    pub most: i64,
    /// How much was given before the activity.
    pub before: i64,
    /// How much is given with it.
    pub after: i64,
}

/// What the actor of an activity gives by it, if it comes after all others of a record.
pub fn given(program: &Value, record: &[Value], activity: &Value) -> Vec<Given> {
    let zone = time::zone(program);
    let Some(giver) = activity["actor"].as_str() else { return Vec::new() };
    let has_none = list(&program["members"]["earn_nothing"]).into_iter().any(|name| *name == *giver);
    if has_none {
        // Such an account has nothing to give, and nothing that it gave is counted.
        let mut others = program.clone();
        others["members"] = Value::Null;
        return given(&others, &[], activity).into_iter().map(|given| Given { most: 0, ..given }).collect();
    }
    let deeds = record.iter().chain([activity]).map(|one| Deed::read(program, &zone, one)).collect();
    let walk = Walk::whole(Member::new(program, giver, deeds), None);
    let last = walk.member.deeds.len() - 1;
    let before = living::living(&walk.hits[..last]);
    let after: Vec<usize> = before.iter().copied().chain([last]).collect();
    let mut all = Vec::new();
    for (name, says) in table(&program["allowances"]) {
        let tally = says["of"].as_str().expect("an allowance has a tally");
        if !walk.member.counts_in(tally, last) {
            continue;
        }
        let (look, later) = (walk.look(last, &before), walk.look(last, &after));
        let mut add = |key: Option<String>, most: &Value, value: &dyn Fn(&Look) -> i64| {
            if let Some(most) = most.as_i64() {
                all.push(Given { allowance: name.clone(), key, most, before: value(&look), after: value(&later) });
            }
        };
        let by = walk.member.key_of(tally);
        for key in by.map_or_else(BTreeSet::new, |by| walk.member.deeds[last].keys(by)) {
            add(Some(key.clone()), &says["each"], &|look| {
                walk.member.tally(tally, look, Some(&key), None).expect("the key is given")
            });
        }
        add(None, &says["most"], &|look| match by {
            None => walk.member.tally(tally, look, None, None).expect("it has no key"),
            Some(_) => {
                let keys = walk.member.keys_counted(tally, look).into_iter();
                keys.map(|key| walk.member.tally(tally, look, Some(&key), None).expect("the key is given")).sum()
            }
        });
    }
    all
}
