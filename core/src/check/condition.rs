//! Conditions and roles: each test is read for the type of its subject.

use super::{
    Check,
    subject::{INTEGER, Operator, REFERENCES, ROLES, SUBJECTS, SubjectType, TEXT, TEXTS, TIME},
    text_at,
};
use crate::{
    base::{
        day::Weekday,
        id_table::Id,
        number::capped,
        text::Text,
        time::{Time, duration_seconds},
        tree::Tree,
    },
    language::{hint, nearest::unknown, problem::Path},
    program::{
        Definition, Kind, Role,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::{AttributeType, Value},
    },
};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

fn write(hint: String) -> String {
    format!("; write {hint}")
}

impl Check<'_> {
    /// The condition under `if`, for activities of these kinds.
    pub(super) fn condition(
        &mut self,
        program: &Definition,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Condition> {
        let test = self.expression(program, tree.get("if")?, kinds, &path.key("if"));
        let mut tests = Vec::new();
        test.tests(&mut tests);
        let answer_slot = tests.iter().any(|test| test.subject.is_standing()).then_some(self.answer_slots);
        self.answer_slots = self.answer_slots.saturating_add(u16::from(answer_slot.is_some()));
        Some(Condition { test, answer_slot })
    }

    fn expression(&mut self, program: &Definition, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Expression {
        let mut parts = Vec::new();
        if matches!(tree, Tree::Table(entries) if entries.is_empty()) {
            self.found.add(path, "is empty; expected at least one test");
        }
        for (name, below) in tree.entries() {
            let position = path.key(name);
            match &**name {
                "all" => parts.push(Expression::All(self.expressions(program, below, kinds, &position))),
                "any" => parts.push(Expression::Any(self.expressions(program, below, kinds, &position))),
                "not" => parts.push(Expression::Not(Box::new(self.expression(program, below, kinds, &position)))),
                name => self.tests(program, name, below, kinds, &position, &mut parts),
            }
        }
        match parts.len() {
            1 => parts.remove(0),
            _ => Expression::All(parts),
        }
    }

    fn expressions(
        &mut self,
        program: &Definition,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Vec<Expression> {
        let items = tree.items().iter().enumerate();
        items.map(|(index, item)| self.expression(program, item, kinds, &path.item(index))).collect()
    }

    /// Reads the tests of one subject, all of which must hold.
    fn tests(
        &mut self,
        program: &Definition,
        name: &str,
        tree: &Tree<'_>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
        parts: &mut Vec<Expression>,
    ) {
        let Some((subject, of)) = self.subject(name, kinds, path) else { return };
        match subject {
            Subject::Completeness => self.completeness(program, tree, path),
            Subject::Kind => self.tested_kinds(tree, path),
            _ => {}
        }
        let Tree::Table(entries) = tree else {
            // A bare value is short for `is`.
            if !of.operators().contains(&Operator::Is) {
                let (what, names) = (of.what(), of.operator_names());
                self.found.add(path, format_args!("`{name}` is {what}; expected a table with one of: {names}"));
            } else if let Some(predicate) = self.predicate(Operator::Is, tree, tree, of, kinds, path) {
                parts.push(Expression::Test(Test { path: path.to_string(), subject, predicate }));
            }
            return;
        };
        let number = |key: &str| tree.get(key).and_then(Tree::as_integer);
        if let (Some(min), Some(max)) = (number("min"), number("max"))
            && max < min
        {
            self.found.add(path, format_args!("`max` {max} is below `min` {min}, so it never holds"));
        }
        for (key, value) in entries {
            let position = path.key(key);
            if key == "missing" && !subject.is_standing() {
                let predicate = Predicate::Missing(value.as_flag().unwrap_or(true));
                parts.push(Expression::Test(Test { path: position.to_string(), subject, predicate }));
                continue;
            }
            let operator = Operator::from_name(key);
            if operator.is_none() && key != "missing" {
                // No word of the language at all, which the grammar has reported.
                continue;
            }
            match operator.filter(|operator| of.operators().contains(operator)) {
                Some(Operator::By) => {
                    if tree.get("after").is_none() && tree.get("before").is_none() {
                        self.found.add(&position, "needs `after` or `before` beside it");
                    }
                }
                Some(operator) => {
                    if let Some(predicate) = self.predicate(operator, value, tree, of, kinds, &position) {
                        parts.push(Expression::Test(Test { path: position.to_string(), subject, predicate }));
                    }
                }
                None => {
                    let (what, names) = (of.what(), of.operator_names());
                    let message = format_args!("`{key}` does not apply to {what}; expected one of: {names}");
                    self.found.add(&position, message);
                }
            }
        }
    }

    /// Reports a percentage that completeness never reaches.
    fn completeness(&mut self, program: &Definition, tree: &Tree<'_>, path: &Path<'_>) {
        if program.fields.len() == 0 {
            self.found.add(path, "the program has no `profile` to be complete");
        }
        let asked = tree.entries().iter().map(|(_, value)| value).chain([tree]).filter_map(Tree::as_integer);
        for percent in asked.filter(|percent| !(0..=100).contains(percent)) {
            self.found.add(path, format_args!("completeness is a percentage; expected 0 to 100, found {percent}"));
        }
    }

    /// Reports unknown kinds anywhere in the tests of `kind`.
    fn tested_kinds(&mut self, tree: &Tree<'_>, path: &Path<'_>) {
        if let Some(name) = tree.as_text().filter(|name| !name.starts_with('@')) {
            self.index("kinds", "kind", name, path);
        }
        tree.items().iter().enumerate().for_each(|(index, item)| self.tested_kinds(item, &path.item(index)));
        tree.entries().iter().for_each(|(key, value)| self.tested_kinds(value, &path.key(key)));
    }

    fn subject(&mut self, name: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<(Subject, SubjectType)> {
        if let Some((_, subject, of)) = SUBJECTS.into_iter().find(|(known, ..)| *known == name) {
            return Some((subject, of));
        }
        if let Some(tally) = self.known("tallies", name) {
            self.observed.push(tally);
            return Some((Subject::Tally(tally), INTEGER));
        }
        if let Some(currency) = self.known("currencies", name) {
            return Some((Subject::Total(currency), INTEGER));
        }
        let Some((attribute, of)) = self.attribute_named(name) else {
            let subjects = SUBJECTS.into_iter().map(|(subject, ..)| subject).chain(["all", "any", "not"]);
            let known = self.attribute_names.keys().copied().chain(subjects);
            let named = ["tallies", "currencies"].into_iter().filter_map(|section| self.names_of(section));
            let named = named.flat_map(|names| names.keys().map(|name| &**name));
            let message = unknown("attribute, role, tally or currency", name, known.chain(named));
            self.found.add(path, message);
            return None;
        };
        let attribute = Id::new(attribute)?;
        self.declare(kinds, name, path);
        Some((Subject::Attribute(attribute), SubjectType::Attribute(of)))
    }

    /// The predicate of one test. `operator` is one that the type allows.
    fn predicate(
        &mut self,
        operator: Operator,
        value: &Tree<'_>,
        tests: &Tree<'_>,
        of: SubjectType,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Predicate> {
        match of {
            SubjectType::Level => {
                let name = self.named(value, of, path)?;
                let level = self.id("levels", "level", name, path)?;
                return Some(match operator {
                    Operator::Min => Predicate::LevelMin(level),
                    Operator::Not => Predicate::LevelIsNot(level),
                    _ => Predicate::LevelIs(level),
                });
            }
            SubjectType::Field => {
                let name = self.named(value, of, path)?;
                let field = self.id("fields", "profile field", name, path)?;
                let is_not = operator == Operator::Not;
                return Some(if is_not { Predicate::NotDone(field) } else { Predicate::Done(field) });
            }
            SubjectType::Badge => {
                let name = self.named(value, of, path)?;
                let badge = self.id("badges", "badge", name, path)?;
                let is_not = operator == Operator::Not;
                return Some(if is_not { Predicate::HasNot(badge) } else { Predicate::Has(badge) });
            }
            SubjectType::Attribute(_) | SubjectType::Weekday => {}
        }
        let by_seconds = text_at(tests, "by").and_then(duration_seconds).unwrap_or(0);
        Some(match operator {
            Operator::Is => Predicate::Is(self.operand(value, of, kinds, path)?),
            Operator::Not => Predicate::Not(self.operand(value, of, kinds, path)?),
            Operator::Contains => Predicate::Contains(self.operand(value, TEXT, kinds, path)?),
            Operator::After => Predicate::After(self.operand(value, of, kinds, path)?, by_seconds),
            Operator::Before => Predicate::Before(self.operand(value, of, kinds, path)?, by_seconds),
            Operator::Only => {
                let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
                Predicate::Only(self.literals(value, TEXT, kinds, path).into_iter().filter_map(text).collect())
            }
            Operator::Any => {
                let item_of = if of == TEXTS { TEXT } else { of };
                Predicate::Any(self.literals(value, item_of, kinds, path))
            }
            Operator::Min => Predicate::Min(self.bound(value, path)?),
            Operator::Max => Predicate::Max(self.bound(value, path)?),
            // `by` is read with `after` and `before`.
            Operator::By => return None,
        })
    }

    /// The number of `min` or `max`.
    fn bound(&mut self, value: &Tree<'_>, path: &Path<'_>) -> Option<i64> {
        if let Tree::Text(text) = value {
            let hint = hint::number(text).map_or("; only `is` and `not` compare with another part".into(), write);
            self.found.add(path, format_args!("expected a whole number, found the text `{text}`{hint}"));
        }
        // Other values are reported already.
        value.as_integer()
    }

    /// The items of a list, none of which may be a reference.
    fn literals(&mut self, list: &Tree<'_>, of: SubjectType, kinds: &[Id<Kind>], path: &Path<'_>) -> Vec<Value> {
        let mut values = Vec::new();
        for (index, item) in list.items().iter().enumerate() {
            match self.operand(item, of, kinds, &path.item(index)) {
                Some(Operand::Value(value)) => values.push(value),
                Some(_) => self.found.add(
                    &path.item(index),
                    "expected a plain value; for roles and attributes, use an `any` of conditions",
                ),
                None => {}
            }
        }
        values
    }

    /// The name of a level, badge or field. Anything else is a problem.
    fn named<'v>(&mut self, value: &'v Tree<'_>, of: SubjectType, path: &Path<'_>) -> Option<&'v str> {
        let name = value.as_text();
        if name.is_none() {
            self.found.add(path, format_args!("expected the name of {}, found {}", of.what(), value.what()));
        }
        name
    }

    fn operand(&mut self, tree: &Tree<'_>, of: SubjectType, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Operand> {
        if let Some(reference) =
            tree.as_text().and_then(|text| text.strip_prefix('@')).filter(|rest| !rest.starts_with('@'))
        {
            return self.reference(reference, of, kinds, path);
        }
        let value = match (of, tree) {
            (SubjectType::Attribute(AttributeType::Integer), Tree::Integer(number)) => Some(Value::Integer(*number)),
            (SubjectType::Attribute(AttributeType::Flag), Tree::Flag(flag)) => Some(Value::Flag(*flag)),
            (SubjectType::Attribute(AttributeType::Text | AttributeType::Member), Tree::Text(text)) => {
                Some(Value::Text(Text::from(text.strip_prefix('@').unwrap_or(text))))
            }
            (SubjectType::Weekday, Tree::Text(text)) => {
                let day = Weekday::NAMES.iter().position(|name| **name == **text);
                if day.is_none() {
                    self.found.add(path, unknown("weekday", text, Weekday::NAMES.iter().copied()));
                    return None;
                }
                day.map(|day| Value::Integer(capped(day)))
            }
            (SubjectType::Attribute(AttributeType::Time), Tree::Text(text)) => {
                Time::parse(text).ok().map(|time| Value::Time(time.instant))
            }
            _ => None,
        };
        if value.is_none() && !matches!(tree, Tree::Table(_) | Tree::List(_)) {
            let or = if of == TIME { " in RFC 3339, or a reference like `@at`" } else { "" };
            let found = tree.as_text().map_or_else(|| tree.what().to_string(), |text| format!("`{text}`"));
            let hint = tree.as_text().and_then(|text| match of {
                INTEGER => hint::number(text).or_else(|| hint::comparison(text)),
                SubjectType::Attribute(AttributeType::Flag) => hint::flag(text),
                _ => None,
            });
            let (text, hint) = hint.map_or(("", String::new()), |hint| ("the text ", write(hint)));
            self.found.add(path, format_args!("expected {}{or}, found {text}{found}{hint}", of.what()));
        }
        value.map(Operand::Value)
    }

    /// What `@name` refers to. Its type must be that of the subject.
    fn reference(&mut self, name: &str, of: SubjectType, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Operand> {
        let (operand, its) = match REFERENCES.into_iter().find(|(known, ..)| *known == name) {
            Some((_, operand, its)) => (operand, its),
            None => {
                let Some((attribute, its)) = self.attribute_named(name) else {
                    let roles = REFERENCES.into_iter().map(|(known, ..)| known);
                    let message = unknown("role or attribute", name, roles.chain(self.attribute_names.keys().copied()));
                    self.found.add(path, message);
                    return None;
                };
                let attribute = Id::new(attribute)?;
                self.declare(kinds, name, path);
                (Operand::Attribute(attribute), SubjectType::Attribute(its))
            }
        };
        if its.what() != of.what() {
            self.found.add(path, format_args!("`@{name}` is {}; expected {}", its.what(), of.what()));
            return None;
        }
        Some(operand)
    }

    /// The role that `to` names; the actor if the key is absent.
    pub(super) fn role(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Role> {
        let Some(name) = tree.get("to") else { return Some(Role::Actor) };
        let name = name.as_text()?;
        if let Some((_, role)) = ROLES.into_iter().find(|(known, _)| *known == name) {
            return Some(role);
        }
        let position = path.key("to");
        let is_member = |index: usize| self.attribute_types.get(index) == Some(&AttributeType::Member);
        let members = self.attribute_names.iter().filter(|(_, index)| is_member(**index));
        let known: Vec<_> = members.map(|(name, index)| (*name, *index)).collect();
        let Some((_, index)) = known.iter().find(|(known, _)| *known == name) else {
            let names = known.iter().map(|(name, _)| *name).chain(ROLES.into_iter().map(|(name, _)| name));
            let message = unknown("role", name, names);
            self.found.add(&position, message);
            return None;
        };
        let attribute = Id::new(*index)?;
        self.declare(kinds, name, &position);
        Some(Role::Attribute(attribute))
    }
}
