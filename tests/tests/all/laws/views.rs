//! Views: what a viewer may not see is not in them, and what they say is what the standing and the ledger say.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Ask, Engine, Instant};
use knownfor_tests::generate;
use proptest::prelude::*;

fn now() -> Instant {
    "2026-03-30T12:00:00Z".parse().expect("a time")
}

proptest! {
    #![proptest_config(cases(100, regressions!("views")))]

    #[test]
    fn others_see_what_is_published_and_no_more(case in generate::cases(30)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let ask = Ask { viewer: "stranger", locale: "en", now: now() };
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
    fn ones_own_view_says_what_the_standing_says(case in generate::cases(30)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        for member in engine.members() {
            let standing = engine.standing(member).expect("a member has a standing");
            let view = engine.view(member, &Ask { viewer: member, locale: "en", now: now() }).expect("one's own view");
            prop_assert!(view.own);
            for points in &view.standing.points {
                prop_assert_eq!(standing.total(engine.program(), &points.currency), Some(points.total));
                let zone = case.program["zone"].as_str().unwrap_or("UTC");
                prop_assert_eq!(points.this_month, Some(net(&engine, member, &points.currency, zone, (2026, 3))));
                prop_assert_eq!(points.last_month, Some(net(&engine, member, &points.currency, zone, (2026, 2))));
            }
            let profile = view.profile.expect("the program has a profile");
            prop_assert_eq!(profile.percent, standing.completeness(engine.program()));
            prop_assert_eq!(profile.next.is_none(), profile.percent == 100);
            prop_assert!(profile.next.is_none_or(|next| next.percent > profile.percent));
            let mut earned: Vec<&str> = view.badges.earned.iter().map(|badge| badge.badge.as_str()).collect();
            let mut held: Vec<&str> = standing.badges(engine.program()).into_iter().map(|(badge, ..)| badge).collect();
            earned.sort_unstable();
            held.sort_unstable();
            prop_assert_eq!(earned, held);
            prop_assert!(view.badges.earned.is_sorted_by(|a, b| a.at.parse::<Instant>().ok() >= b.at.parse::<Instant>().ok()));
            for badge in &view.badges.on_the_way {
                prop_assert!(badge.percent < 100 && !badge.parts.is_empty(), "{:?}", badge);
            }
            prop_assert!(view.badges.on_the_way.is_sorted_by(|a, b| a.percent >= b.percent));
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

/// Net points of a month of the program's zone, added up from the ledger.
fn net(engine: &Engine, member: &str, currency: &str, zone: &str, month: (i16, i8)) -> i64 {
    let zone = jiff::tz::TimeZone::get(zone).expect("a zone");
    let lines = engine.ledger(member).iter().map(|entry| entry.line(engine.program(), member));
    let of_month = lines.filter(|line| line.currency.as_deref() == Some(currency)).filter(|line| {
        let at: jiff::Timestamp = line.at.parse().expect("a time");
        let day = zone.to_datetime(at).date();
        (day.year(), day.month()) == month
    });
    of_month.filter_map(|line| line.amount).sum()
}

fn board_of(engine: &Engine, board: &str, viewer: &str, rows: usize) -> Vec<(u32, String, i64)> {
    let view = engine.board(board, &Ask { viewer, locale: "en", now: now() }, rows).expect("the program has the board");
    view.rows.into_iter().map(|row| (row.place, row.member, row.total)).collect()
}
