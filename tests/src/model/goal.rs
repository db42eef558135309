//! Goals: when they are looked at, for which keys, whether they hold, and when time alone reaches them.

use super::{
    challenge::Run,
    member::{Look, Member, integer, list, one_or_more, table},
    time,
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

/// The keys that a goal is asked for.
#[derive(Clone)]
pub(super) enum Asked {
    /// Nothing to look at.
    No,
    /// Only for the keys of the activity.
    Keys(BTreeSet<String>),
    /// For every key, or without one.
    All,
}

impl Asked {
    fn or(self, other: Asked) -> Asked {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::No, asked) | (asked, Self::No) => asked,
            (Self::Keys(mut keys), Self::Keys(others)) => {
                keys.extend(others);
                Self::Keys(keys)
            }
        }
    }

    pub(super) fn is_for(&self, key: Option<&str>) -> bool {
        match self {
            Self::No => false,
            Self::Keys(keys) => key.is_some_and(|key| keys.contains(key)),
            Self::All => true,
        }
    }
}

/// Words of a goal that say when it is in force and ask for nothing.
const VERSION: [&str; 3] = ["from", "until", "backfill"];

/// What a goal asks for: names and their minimums.
fn parts(goal: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let parts = table(goal).iter().map(|(name, least)| (name.as_str(), least));
    parts.filter(|(name, _)| !VERSION.contains(name))
}

impl Member<'_> {
    /// The keys for which to look at goals that belong together. Goals are looked at if the activity counts in one of
    /// their tallies, changes the profile, records leave while they have a streak, brings points in their currency,
    /// reaches a level or reverses something. They are also looked at if time alone reaches them.
    pub(super) fn asks(&self, goals: &[&Value], every: bool, look: &Look) -> Asked {
        if !goals.iter().any(|goal| self.is_in_force(goal, look.now.at)) {
            return Asked::No;
        }
        let mut asked = self.counts(goals, look);
        for goal in goals {
            let speaks =
                look.now.deed.is_some_and(|deed| self.is("actor", deed) && !self.deeds[deed].profile.is_empty());
            let touched = parts(goal).any(|(name, least)| match name {
                "fields" | "completeness" => speaks,
                "level" => look.climbed,
                "badges" => one_or_more(least).iter().any(|badge| look.moved.contains(badge)),
                "challenge" => self.of_challenge(least, look).is_some_and(|run| run.has_changed(look.now.deed)),
                name if self.program["tallies"][name]["streak"].is_string() => {
                    let says = look
                        .now
                        .deed
                        .is_some_and(|deed| !self.leave(&[deed]).is_empty() || !self.weeks(&[deed]).is_empty());
                    says && self.has_counted(name, look, self.counts_from(goal))
                }
                name => self.program["currencies"][name].is_object() && self.brings(name, look),
            });
            let due = look.now.deed.is_none() && self.due(goal, every, look).contains(&look.now.at);
            if touched || due || look.reverse {
                asked = Asked::All;
            }
        }
        asked
    }

    /// For which keys the activity counts in a tally of one of the goals.
    pub(super) fn counts(&self, goals: &[&Value], look: &Look) -> Asked {
        let mut asked = Asked::No;
        for goal in goals.iter().filter(|goal| self.counts_from(goal).is_none_or(|from| from <= look.now.at)) {
            for (name, _) in parts(goal).filter(|(name, _)| self.program["tallies"][name].is_object()) {
                let counts = match self.currency_of(name) {
                    Some(currency) => self.brings(currency, look),
                    None => look.now.deed.is_some_and(|deed| self.counts_in(name, deed) && look.takes(deed)),
                };
                if counts {
                    let keys = self.key_of(name).zip(look.now.deed).map(|(key, deed)| self.deeds[deed].keys(key));
                    asked = asked.or(keys.map_or(Asked::All, Asked::Keys));
                }
            }
        }
        asked
    }

    /// Whether points came in a currency at this very moment.
    fn brings(&self, currency: &str, look: &Look) -> bool {
        look.gifts[look.fresh..].iter().any(|gift| gift.currency == currency && gift.amount != 0)
    }

    /// The keys for which a goal holds, in order, among those asked for; `None` for a goal without a key.
    pub(super) fn reached(&self, goal: &Value, asked: &Asked, look: &Look) -> BTreeSet<Option<String>> {
        let candidates: BTreeSet<Option<String>> = match asked {
            Asked::No => BTreeSet::new(),
            _ if !parts(goal).any(|(name, _)| self.key_of(name).is_some()) => BTreeSet::from([None]),
            // Only the keys under which the goal's own tallies counted.
            Asked::Keys(keys) => match self.counts(&[goal], look) {
                Asked::Keys(own) => own.intersection(keys).cloned().map(Some).collect(),
                _ => BTreeSet::new(),
            },
            Asked::All => self.keys(goal, look).into_iter().map(Some).collect(),
        };
        candidates.into_iter().filter(|key| self.times(goal, look, key.as_deref()) > 0).collect()
    }

    /// All keys under which any tally of a goal has counted.
    fn keys(&self, goal: &Value, look: &Look) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (tally, _) in parts(goal) {
            let Some(by) = self.key_of(tally) else { continue };
            let counted = look.living.iter().filter(|&&deed| self.counts_in(tally, deed) && look.takes(deed));
            keys.extend(counted.flat_map(|&deed| self.deeds[deed].keys(by)));
        }
        keys
    }

    /// How many times over all parts of a goal hold at once: 0 if one does not, or if the goal is not in force.
    pub(super) fn times(&self, goal: &Value, look: &Look, key: Option<&str>) -> i64 {
        if !self.is_in_force(goal, look.now.at) {
            return 0;
        }
        let from = self.counts_from(goal);
        let flag = |holds: bool| if holds { i64::MAX } else { 0 };
        let times = parts(goal).map(|(asked, least)| match asked {
            "fields" => flag(one_or_more(least).iter().all(|field| self.is_done(field, look.living))),
            "completeness" => flag(self.completeness(look.living) >= integer(least)),
            "challenge" => flag(self.of_challenge(least, look).is_some_and(|run| run.is_done())),
            "badges" => flag(one_or_more(least).iter().all(|badge| look.held.contains(badge))),
            "level" => flag(self.levels().iter().take(look.level).any(|level| *least == *level.name)),
            name => {
                let value = if self.program["tallies"][name].is_object() {
                    self.tally(name, look, key, from).unwrap_or(0)
                } else {
                    self.total(name, look.gifts, look.now.at)
                };
                over(value, least)
            }
        });
        times.min().unwrap_or(0)
    }

    /// The state of the challenge that a goal asks for.
    fn of_challenge(&self, name: &Value, look: &Look) -> Option<Run<'_>> {
        self.run(name.as_str().expect("a challenge has a name"), look.living)
    }

    /// From when a goal's tallies count for it: its `from`, unless it is a backfill.
    fn counts_from(&self, goal: &Value) -> Option<Timestamp> {
        let from = goal["from"].as_str().filter(|_| goal["backfill"] != true)?;
        Some(time::moment(from, &self.zone))
    }

    /// Whether all goals that hold for a key have their backfill at this very moment, so that what they bring is
    /// marked.
    pub(super) fn makes_up(&self, goals: &[&Value], key: Option<&str>, look: &Look) -> bool {
        let is_from = |from: &str| time::moment(from, &self.zone) == look.now.at;
        let begins = |goal: &Value| goal["backfill"] == true && goal["from"].as_str().is_some_and(is_from);
        let mut holding = goals.iter().filter(|goal| self.times(goal, look, key) > 0);
        look.now.deed.is_none() && holding.all(|goal| begins(goal))
    }

    /// The moments up to now at which time alone can reach a goal: its `from` if it has a backfill, and the days on
    /// which a tally `since` reaches its minimum or a multiple of it.
    pub(super) fn due(&self, goal: &Value, every: bool, look: &Look) -> BTreeSet<Timestamp> {
        let mut moments = BTreeSet::new();
        if goal["backfill"] == true {
            moments.extend(goal["from"].as_str().map(|from| time::moment(from, &self.zone)));
        }
        for (name, least) in parts(goal) {
            let tally = &self.program["tallies"][name];
            let Some(unit) = tally["unit"].as_str() else { continue };
            let (Some(min), Some(first)) = (minimum(least), self.first_day(name, look, self.counts_from(goal))) else {
                continue;
            };
            let days = (1..).map(|times| time::complete(first, unit, min * times));
            let starts = days.map(|day| time::start_of_day(day, &self.zone));
            moments.extend(starts.take(if every { usize::MAX } else { 1 }).take_while(|start| *start <= look.now.at));
        }
        moments.retain(|moment| *moment <= look.now.at);
        moments
    }
}

fn minimum(least: &Value) -> Option<i64> {
    if least.is_object() { least["min"].as_i64() } else { least.as_i64() }
}

/// How many times a value reaches its minimum. Without a minimum, once.
fn over(value: i64, least: &Value) -> i64 {
    if least["max"].as_i64().is_some_and(|max| value > max) {
        return 0;
    }
    match minimum(least) {
        Some(min) if value < min => 0,
        Some(min) if min > 0 => value / min,
        _ => i64::MAX,
    }
}

/// The goals of a rule, a badge or a grade, of which any one suffices.
pub(super) fn any_of(when: &Value) -> Vec<&Value> {
    list(when)
}
