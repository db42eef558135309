//! The report: figures of groups give nobody away.
//!
//! No figure covers too few members, and none can be computed by subtracting others. Figures count only what the whole
//! company can see, are bands, and change once a month.

use super::{cases, regressions};
use crate::world::{activities, engine, program};
use knownfor::{Engine, Standing, Timestamp, view::ReportView};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const TEAMS: [&str; 5] = ["design", "legal", "lab", "sales", "support"];
/// The report of April shows what was so when April began, and who did something in March.
const NOW: &str = "2026-04-15T12:00:00Z";
/// Every kind, and whether the whole company can see that somebody did it.
const KINDS: [&str; 9] = ["published", "hidden", "post", "answered", "cleared", "note", "word", "left", "claimed"];
/// What nobody sees, or the team alone.
const PRIVATE: [&str; 4] = ["note", "word", "left", "claimed"];

/// A deed: its kind, its month in 2026, and its day.
type Deed = (&'static str, u8, u8);

fn deed(kinds: &'static [&'static str], months: std::ops::Range<u8>) -> impl Strategy<Value = Deed> {
    (select(kinds), months, 1..28_u8)
}

/// A member: their team, what they did, and whether they left the company in February, or never.
fn member() -> impl Strategy<Value = (&'static str, Vec<Deed>, bool)> {
    (select(&TEAMS[..]), vec(deed(&KINDS, 1..5), 0..8), prop::bool::weighted(0.1))
}

fn rules(least: Option<usize>) -> Value {
    let mut rules = json!({
        "version": 1, "id": "report",
        "kinds": {
            "profile": {}, "published": {}, "hidden": {}, "post": {}, "gone": {}, "note": { "comfort": "private" },
            "word": { "comfort": "team" }, "joined": {}, "left": {}, "claimed": { "attributes": { "topics": "texts" } }
        },
        "currencies": { "points": {} },
        "tallies": { "posts-on": { "count": "claimed", "per": "topics" } },
        "profile": { "on": "profile", "published_by": "published", "hidden_by": "hidden", "fields": { "desk": { "ask": "Desk?" } } },
        "topics": { "claimed_by": "claimed", "evidence": { "posts-on": 1 } },
        "boards": { "all": { "of": "points", "joined_by": "joined", "left_by": "left" } },
        "members": { "gone_by": "gone" }
    });
    if let Some(least) = least {
        rules["groups"] = least.into();
    }
    rules
}

/// The activities of a member, named by a number.
fn record(member: usize, deeds: &[Deed], gone: bool) -> Vec<Value> {
    let line = |(number, (kind, month, day)): (usize, &Deed)| {
        let at = format!("2026-{month:02}-{day:02}T09:00:{:02}Z", number % 60);
        let mut line =
            json!({ "id": format!("{member}-{number}"), "at": at, "kind": kind, "actor": member.to_string() });
        match *kind {
            "answered" | "cleared" => {
                line["kind"] = "profile".into();
                line["profile"] = json!({ "desk": *kind == "answered" });
            }
            "claimed" => line["attributes"] = json!({ "topics": ["go"] }),
            _ => {}
        }
        line
    };
    let gone = gone.then(|| {
        json!({ "id": format!("{member}-gone"), "at": "2026-02-27T09:00:00Z", "kind": "gone", "owner": member.to_string() })
    });
    deeds.iter().enumerate().map(line).chain(gone).collect()
}

fn report(engine: &Engine, teams: &[&'static str], now: &str) -> ReportView {
    let nobody = Standing::new(engine.program());
    let standing = |member: usize| engine.standing(&member.to_string()).unwrap_or(&nobody);
    let given = teams.iter().enumerate().map(|(member, team)| (*team, standing(member)));
    engine.program().report(given, now.parse::<Timestamp>().expect("a time")).expect("one program")
}

/// Whether a member has published, is mostly complete, and was active, when April began.
fn figures(deeds: &[Deed]) -> [bool; 3] {
    let mut deeds: Vec<(usize, &Deed)> = deeds.iter().enumerate().filter(|(_, (_, month, _))| *month < 4).collect();
    deeds.sort_by_key(|(number, (_, month, day))| (*month, *day, number % 60));
    let last = |yes: &str, no: &str| {
        let last = deeds.iter().rev().find(|(_, (kind, ..))| *kind == yes || *kind == no);
        last.is_some_and(|(_, (kind, ..))| *kind == yes)
    };
    let published = last("published", "hidden");
    let active = deeds.iter().any(|(_, (kind, month, _))| *month == 3 && ["post", "published"].contains(kind));
    [published, published && last("answered", "cleared"), published && active]
}

proptest! {
    #![proptest_config(cases(150, regressions!("report")))]

    #[test]
    fn no_figure_covers_too_few_members(members in vec(member(), 0..60), least in 2..12_usize) {
        let lines: Vec<Value> =
            members.iter().enumerate().flat_map(|(number, (_, deeds, gone))| record(number, deeds, *gone)).collect();
        let engine = engine(&rules(Some(least)), &lines, []);
        let given: Vec<_> = members.iter().map(|(team, ..)| *team).collect();
        let report = report(&engine, &given, NOW);

        let mut teams: BTreeMap<&str, Vec<[bool; 3]>> = BTreeMap::new();
        for (team, deeds, _) in members.iter().filter(|(.., gone)| !gone) {
            teams.entry(team).or_default().push(figures(deeds));
        }
        let present: usize = teams.values().map(Vec::len).sum();
        let told: usize = report.groups.iter().map(|group| group.members as usize).sum();
        // All are reported or none, so that no figure can be computed by subtracting the reported ones.
        prop_assert_eq!(told, if present >= least { present } else { 0 }, "{:?}", report);
        prop_assert!(report.groups.iter().all(|group| group.members as usize >= least), "{:?}", report);
        prop_assert!(report.groups.iter().rev().skip(1).all(|group| group.group.is_some()), "{:?}", report);
        prop_assert!(report.groups.iter().filter_map(|group| group.group.as_ref()).is_sorted());

        let named: Vec<&str> = report.groups.iter().filter_map(|group| group.group.as_deref()).collect();
        let rest: Vec<[bool; 3]> =
            teams.iter().filter(|(team, _)| !named.contains(*team)).flat_map(|(_, members)| members).copied().collect();
        for group in &report.groups {
            let of = group.group.as_deref().map_or(&rest, |team| &teams[team]);
            let band = |index: usize| match of.iter().filter(|made| made[index]).count() * 100 / of.len() {
                ..20 => "few",
                20..50 => "some",
                50..80 => "most",
                _ => "nearly-all",
            };
            prop_assert_eq!(group.members as usize, of.len());
            let found = [group.published, group.complete, group.active].map(knownfor::view::Band::name);
            prop_assert_eq!(found, [band(0), band(1), band(2)]);
        }
    }

    /// Two records that differ in one member's private activities give the same report, in every month after.
    #[test]
    fn what_is_private_is_in_no_report(
        members in vec(member(), 10..14), more in vec(deed(&PRIVATE, 1..6), 1..12), who in 0..10_usize,
    ) {
        let lines = |extra: &[Deed]| -> Vec<Value> {
            let all = members.iter().enumerate().flat_map(|(number, (_, deeds, gone))| {
                let more = if number == who { extra } else { &[] };
                record(number, &[deeds, more].concat(), *gone)
            });
            all.collect()
        };
        let (with, without) = (engine(&rules(None), &lines(&more), []), engine(&rules(None), &lines(&[]), []));
        let given: Vec<_> = members.iter().map(|_| "all").collect();
        // A record is asked about at its end, or later.
        for month in 5..8 {
            let now = format!("2026-{month:02}-15T12:00:00Z");
            prop_assert_eq!(report(&with, &given, &now), report(&without, &given, &now), "in month {}", month);
        }
    }

    /// Nothing that is done in a month changes the report of that month.
    #[test]
    fn figures_change_once_a_month(members in vec(member(), 10..14), more in vec((0..10_usize, deed(&KINDS, 4..5)), 1..20)) {
        let mut before = members.clone();
        before.iter_mut().for_each(|(_, deeds, _)| deeds.retain(|(_, month, _)| *month < 4));
        let mut after = before.clone();
        more.iter().for_each(|(who, deed)| after[*who].1.push(*deed));
        let lines = |members: &[(&'static str, Vec<Deed>, bool)]| -> Vec<Value> {
            members.iter().enumerate().flat_map(|(number, (_, deeds, gone))| record(number, deeds, *gone)).collect()
        };
        let given: Vec<_> = members.iter().map(|_| "all").collect();
        let [before, after] = [before, after].map(|members| engine(&rules(None), &lines(&members), []));
        prop_assert_eq!(report(&after, &given, "2026-04-29T12:00:00Z"), report(&before, &given, NOW));
    }
}

/// Four of five colleagues are in the plot, in a group of ten. Each month one of them does one thing otherwise than the
/// month before, and they ask for a report: a thousand reports. What the fifth does that the company cannot see, by the
/// toss of a coin, leaves no trace in any of them. So whatever rule turns the reports into guesses, it guesses the same
/// if every coin falls the other way, and is right in exactly half of both.
#[test]
fn four_of_five_colleagues_learn_nothing_about_the_fifth() {
    let coins: Vec<bool> =
        (0..1000_u64).map(|month| (month.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) & 1 == 1).collect();
    let series = |coins: &[bool], kinds: &[&'static str]| {
        let mut engine = Engine::new(program(&rules(None)));
        let teams = ["all"; 10];
        let mut reports = Vec::new();
        for (month, coin) in coins.iter().enumerate() {
            let date = format!("{}-{:02}", 2020 + month / 12, month % 12 + 1);
            let mut lines = Vec::new();
            let mut does = |member: usize, kind: &str, day: usize| {
                let at = format!("{date}-{day:02}T09:00:00Z");
                let mut line = json!({ "id": format!("{month}-{}", lines.len()), "at": at, "kind": kind, "actor": member.to_string() });
                if kind == "claimed" {
                    line["attributes"] = json!({ "topics": ["go"] });
                }
                lines.push(line);
            };
            // The five others published long ago, and write a post every other month.
            for other in 5..10 {
                does(
                    other,
                    if month == 0 {
                        "published"
                    } else if month % 2 == 0 {
                        "post"
                    } else {
                        "note"
                    },
                    2,
                );
            }
            // One of the four changes one thing.
            let plotter = month % 4;
            does(plotter, ["published", "post", "hidden", "post"][month / 4 % 4], 3);
            does(4, if month == 0 { "published" } else { "note" }, 1);
            if *coin {
                kinds.iter().for_each(|kind| does(4, kind, 4));
            }
            let (statuses, _) = engine.apply_all(activities(engine.program(), &lines));
            assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
            reports.push(report(&engine, &teams, &format!("{date}-20T12:00:00Z")));
        }
        reports
    };
    let tails: Vec<bool> = coins.iter().map(|coin| !coin).collect();
    let [one, other] = [&coins, &tails].map(|coins| series(coins, &PRIVATE));
    assert_eq!(one.len(), 1000);
    assert!(one.windows(2).any(|pair| pair[0] != pair[1]), "reports that never change would show nothing");
    assert_eq!(one, other);
    // The plot does see what the company sees, so a report that counted what is private would be found out.
    let [one, other] = [&coins, &tails].map(|coins| series(coins, &["post"]));
    assert_ne!(one, other);
}
