//! Levels: their order, what each asks for, and those that repeat another.

use super::{Check, flag_at, goal::GoalOf, integer_at, words};
use crate::{
    base::{id_table::Id, number::capped, sort::sort_by_key, text::Text, tree::Tree},
    language::{form::MAX_INTEGER, problem::Path},
    program::{Currency, Definition, Given, Goal, Goals, Level, Measure, Part, Words},
};
use alloc::{borrow::Cow, format, string::ToString, vec::Vec};

/// The most levels, with those that repeat others.
const MAX_LEVELS: i64 = 1_000;
/// What stands for a level's number in the name of a level that is repeated.
const NUMBER: &str = "{n}";

/// A level of the program, or one that repeats it.
pub(super) struct Rung<'t> {
    name: Cow<'t, str>,
    /// The name of the level as the program has it, and what it says.
    written: (&'t str, &'t Tree<'t>),
    /// The total of its `min`.
    min: Option<i64>,
}

impl Rung<'_> {
    fn repeats(&self) -> bool {
        matches!(self.name, Cow::Owned(_))
    }
}

impl<'t> Check<'t> {
    /// All levels in their order: by total if each has a `min`, otherwise as written.
    pub(super) fn rungs(&mut self) -> Vec<Rung<'t>> {
        let mut rungs: Vec<Rung<'t>> = Vec::new();
        let section = Path::Root.key("levels");
        for (name, tree) in self.section("levels") {
            let min = tree.get("min").and_then(|min| min.entries().first()?.1.as_integer());
            let written = (&**name, tree);
            rungs.push(Rung { name: Cow::Borrowed(name), written, min });
            let Some((repeat, min)) = tree.get("repeat").zip(min) else { continue };
            let path = section.key(name);
            let repeated = self.repeated(repeat, min, &path.key("repeat"));
            for (number, min) in (2..).zip(repeated) {
                rungs.push(Rung { name: Cow::Owned(format!("{name}-{number}")), written, min: Some(min) });
            }
        }
        let most = capped(MAX_LEVELS);
        if rungs.iter().all(|rung| rung.min.is_some()) {
            sort_by_key(&mut rungs, |rung| rung.min);
        }
        if rungs.len() > most {
            let message = format_args!("has {} levels with those repeated; expected at most {MAX_LEVELS}", rungs.len());
            self.found.add(&section, message);
            rungs.truncate(most);
        }
        // From here on, a level's index is its rank, not its position in the program.
        let is_written = |name: &str| self.section("levels").iter().any(|(written, _)| written == name);
        let taken = rungs.iter().find(|rung| rung.repeats() && is_written(&rung.name));
        if let Some(Rung { name, written, .. }) = taken {
            let message = format_args!("gives the name `{name}` to a level, and another level has it; rename that one");
            self.found.add(&section.key(written.0).key("repeat"), message);
        }
        if let Some(names) = self.names_of_mut("levels") {
            names.extend(rungs.iter().enumerate().map(|(rank, rung)| (rung.name.clone(), rank)));
        }
        rungs
    }

    /// The totals of the levels that repeat one with a `min`.
    fn repeated(&mut self, repeat: &Tree<'_>, min: i64, path: &Path<'_>) -> Vec<i64> {
        let number = |key, default| integer_at(repeat, key).unwrap_or(default);
        let (count, percent, plus) = (number("count", 1), number("percent", 100), number("plus", 0));
        let (mut total, mut step) = (min, number("step", 1));
        let mut totals = Vec::new();
        // A count that is too high is reported already.
        for number in 2..=count.min(MAX_LEVELS) {
            total = total.saturating_add(step);
            if total > MAX_INTEGER {
                let message = format_args!("begins level {number} at more than {MAX_INTEGER}; expected less");
                self.found.add(path, message);
                break;
            }
            totals.push(total);
            step = (step.saturating_mul(percent) / 100).saturating_add(plus);
        }
        totals
    }

    pub(super) fn levels(&mut self, program: &mut Definition, rungs: &[Rung<'_>]) {
        let section = Path::Root.key("levels");
        for (rung, number) in rungs.iter().zip(1..) {
            let (written, tree) = rung.written;
            let path = section.key(written);
            let (goals, total) = match (tree.get("min"), tree.get("when")) {
                (Some(_), None) => self.level_of_total(program, rungs, rung, &path),
                (None, Some(when)) => (self.level_of_goals(program, when, tree, &path), None),
                (Some(_), Some(_)) => {
                    self.found.add(&path.key("when"), "cannot be combined with `min`; keep one of the two");
                    (None, None)
                }
                (None, None) => {
                    self.found.add_missing(&path, "expected exactly one of: min, when");
                    (None, None)
                }
            };
            let mut words = words(tree.get("name"));
            if tree.get("repeat").is_some() {
                self.number_name(&mut words, number, rung, &path.key("name"));
            }
            program.levels.push(Level {
                name: Text::from(&*rung.name),
                words,
                goals: goals.unwrap_or_default(),
                total,
                live: flag_at(tree, "live"),
                repeats: rung.repeats().then(|| Text::from(written)),
            });
        }
        let levels = &program.levels;
        let live = levels.values().position(|level| level.live).unwrap_or(levels.len());
        for stays in levels.values().skip(live).filter(|level| !level.live && level.repeats.is_none()) {
            let message = "a lower level is live and could be lost while this one is kept; expected `live = true`";
            self.found.add(&section.key(&stays.name), message);
        }
    }

    /// The goal of a level with a `min`, and its total.
    fn level_of_total(
        &mut self,
        program: &Definition,
        rungs: &[Rung<'_>],
        rung: &Rung<'_>,
        path: &Path<'_>,
    ) -> (Option<Goals>, Option<(Id<Currency>, i64)>) {
        let (_, tree) = rung.written;
        let written = tree.get("min");
        let currency = match written.and_then(|min| min.entries().first()) {
            Some((currency, _)) if rung.repeats() => self.known("currencies", currency),
            _ => self.amount_of(written, &path.key("min")).map(|(currency, _)| currency),
        };
        let Some((currency, min)) = currency.zip(rung.min) else { return (None, None) };
        let part = Part { measure: Measure::Total(currency), min: Some(min), max: None };
        let goal = Goal { parts: [part].into(), ..Goal::default() };
        let goals = Goals { any: Vec::from([goal]), listed: false, given: Given::Once };
        match rung.repeats() {
            false => self.total_of_level(program, rungs, rung, (currency, min), path),
            true => self.other_total(rungs, rung, &path.key("repeat")),
        }
        (Some(goals), Some((currency, min)))
    }

    /// Reports what does not go with a `min`.
    fn total_of_level(
        &mut self,
        program: &Definition,
        rungs: &[Rung<'_>],
        rung: &Rung<'_>,
        (currency, min): (Id<Currency>, i64),
        path: &Path<'_>,
    ) {
        let (_, tree) = rung.written;
        let (start, live) = (self.start_of(currency), path.key("live"));
        let path = &path.key("min");
        if min <= start {
            let message = format_args!("holds from the start: everyone starts with {start}; expected more");
            self.found.add(path, message);
        }
        let name = &program.currencies[currency].name;
        let mut totals = self.section("levels").iter().filter_map(|(_, tree)| tree.get("min")?.entries().first());
        if totals.next().is_some_and(|(first, _)| **first != **name) {
            let message = "is in another currency than earlier levels; expected the same for all levels, or `when` \
                instead of `min` in each";
            self.found.add(path, message);
        } else if rungs.iter().any(|rung| rung.written.1.get("when").is_some()) {
            let message = format_args!(
                "does not go with levels that have `when`, whose order is as written; expected \
                 `when = {{ {name} = {min} }}`"
            );
            self.found.add(path, message);
        } else if tree.get("min").is_some_and(|min| min.entries().len() == 1) {
            self.other_total(rungs, rung, path);
        }
        if flag_at(tree, "live") && self.has_window(currency) {
            let message = "does not work with a currency that has a window: the level would be lost as time passes";
            self.found.add(&live, message);
        }
    }

    /// Reports a level that begins at the total of an earlier one.
    fn other_total(&mut self, rungs: &[Rung<'_>], rung: &Rung<'_>, path: &Path<'_>) {
        // Levels with the same total are in the order of the program.
        let first = rungs.iter().find(|other| other.min == rung.min);
        if let Some(min) = rung.min.filter(|_| first.is_some_and(|first| first.name != rung.name)) {
            self.found.add(path, format_args!("another level also begins at {min}; expected another total"));
        }
    }

    /// The goals of a level with `when`.
    fn level_of_goals(
        &mut self,
        program: &mut Definition,
        when: &Tree<'_>,
        tree: &Tree<'_>,
        path: &Path<'_>,
    ) -> Option<Goals> {
        if tree.get("repeat").is_some() {
            self.found.add(&path.key("repeat"), "only applies with `min`, to which it adds");
        }
        let of = GoalOf::Level { live: flag_at(tree, "live") };
        self.goals(program, when, tree, of, &path.key("when"))
    }

    /// Puts the number of a level into its name.
    fn number_name(&mut self, words: &mut Words, number: usize, rung: &Rung<'_>, path: &Path<'_>) {
        for (_, text) in &mut words.0 {
            if !rung.repeats() && !text.contains(NUMBER) {
                let message =
                    format_args!("is the name of several levels; expected `{NUMBER}` in it, for their number");
                self.found.add(path, message);
            }
            *text = text.replace(NUMBER, &number.to_string()).into();
        }
    }
}
