//! News: two views without news show the same, equal views have none, and a member is told everything once.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{
    Engine, Grade, Timestamp, ViewContext,
    view::{EarnedNews, MemberView, News, Seen},
};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-12-31T23:30:00Z";

/// All that news is about, as a view shows it.
#[derive(Debug, PartialEq)]
struct Shown {
    badges: BTreeMap<String, (Option<Grade>, u32)>,
    level: Option<u32>,
    totals: Vec<i64>,
    completeness: Option<u8>,
    claimed: BTreeSet<String>,
    gains: Vec<i64>,
    challenges: Vec<(bool, Vec<bool>)>,
}

impl Shown {
    fn of(view: &MemberView) -> Self {
        let badge = |badge: &knownfor::view::EarnedBadgeView| (badge.badge.clone(), (badge.face.grade, badge.times));
        Self {
            badges: view.badges.earned.iter().map(badge).collect(),
            level: view.standing.level.as_ref().map(|level| level.number),
            totals: view.standing.points.iter().map(|points| points.total).collect(),
            completeness: view.profile.as_ref().map(|profile| profile.percent),
            claimed: view.topics.iter().filter(|topic| topic.claimed).map(|topic| topic.topic.clone()).collect(),
            gains: view.gains.iter().map(|gain| gain.value).collect(),
            challenges: (view.challenges.iter())
                .map(|challenge| (challenge.joined, challenge.steps.iter().map(|step| step.done).collect()))
                .collect(),
        }
    }
}

/// Each member's own view after the first activities of a record, for each of several numbers of them.
fn views(case: &Case, counts: &[Index]) -> Vec<Vec<MemberView>> {
    let after = |count: &Index| engine(&case.program, &case.record[..count.index(case.record.len() + 1)], []);
    let engines: Vec<Engine> = counts.iter().map(after).collect();
    let now: Timestamp = NOW.parse().expect("a time");
    let view = |engine: &Engine, member| engine.view(member, &ViewContext::of(member, "en", now));
    let views = |member| engines.iter().map(|engine| view(engine, member).expect("one's own view")).collect();
    ["ada", "bob", "cleo"].map(views).into()
}

proptest! {
    #![proptest_config(cases(100, regressions!("news")))]

    #[test]
    fn two_views_without_news_either_way_show_the_same(case in generate::cases(30), counts in any::<[Index; 2]>()) {
        for views in views(&case, &counts) {
            let (a, b) = (&views[0], &views[1]);
            prop_assert_eq!(a.news_since(a), News::default());
            let has_none = a.news_since(b) == News::default() && b.news_since(a) == News::default();
            prop_assert_eq!(has_none, Shown::of(a) == Shown::of(b), "{:?}\n{:?}", a.news_since(b), b.news_since(a));
            // What rises one way falls the other way, and a fall is no news.
            let level = |news: &News<'_>| news.earned.level.is_some();
            prop_assert!(!(level(&a.news_since(b)) && level(&b.news_since(a))));
            let others = MemberView { member: "somebody else".into(), ..b.clone() };
            prop_assert_eq!(a.news_since(&others), News::default());
        }
    }

    #[test]
    fn every_badge_and_level_is_told_once(case in generate::cases(30), counts in any::<[Index; 4]>()) {
        for views in views(&case, &counts) {
            let (mut seen, mut backwards) = (Seen::default(), Seen::default());
            for view in &views {
                // Over what was seen in one view only, the same is news as over that view.
                prop_assert_eq!(Seen::of(&views[0]).news_in(view), view.news_since(&views[0]).earned);
                let told: BTreeSet<_> = seen.news_in(view).badges.iter().map(|badge| badge.badge.clone()).collect();
                let rose = views.iter().take_while(|other| *other != view).all(|other| {
                    told.iter().all(|badge| view.news_since(other).earned.badges.iter().any(|new| new.badge == *badge))
                });
                prop_assert!(rose, "{:?} was there before", told);
                seen.add(view);
            }
            views.iter().rev().for_each(|view| backwards.add(view));
            let kept = serde_json::to_string(&backwards).expect("it is plain data");
            let kept: Seen = serde_json::from_str(&kept).expect("it is read back");
            for view in &views {
                prop_assert_eq!(seen.news_in(view), EarnedNews::default());
                prop_assert_eq!(kept.news_in(view), EarnedNews::default());
            }
        }
    }
}
