//! Members who change: to rename is to have had the new name from the beginning, and to erase one member leaves all
//! others what they have.

use super::{cases, regressions};
use crate::world::{all_of, engine, ledger};
use knownfor::Engine;
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::select};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const MEMBERS: [&str; 6] = ["ada", "bob", "cleo", "dev", "eli", "fay"];
/// Those whose names are part of no other text of a record.
const UNIQUE: [&str; 4] = ["bob", "cleo", "dev", "fay"];

/// The members that an activity names.
fn members(activity: &Value) -> BTreeSet<&str> {
    let recipients = activity["recipients"].as_array().into_iter().flatten();
    let roles = [&activity["actor"], &activity["owner"], &activity["attributes"]["asker"]];
    recipients.chain(roles).filter_map(Value::as_str).collect()
}

/// An activity with another name in place of a member's.
fn rewritten(activity: &Value, member: &str, to: &str) -> Value {
    let mut activity = activity.clone();
    for place in ["/actor", "/owner", "/attributes/asker"] {
        if let Some(name) = activity.pointer_mut(place).filter(|name| **name == member) {
            *name = to.into();
        }
    }
    for recipient in activity["recipients"].as_array_mut().into_iter().flatten().filter(|name| **name == member) {
        *recipient = to.into();
    }
    activity
}

/// The record without attributes that a kind does not declare, which are dropped when it is read.
fn declared(program: &Value, record: &[Value]) -> Vec<Value> {
    let mut record = record.to_vec();
    for activity in &mut record {
        let kind = activity["kind"].as_str().unwrap_or_default().to_owned();
        let attributes = &program["kinds"][&kind]["attributes"];
        if let Some(own) = activity["attributes"].as_object_mut() {
            own.retain(|name, _| !attributes[name].is_null());
        }
    }
    record
}

/// The lines of each member's ledger.
fn lines(engine: &Engine) -> BTreeMap<String, Vec<String>> {
    let of = |member: &str| ledger(engine, member).lines().map(str::to_owned).collect();
    engine.members().map(|member| (member.to_owned(), of(member))).collect()
}

proptest! {
    #![proptest_config(cases(150, regressions!("members")))]

    #[test]
    fn a_name_put_in_place_of_another_was_always_there(
        case in generate::cases(30),
        member in select(&MEMBERS[..]),
        to in select(&["ada", "bob", "cleo", "new", "zoe"][..]),
    ) {
        let Case { program, record, voids } = case;
        let record = declared(&program, &record);
        let mut renamed = engine(&program, &record, &voids);
        let is_there = record.iter().any(|one| members(one).contains(member));
        let changed = renamed.rename(member, to);
        prop_assert_eq!(changed.is_ok(), is_there, "{:?}", changed);
        let by_hand: Vec<Value> = record.iter().map(|one| rewritten(one, member, to)).collect();
        let by_hand = engine(&program, &by_hand, &voids);
        prop_assert_eq!(all_of(&renamed), all_of(&by_hand));
        prop_assert_eq!(renamed.snapshot(), by_hand.snapshot());
    }

    #[test]
    fn the_erased_leave_no_byte_and_others_lose_nothing(case in generate::cases(30), member in select(&UNIQUE[..])) {
        let Case { program, record, voids } = case;
        let record = declared(&program, &record);
        // Between the same names as before, so that the order of keys stays.
        let pseudonym = format!("{}z", &member[..member.len() - 1]);
        let mut erased = engine(&program, &record, &voids);
        let before = lines(&erased);
        let outcome = erased.erase(member, &pseudonym);
        prop_assert_eq!(outcome.is_ok(), record.iter().any(|one| members(one).contains(member)));
        let stays = |one: &&Value| members(one) != BTreeSet::from([member]);
        let left: Vec<Value> = record.iter().filter(stays).map(|one| rewritten(one, member, &pseudonym)).collect();
        let has = |record: &[Value], (source, id): &(String, String)| {
            record.iter().any(|one| one["source"] == **source && one["id"] == **id)
        };
        let kept = voids.iter().filter(|of| !has(&record, of) || has(&left, of));
        let by_hand = engine(&program, &left, kept);
        prop_assert_eq!(all_of(&erased), all_of(&by_hand));
        prop_assert_eq!(erased.snapshot(), by_hand.snapshot());
        let bytes = [erased.snapshot(), all_of(&erased).1.into_bytes()].concat();
        prop_assert!(!bytes.windows(member.len()).any(|bytes| bytes == member.as_bytes()), "{} is still there", member);
        // A condition may name a member, and then asks for somebody who is gone.
        if program.to_string().contains(&format!("\"{member}\"")) {
            return Ok(());
        }
        let after = lines(&erased);
        for (other, before) in before.iter().filter(|(other, _)| *other != member) {
            let before: Vec<String> =
                before.iter().map(|line| line.replace(&format!("\"{member}\""), &format!("\"{pseudonym}\""))).collect();
            prop_assert_eq!(after.get(other), Some(&before), "{}", other);
        }
    }
}
