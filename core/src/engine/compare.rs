//! Compare: what another program would have made of the same record.

use crate::{
    base::{
        sort::sort,
        time::{Time, Timestamp},
    },
    engine::Engine,
    fold::standing_at,
    program::Grade,
    state::standing::Standing,
};
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
    /// The badges that only one program gives, or in another grade, or more often.
    pub badges: Vec<BadgeChange>,
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

/// A badge by two programs; none in one that does not give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadgeChange {
    /// The badge.
    pub badge: String,
    /// The object, or other key, that it is held for.
    pub object: Option<String>,
    /// By this program.
    pub before: Option<BadgeHeld>,
    /// By the other.
    pub after: Option<BadgeHeld>,
}

/// How a badge is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadgeHeld {
    /// Its grade, if it has any.
    pub grade: Option<Grade>,
    /// How often it was given.
    pub times: u32,
}

impl Engine {
    /// What would differ at some moment by the program of another engine that has taken in the same: who gains, who
    /// loses, and how much. Where the feed is no longer at hand, [`Engine::restore`] makes the other engine from a
    /// snapshot of this one.
    pub fn compare(&self, other: &Engine, now: Timestamp) -> Vec<MemberChange> {
        let mut members: Vec<&str> = self.members().chain(other.members()).collect();
        sort(&mut members);
        members.dedup();
        members.into_iter().filter_map(|member| self.change(other, member, now)).collect()
    }

    /// What differs for a member by another engine, if anything.
    fn change(&self, other: &Engine, member: &str, now: Timestamp) -> Option<MemberChange> {
        let (before, after) = (self.has(member, now), other.has(member, now));
        let mut currencies: Vec<&str> = before.points.iter().chain(&after.points).map(|(name, _)| *name).collect();
        sort(&mut currencies);
        currencies.dedup();
        let total =
            |has: &Has<'_>, name| has.points.iter().find(|(its, _)| *its == name).map_or(0, |(_, total)| *total);
        let points = currencies.into_iter().map(|name| PointsChange {
            currency: name.into(),
            before: total(&before, name),
            after: total(&after, name),
        });
        let mut badges: Vec<&BadgeKey> = before.badges.iter().chain(&after.badges).map(|(key, _)| key).collect();
        sort(&mut badges);
        badges.dedup();
        let held = |has: &Has<'_>, key| has.badges.iter().find(|(its, _)| its == key).map(|(_, held)| held.clone());
        let badges = badges.into_iter().map(|key| BadgeChange {
            badge: key.0.clone(),
            object: key.1.clone(),
            before: held(&before, key),
            after: held(&after, key),
        });
        let change = MemberChange {
            member: member.into(),
            points: points.filter(|change| change.before != change.after).collect(),
            badges: badges.filter(|change| change.before != change.after).collect(),
            level_before: before.level.clone(),
            level_after: after.level.clone(),
        };
        let same = change.points.is_empty() && change.badges.is_empty() && before.level == after.level;
        (!same).then_some(change)
    }

    fn has(&self, member: &str, now: Timestamp) -> Has<'_> {
        let program = self.program();
        let empty = Standing::new(program);
        let (standing, time) = standing_at(program, self.standing(member).unwrap_or(&empty), now);
        let currencies = program.currencies.iter();
        let badges = program.badges.iter().flat_map(|(id, badge)| {
            let held = standing.held(program, id, time.instant);
            held.map(|(key, held)| {
                let key = (badge.name.to_string(), key.map(ToString::to_string));
                (key, BadgeHeld { grade: held.grade, times: held.times })
            })
        });
        Has {
            points: currencies
                .map(|(id, currency)| (currency.name.as_str(), standing.counts.total(program, id, Time::utc(now))))
                .collect(),
            badges: badges.collect(),
            level: standing.level().map(String::from),
        }
    }
}

/// The name of a badge, and what it is held for.
type BadgeKey = (String, Option<String>);

/// What a member has, by name.
struct Has<'a> {
    points: Vec<(&'a str, i64)>,
    badges: Vec<(BadgeKey, BadgeHeld)>,
    level: Option<String>,
}
