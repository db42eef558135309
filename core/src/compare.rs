//! Compare: what another program would have made of the same record.

use crate::{engine::Engine, fold::carried, order::sort_and_dedup, standing::Standing, time::Instant};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// What differs for one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberChange {
    /// The member.
    pub member: String,
    /// The currencies in which the total differs.
    pub points: Vec<PointsChange>,
    /// Badges, each with its grade and how often it is given, that only the other program gives.
    pub badges_gained: Vec<String>,
    /// Those that only this one gives.
    pub badges_lost: Vec<String>,
    /// The level by this program.
    pub level_before: Option<String>,
    /// The level by the other.
    pub level_after: Option<String>,
}

/// A total by two programs; 0 in one that has no such currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointsChange {
    /// The currency.
    pub currency: String,
    /// By this program.
    pub before: i64,
    /// By the other.
    pub after: i64,
}

impl Engine {
    /// What would differ at some moment by the program of another engine that has taken in the same: who gains, who loses, and
    /// how much. Where the feed is no longer at hand, [`Engine::restore`] makes the other engine from a snapshot of this one.
    pub fn compare(&self, other: &Engine, now: Instant) -> Vec<MemberChange> {
        let mut members: Vec<&str> = self.members().chain(other.members()).collect();
        sort_and_dedup(&mut members);
        members.into_iter().filter_map(|member| self.change(other, member, now)).collect()
    }

    /// What differs for a member by another engine, if anything.
    fn change(&self, other: &Engine, member: &str, now: Instant) -> Option<MemberChange> {
        let (before, after) = (self.has(member, now), other.has(member, now));
        let mut currencies: Vec<&str> = before.points.iter().chain(&after.points).map(|(name, _)| *name).collect();
        sort_and_dedup(&mut currencies);
        let total =
            |points: &[(&str, i64)], name| points.iter().find(|(its, _)| *its == name).map_or(0, |(_, total)| *total);
        let points = currencies.into_iter().map(|name| PointsChange {
            currency: name.into(),
            before: total(&before.points, name),
            after: total(&after.points, name),
        });
        let without = |badges: &[String], others: &[String]| {
            badges.iter().filter(|badge| !others.contains(badge)).cloned().collect::<Vec<_>>()
        };
        let change = MemberChange {
            member: member.into(),
            points: points.filter(|change| change.before != change.after).collect(),
            badges_gained: without(&after.badges, &before.badges),
            badges_lost: without(&before.badges, &after.badges),
            level_before: before.level.clone(),
            level_after: after.level.clone(),
        };
        let same = change.points.is_empty() && before.badges == after.badges && before.level == after.level;
        (!same).then_some(change)
    }

    fn has(&self, member: &str, now: Instant) -> Has<'_> {
        let program = self.program();
        let empty = Standing::new(program);
        let (standing, time) = carried(program, self.standing(member).unwrap_or(&empty), now);
        let currencies = program.currencies.iter();
        let badges = program.badges.iter().flat_map(|(id, badge)| {
            let held = standing.held(program, id, time.instant);
            let named = held.map(|(key, held)| {
                let mut name = badge.name.to_string();
                if let Some(grade) = held.grade {
                    name += &alloc::format!(" ({})", grade.name());
                }
                if let Some(key) = key {
                    name += &alloc::format!(" for {key}");
                }
                if held.times > 1 {
                    name += &alloc::format!(" ×{}", held.times);
                }
                name
            });
            named.collect::<Vec<_>>()
        });
        Has {
            points: currencies
                .map(|(id, currency)| (currency.name.as_str(), standing.counts.total(program, id, time)))
                .collect(),
            badges: badges.collect(),
            level: standing.level(program).map(String::from),
        }
    }
}

/// What a member has, by name.
struct Has<'a> {
    points: Vec<(&'a str, i64)>,
    badges: Vec<String>,
    level: Option<String>,
}
