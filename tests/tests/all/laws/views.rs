//! Views: what a viewer may not see is not in them, and what they say is what the standing and the ledger say.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Ask, Engine, Instant};
use knownfor_tests::{
    generate,
    model::{self, Known},
};
use proptest::{prelude::*, sample::select};
use serde_json::Value;
use std::collections::BTreeSet;

/// Times after, and at times amidst, the records.
const LATER: [&str; 4] =
    ["2026-03-30T12:00:00Z", "2026-12-31T23:30:00Z", "2028-03-01T00:00:00Z", "2031-01-01T00:00:00Z"];

fn now() -> Instant {
    "2026-03-30T12:00:00Z".parse().expect("a time")
}

proptest! {
    #![proptest_config(cases(100, regressions!("views")))]

    #[test]
    fn others_see_what_is_published_and_no_more(case in generate::cases(30)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let ask = Ask::of("stranger", "en", now());
        for member in engine.members() {
            let published = engine.standing(member).is_some_and(knownfor::Standing::is_published);
            let view = engine.view(member, &ask);
            prop_assert_eq!(view.is_some(), published);
            let Some(view) = view else { continue };
            prop_assert!(!view.own && view.profile.is_none() && view.badges.on_the_way.is_empty());
            prop_assert!(view.badges.earned.iter().all(|badge| badge.activity.is_none()));
            prop_assert!(view.standing.points.iter().all(|points| points.this_month.is_none() && points.last_month.is_none()));
            prop_assert!(view.standing.level.is_none_or(|level| level.next.is_none()));
        }
    }

    #[test]
    fn ones_own_view_says_what_the_standing_is_at_that_time(case in generate::cases(30), later in select(&LATER[..])) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let known = model::run(&case.program, &case.record, &case.voids, Some(later.parse().expect("a time")));
        let now: Instant = later.parse().expect("a time");
        for member in engine.members() {
            let (standing, known) = (engine.standing(member).expect("a member has a standing"), &known[member]);
            let before = standing.clone();
            let view = engine.view(member, &Ask::of(member, "en", now)).expect("one's own view");
            prop_assert_eq!(engine.standing(member), Some(&before), "a question stores nothing");
            prop_assert!(view.own);
            for points in &view.standing.points {
                let total = known.totals[&points.currency];
                prop_assert_eq!(points.total, total, "{} of {}", points.currency, member);
                prop_assert_eq!(points.spendable, Some((total + known.spent[&points.currency]).max(0)));
                let month = month_of(&case.program, later);
                prop_assert_eq!(points.this_month, Some(net(known, &case.program, &points.currency, month)));
                prop_assert_eq!(points.last_month, Some(net(known, &case.program, &points.currency, month - 1)));
            }
            prop_assert_eq!(view.standing.level.and_then(|level| level.name), known.level.clone());
            let profile = view.profile.expect("the program has a profile");
            prop_assert_eq!(i64::from(profile.percent), known.completeness);
            prop_assert_eq!(profile.next.is_none(), profile.percent == 100);
            prop_assert!(profile.next.is_none_or(|next| next.percent > profile.percent));
            let earned: BTreeSet<&str> = view.badges.earned.iter().map(|badge| badge.badge.as_str()).collect();
            let held: BTreeSet<&str> = known.badges.iter().map(|(badge, ..)| badge.as_str()).collect();
            prop_assert_eq!(earned, held, "badges of {}", member);
            let hidden = view.badges.earned.iter().filter(|badge| badge.hidden).map(|badge| badge.badge.as_str());
            for badge in hidden {
                prop_assert!(!known.shown.contains(badge), "{} of {}", badge, member);
            }
            prop_assert!(view.badges.earned.is_sorted_by(|a, b| a.at.parse::<Instant>().ok() >= b.at.parse::<Instant>().ok()));
            for badge in &view.badges.on_the_way {
                prop_assert!(badge.percent < 100 && !badge.parts.is_empty(), "{:?}", badge);
            }
            prop_assert!(view.badges.on_the_way.is_sorted_by(|a, b| a.percent >= b.percent));
            let others = engine.view(member, &Ask::of("stranger", "en", now));
            for badge in others.iter().flat_map(|view| &view.badges.earned) {
                prop_assert!(known.shown.contains(&badge.badge), "{} of {}", badge.badge, member);
            }
        }
    }

    #[test]
    fn boards_share_places_and_show_who_joined(case in generate::cases(30), rows in 0..6_usize) {
        let engine = engine(&case.program, &case.record, &case.voids);
        for board in ["all", "month"] {
            let whole = board_of(&engine, board, "stranger", 100);
            for (place, member, total) in &whole {
                let higher = whole.iter().filter(|(.., other)| other > total).count();
                prop_assert_eq!(usize::try_from(*place).expect("a place"), higher + 1, "{} in {:?}", member, whole);
                let near = board_of(&engine, board, member, rows);
                prop_assert_eq!(near.len(), rows.min(whole.len()));
                prop_assert!(near.is_empty() || near.iter().any(|(_, near, _)| near == member));
                prop_assert!(near.iter().all(|row| whole.contains(row)));
            }
        }
    }
}

/// A month of the program's zone, counted from the year 0.
fn month_of(program: &Value, at: &str) -> i32 {
    let zone = jiff::tz::TimeZone::get(program["zone"].as_str().unwrap_or("UTC")).expect("a zone");
    let day = zone.to_datetime(at.parse::<jiff::Timestamp>().expect("a time")).date();
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// Net points that rules gave in a month, added up from the ledger.
fn net(known: &Known, program: &Value, currency: &str, month: i32) -> i64 {
    let of_rules = known.lines.iter().filter(|line| line.cause == "rule" && line.currency.as_deref() == Some(currency));
    of_rules.filter(|line| month_of(program, &line.at) == month).map(|line| line.amount).sum()
}

fn board_of(engine: &Engine, board: &str, viewer: &str, rows: usize) -> Vec<(u32, String, i64)> {
    let view = engine.board(board, &Ask::of(viewer, "en", now()), rows).expect("the program has the board");
    view.rows.into_iter().map(|row| (row.place, row.member, row.total)).collect()
}
