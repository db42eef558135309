//! Goals and badges: what they ask for, how often they are given, and which combinations are refused.

use super::{Check, integer_at, text_at};
use crate::{
    base::{day::Window, id_table::Id, tree::Tree},
    language::{nearest::unknown, problem::Path},
    program::{
        Challenge, Counted, Currency, Definition, Given, Goal, Goals, Kind, Measure, Part, Scope, Tally, Version,
    },
};
use alloc::{format, vec::Vec};

/// What a goal belongs to, which limits what it may ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalOf {
    Rule,
    Badge {
        live: bool,
    },
    Level {
        live: bool,
    },
    /// A step of a challenge.
    Step(Id<Challenge>),
}

impl Check<'_> {
    /// The goals under `when` or a grade, one or a list. `owner` is the rule or badge, whose `given` says how often
    /// they give.
    pub(super) fn goals(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        owner: &Tree<'_>,
        of: GoalOf,
        path: &Path<'_>,
    ) -> Option<Goals> {
        let given = match text_at(owner, "given") {
            Some("each") => Given::Each,
            Some("every") => Given::Every,
            Some("again") => Given::Again,
            _ => Given::Once,
        };
        let mut any = Vec::new();
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    any.extend(self.goal(program, item, of, given, &path.item(index)));
                }
                if given == Given::Every && items.len() > 1 {
                    self.found.add(path, "`given = \"every\"` takes a single goal; expected a table, found a list");
                }
            }
            one => any.extend(self.goal(program, one, of, given, path)),
        }
        self.one_key(program, &any, given, path);
        (!any.is_empty()).then_some(Goals { any, listed: matches!(tree, Tree::List(_)), given })
    }

    /// Reports goals with `given = "each"` in one list that have different keys.
    fn one_key(&mut self, program: &Definition, goals: &[Goal], given: Given, path: &Path<'_>) {
        let key = |goal: &Goal| goal.tallies().find_map(|tally| program.tallies.lookup(tally)?.scope.key);
        let mut keys = goals.iter().filter_map(key);
        if let Some(first) = keys.next().filter(|_| given == Given::Each)
            && keys.any(|other| other != first)
        {
            self.found
                .add(path, "its goals have different keys; with `given = \"each\"`, expected the same key for all");
        }
    }

    pub(super) fn goal(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        of: GoalOf,
        given: Given,
        path: &Path<'_>,
    ) -> Option<Goal> {
        let Tree::Table(entries) = tree else { return None };
        let version = match of {
            GoalOf::Step(_) | GoalOf::Level { .. } => Version::default(),
            _ => self.version(program, tree, path),
        };
        let begins = version.from.filter(|_| !version.backfill);
        let mut goal = Goal { version, ..Goal::default() };
        let (mut parts, mut fields, mut badges) = (Vec::new(), Vec::new(), Vec::new());
        for (name, value) in entries {
            let position = path.key(name);
            match &**name {
                "from" | "until" | "backfill" if matches!(of, GoalOf::Step(_)) => {
                    self.found.add(&position, "does not apply to a step: the days of its challenge say when it counts");
                }
                "from" | "until" | "backfill" if matches!(of, GoalOf::Level { .. }) => {
                    let message = "does not apply to a level, which stays the same for all; expected a badge, or a \
                        tally that counts from then on";
                    self.found.add(&position, message);
                }
                "from" | "until" | "backfill" | "badge" => {}
                "completeness" => goal.completeness = value.as_integer().and_then(|percent| u8::try_from(percent).ok()),
                "level" if of == GoalOf::Rule => {
                    let message = "a rule's goal cannot ask for a level, which its own points decide; use a badge";
                    self.found.add(&position, message);
                }
                "badges" if of == GoalOf::Rule => {
                    let message =
                        "a rule's goal cannot ask for badges, which come after all points; ask for what they ask for";
                    self.found.add(&position, message);
                }
                "level" if matches!(of, GoalOf::Level { .. }) => {
                    let message = "a level needs all levels below it anyway; leave it out";
                    self.found.add(&position, message);
                }
                "badges" if matches!(of, GoalOf::Level { .. }) => {
                    let message =
                        "a level's goal cannot ask for badges, which come after levels; ask for what they ask for";
                    self.found.add(&position, message);
                }
                "level" | "challenge" | "badges" if matches!(of, GoalOf::Step(_)) => {
                    let message = "is not something to do; expected tallies, fields or completeness";
                    self.found.add(&position, message);
                }
                "challenge" => {
                    let name = value.as_text();
                    goal.challenge = name.and_then(|name| self.id("challenges", "challenge", name, &position));
                }
                "level" => goal.level = value.as_text().and_then(|level| self.id("levels", "level", level, &position)),
                "fields" => {
                    for (index, field) in value.items().iter().enumerate() {
                        let field = field.as_text();
                        fields.extend(field.and_then(|field| self.id("fields", "field", field, &position.item(index))));
                    }
                }
                "badges" => {
                    for (index, badge) in value.items().iter().enumerate() {
                        let badge = badge.as_text();
                        badges.extend(badge.and_then(|badge| self.id("badges", "badge", badge, &position.item(index))));
                    }
                }
                name => {
                    let Some(mut measure) = self.measure(program, name, of, &position) else { continue };
                    if let Measure::Tally(tally) = measure {
                        let own = match (of, begins) {
                            (GoalOf::Step(id), _) => self.tally_of_step(program, tally, id, &position),
                            (_, Some(from)) => self.tally_from(program, tally, from, &position),
                            _ => None,
                        };
                        measure = Measure::Tally(own.unwrap_or(tally));
                    }
                    let min = value.as_integer().or_else(|| value.get("min")?.as_integer());
                    let max = integer_at(value, "max");
                    if let (Some(min), Some(max)) = (min, max)
                        && max < min
                    {
                        self.found.add(&position, format_args!("`max` {max} is below `min` {min}, so it never holds"));
                    }
                    parts.push(Part { measure, min, max });
                }
            }
        }
        (goal.parts, goal.fields, goal.badges) = (parts.into(), fields.into(), badges.into());
        if goal.completeness.is_some() && program.fields.len() == 0 {
            self.found.add(&path.key("completeness"), "the program has no `profile` to be complete");
        }
        self.asks_something(entries, path);
        self.goal_scope(program, &goal, given, path);
        match of {
            GoalOf::Badge { live: true } => self.live_goal(program, &goal, "badge", path),
            GoalOf::Level { live } => {
                for tally in goal.keyed(program) {
                    let name = &program.tallies[tally].name;
                    let message = "has a key, and a level is for all of them together; expected a tally without one";
                    self.found.add(&path.key(name), message);
                }
                if live {
                    self.live_goal(program, &goal, "level", path);
                }
            }
            _ => {}
        }
        Some(goal)
    }

    /// A tally, or the total of a currency, by its name.
    fn measure(&mut self, program: &Definition, name: &str, of: GoalOf, path: &Path<'_>) -> Option<Measure> {
        if let Some(currency) = self.known::<Currency>("currencies", name) {
            if of == GoalOf::Rule {
                let message = "a rule's goal cannot ask for a total, which its own points change; use a badge";
                self.found.add(path, message);
            } else if matches!(of, GoalOf::Step(_)) {
                let message = "is a total, which includes points from before; expected a tally of what is done";
                self.found.add(path, message);
            }
            return Some(Measure::Total(currency));
        }
        let Some(tally) = self.known::<Tally>("tallies", name) else {
            let named = ["tallies", "currencies"].into_iter().filter_map(|section| self.names_of(section));
            let mut message =
                unknown("tally or currency", name, named.flat_map(|names| names.keys().map(|name| &**name)));
            if self.known::<Kind>("kinds", name).is_some() {
                message = format!(
                    "`{name}` is a kind, and a goal asks for a tally; declare one with `count = \"{name}\"` and name it"
                );
            }
            self.found.add(path, message);
            return None;
        };
        let counts = program.tallies.lookup(tally)?.counts;
        if of == GoalOf::Rule && matches!(counts, Counted::Points(_)) {
            let message = "a rule's goal cannot ask for a sum of points, which its own points change; use a badge";
            self.found.add(path, message);
        }
        if matches!(of, GoalOf::Step(_)) {
            self.nothing_done(counts, path);
        }
        Some(Measure::Tally(tally))
    }

    /// Reports a goal that holds from the start. It reads the tree rather than the goal: an unknown name is missing
    /// from the goal, and already reported.
    fn asks_something(&mut self, entries: &[(alloc::borrow::Cow<'_, str>, Tree<'_>)], path: &Path<'_>) {
        let start = |name: &str| self.known("currencies", name).map_or(0, |currency| self.start_of(currency));
        let asks = |name: &str, value: &Tree<'_>| {
            // What has another form is reported already.
            let asks = |least: &Tree<'_>| least.as_integer().is_none_or(|least| least > start(name) || least < 1);
            match value {
                _ if ["from", "until", "backfill"].contains(&name) => false,
                Tree::Integer(_) => asks(value),
                Tree::Table(_) => value.get("min").is_some_and(asks),
                _ => true,
            }
        };
        if !entries.iter().any(|(name, value)| asks(name, value)) {
            self.found.add(
                path,
                "holds from the start; expected a tally with a `min` of 1 or more, a currency with a `min` above its \
                start, fields, completeness, a level, badges or a challenge",
            );
        }
    }

    fn goal_scope(&mut self, program: &Definition, goal: &Goal, given: Given, path: &Path<'_>) {
        let tallies: Vec<_> = goal.tallies().filter_map(|tally| program.tallies.lookup(tally)).collect();
        let keyed: Vec<_> = tallies.iter().filter_map(|tally| Some((tally.scope.key?, *tally))).collect();
        if let Some((key, first)) = keyed.first()
            && let Some((_, other)) = keyed.iter().find(|(other, _)| other != key)
        {
            let message = format_args!(
                "`{}` and `{}` have different keys, so no key can reach both; expected the same key",
                first.name, other.name
            );
            self.found.add(path, message);
        }
        match given {
            Given::Once => {}
            Given::Each if keyed.is_empty() => {
                let message = "`given = \"each\"` needs a tally with a key, such as `per = \"object\"`";
                self.found.add(path, message);
            }
            Given::Each => {}
            Given::Every | Given::Again => {
                for (_, tally) in &keyed {
                    let message = "has a key, which only works with `given` once or each";
                    self.found.add(&path.key(&tally.name), message);
                }
            }
        }
        if given == Given::Every {
            for tally in tallies.iter().filter(|tally| tally.is_unbounded()) {
                let message =
                    "follows an attribute, which may grow by any amount at once and so does not work with `every`";
                self.found.add(&path.key(&tally.name), message);
            }
            self.due_too_often(program, goal, path);
            if goal.parts.iter().any(|part| part.max.is_some()) {
                self.found.add(path, "has a `max`, which does not work with `given = \"every\"`");
            }
            if !goal.parts.iter().any(|part| part.min.is_some_and(|min| min > 0)) {
                let message = "`given = \"every\"` needs a tally or currency with a `min` to count by";
                self.found.add(path, message);
            }
        }
    }

    /// Reports a goal that time reaches too often. After a long pause, one activity would bring an entry for each unit
    /// that has passed.
    fn due_too_often(&mut self, program: &Definition, goal: &Goal, path: &Path<'_>) {
        for part in &goal.parts {
            let Measure::Tally(tally) = part.measure else { continue };
            let Some(tally) = program.tallies.lookup(tally) else { continue };
            let least = match tally.counts {
                Counted::Since(Window::Day) => 28,
                Counted::Since(Window::Week) => 4,
                _ => continue,
            };
            if part.min.is_some_and(|min| min < least) {
                let message =
                    format_args!("falls due too often for `every`; expected {least} or more, or a longer unit");
                self.found.add(&path.key(&tally.name), message);
            }
        }
    }

    /// Reports what a live badge or level cannot ask for: it would be lost merely because time passes.
    fn live_goal(&mut self, program: &Definition, goal: &Goal, what: &str, path: &Path<'_>) {
        for part in &goal.parts {
            let (name, passes) = match part.measure {
                Measure::Total(currency) => {
                    let currency = &program.currencies[currency];
                    (&currency.name, currency.per != Window::Ever)
                }
                Measure::Tally(tally) => {
                    let Some(tally) = program.tallies.lookup(tally) else { continue };
                    let passes = match tally.counts {
                        Counted::Streak(_) => true,
                        Counted::Since(_) => part.max.is_some(),
                        _ => tally.scope.span != Scope::EVER.span,
                    };
                    (&tally.name, passes)
                }
            };
            if passes {
                let message = format_args!("a live {what} cannot ask for `{name}`: it would be lost as time passes");
                self.found.add(&path.key(name), message);
            }
        }
    }
}
