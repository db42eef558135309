//! Goals: when they are looked at, for which objects, and whether they hold.

use super::member::{Member, integer, one_or_more, table};
use serde_json::Value;
use std::collections::BTreeSet;

/// The objects that a goal is asked for at a deed.
pub(super) enum Asked {
    /// The deed has nothing to do with it.
    No,
    /// Only for the object of the deed.
    Object(String),
    /// For every object, or for none in particular.
    All,
}

impl Member<'_> {
    /// For which objects goals are asked at a deed: an activity must count in one of their tallies, speak of the profile or
    /// climb a level.
    pub(super) fn asks(&self, goals: &[&Value], deed: usize, climbed: bool) -> Asked {
        let mut asked = Asked::No;
        for (name, _) in goals.iter().flat_map(|goal| table(goal)) {
            let touched = match name.as_str() {
                "fields" | "completeness" => self.is("actor", deed) && !self.deeds[deed].profile.is_empty(),
                "level" => climbed,
                tally => self.counts_in(tally, deed),
            };
            match &self.deeds[deed].object {
                _ if !touched => {}
                Some(object) if self.per_object(name) && !matches!(asked, Asked::All) => {
                    asked = Asked::Object(object.clone())
                }
                _ if self.per_object(name) => {}
                _ => asked = Asked::All,
            }
        }
        asked
    }

    /// The objects among those asked for with which a goal holds after the deed `now`, in order; `None` for a goal that is not
    /// about objects.
    pub(super) fn reached(
        &self,
        goal: &Value,
        asked: &Asked,
        living: &[usize],
        now: usize,
        level: usize,
    ) -> Vec<Option<String>> {
        let candidates: Vec<Option<String>> = match asked {
            Asked::No => Vec::new(),
            _ if !table(goal).keys().any(|name| self.per_object(name)) => vec![None],
            Asked::Object(object) => vec![Some(object.clone())],
            Asked::All => self.objects(goal, living).into_iter().map(Some).collect(),
        };
        candidates.into_iter().filter(|object| self.holds(goal, living, now, object.as_deref(), level)).collect()
    }

    /// All objects that any tally of a goal has counted for.
    fn objects(&self, goal: &Value, living: &[usize]) -> BTreeSet<String> {
        let mut objects = BTreeSet::new();
        for tally in table(goal).keys().filter(|name| self.per_object(name)) {
            let counted = living.iter().filter(|&&deed| self.counts_in(tally, deed));
            objects.extend(counted.filter_map(|&deed| self.deeds[deed].object.clone()));
        }
        objects
    }

    /// Whether all parts of a goal hold at once after the deed `now`, for `object`.
    fn holds(&self, goal: &Value, living: &[usize], now: usize, object: Option<&str>, level: usize) -> bool {
        table(goal).iter().all(|(asked, least)| match asked.as_str() {
            "fields" => one_or_more(least).iter().all(|field| self.is_done(field, living)),
            "completeness" => self.completeness(living) >= integer(least),
            "level" => self.level_names().iter().take(level).any(|name| Some(name.as_str()) == least.as_str()),
            tally => {
                let value = self.tally(tally, living, now, object).unwrap_or(0);
                match least {
                    Value::Object(bounds) => {
                        bounds.get("min").is_none_or(|min| value >= integer(min))
                            && bounds.get("max").is_none_or(|max| value <= integer(max))
                    }
                    least => value >= integer(least),
                }
            }
        })
    }
}
