//! Compare: what another program would have made of the same record.

use crate::{
    base::{
        id_table::Table,
        sort::sort,
        time::{Time, Timestamp},
    },
    engine::{Engine, history::History},
    fold::standing_at,
    program::Currency,
    state::standing::Standing,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// What differs for one member between two programs. See [`Engine::compare`].
///
/// It serializes as the row of a report:
///
/// ```
/// # use knownfor::*;
/// # let (engine, other) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_programs.rs"));
/// use serde_json::json;
///
/// // The other program gives 10 points for a post instead of 5, and a badge.
/// let changes = engine.compare(&other, "2026-03-09T12:00:00Z".parse()?);
/// assert_eq!(serde_json::to_value(&changes[0])?, json!({
///     "member": "ada", "points": [{"currency": "points", "before": 5, "after": 10}],
///     "badges": [{"badge": "writer", "object": null, "before": null, "after": {"grade": null, "times": 1}}],
///     "level_before": null, "level_after": null
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberChange {
    /// The member's id.
    pub member: String,
    /// The currencies whose totals differ.
    pub points: Vec<PointsChange>,
    /// The badges that only one program gives, or that differ in grade or number.
    pub badges: Vec<BadgeChange>,
    /// The member's level by this engine's program.
    pub level_before: Option<String>,
    /// The member's level by the other engine's program.
    pub level_after: Option<String>,
    /// The moment before which only a sum is kept of the member, in RFC 3339. What lies before was not worked out anew:
    /// the other program goes on from the sum, as [`SealedSum::from_bytes`](crate::SealedSum::from_bytes) says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed_before: Option<String>,
}

/// A total by two programs, or 0 by a program without the currency.
///
/// ```
/// # use knownfor::*;
/// # let (engine, other) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_programs.rs"));
/// let points = &engine.compare(&other, "2026-03-09T12:00:00Z".parse()?)[0].points[0];
/// assert_eq!((points.currency.as_str(), points.before, points.after), ("points", 5, 10));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PointsChange {
    /// The currency.
    pub currency: String,
    /// The total by this engine's program.
    pub before: i64,
    /// The total by the other engine's program.
    pub after: i64,
}

/// A badge by two programs.
///
/// ```
/// # use knownfor::*;
/// # let (engine, other) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_programs.rs"));
/// let badge = &engine.compare(&other, "2026-03-09T12:00:00Z".parse()?)[0].badges[0];
/// assert_eq!((badge.badge.as_str(), badge.before.is_some(), badge.after.is_some()), ("writer", false, true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeChange {
    /// The badge.
    pub badge: String,
    /// The object, or other key, for which the badge is held.
    pub object: Option<String>,
    /// How it is held by this engine's program, if it is.
    pub before: Option<BadgeHeld>,
    /// How it is held by the other engine's program, if it is.
    pub after: Option<BadgeHeld>,
}

/// How a badge is held.
///
/// ```
/// # use knownfor::*;
/// # let (engine, other) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_programs.rs"));
/// let badge = &engine.compare(&other, "2026-03-09T12:00:00Z".parse()?)[0].badges[0];
/// assert_eq!(badge.after.as_ref().map(|held| (held.grade.as_deref(), held.times)), Some((None, 1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeHeld {
    /// The grade, if the badge has grades.
    pub grade: Option<String>,
    /// How often the badge was given.
    pub times: u32,
}

impl Engine {
    /// Compares with an engine that has the same record and another program: who gains, who loses, and how much, at a
    /// moment. Members for whom nothing differs are left out, and so are currencies that are private in either program.
    ///
    /// [`Engine::restore`] makes the other engine from a [snapshot](Engine::snapshot) of this one, so the feed is not
    /// needed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut engine = Engine::new(program.clone());
    /// engine.apply_all([post("1", 2, "ada")?, post("2", 3, "ada")?, post("3", 4, "bob")?]).0;
    ///
    /// // What if one post were enough for the badge?
    /// let easier: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "easier"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { points = {} }
    ///     tallies = { posts = { count = "blog.published" } }
    ///     rules = { blog = { on = "blog.published", give = { points = 5 } } }
    ///     badges = { writer = { when = { posts = 1 } } }
    /// "#)?;
    /// let other = Engine::restore(Program::check(&easier, |_| None)?, &engine.snapshot())?;
    /// let changes = engine.compare(&other, "2026-03-09T12:00:00Z".parse()?);
    /// assert_eq!((changes.len(), changes[0].member.as_str()), (1, "bob"));
    /// let badge = &changes[0].badges[0];
    /// assert_eq!((badge.badge.as_str(), &badge.before), ("writer", &None));
    /// assert_eq!(badge.after.as_ref().map(|held| held.times), Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compare(&self, other: &Engine, now: Timestamp) -> Vec<MemberChange> {
        let mut members: Vec<&str> = self.members().chain(other.members()).collect();
        sort(&mut members);
        members.dedup();
        members.into_iter().filter_map(|member| self.change(other, member, now)).collect()
    }

    /// What differs for one member, if anything does.
    fn change(&self, other: &Engine, member: &str, now: Timestamp) -> Option<MemberChange> {
        let (before, after) = (self.has(member, now), other.has(member, now));
        let mut currencies: Vec<&str> = before.points.iter().chain(&after.points).map(|(name, _)| *name).collect();
        sort(&mut currencies);
        currencies.dedup();
        let is_private = |currencies: &Table<Currency>, name: &str| {
            currencies.find(name).is_some_and(|currency| currencies[currency].private)
        };
        let programs = [self.program(), other.program()];
        currencies.retain(|name| !programs.iter().any(|program| is_private(&program.currencies, name)));
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
            sealed_before: other.history(member).and_then(History::sum).map(|sum| sum.before().to_string()),
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
                (key, BadgeHeld { grade: badge.grade_name(held.grade).map(ToString::to_string), times: held.times })
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

/// A badge's name and the key it is held for.
type BadgeKey = (String, Option<String>);

/// What a member has by one program, by name.
struct Has<'a> {
    points: Vec<(&'a str, i64)>,
    badges: Vec<(BadgeKey, BadgeHeld)>,
    level: Option<String>,
}
