//! Rules and their limits.

use super::{Check, goal::GoalOf, words};
use crate::{
    base::{id_table::Id, text::Text, tree::Tree},
    language::{hint, problem::Path},
    program::{
        Amount, Bound, Currency, Definition, Kind, Limit, Measure, Role, Rule, Tally, Trigger, Version,
        scope::sort_limits,
    },
};
use alloc::vec::Vec;

impl Check<'_> {
    /// The shared limits. A rule's own limits are added with the rule.
    pub(super) fn limits(&mut self, program: &mut Definition) {
        let section = Path::Root.key("limits");
        for (name, tree) in self.section("limits") {
            let limit = self.limit(Text::from(&**name), tree, &[], &section.key(name));
            program.limits.push(limit);
        }
    }

    fn limit(&mut self, name: Text, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Limit {
        let bound = match (tree.get("points"), tree.get("times")) {
            (Some(points), None) => Bound::Points(points.as_integer().unwrap_or(1)),
            (None, Some(times)) => Bound::Times(times.as_integer().unwrap_or(1)),
            _ => {
                self.found.add_missing(path, "expected exactly one of: points, times");
                Bound::Times(1)
            }
        };
        let scope = self.scope(tree, kinds, path);
        if bound.is_points() && scope.within().is_some() {
            let message = "only applies to limits with `times`; limit points with a calendar window in `per`";
            self.found.add(&path.key("within"), message);
        }
        Limit { name, bound, scope }
    }

    pub(super) fn rules(&mut self, program: &mut Definition) {
        let section = Path::Root.key("rules");
        // The currency of each shared limit in points.
        let mut limit_currencies: Vec<(Id<Limit>, Id<Currency>)> = Vec::new();
        for (name, tree) in self.section("rules") {
            let path = section.key(name);
            let kinds = self.kinds_at(tree, "on", &path);
            let (trigger, to) = self.trigger(program, tree, &kinds, &path);
            let gift = self.gift(tree.get("give"), &kinds, &path.key("give"));
            let limits = self.limits_of(program, name, tree, &kinds, &path);
            let (Some(to), Some((currency, amount)), Some(trigger)) = (to, gift, trigger) else { continue };
            self.one_currency(program, &mut limit_currencies, &limits, currency, &path);
            if matches!(trigger, Trigger::When(_)) {
                self.rule_of_goals(program, &amount, &limits, &path);
            }
            let version = match trigger {
                Trigger::On(_) => self.version(program, tree, &path),
                Trigger::When(_) => Version::default(),
            };
            let rule = Rule {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                trigger,
                to,
                currency,
                amount,
                version,
                limits,
            };
            let Some(id) = program.rules.push(rule) else { continue };
            for kind in kinds {
                program.kinds[kind].rules.push(id);
            }
        }
    }

    /// Reports shared limits in points that rules of several currencies name.
    fn one_currency(
        &mut self,
        program: &Definition,
        known: &mut Vec<(Id<Limit>, Id<Currency>)>,
        limits: &[Id<Limit>],
        currency: Id<Currency>,
        path: &Path<'_>,
    ) {
        for limit in limits.iter().filter(|limit| program.limits[**limit].bound.is_points()) {
            match known.iter().find(|(known, _)| known == limit) {
                Some((_, other)) if *other != currency => {
                    let name = &program.limits[*limit].name;
                    let message = format_args!(
                        "limit `{name}` limits another currency in an earlier rule; expected the same one"
                    );
                    self.found.add(&path.key("limit"), message);
                }
                Some(_) => {}
                None => known.push((*limit, currency)),
            }
        }
    }

    /// Reports what a rule with a goal cannot have, because a goal has no activity of its own.
    fn rule_of_goals(&mut self, program: &Definition, amount: &Amount, limits: &[Id<Limit>], path: &Path<'_>) {
        if amount.fixed().is_none() {
            self.found
                .add(&path.key("give"), "`nth` and `by` only apply with `on`; with `when`, expected a whole number");
        }
        for limit in limits.iter().filter(|limit| program.limits[**limit].scope.key.is_some()) {
            let limit = &program.limits[*limit];
            let message = format_args!(
                "limit `{}` has a key, and a rule with `when` has none; expected only a window",
                limit.name
            );
            self.found.add(&path.key("limit"), message);
        }
    }

    fn trigger(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> (Option<Trigger>, Option<Role>) {
        match (tree.get("on"), tree.get("when")) {
            (Some(_), None) => {
                if tree.get("given").is_some() {
                    self.found.add(
                        &path.key("given"),
                        "only applies with `when`; a rule with `on` gives each time, within its limits",
                    );
                }
                let condition = self.condition(program, tree, kinds, path);
                (Some(Trigger::On(condition)), self.role(tree, kinds, path))
            }
            (None, Some(when)) => {
                for key in ["if", "to"].into_iter().filter(|key| tree.get(key).is_some()) {
                    self.found.add(&path.key(key), "only applies with `on`; with `when`, write it in the tallies");
                }
                for key in ["from", "until", "backfill"].into_iter().filter(|key| tree.get(key).is_some()) {
                    self.found.add(&path.key(key), "only applies with `on`; with `when`, write it in the goal");
                }
                let goals = self.goals(program, when, tree, GoalOf::Rule, &path.key("when"));
                // Limits follow the days of the role that the tallies count for.
                let first = goals.as_ref().and_then(|goals| goals.any.first()?.parts.first());
                let to = match first.map(|part| part.measure) {
                    Some(Measure::Tally(tally)) => {
                        program.tallies.lookup(tally).map_or(Role::Actor, |tally: &Tally| tally.to)
                    }
                    _ => Role::Actor,
                };
                (goals.map(Trigger::When), Some(to))
            }
            (None, None) => {
                self.found
                    .add_missing(path, "has nothing to give points for; expected `on` (kinds) or `when` (a goal)");
                (None, None)
            }
            (Some(_), Some(_)) => {
                self.found.add(&path.key("when"), "cannot be combined with `on`; keep one of the two");
                (None, None)
            }
        }
    }

    /// The limits of a rule: limits in times, then limits in points, each with the narrowest window first.
    fn limits_of(
        &mut self,
        program: &mut Definition,
        rule: &str,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Vec<Id<Limit>> {
        let below = path.key("limit");
        let items = match tree.get("limit") {
            Some(Tree::List(items)) => items.as_slice(),
            Some(one) => core::slice::from_ref(one),
            None => &[],
        };
        let mut limits = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let position = if matches!(tree.get("limit"), Some(Tree::List(_))) { below.item(index) } else { below };
            let id = match item {
                Tree::Text(name) => match (self.known::<Limit>("limits", name), hint::limit(name)) {
                    (None, Some(limit)) => {
                        self.found.add(&position, format_args!("there is no limit `{name}`; write {limit}"));
                        None
                    }
                    _ => self.id::<Limit>("limits", "limit", name, &position),
                },
                Tree::Table(_) => {
                    let limit = self.limit(Text::from(rule), item, kinds, &position);
                    let id = program.limits.push(limit);
                    if id.is_none() {
                        self.found.add(&position, "the program has too many limits; share some between rules");
                    }
                    id
                }
                _ => None,
            };
            if id.is_some_and(|id| limits.contains(&id)) {
                self.found.add(&position, "is listed twice; keep one of them");
            }
            limits.extend(id);
        }
        sort_limits(limits, program)
    }
}
