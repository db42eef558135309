//! News: what differs between two views is news, equal views have none, and a member is told everything once.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{
    Engine, Timestamp, ViewContext,
    view::{ChallengeView, EarnedBadgeView, EarnedNews, MemberView, News, Participation, Seen, TopicView},
};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-12-31T23:30:00Z";

/// All that news is about, as a view shows it.
struct Shown {
    /// The rank of the grade and the times of each.
    badges: BTreeMap<String, (Option<u32>, u32)>,
    level: Option<u32>,
    totals: Vec<i64>,
    completeness: Option<u8>,
    claimed: BTreeSet<String>,
    gains: Vec<i64>,
    /// The ids of the challenges joined.
    joined: BTreeSet<String>,
    /// Which steps of which challenges are done.
    done: Vec<Vec<bool>>,
}

impl Shown {
    fn of(view: &MemberView) -> Self {
        let badge = |badge: &EarnedBadgeView| (badge.badge.clone(), (badge.face.rank, badge.times));
        let done = |challenge: &ChallengeView| challenge.steps.iter().map(|step| step.done).collect();
        let joined = view.challenges.iter().filter(|challenge| challenge.joined);
        Self {
            badges: view.badges.earned.iter().map(badge).collect(),
            level: view.standing.level.as_ref().map(|level| level.number),
            totals: view.standing.points.iter().map(|points| points.total).collect(),
            completeness: view.profile.as_ref().map(|profile| profile.percent),
            claimed: view.topics.iter().filter(|topic| topic.claimed).map(|topic| topic.topic.clone()).collect(),
            gains: view.gains.iter().map(|gain| gain.value).collect(),
            joined: joined.map(|challenge| challenge.challenge.clone()).collect(),
            done: view.challenges.iter().map(done).collect(),
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

fn topics(topics: &[&TopicView]) -> BTreeSet<String> {
    topics.iter().map(|topic| topic.topic.clone()).collect()
}

fn of_change(news: &News<'_>, change: Participation) -> BTreeSet<String> {
    let changed = news.challenges.iter().filter(|challenge| challenge.change == Some(change));
    changed.map(|challenge| challenge.challenge.challenge.clone()).collect()
}

proptest! {
    #![proptest_config(cases(100, regressions!("news")))]

    #[test]
    fn what_has_no_news_is_the_same(case in generate::cases(30), counts in any::<[Index; 2]>()) {
        for views in views(&case, &counts) {
            let (a, b) = (&views[0], &views[1]);
            let (shown_a, shown_b) = (Shown::of(a), Shown::of(b));
            let (to_a, to_b) = (a.news_since(b), b.news_since(a));
            prop_assert_eq!(a.news_since(a), News::default());
            let mut others = b.clone();
            others.member = "somebody else".into();
            prop_assert_eq!(a.news_since(&others), News::default());
            // Of badges, level, gains and steps only a rise is news, so a difference is news one way at least.
            let either = |has: fn(&News<'_>) -> bool| has(&to_a) || has(&to_b);
            let badges = |news: &News<'_>| news.earned.badges.iter().map(|badge| badge.badge.clone()).collect();
            let differing = shown_a.badges.iter().chain(&shown_b.badges).map(|(badge, _)| badge);
            let differing = differing.filter(|badge| shown_a.badges.get(*badge) != shown_b.badges.get(*badge));
            let (new_a, new_b): (BTreeSet<String>, BTreeSet<String>) = (badges(&to_a), badges(&to_b));
            prop_assert_eq!(&new_a | &new_b, differing.cloned().collect::<BTreeSet<_>>());
            prop_assert_eq!(either(|news| news.earned.level.is_some()), shown_a.level != shown_b.level);
            prop_assert_eq!(either(|news| !news.gains.is_empty()), shown_a.gains != shown_b.gains);
            let has_steps = |news: &News<'_>| news.challenges.iter().any(|challenge| !challenge.steps.is_empty());
            prop_assert_eq!(either(has_steps), shown_a.done != shown_b.done);
            // Everything else is news both ways.
            for (news, now, was) in [(&to_a, &shown_a, &shown_b), (&to_b, &shown_b, &shown_a)] {
                prop_assert!(news.earned.level.is_none_or(|level| Some(level.number) == now.level && now.level > was.level));
                prop_assert_eq!(!news.points.is_empty(), now.totals != was.totals);
                prop_assert_eq!(news.completeness, now.completeness.filter(|_| now.completeness != was.completeness));
                prop_assert_eq!(topics(&news.claimed), &now.claimed - &was.claimed);
                prop_assert_eq!(topics(&news.unclaimed), &was.claimed - &now.claimed);
                prop_assert_eq!(of_change(news, Participation::Joined), &now.joined - &was.joined);
                prop_assert_eq!(of_change(news, Participation::Left), &was.joined - &now.joined);
            }
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
