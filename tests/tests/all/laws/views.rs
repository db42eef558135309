//! Views: they contain nothing that the viewer may not see, and agree with standing and ledger.

use super::{cases, regressions};
use crate::world::{civil_day, engine, title};
use knownfor::{Engine, Timestamp, ViewContext};
use knownfor_tests::{
    generate,
    model::{self, Known, Viewer},
};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::Value;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Times after the records, and sometimes within them.
const LATER: [&str; 4] =
    ["2026-03-30T12:00:00Z", "2026-12-31T23:30:00Z", "2028-03-01T00:00:00Z", "2031-01-01T00:00:00Z"];

/// The keys that a view of someone else may have.
const OF_OTHERS: [&str; 9] = ["version", "member", "name", "own", "published", "model", "standing", "badges", "topics"];

proptest! {
    #![proptest_config(cases(100, regressions!("views")))]

    #[test]
    fn others_see_what_the_member_shares_and_no_more(case in generate::cases(30), in_team in any::<bool>(), later in select(&LATER[..])) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let now: Timestamp = later.parse().expect("a time");
        let known = model::run(&case.program, &case.record, &case.voids, Some(later.parse().expect("a time")));
        for (member, known) in &known {
            let (viewer, team) = if in_team { (Viewer::Mate, member.as_str()) } else { (Viewer::Colleague, "nobody") };
            let view = engine.view(member, &ViewContext { team: &[team], ..ViewContext::of("stranger", "en", now) });
            prop_assert_eq!(view.is_some(), known.consent.shows_any(viewer), "{} for {:?}", member, viewer);
            let Some(view) = view else { continue };
            for key in serde_json::to_value(&view).expect("a view is JSON").as_object().expect("a view is a table").keys() {
                prop_assert!(OF_OTHERS.contains(&key.as_str()), "`{}` is the member's own", key);
            }
            prop_assert!(!view.own && view.published && view.badges.on_the_way.is_empty());
            let totals: BTreeMap<_, _> = view.standing.points.iter().map(|points| (points.currency.clone(), points.total)).collect();
            let points = known.consent.shows("points", viewer);
            let shown = known.totals.iter().filter(|(currency, _)| points && case.program["currencies"][currency]["private"] != true);
            prop_assert_eq!(totals, shown.map(|(currency, total)| (currency.clone(), *total)).collect());
            prop_assert!(view.standing.points.iter().all(|points| (points.this_month, points.last_month, points.spendable) == (None, None, None)));
            let level = view.standing.level;
            prop_assert_eq!(level.is_some(), points);
            prop_assert!(level.as_ref().is_none_or(|level| level.next.is_none()));
            prop_assert_eq!(level.and_then(|level| level.name), level_of(known, &case.program).filter(|_| points));
            let earned: BTreeSet<_> = view.badges.earned.iter().map(|badge| badge.badge.as_str()).collect();
            let held = known.badges.iter().map(|(badge, ..)| badge.as_str()).filter(|badge| known.shown.contains(*badge));
            prop_assert_eq!(earned, held.filter(|_| known.consent.shows("badges", viewer)).collect());
            prop_assert!(view.badges.earned.iter().all(|badge| badge.activity.is_none() && badge.until.is_none() && !badge.hidden));
            let told = known.topics.iter().filter(|topic| topic.claimed || !known.claims_topics);
            let told = told.filter(|_| known.consent.shows("topics", viewer));
            let told = told.map(|topic| (topic.topic.as_str(), topic.strength_to_others(&case.program), topic.claimed));
            let mut told: Vec<_> = told.filter(|(_, strength, claimed)| *claimed || *strength > 0).collect();
            told.sort_by_key(|(topic, strength, _)| (-strength, *topic));
            let told = told.into_iter().map(|(topic, strength, _)| (topic, strength));
            let found = view.topics.iter().map(|topic| (topic.topic.as_str(), topic.strength));
            prop_assert_eq!(found.collect::<Vec<_>>(), told.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_members_own_view_agrees_with_the_standing_at_that_time(case in generate::cases(30), later in select(&LATER[..])) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let known = model::run(&case.program, &case.record, &case.voids, Some(later.parse().expect("a time")));
        let now: Timestamp = later.parse().expect("a time");
        for member in engine.members() {
            let (standing, known) = (engine.standing(member).expect("a member has a standing"), &known[member]);
            let before = standing.clone();
            let view = engine.view(member, &ViewContext::of(member, "en", now)).expect("one's own view");
            prop_assert_eq!(engine.standing(member), Some(&before), "a question stores nothing");
            prop_assert!(view.own);
            let topics: Vec<_> = view.topics.iter().map(|topic| (topic.topic.clone(), topic.strength)).collect();
            prop_assert_eq!(topics, known.topics.iter().map(|topic| (topic.topic.clone(), topic.strength)).collect::<Vec<_>>());
            let gains: BTreeMap<_, _> = view.gains.iter().map(|gain| (gain.gain.clone(), gain.value)).collect();
            prop_assert_eq!(&gains, &known.gains);
            for points in &view.standing.points {
                let total = known.totals[&points.currency];
                prop_assert_eq!(points.total, total, "{} of {}", points.currency, member);
                let private = case.program["currencies"][&points.currency]["private"] == true;
                prop_assert_eq!(points.private, private);
                // Nothing costs private points.
                let spendable = (!private).then(|| (total + known.spent[&points.currency]).max(0));
                prop_assert_eq!(points.spendable, spendable);
                let month = month_of(&case.program, later);
                prop_assert_eq!(points.this_month, Some(net(known, &case.program, &points.currency, month)));
                prop_assert_eq!(points.last_month, Some(net(known, &case.program, &points.currency, month - 1)));
            }
            prop_assert_eq!(view.standing.level.and_then(|level| level.name), level_of(known, &case.program));
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
            prop_assert!(view.badges.earned.is_sorted_by(|a, b| a.at.parse::<Timestamp>().ok() >= b.at.parse::<Timestamp>().ok()));
            for badge in &view.badges.on_the_way {
                prop_assert!(badge.percent < 100 && !badge.parts.is_empty(), "{:?}", badge);
            }
            prop_assert!(view.badges.on_the_way.is_sorted_by(|a, b| a.percent >= b.percent));
            let others = engine.view(member, &ViewContext::of("stranger", "en", now));
            for badge in others.iter().flat_map(|view| &view.badges.earned) {
                prop_assert!(known.shown.contains(&badge.badge), "{} of {}", badge.badge, member);
            }
        }
    }

    #[test]
    fn boards_share_places_and_show_who_shares(
        case in generate::cases(30), rows in 0..6_usize, later in select(&LATER[..]),
        mates in subsequence(vec!["ada", "bob", "cleo"], 0..=2),
    ) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let now: Timestamp = later.parse().expect("a time");
        let known = model::run(&case.program, &case.record, &case.voids, Some(later.parse().expect("a time")));
        for (board, viewer) in ["all", "month"].into_iter().flat_map(|board| ["ada", "bob", "stranger"].map(|viewer| (board, viewer))) {
            let ask = ViewContext { team: &mates, ..ViewContext::of(viewer, "en", now) };
            let total = |known: &Known| match board {
                "month" => net(known, &case.program, "star", month_of(&case.program, later)),
                _ => known.totals["coin"],
            };
            let sees = |member: &str| match member {
                own if own == viewer => Viewer::Own,
                mate if mates.contains(&mate) => Viewer::Mate,
                _ => Viewer::Colleague,
            };
            let on = known.iter().filter(|(member, known)| known.consent.is_on(board, sees(member)));
            let mut on: Vec<_> = on.map(|(member, known)| (Reverse(total(known)), member.clone())).collect();
            on.sort();
            let place = |total| on.iter().filter(|(other, _)| *other < total).count() + 1;
            // Only members on the board see it. Nobody is shown as last, and totals only where points are shared.
            let joined = on.iter().any(|(_, member)| member == viewer);
            let lowest = on.last().map(|(total, _)| *total).filter(|lowest| on[0].0 != *lowest);
            let shown = on.iter().filter(|(total, member)| joined && (member == viewer || Some(*total) != lowest));
            let total = |member: &str, total: i64| known[member].consent.shows("points", sees(member)).then_some(total);
            let expected: Vec<_> =
                shown.map(|(of, member)| (place(*of), member.clone(), total(member, of.0))).collect();
            let whole = board_of(&engine, board, &ask, 100);
            prop_assert_eq!(&whole, &expected, "{} for {}", board, viewer);
            let near = board_of(&engine, board, &ask, rows);
            prop_assert_eq!(near.len(), rows.min(whole.len()));
            prop_assert!(near.is_empty() || whole.windows(near.len()).any(|window| window == near), "{:?} of {:?}", near, whole);
            let own = |rows: &[(usize, String, Option<i64>)]| rows.iter().any(|(_, member, _)| member == viewer);
            prop_assert!(near.is_empty() || own(&near) == own(&whole));
        }
    }
}

/// The level held, as people call it. Only the highest level of a generated program is repeated.
fn level_of(known: &Known, program: &Value) -> Option<String> {
    let level = known.level.as_ref()?;
    let (written, repeated) = level.split_once('-').unwrap_or((level, "1"));
    let levels = program["levels"].as_object().expect("there are levels");
    let rank = levels.keys().position(|name| name == written).expect("it is one of them");
    let number = rank + repeated.parse::<usize>().expect("a number");
    let is_named = !levels[written]["name"].is_null();
    let title = title(&program["levels"], written).replace("{n}", &number.to_string());
    Some(if is_named { title } else { level.clone() })
}

/// A month of the program's zone, counted from the year 0.
fn month_of(program: &Value, at: &str) -> i32 {
    let day = civil_day(program, at.parse().expect("a time"));
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// Net points that rules gave in a month, added up from the ledger.
fn net(known: &Known, program: &Value, currency: &str, month: i32) -> i64 {
    let of_rules = known.lines.iter().filter(|line| line.cause == "rule" && line.currency.as_deref() == Some(currency));
    of_rules.filter(|line| month_of(program, &line.at) == month).map(|line| line.amount).sum()
}

fn board_of(engine: &Engine, board: &str, ask: &ViewContext<'_>, rows: usize) -> Vec<(usize, String, Option<i64>)> {
    let view = engine.board(board, ask, rows).expect("the program has the board");
    view.rows.into_iter().map(|row| (row.place as usize, row.member, row.total)).collect()
}
