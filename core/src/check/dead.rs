//! Dead: parts of a program that bound nothing, that nobody can reach, or that repeat another part.

use super::lint::Linter;
use crate::{
    base::{
        day::Window,
        id_table::{Id, Named, Table},
        keyword::Keyword,
        text::Text,
    },
    language::problem::Path,
    program::{
        Bound, Currency, Definition, Goal, Goals, Kind, Limit, Rule, Span, Tally, Trigger,
        condition::{Condition, Expression},
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// The most gifts a day that a limit may let through without a warning. Nobody does anything of value so often.
const MANY_TIMES: i64 = 100;

impl Linter<'_> {
    /// Warns about parts that do not do what they seem to do.
    pub(super) fn dead(&mut self) {
        self.currencies();
        self.loose_limits();
        self.implied_limits();
        self.easy_grades();
        let program = self.program;
        let by_rule = |kind: &Kind| kind.rules.iter().map(|rule| (*rule, 1)).collect();
        self.repeats("rules", "gives", &program.rules, by_rule, |one, other| program.is_same_rule(one, other));
        self.repeats("tallies", "counts", &program.tallies, |kind| kind.tallies.clone(), Tally::is_same);
    }

    /// Warns about levels and rewards that ask for more than anybody can have, and about currencies that nobody gets.
    fn currencies(&mut self) {
        let program = self.program;
        for (id, currency) in program.currencies.iter() {
            let Some((most, because)) = program.most_total(id) else { continue };
            if most == 0 {
                let section = Path::Root.key("currencies");
                let path = section.key(&currency.name);
                self.add(&path, "is given by no rule, so nobody ever has any", "give it by a rule, or leave it out");
                continue;
            }
            let (levels, rewards) = (Path::Root.key("levels"), Path::Root.key("rewards"));
            let of_levels = program.levels.values().filter_map(|level| {
                let (_, min) = level.total.filter(|(currency, _)| *currency == id)?;
                let written = level.repeats.as_ref();
                let key = if written.is_some() { "repeat" } else { "min" };
                Some((levels.key(written.unwrap_or(&level.name)), key, min))
            });
            let of_rewards = program.rewards.values().filter(|reward| reward.currency == id);
            let of_rewards = of_rewards.map(|reward| (rewards.key(&reward.name), "cost", reward.cost));
            let mut unreachable: Vec<_> = of_levels.chain(of_rewards).filter(|(.., asked)| *asked > most).collect();
            // Of the levels that repeat one, the first is told.
            unreachable.dedup_by(|later, earlier| later.1 == "repeat" && earlier.0.to_string() == later.0.to_string());
            for (path, key, asked) in unreachable {
                let reason = format!("asks for {asked} `{}`, which nobody can have, because {because}", currency.name);
                self.add(&path.key(key), reason, "ask for less, or raise the limits of the rules that give it");
            }
        }
    }

    /// Warns about rules whose limits are so high that they bound nothing.
    fn loose_limits(&mut self) {
        let program = self.program;
        for rule in program.rules.values().filter(|rule| !rule.limits.is_empty() && rule.gives_each_time()) {
            let limits = rule.limits.iter().map(|limit| &program.limits[*limit]);
            let times = limits.filter_map(|limit| {
                let times = match limit.bound {
                    Bound::Times(times) => times,
                    Bound::Points(points) => points / rule.amount.least_gift()?,
                };
                // A limit for ever is spread over a year.
                Some(times / limit.scope.span.days(program.cadence).min(366))
            });
            let Some(times) = times.min().filter(|times| *times > MANY_TIMES) else { continue };
            let path = Path::Root.key("rules").key(&rule.name).key("limit").to_string();
            let reason = format!("lets the rule give {times} times a day, so it bounds nothing that people do");
            self.warn(path, reason, "set the limit to what is worth it, such as `{ times = 3, per = \"day\" }`".into());
        }
    }

    /// Warns about limits of a rule that another of its limits always keeps.
    fn implied_limits(&mut self) {
        let program = self.program;
        for rule in program.rules.values() {
            for (index, id) in rule.limits.iter().enumerate() {
                // A limit that another rule shares may be used up by that rule.
                if program.rules.values().filter(|other| other.limits.contains(id)).count() > 1 {
                    continue;
                }
                let limit = &program.limits[*id];
                let others = rule.limits.iter().enumerate().filter(|(other, _)| *other != index);
                let mut others = others.map(|(other, id)| (other, &program.limits[*id]));
                // Of two limits that say the same, the second is told.
                let keeps = |(other, by): &(usize, &Limit)| {
                    program.implies(rule, by, limit) && (*other < index || !program.implies(rule, limit, by))
                };
                let Some((_, by)) = others.find(keeps) else { continue };
                let path = if limit.name == rule.name {
                    Path::Root.key("rules").key(&rule.name).key("limit").to_string()
                } else {
                    Path::Root.key("limits").key(&limit.name).to_string()
                };
                let reason = format!("allows {}, which {} never exceed", told(limit), told(by));
                self.warn(path, reason, "leave it out, or make it narrower".into());
            }
        }
    }

    /// Warns about grades and levels that ask for no more than the one below them.
    fn easy_grades(&mut self) {
        let program = self.program;
        let section = Path::Root.key("badges");
        for badge in program.badges.values() {
            let path = section.key(&badge.name);
            let grades = badge.steps.iter().filter_map(|(grade, goals)| Some((badge.grade_name(*grade)?, goals)));
            self.easy(grades.collect(), &path.key("grades"), "ask for more, or leave one of the grades out");
        }
        let levels = program.levels.values().map(|level| (&level.name, &level.goals));
        self.easy(levels.collect(), &Path::Root.key("levels"), "ask for more, or leave one of the levels out");
    }

    /// Warns about what asks for no more than the one below it, among names with their goals from the lowest up.
    fn easy(&mut self, ladder: Vec<(&Text, &Goals)>, path: &Path<'_>, fix: &'static str) {
        for pair in ladder.windows(2) {
            let [(low, lower), (high, higher)] = pair else { continue };
            let ([lower], [higher]) = (&*lower.any, &*higher.any) else { continue };
            if lower.implies(higher) {
                let reason = format!("asks for no more than `{low}`, so nobody ever holds `{low}` alone");
                self.add(&path.key(high), reason, fix);
            }
        }
    }

    /// Warns about things that are the same as an earlier one of their section, for the same kinds. `of` gives the
    /// things of a kind, each with what an activity of that kind adds.
    fn repeats<T: Named>(
        &mut self,
        section: &str,
        does: &str,
        table: &Table<T>,
        of: impl Fn(&Kind) -> Vec<(Id<T>, i64)>,
        same: impl Fn(&T, &T) -> bool,
    ) {
        let mut kinds = vec![Vec::new(); table.len()];
        for (kind, its) in self.program.kinds.iter() {
            for (thing, adds) in of(its) {
                if let Some(kinds) = kinds.get_mut(thing.index()) {
                    kinds.push((kind, adds));
                }
            }
        }
        let section = Path::Root.key(section);
        let things: Vec<_> = table.values().zip(kinds).filter(|(_, kinds)| !kinds.is_empty()).collect();
        for (index, (thing, kinds)) in things.iter().enumerate() {
            let mut earlier = things.iter().take(index);
            let Some((first, _)) = earlier.find(|(first, of)| of == kinds && same(first, thing)) else { continue };
            let reason = format!("{does} the same for the same activities as `{}`", first.name());
            self.add(&section.key(thing.name()), reason, "leave one of the two out, or change what sets them apart");
        }
    }
}

impl Definition {
    /// The highest total of a currency that anybody can have, and why; `None` without a bound.
    pub(super) fn most_total(&self, id: Id<Currency>) -> Option<(i64, String)> {
        let currency = &self.currencies[id];
        let most = self.most_of_currency(id).during(currency.per)?;
        let total = currency.start.saturating_add(most);
        Some((total, format!("a total is at most {total} by all rules and limits")))
    }

    /// Whether a limit of a rule always keeps another one of that rule.
    fn implies(&self, rule: &Rule, by: &Limit, limit: &Limit) -> bool {
        let most = match (by.bound, limit.bound) {
            (Bound::Times(most), Bound::Times(_)) => Some(most),
            (Bound::Times(times), Bound::Points(_)) => Some(times.saturating_mul(rule.amount.most())),
            (Bound::Points(most), Bound::Points(_)) => Some(most),
            (Bound::Points(_), Bound::Times(_)) => None,
        };
        let (Bound::Times(asked) | Bound::Points(asked)) = limit.bound;
        let is_wider = by.scope.key.is_none() || by.scope.key == limit.scope.key;
        let keeps = most.zip(limit.scope.span.stretches_of(by.scope.span, self.cadence));
        is_wider && keeps.is_some_and(|(most, stretches)| most.saturating_mul(stretches) <= asked)
    }

    /// Whether two rules on the same kinds give the same.
    fn is_same_rule(&self, one: &Rule, other: &Rule) -> bool {
        let (Trigger::On(condition), Trigger::On(its)) = (&one.trigger, &other.trigger) else { return false };
        let limits = |rule: &Rule| -> Vec<_> {
            rule.limits.iter().map(|id| (self.limits[*id].bound, self.limits[*id].scope)).collect()
        };
        (one.to, one.currency, &one.amount, one.version) == (other.to, other.currency, &other.amount, other.version)
            && is_same_condition(condition.as_ref(), its.as_ref())
            && limits(one) == limits(other)
    }
}

impl Tally {
    /// Whether two tallies of the same kinds count the same. Tallies with other names for people are two on purpose.
    fn is_same(&self, other: &Self) -> bool {
        // A variant for a goal has the name of its tally.
        !self.is_variant()
            && !other.is_variant()
            && (self.counts, self.to, self.scope, &self.words) == (other.counts, other.to, other.scope, &other.words)
            && is_same_condition(self.condition.as_deref(), other.condition.as_deref())
    }
}

impl Goal {
    /// Whether every member who reaches this goal has reached the other one, too.
    fn implies(&self, other: &Self) -> bool {
        let parts = other.parts.iter().all(|asked| {
            self.parts.iter().filter(|part| part.measure == asked.measure).any(|part| {
                asked.min.is_none_or(|min| part.min.is_some_and(|its| its >= min))
                    && asked.max.is_none_or(|max| part.max.is_some_and(|its| its <= max))
            })
        });
        parts
            && self.version == other.version
            && other.fields.iter().all(|field| self.fields.contains(field))
            && other.badges.iter().all(|badge| self.badges.contains(badge))
            && other.completeness <= self.completeness
            && other.level <= self.level
            && (other.challenge.is_none() || other.challenge == self.challenge)
    }
}

/// A limit in words, such as `3 times a day`.
fn told(limit: &Limit) -> String {
    let (number, of) = match limit.bound {
        Bound::Times(times) => (times, "times"),
        Bound::Points(points) => (points, "points"),
    };
    let of = if number == 1 { of.trim_end_matches('s') } else { of };
    match limit.scope.span {
        Span::Per(Window::Ever) => format!("{number} {of} in all"),
        Span::Per(window) => format!("{number} {of} a {}", window.name()),
        Span::Within(seconds) => format!("{number} {of} in {seconds} seconds"),
    }
}

fn is_same_condition(one: Option<&Condition>, other: Option<&Condition>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => is_same_test(&one.test, &other.test),
        _ => false,
    }
}

/// Whether two conditions ask the same in the same order, wherever they stand.
fn is_same_test(one: &Expression, other: &Expression) -> bool {
    match (one, other) {
        (Expression::All(one), Expression::All(other)) | (Expression::Any(one), Expression::Any(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_test(one, other))
        }
        (Expression::Not(one), Expression::Not(other)) => is_same_test(one, other),
        (Expression::Test(one), Expression::Test(other)) => {
            one.subject == other.subject && one.predicate == other.predicate
        }
        _ => false,
    }
}
