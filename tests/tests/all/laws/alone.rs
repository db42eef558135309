//! Laws 4 and 6: a member's standing depends on nobody else and adds up, and the two ways of folding agree.

use super::{cases, regressions};
use crate::world::{activities, engine, lines, program};
use knownfor::{Engine, History, MemberBatch, Standing};
use knownfor_tests::generate::{self, Case};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What a host that folds one member at a time stores for each.
struct Kept {
    standing: Standing,
    ledger: Vec<knownfor::Entry>,
}

proptest! {
    #![proptest_config(cases(150, regressions!("alone")))]

    #[test]
    fn nobody_else_matters(case in generate::cases(30)) {
        let Case { program, record, voids } = case;
        let whole = engine(&program, &record, &voids);
        for member in whole.members() {
            let mut alone = Engine::new(crate::world::program(&program));
            for activity in activities(whole.program(), &record) {
                if activity.members().any(|named| named == member) {
                    alone.apply(activity).expect("a made-up activity is accepted");
                }
            }
            for (source, id) in &voids {
                alone.void(source, id);
            }
            prop_assert_eq!(alone.ledger(member), whole.ledger(member));
            prop_assert_eq!(alone.standing(member), whole.standing(member));
        }
    }

    #[test]
    fn the_ledger_adds_up_and_replays(case in generate::cases(30)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let currencies: Vec<&str> = engine.program().currencies().collect();
        for member in engine.members() {
            let standing = engine.standing(member).expect("a member has a standing");
            let ledger: Vec<_> = engine.ledger(member).iter().map(|entry| entry.line(member)).collect();
            // The total of a currency with a window is that of the present window. The model knows which entries
            // belong to it.
            let whole = currencies.iter().filter(|currency| case.program["currencies"][currency]["per"].is_null());
            for currency in whole {
                let start = case.program["currencies"][currency]["start"].as_i64().unwrap_or(0);
                let of_currency = || ledger.iter().filter(|line| line.currency.as_deref() == Some(*currency));
                let given: i64 = of_currency().filter(|line| line.rule.is_some()).filter_map(|line| line.amount).sum();
                let all: i64 = of_currency().filter_map(|line| line.amount).sum();
                prop_assert_eq!(standing.total(currency), Some(start + given));
                prop_assert_eq!(standing.spendable(currency), Some(start + all));
            }
            let ids: BTreeSet<_> = ledger.iter().map(|line| {
                let cause = (&line.rule, &line.reward, &line.level, &line.badge, &line.grade);
                (&line.source, &line.activity, &line.at, cause, &line.object, line.times, line.taken)
            }).collect();
            prop_assert_eq!(ids.len(), ledger.len(), "two entries have one id: {:?}", ledger);
            let again = engine.replay(member).expect("a member can be replayed");
            prop_assert_eq!(&again.standing, standing);
            prop_assert_eq!(lines(member, &again.ledger), lines(member, engine.ledger(member)));
        }
    }

    #[test]
    fn both_doors_agree(case in generate::cases(30), in_order in any::<bool>()) {
        let whole = engine(&case.program, &case.record, []);
        let program = program(&case.program);
        let mut record = activities(&program, &case.record);
        if in_order {
            record = History::new(whole.program(), "nobody", record).expect("one program").activities().cloned().collect();
        }
        for member in whole.members() {
            let mut kept = Kept { standing: Standing::new(&program), ledger: Vec::new() };
            let mut own = Vec::new();
            for activity in &record {
                if !activity.members().any(|named| named == member) {
                    continue;
                }
                let earlier = History::new(&program, member, own.iter().cloned()).expect("one program");
                own.push(activity.clone());
                let before = kept.standing.clone();
                match program.apply(&mut kept.standing, member, activity) {
                    Ok(entries) => kept.ledger.extend(entries),
                    Err(_) => {
                        prop_assert_eq!(&kept.standing, &before, "a refusal changes nothing");
                        let late = MemberBatch::of(&program, member, [activity.clone()], []).expect("one program");
                        let settled = late.fold(earlier).expect("one program");
                        let after = History::new(&program, member, own.iter().cloned()).expect("one program").fold();
                        kept.ledger.retain(|entry| !settled.taken.contains(entry));
                        prop_assert_eq!(kept.ledger.len() + settled.added.len(), after.ledger.len());
                        prop_assert_eq!(&settled.standing, &after.standing);
                        kept = Kept { standing: after.standing, ledger: after.ledger };
                    }
                }
                // A host stores the standing as bytes between two activities.
                kept.standing = Standing::from_bytes(&program, &kept.standing.to_bytes()).expect("its own bytes");
            }
            // Voiding any activity of the record is folding the record without it.
            for index in 0..own.len().min(3) {
                let voided = &own[index];
                let history = History::new(&program, member, own.iter().cloned()).expect("one program");
                let part = MemberBatch::of(&program, member, [], [voided.clone()]).expect("one program");
                let settled = part.fold(history).expect("one program");
                let without = own.iter().filter(|other| *other != voided).cloned();
                let without = History::new(&program, member, without).expect("one program").fold();
                prop_assert_eq!(&settled.standing, &without.standing);
                let mut ledger = kept.ledger.clone();
                ledger.retain(|entry| !settled.taken.contains(entry));
                prop_assert_eq!(ledger.len() + settled.added.len(), without.ledger.len());
            }
            prop_assert_eq!(Some(&kept.standing), whole.standing(member));
            prop_assert_eq!(lines(member, &kept.ledger), lines(member, whole.ledger(member)));
        }
    }
}
