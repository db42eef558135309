//! Tallies, limits and rules of a program.

use super::{Check, goal::GoalOf, is_reserved, words};
use crate::{
    grammar::window,
    order::sort_by,
    problem::{Path, unknown},
    program::{Bound, Counted, Currency, Distinct, Kind, Limit, Program, Role, Rule, Tally, Trigger},
    table::Id,
    text::Text,
    time::Window,
    tree::Tree,
    value::AttributeType,
};
use alloc::{format, vec::Vec};

impl Check<'_> {
    pub(super) fn tallies(&mut self, program: &mut Program) {
        let section = Path::Root.key("tallies");
        for (name, tree) in self.section("tallies") {
            let path = section.key(name);
            if is_reserved(name) || name == "fields" {
                self.found.add(
                    &path,
                    format!("`{name}` already means something in conditions and goals; choose another name"),
                );
            }
            let (counts, kinds) = self.counted(program, tree, &path);
            let of: Vec<_> = kinds.iter().map(|(kind, _)| *kind).collect();
            let condition = self.condition(program, tree, &of, &path);
            let to = self.role(program, tree, &of, &path).unwrap_or(Role::Actor);
            let (per_object, per) = self.per(tree, &path);
            let tally = Tally {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                counts,
                to,
                condition,
                per_object,
                per,
                watchers: Vec::new(),
            };
            let Some(id) = program.tallies.push(tally) else { continue };
            for (kind, adds) in kinds {
                program.kinds[kind].tallies.push((id, adds));
            }
        }
    }

    /// What a tally does, and the kinds it looks at, each with what one activity adds.
    fn counted(&mut self, program: &Program, tree: &Tree<'_>, path: &Path<'_>) -> (Counted, Vec<(Id<Kind>, i64)>) {
        let ways: Vec<_> = ["count", "sum", "distinct"].into_iter().filter(|way| tree.get(way).is_some()).collect();
        if ways.len() != 1 {
            self.found.add(path, "expected exactly one of: count, sum, distinct");
            return (Counted::ByKind, Vec::new());
        }
        let each = |kinds: Vec<Id<Kind>>| kinds.into_iter().map(|kind| (kind, 1)).collect();
        if let Some(sum @ Tree::Table(entries)) = tree.get("sum") {
            let below = path.key("sum");
            let mut kinds = Vec::new();
            for (kind, adds) in entries {
                let id = self.id::<Kind>("kinds", "kind", kind, &below.key(kind));
                kinds.extend(id.zip(adds.as_integer()));
            }
            self.no_of(tree, path);
            if sum.entries().is_empty() {
                self.found.add(&below, "is empty; expected kinds, each with what it adds");
            }
            return (Counted::ByKind, kinds);
        }
        if tree.get("count").is_some() {
            self.no_of(tree, path);
            return (Counted::ByKind, each(self.kinds_at(tree, "count", path)));
        }
        let kinds = self.kinds_at(tree, "of", path);
        if tree.get("of").is_none() {
            self.found.add(path, "`of` is missing: the kinds to read it from");
        }
        let counts = match tree.get("distinct").and_then(Tree::as_text) {
            Some(of) => self.distinct(program, of, &kinds, &path.key("distinct")).map(Counted::Distinct),
            None => self.sum(program, tree, &kinds, path),
        };
        (counts.unwrap_or(Counted::ByKind), each(kinds))
    }

    fn no_of(&mut self, tree: &Tree<'_>, path: &Path<'_>) {
        if tree.get("of").is_some() {
            self.found.add(
                &path.key("of"),
                "goes with `distinct`, or `sum` of an attribute; here the kinds are named already",
            );
        }
    }

    fn sum(&mut self, program: &Program, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Counted> {
        let name = tree.get("sum")?.as_text()?;
        let attribute =
            self.attribute(program, name, &[AttributeType::Integer], "a whole number", kinds, &path.key("sum"))?;
        Some(Counted::Sum(attribute))
    }

    fn distinct(&mut self, program: &Program, of: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Distinct> {
        Some(match of {
            "actor" => Distinct::Role(Role::Actor),
            "owner" => Distinct::Role(Role::Owner),
            "recipient" => Distinct::Role(Role::Recipient),
            "object" => Distinct::Object,
            "day" => Distinct::Day,
            name => {
                let types = [AttributeType::Text, AttributeType::Member, AttributeType::Texts];
                Distinct::Attribute(self.attribute(
                    program,
                    name,
                    &types,
                    "a text, a member or a set of texts",
                    kinds,
                    path,
                )?)
            }
        })
    }

    fn attribute(
        &mut self,
        program: &Program,
        name: &str,
        types: &[AttributeType],
        expected: &str,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Id<crate::program::Attribute>> {
        let Some((index, of)) = self.attribute_names.get(name).copied() else {
            let message = unknown("attribute", name, self.attribute_names.keys().copied());
            self.found.add(path, message);
            return None;
        };
        if !types.contains(&of) {
            self.found.add(path, format!("attribute `{name}` is not {expected}"));
        }
        let attribute = Id::new(index)?;
        for kind in kinds.iter().map(|kind| &program.kinds[*kind]).filter(|kind| !kind.attributes.contains(&attribute))
        {
            self.found.add(
                path,
                format!("kind `{}` has no attribute `{name}`; declare it there, or leave the kind out", kind.name),
            );
        }
        Some(attribute)
    }

    /// `object`, a calendar window, or one of each.
    fn per(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> (bool, Window) {
        let words: Vec<_> = match tree.get("per") {
            Some(Tree::List(items)) => items.iter().filter_map(Tree::as_text).collect(),
            Some(one) => one.as_text().into_iter().collect(),
            None => Vec::new(),
        };
        let objects = words.iter().filter(|word| **word == "object").count();
        let mut windows = words.iter().filter_map(|word| Window::from_name(word));
        let per = windows.next().unwrap_or(Window::Ever);
        if objects > 1 || windows.next().is_some() {
            self.found.add(&path.key("per"), "expected `object` and one window (day, week or month) at most");
        }
        (objects > 0, per)
    }

    /// The limits that have a name; those of one rule are added with the rule.
    pub(super) fn limits(&mut self, program: &mut Program) {
        let section = Path::Root.key("limits");
        for (name, tree) in self.section("limits") {
            let limit = self.limit(Text::from(&**name), tree, &section.key(name));
            program.limits.push(limit);
        }
    }

    fn limit(&mut self, name: Text, tree: &Tree<'_>, path: &Path<'_>) -> Limit {
        let bound = match (tree.get("points"), tree.get("times")) {
            (Some(points), None) => Bound::Points(points.as_integer().unwrap_or(1)),
            (None, Some(times)) => Bound::Times(times.as_integer().unwrap_or(1)),
            _ => {
                self.found.add(path, "expected exactly one of: points, times");
                Bound::Times(1)
            }
        };
        Limit { name, bound, per: window(tree.get("per")) }
    }

    pub(super) fn rules(&mut self, program: &mut Program) {
        let section = Path::Root.key("rules");
        // The one currency that each shared limit in points is counted in.
        let mut limit_currencies: Vec<(Id<Limit>, Id<Currency>)> = Vec::new();
        for (name, tree) in self.section("rules") {
            let path = section.key(name);
            let kinds = self.kinds_at(tree, "on", &path);
            let (trigger, to) = self.trigger(program, tree, &kinds, &path);
            let give = path.key("give");
            let amount = self.amount(tree.get("give"), &give);
            if amount.is_some_and(|(_, points)| points == 0) {
                self.found.add(&give, "gives 0 points; expected another number, or no rule");
            }
            let limits = self.limits_of(program, name, tree, &path);
            let (Some(to), Some((currency, points)), Some(trigger)) = (to, amount, trigger) else {
                continue;
            };
            for limit in limits.iter().filter(|limit| matches!(program.limits[**limit].bound, Bound::Points(_))) {
                match limit_currencies.iter().find(|(known, _)| known == limit) {
                    Some((_, other)) if *other != currency => {
                        let message = format!(
                            "limit `{}` counts points of another currency in an earlier rule",
                            program.limits[*limit].name
                        );
                        self.found.add(&path.key("limit"), message);
                    }
                    Some(_) => {}
                    None => limit_currencies.push((*limit, currency)),
                }
            }
            let rule = Rule {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                trigger,
                to,
                currency,
                points,
                limits,
            };
            let Some(id) = program.rules.push(rule) else { continue };
            for kind in kinds {
                program.kinds[kind].rules.push(id);
            }
        }
    }

    fn trigger(
        &mut self,
        program: &Program,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> (Option<Trigger>, Option<Role>) {
        match (tree.get("on"), tree.get("when")) {
            (Some(_), None) => {
                if tree.get("given").is_some() {
                    self.found.add(
                        &path.key("given"),
                        "goes with `when`; a rule with `on` gives each time, within its limits",
                    );
                }
                let condition = self.condition(program, tree, kinds, path);
                (Some(Trigger::On(condition)), self.role(program, tree, kinds, path))
            }
            (None, Some(when)) => {
                for key in ["if", "to"].into_iter().filter(|key| tree.get(key).is_some()) {
                    self.found.add(&path.key(key), "goes with `on`; with `when`, say it of the tallies");
                }
                let each = tree.get("given").and_then(Tree::as_text) == Some("each");
                let goal = self.goal(program, when, GoalOf::Rule, each, &path.key("when"));
                // The days of its limits are those of the member whose tallies they are.
                let first = goal.as_ref().and_then(|goal| goal.parts.first());
                let to = first
                    .and_then(|part| program.tallies.iter().nth(part.tally.index()))
                    .map_or(Role::Actor, |(_, tally)| tally.to);
                (goal.map(Trigger::When), Some(to))
            }
            (None, None) => {
                self.found.add(path, "nothing makes it give; expected `on` (kinds) or `when` (a goal)");
                (None, None)
            }
            (Some(_), Some(_)) => {
                self.found.add(&path.key("when"), "stands beside `on`; expected one of the two");
                (None, None)
            }
        }
    }

    /// The limits of a rule: those in times first, then those in points, each narrowest window first.
    fn limits_of(&mut self, program: &mut Program, rule: &str, tree: &Tree<'_>, path: &Path<'_>) -> Vec<Id<Limit>> {
        let below = path.key("limit");
        let items = match tree.get("limit") {
            Some(Tree::List(items)) => items.as_slice(),
            Some(one) => core::slice::from_ref(one),
            None => &[],
        };
        let mut limits = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = if matches!(tree.get("limit"), Some(Tree::List(_))) { below.item(index) } else { below };
            let id = match item {
                Tree::Text(name) => self.id::<Limit>("limits", "limit", name, &place),
                Tree::Table(_) => {
                    let limit = self.limit(Text::from(rule), item, &place);
                    let id = program.limits.push(limit);
                    if id.is_none() {
                        self.found.add(&place, "there are too many limits in the program");
                    }
                    id
                }
                _ => None,
            };
            if id.is_some_and(|id| limits.contains(&id)) {
                self.found.add(&place, "stands here twice");
            }
            limits.extend(id);
        }
        let place = |id: &Id<Limit>| {
            let limit = &program.limits[*id];
            (matches!(limit.bound, Bound::Points(_)), limit.per)
        };
        sort_by(&mut limits, |a, b| place(a).cmp(&place(b)));
        limits
    }
}
