//! Members who change: to rename is to have had the new name from the beginning, and to erase one member leaves all
//! others what they have.

use super::{cases, regressions};
use crate::world::{all_of, engine, ledger};
use knownfor::{Engine, Standing, Timestamp, ViewContext};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
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
    fn an_account_that_earns_nothing_has_nothing_and_changes_nobody_else(case in generate::cases(30), account in select(&MEMBERS[..]), viewer in select(&["eve", "ada"][..])) {
        let Case { program, record, voids } = case;
        let mut without = program.clone();
        let says = without.pointer_mut("/members").and_then(Value::as_object_mut);
        if says.is_some_and(|says| says.remove("earn_nothing").is_some() && says.is_empty()) {
            without.as_object_mut().expect("a program is a table").remove("members");
        }
        let mut with = without.clone();
        with["members"]["earn_nothing"] = json!([account]);
        let (with, without) = (engine(&with, &record, &voids), engine(&without, &record, &voids));
        let (has, had) = (lines(&with), lines(&without));
        for (member, had) in had.iter().filter(|(member, _)| *member != account) {
            prop_assert_eq!(has.get(member), Some(had));
        }
        let now: Timestamp = "2031-01-01T00:00:00Z".parse().expect("a time");
        let Some(standing) = with.standing(account) else { return Ok(()) };
        prop_assert!(with.as_of(account, now).expect("it has a standing").ledger.is_empty());
        let own = with.view(account, &ViewContext::of(account, "en", now)).expect("one's own view");
        prop_assert!(own.steps.is_empty() && own.badges.earned.is_empty() && own.topics.is_empty() && own.boards.is_empty());
        // Folded one by one, it has as little.
        let mut alone = Standing::new(with.program());
        for one in with.history(account).expect("it has a history").activities() {
            match with.program().apply(&mut alone, account, one) {
                Ok(entries) => prop_assert!(entries.is_empty()),
                Err(_) => return Ok(()),
            }
        }
        prop_assert_eq!(&alone, standing);
        if viewer != account {
            let ask = ViewContext { team: &[account], ..ViewContext::of(viewer, "en", now) };
            prop_assert_eq!(with.view(account, &ask), None);
            for board in ["all", "month"] {
                let board = with.board(board, &ask, 9).expect("there is the board");
                prop_assert!(board.rows.iter().all(|row| row.member != account));
            }
        }
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
