//! Sealing: a sum in place of old activities changes nobody's standing, whatever comes later and in whatever order.

use super::{cases, regressions};
use crate::world::{activities, engine, program};
use knownfor::{Activity, ApplyError, Engine, History, SealedSum, Status, Timestamp, ViewContext};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;
use std::collections::BTreeSet;

/// The end of time, as far as the made-up records go.
const END: &str = "2100-01-01T00:00:00Z";

fn end() -> Timestamp {
    END.parse().expect("a time")
}

/// The moments of a record, in order.
fn moments(record: &[Activity]) -> Vec<Timestamp> {
    let moments: BTreeSet<_> = record.iter().map(Activity::at).collect();
    moments.into_iter().collect()
}

/// The sum of everything that an engine holds about each member: all that could ever matter again.
fn sums(engine: &Engine) -> Vec<(String, Vec<u8>)> {
    let sum = |member: &str| {
        let mut history = engine.history(member).expect("a member has a history").clone();
        history.seal(end());
        history.sum().expect("it is sealed").to_bytes()
    };
    engine.members().map(|member| (member.to_owned(), sum(member))).collect()
}

/// What members and others see, without which activity gave a badge.
fn seen(engine: &Engine, now: Timestamp) -> Vec<Value> {
    let views = engine.members().flat_map(|member| {
        ["ada", "bob", "eve"].map(|viewer| {
            let mut view =
                serde_json::to_value(engine.view(member, &ViewContext::of(viewer, "en", now))).expect("JSON");
            for badge in view.pointer_mut("/badges/earned").and_then(Value::as_array_mut).into_iter().flatten() {
                badge.as_object_mut().expect("a badge is a table").remove("activity");
            }
            view
        })
    });
    views.collect()
}

/// A case in which nothing undoes what lies before a moment, the moment, and an order in which the rest arrives.
#[derive(Clone, Debug)]
struct Sealing {
    case: Case,
    before: Timestamp,
    order: Vec<Index>,
}

fn sealings(cases: impl Strategy<Value = Case>) -> impl Strategy<Value = Sealing> {
    (cases, any::<Index>(), proptest::collection::vec(any::<Index>(), 12)).prop_map(|(case, cut, order)| {
        let moments = moments(&activities(&program(&case.program), &case.record));
        let before = moments.get(cut.index(moments.len() + 1)).copied().unwrap_or_else(end);
        Sealing { case: undone_in_time(case, before), before, order }
    })
}

/// The case without what undoes something from before a moment, because that is no longer possible.
fn undone_in_time(mut case: Case, before: Timestamp) -> Case {
    let kinds = case.program["kinds"].clone();
    let undoes_all = |one: &Value| {
        let reverses = &kinds[one["kind"].as_str().unwrap_or_default()]["reverses"];
        *reverses == "@object" || reverses["all"] == true
    };
    let engine = |case: &Case| engine(&case.program, &case.record, &case.voids);
    let read = activities(engine(&case).program(), &case.record);
    let is_old = |one: &Value| {
        read.iter().any(|read| one["id"] == read.id() && one["source"] == read.source() && read.at() < before)
    };
    let old: Vec<Value> = case.record.iter().filter(|one| is_old(one)).cloned().collect();
    case.record.retain(|one| {
        is_old(one)
            || !undoes_all(one)
            || old.iter().all(|old| old["object"].is_null() || old["object"] != one["object"])
    });
    loop {
        let whole = engine(&case);
        let mut sealed = engine(&case);
        sealed.seal(before);
        let finds = |engine: &Engine, member: &str, one: &Value| {
            let (source, id) = (one["source"].as_str().unwrap_or("wiki"), one["id"].as_str().unwrap_or_default());
            engine.history(member).and_then(|history| history.found_target(source, id))
        };
        let count = case.record.len();
        case.record.retain(|one| {
            is_old(one) || whole.members().all(|member| finds(&whole, member, one) == finds(&sealed, member, one))
        });
        if case.record.len() == count {
            return case;
        }
    }
}

impl Sealing {
    fn whole(&self) -> Engine {
        engine(&self.case.program, &self.case.record, &self.case.voids)
    }

    /// What lies before the moment, sealed, and then the rest in some order.
    fn sealed(&self) -> Engine {
        let mut engine = Engine::new(program(&self.case.program));
        let (old, mut rest): (Vec<_>, Vec<_>) =
            activities(engine.program(), &self.case.record).into_iter().partition(|one| one.at() < self.before);
        let names = |one: &Activity| (one.source().to_owned(), one.id().to_owned());
        let ids: BTreeSet<_> = old.iter().map(names).collect();
        let (early, late): (Vec<_>, Vec<_>) = self.case.voids.iter().partition(|void| ids.contains(*void));
        let _ = engine.apply_all(old);
        early.into_iter().for_each(|(source, id)| drop(engine.void(source, id)));
        engine.seal(self.before);
        for index in &self.order {
            if rest.is_empty() {
                break;
            }
            let one = rest.remove(index.index(rest.len()));
            engine.apply(one).expect("it lies after the moment");
        }
        late.into_iter().for_each(|(source, id)| drop(engine.void(source, id)));
        let (statuses, _) = engine.apply_all(rest);
        assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
        engine
    }
}

/// The lines of a ledger without the activities they name.
fn given(engine: &Engine, member: &str) -> Vec<String> {
    let lines = engine.ledger(member).iter().map(|entry| {
        let mut line = entry.line(member);
        (line.source, line.activity) = Default::default();
        serde_json::to_string(&line).expect("a line is JSON")
    });
    lines.collect()
}

fn same(sealing: &Sealing) -> Result<(), TestCaseError> {
    let (whole, sealed) = (sealing.whole(), sealing.sealed());
    prop_assert_eq!(whole.members().collect::<Vec<_>>(), sealed.members().collect::<Vec<_>>());
    for member in whole.members() {
        // What the ledger has left is the end of the whole one.
        let (all, left) = (given(&whole, member), given(&sealed, member));
        prop_assert_eq!(&all[all.len().saturating_sub(left.len())..], &left[..], "{}", member);
        let old = whole.ledger(member).iter().filter(|entry| entry.at() >= sealing.before).count();
        prop_assert!(left.len() >= old, "{} of {}", left.len(), old);
    }
    for now in [
        whole.members().filter_map(|member| whole.standing(member)?.last_at()).max(),
        "2031-01-01T00:00:00Z".parse().ok(),
    ] {
        let Some(now) = now else { continue };
        prop_assert_eq!(seen(&whole, now), seen(&sealed, now));
    }
    prop_assert_eq!(sums(&whole), sums(&sealed));
    Ok(())
}

proptest! {
    #![proptest_config(cases(200, regressions!("sealed")))]

    #[test]
    fn a_sum_changes_nobodys_standing(sealing in sealings(generate::cases(30))) {
        same(&sealing)?;
    }

    #[test]
    fn a_sum_changes_nothing_that_is_undone_after_it(sealing in sealings(generate::undone(40))) {
        same(&sealing)?;
    }

    #[test]
    fn windows_reach_over_the_moment(sealing in sealings(generate::borderline())) {
        same(&sealing)?;
    }

    #[test]
    fn what_is_sealed_twice_is_sealed_once(sealing in sealings(generate::cases(30)), later in any::<Index>()) {
        let mut twice = sealing.sealed();
        let moments = moments(&activities(twice.program(), &sealing.case.record));
        let later = moments.get(later.index(moments.len() + 1)).copied().unwrap_or_else(end).max(sealing.before);
        let mut once = sealing.whole();
        twice.seal(later);
        once.seal(later);
        prop_assert_eq!(sums(&twice), sums(&once));
        prop_assert_eq!(twice.sealed_before(), once.sealed_before());
    }

    #[test]
    fn nothing_comes_before_the_moment_and_a_restored_engine_knows_it(sealing in sealings(generate::cases(30))) {
        let sealed = sealing.sealed();
        let mut restored = Engine::restore(program(&sealing.case.program), &sealed.snapshot()).expect("its own bytes");
        prop_assert_eq!(restored.snapshot(), sealed.snapshot());
        prop_assert_eq!(sums(&restored), sums(&sealed));
        for one in activities(sealed.program(), &sealing.case.record).into_iter().filter(|one| one.at() < sealing.before) {
            prop_assert_eq!(restored.apply(one.clone()).err(), Some(ApplyError::Sealed { before: sealing.before }));
            let status = restored.void(one.source(), one.id()).status;
            prop_assert!(matches!(status, Status::Sealed | Status::Duplicate), "{:?}", status);
        }
        prop_assert_eq!(sums(&restored), sums(&sealed));
    }

    #[test]
    fn one_member_at_a_time_is_the_same(sealing in sealings(generate::cases(30))) {
        let sealed = sealing.sealed();
        for member in sealed.members() {
            let history = sealed.history(member).expect("a member has a history");
            let Some(sum) = history.sum() else { continue };
            let sum = SealedSum::from_bytes(sealed.program(), &sum.to_bytes()).expect("its own bytes");
            prop_assert_eq!(Some(&sum), history.sum());
            let again = History::after(sum.clone(), member, history.activities().cloned()).expect("of the same program");
            prop_assert_eq!(Some(&again.fold().standing), sealed.standing(member));
            let mut standing = sum.standing().clone();
            if history.activities().all(|one| sealed.program().apply(&mut standing, member, one).is_ok()) {
                prop_assert_eq!(Some(&standing), sealed.standing(member));
            }
        }
    }

    #[test]
    fn another_program_goes_on_from_a_sum(sealing in sealings(generate::cases(30)), new in generate::programs()) {
        let sealed = sealing.sealed();
        let mut restored = Engine::restore(program(&new), &sealed.snapshot()).expect("the new program knows the kinds");
        let per = |of: &Value, currency: &str| of["currencies"].get(currency).map(|currency| currency["per"].clone());
        for member in sealed.members() {
            let Some(sum) = sealed.history(member).and_then(History::sum) else { continue };
            let carried = SealedSum::from_bytes(restored.program(), &sum.to_bytes()).expect("bytes of a sum");
            for currency in restored.program().currencies().filter(|name| per(&new, name).is_some_and(|per| per.is_null())) {
                if per(&sealing.case.program, currency) == Some(Value::Null) {
                    prop_assert_eq!(carried.standing().total(currency), sum.standing().total(currency));
                }
            }
            prop_assert_eq!(carried.standing().is_published(), sum.standing().is_published());
        }
        // It takes everything in that comes later, is sealed again and shown.
        let rest = activities(restored.program(), &sealing.case.record).into_iter().filter(|one| one.at() >= sealing.before);
        let _ = restored.apply_all(rest.collect::<Vec<_>>());
        seen(&restored, end());
        restored.seal(end());
        prop_assert_eq!(&Engine::restore(program(&new), &restored.snapshot()).expect("its own bytes").snapshot(), &restored.snapshot());
    }
}

/// Names that are part of no other text of a record.
const UNIQUE: [&str; 3] = ["bob", "dev", "fay"];

proptest! {
    #![proptest_config(cases(150, regressions!("sealed-members")))]

    #[test]
    fn a_new_name_goes_into_every_sum(sealing in sealings(generate::cases(30)), member in prop::sample::select(&UNIQUE[..])) {
        let mut sealed = sealing.sealed();
        let before = sums(&sealed);
        // Between the same names as before, so that the order of keys stays.
        let to = format!("{}z", &member[..member.len() - 1]);
        let has_standing = sealed.standing(member).is_some();
        let renamed = sealed.rename(member, &to);
        if let Err(knownfor::MembersError::Sealed { .. }) = renamed {
            return Ok(());
        }
        // Who has no standing may still be named: in a voided activity, which gets the new name too, or only as a value
        // that others' activities had, which is no member's.
        prop_assert!(renamed.is_ok() || !has_standing);
        if renamed.is_err() {
            return Ok(());
        }
        let bytes = sealed.snapshot();
        prop_assert!(!bytes.windows(member.len()).any(|bytes| bytes == member.as_bytes()), "{} is still there", member);
        sealed.rename(&to, member).expect("nobody has the earlier name");
        prop_assert_eq!(sums(&sealed), before);
    }

    #[test]
    fn the_erased_leave_no_byte_in_any_sum(sealing in sealings(generate::cases(30)), member in prop::sample::select(&UNIQUE[..])) {
        let mut sealed = sealing.sealed();
        let pseudonym = format!("{}z", &member[..member.len() - 1]);
        let has_standing = sealed.standing(member).is_some();
        let totals = |engine: &Engine| {
            let others = engine.members().filter(|other| *other != member && *other != pseudonym);
            let totals = others.map(|other| (other.to_owned(), given(engine, other).len(), engine.standing(other).map(|standing| {
                engine.program().currencies().map(|currency| standing.total(currency)).collect::<Vec<_>>()
            })));
            totals.collect::<Vec<_>>()
        };
        let before = totals(&sealed);
        let erased = sealed.erase(member, &pseudonym);
        prop_assert!(erased.is_ok() || !has_standing);
        if erased.is_err() {
            return Ok(());
        }
        let bytes = sealed.snapshot();
        prop_assert!(!bytes.windows(member.len()).any(|bytes| bytes == member.as_bytes()), "{} is still there", member);
        // A condition may name a member, and then asks for somebody who is gone.
        if !sealing.case.program.to_string().contains(&format!("\"{member}\"")) {
            prop_assert_eq!(totals(&sealed), before);
        }
    }
}
