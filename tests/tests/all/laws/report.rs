//! The report: no number covers too few members, and subtracting reported numbers reveals none.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Standing, Timestamp};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const TEAMS: [&str; 5] = ["design", "legal", "lab", "sales", "support"];
const NOW: &str = "2026-03-30T12:00:00Z";

/// A member: their team, and whether they published, did something this month, filled a field, and departed.
type Made = (&'static str, bool, bool, bool, bool);

fn made() -> impl Strategy<Value = Made> {
    let gone = prop_oneof![5 => Just(false), 1 => Just(true)];
    (select(&TEAMS[..]), any::<bool>(), any::<bool>(), any::<bool>(), gone)
}

fn record(members: &[Made]) -> Vec<Value> {
    let mut record = Vec::new();
    let mut add = |member: usize, day: &str, kind: &str, more: Value| {
        let mut one = json!({ "id": record.len().to_string(), "at": format!("2026-{day}T09:00:00Z"), "kind": kind });
        let role = if kind == "gone" { "owner" } else { "actor" };
        one[role] = member.to_string().into();
        one["profile"] = more;
        record.push(one);
    };
    for (member, (_, published, active, filled, gone)) in members.iter().enumerate() {
        add(member, "02-10", "profile", json!({ "desk": *filled }));
        if *published {
            add(member, "02-11", "published", json!({}));
        }
        if *active {
            add(member, "03-20", "post", json!({}));
        }
        if *gone {
            add(member, "02-12", "gone", json!({}));
        }
    }
    record
}

proptest! {
    #![proptest_config(cases(200, regressions!("report")))]

    #[test]
    fn no_number_covers_too_few_members(members in vec(made(), 0..60), least in 2..8_usize) {
        let program = json!({
            "version": 1, "id": "report", "groups": least,
            "kinds": { "profile": {}, "published": {}, "post": {}, "gone": {} },
            "profile": { "on": "profile", "published_by": "published", "fields": { "desk": { "ask": "Desk?" } } },
            "members": { "gone_by": "gone" }
        });
        let engine = engine(&program, &record(&members), []);
        let now: Timestamp = NOW.parse().expect("a time");
        let standing = |member: usize| -> &Standing { engine.standing(&member.to_string()).expect("a standing") };
        let given = members.iter().enumerate().map(|(member, made)| (made.0, standing(member)));
        let report = engine.program().report(given, now).expect("one program");

        let mut teams: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
        for made in members.iter().filter(|(.., gone)| !gone) {
            teams.entry(made.0).or_default().push(made);
        }
        let present: usize = teams.values().map(Vec::len).sum();
        let told: usize = report.groups.iter().map(|group| group.members as usize).sum();
        // All are reported or none, so that no number can be computed by subtracting the reported ones.
        prop_assert_eq!(told, if present >= least { present } else { 0 }, "{:?}", report);
        prop_assert!(report.groups.iter().all(|group| group.members as usize >= least), "{:?}", report);
        prop_assert!(report.groups.iter().rev().skip(1).all(|group| group.group.is_some()), "{:?}", report);
        prop_assert!(report.groups.iter().filter_map(|group| group.group.as_ref()).is_sorted());

        let named: Vec<&str> = report.groups.iter().filter_map(|group| group.group.as_deref()).collect();
        let rest: Vec<&Made> =
            teams.iter().filter(|(team, _)| !named.contains(*team)).flat_map(|(_, members)| members).copied().collect();
        for group in &report.groups {
            let of = group.group.as_deref().map_or(&rest, |team| &teams[team]);
            let tens = |is: fn(&Made) -> bool| of.iter().filter(|made| is(made)).count() * 10 / of.len() * 10;
            prop_assert_eq!(group.members as usize, of.len());
            prop_assert_eq!(usize::from(group.published_percent), tens(|made| made.1));
            prop_assert_eq!(usize::from(group.active_percent), tens(|made| made.2));
            prop_assert_eq!(usize::from(group.completeness), tens(|made| made.3));
        }
    }
}
