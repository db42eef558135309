//! Conditions and roles of a program: each test is read for the type of what it looks at.

use super::{Check, SUBJECTS, text_at};
use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Time, duration_seconds},
        tree::Tree,
    },
    language::problem::{Path, unknown},
    program::{
        Definition, Kind, Role,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::{AttributeType, Value},
    },
};
use alloc::{boxed::Box, format, string::ToString, vec::Vec};

/// The type of what a test looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Attribute(AttributeType),
    Level,
    Badge,
    Field,
}

impl Of {
    fn what(self) -> &'static str {
        match self {
            Of::Attribute(AttributeType::Integer) => "a whole number",
            Of::Attribute(AttributeType::Text | AttributeType::Member) => "a text",
            Of::Attribute(AttributeType::Flag) => "a flag",
            Of::Attribute(AttributeType::Time) => "a time",
            Of::Attribute(AttributeType::Texts) => "a set of texts",
            Of::Level => "a level",
            Of::Badge => "a badge",
            Of::Field => "a field of the profile",
        }
    }

    /// What can be asked of it, besides `missing`.
    fn asks(self) -> &'static [&'static str] {
        match self {
            Of::Attribute(AttributeType::Integer) => &["is", "not", "min", "max", "any"],
            Of::Attribute(AttributeType::Text | AttributeType::Member) => &["is", "not", "any"],
            Of::Attribute(AttributeType::Flag) => &["is", "not"],
            Of::Attribute(AttributeType::Time) => &["after", "before", "by"],
            Of::Attribute(AttributeType::Texts) => &["contains", "any", "only"],
            Of::Level => &["is", "not", "min"],
            Of::Badge | Of::Field => &["is", "not"],
        }
    }
}

const TEXT: Of = Of::Attribute(AttributeType::Text);
const INTEGER: Of = Of::Attribute(AttributeType::Integer);

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

    /// The tests of one subject; all of them must hold.
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
            Subject::Kind => self.kinds_asked(tree, path),
            _ => {}
        }
        let Tree::Table(asks) = tree else {
            // A bare value is short for `is`.
            if !of.asks().contains(&"is") {
                self.found.add(
                    path,
                    format_args!("`{name}` is {}; expected a table with one of: {}", of.what(), of.asks().join(", ")),
                );
            } else if let Some(predicate) = self.predicate("is", tree, tree, of, kinds, path) {
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
        for (key, value) in asks {
            let position = path.key(key);
            match &**key {
                "missing" if !subject.is_standing() => {
                    let predicate = Predicate::Missing(value.as_flag().unwrap_or(true));
                    parts.push(Expression::Test(Test { path: position.to_string(), subject, predicate }));
                }
                "by" if of.asks().contains(&"by") => {
                    if tree.get("after").is_none() && tree.get("before").is_none() {
                        self.found.add(&position, "stands alone; expected `after` or `before` beside it");
                    }
                }
                key if of.asks().contains(&key) => {
                    if let Some(predicate) = self.predicate(key, value, tree, of, kinds, &position) {
                        parts.push(Expression::Test(Test { path: position.to_string(), subject, predicate }));
                    }
                }
                key => {
                    let message = format_args!(
                        "`{name}` is {}, which `{key}` cannot be asked of; expected one of: {}",
                        of.what(),
                        of.asks().join(", ")
                    );
                    self.found.add(&position, message);
                }
            }
        }
    }

    /// Tells of what completeness never is.
    fn completeness(&mut self, program: &Definition, tree: &Tree<'_>, path: &Path<'_>) {
        if program.fields.len() == 0 {
            self.found.add(path, "the program has no profile");
        }
        let asked = tree.entries().iter().map(|(_, value)| value).chain([tree]).filter_map(Tree::as_integer);
        for percent in asked.filter(|percent| !(0..=100).contains(percent)) {
            self.found.add(path, format_args!("completeness goes from 0 to 100, never to {percent}"));
        }
    }

    /// Tells of kinds that there are none of, wherever they stand in the tests of a kind.
    fn kinds_asked(&mut self, tree: &Tree<'_>, path: &Path<'_>) {
        if let Some(name) = tree.as_text().filter(|name| !name.starts_with('@')) {
            self.index("kinds", "kind", name, path);
        }
        tree.items().iter().enumerate().for_each(|(index, item)| self.kinds_asked(item, &path.item(index)));
        tree.entries().iter().for_each(|(key, value)| self.kinds_asked(value, &path.key(key)));
    }

    fn subject(&mut self, name: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<(Subject, Of)> {
        Some(match name {
            "kind" => (Subject::Kind, TEXT),
            "object" => (Subject::Object, TEXT),
            "actor" => (Subject::Role(Role::Actor), TEXT),
            "owner" => (Subject::Role(Role::Owner), TEXT),
            "recipients" => (Subject::Role(Role::Recipient), Of::Attribute(AttributeType::Texts)),
            "at" => (Subject::At, Of::Attribute(AttributeType::Time)),
            "level" => (Subject::Level, Of::Level),
            "badge" => (Subject::Badge, Of::Badge),
            "field" => (Subject::Field, Of::Field),
            "completeness" => (Subject::Completeness, INTEGER),
            name => {
                if let Some(tally) = self.known("tallies", name) {
                    self.told.push(tally);
                    return Some((Subject::Tally(tally), INTEGER));
                }
                if let Some(currency) = self.known("currencies", name) {
                    return Some((Subject::Total(currency), INTEGER));
                }
                let Some((attribute, of)) = self.attribute_names.get(name).copied() else {
                    let known = self.attribute_names.keys().chain(SUBJECTS).copied();
                    let named = ["tallies", "currencies"].into_iter().filter_map(|section| self.names.get(section));
                    let named = named.flat_map(|names| names.keys().copied());
                    let message = unknown("attribute, role, tally or currency", name, known.chain(named));
                    self.found.add(path, message);
                    return None;
                };
                let attribute = Id::new(attribute)?;
                self.declare(kinds, name, path);
                (Subject::Attribute(attribute), Of::Attribute(of))
            }
        })
    }

    /// One predicate of a subject of some type; `key` is one that the type allows.
    fn predicate(
        &mut self,
        key: &str,
        value: &Tree<'_>,
        tests: &Tree<'_>,
        of: Of,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Predicate> {
        if of == Of::Level {
            let name = self.named(value, of, path)?;
            let level = self.id("levels", "level", name, path)?;
            return Some(match key {
                "min" => Predicate::LevelMin(level),
                "not" => Predicate::LevelIsNot(level),
                _ => Predicate::LevelIs(level),
            });
        }
        if of == Of::Field {
            let name = self.named(value, of, path)?;
            let field = self.id("fields", "field of the profile", name, path)?;
            return Some(if key == "not" { Predicate::NotDone(field) } else { Predicate::Done(field) });
        }
        if of == Of::Badge {
            let name = self.named(value, of, path)?;
            let badge = self.id("badges", "badge", name, path)?;
            return Some(if key == "not" { Predicate::HasNot(badge) } else { Predicate::Has(badge) });
        }
        let by_seconds = text_at(tests, "by").and_then(duration_seconds).unwrap_or(0);
        Some(match key {
            "is" => Predicate::Is(self.operand(value, of, kinds, path)?),
            "not" => Predicate::Not(self.operand(value, of, kinds, path)?),
            "contains" => Predicate::Contains(self.operand(value, TEXT, kinds, path)?),
            "after" => Predicate::After(self.operand(value, of, kinds, path)?, by_seconds),
            "before" => Predicate::Before(self.operand(value, of, kinds, path)?, by_seconds),
            "only" => {
                let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
                Predicate::Only(self.literals(value, TEXT, kinds, path).into_iter().filter_map(text).collect())
            }
            "any" => {
                let item_of = if of == Of::Attribute(AttributeType::Texts) { TEXT } else { of };
                Predicate::Any(self.literals(value, item_of, kinds, path))
            }
            "min" | "max" => {
                let Some(number) = value.as_integer() else {
                    self.found.add(path, format_args!("expected a whole number, found {}", value.what()));
                    return None;
                };
                if key == "min" { Predicate::Min(number) } else { Predicate::Max(number) }
            }
            _ => return None,
        })
    }

    /// The items of a list, none of which may stand for something else.
    fn literals(&mut self, list: &Tree<'_>, of: Of, kinds: &[Id<Kind>], path: &Path<'_>) -> Vec<Value> {
        let mut values = Vec::new();
        for (index, item) in list.items().iter().enumerate() {
            match self.operand(item, of, kinds, &path.item(index)) {
                Some(Operand::Value(value)) => values.push(value),
                Some(_) => self.found.add(
                    &path.item(index),
                    "expected a plain value; use an `any` of conditions for roles and attributes",
                ),
                None => {}
            }
        }
        values
    }

    /// The name of a level, badge or field; anything else is a problem.
    fn named<'v>(&mut self, value: &'v Tree<'_>, of: Of, path: &Path<'_>) -> Option<&'v str> {
        let name = value.as_text();
        if name.is_none() {
            self.found.add(path, format_args!("expected the name of {}, found {}", of.what(), value.what()));
        }
        name
    }

    fn operand(&mut self, tree: &Tree<'_>, of: Of, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Operand> {
        if let Some(reference) =
            tree.as_text().and_then(|text| text.strip_prefix('@')).filter(|rest| !rest.starts_with('@'))
        {
            return self.reference(reference, of, kinds, path);
        }
        let value = match (of, tree) {
            (Of::Attribute(AttributeType::Integer), Tree::Integer(number)) => Some(Value::Integer(*number)),
            (Of::Attribute(AttributeType::Flag), Tree::Flag(flag)) => Some(Value::Flag(*flag)),
            (Of::Attribute(AttributeType::Text | AttributeType::Member), Tree::Text(text)) => {
                Some(Value::Text(Text::from(text.strip_prefix('@').unwrap_or(text))))
            }
            (Of::Attribute(AttributeType::Time), Tree::Text(text)) => {
                Time::parse(text).map(|time| Value::Time(time.instant))
            }
            _ => None,
        };
        if value.is_none() && !matches!(tree, Tree::Table(_) | Tree::List(_)) {
            let or =
                if of == Of::Attribute(AttributeType::Time) { " in RFC 3339, or a reference like `@at`" } else { "" };
            let found = tree.as_text().map_or_else(|| tree.what().to_string(), |text| format!("`{text}`"));
            self.found.add(path, format_args!("expected {}{or}, found {found}", of.what()));
        }
        value.map(Operand::Value)
    }

    /// What `@name` stands for; it must be of the same type as what it is compared with.
    fn reference(&mut self, name: &str, of: Of, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Operand> {
        let (operand, its) = match name {
            "actor" => (Operand::Role(Role::Actor), TEXT),
            "owner" => (Operand::Role(Role::Owner), TEXT),
            "object" => (Operand::Object, TEXT),
            "at" => (Operand::At, Of::Attribute(AttributeType::Time)),
            name => {
                let Some((attribute, its)) = self.attribute_names.get(name).copied() else {
                    let known =
                        ["actor", "owner", "object", "at"].into_iter().chain(self.attribute_names.keys().copied());
                    let message = unknown("role or attribute", name, known);
                    self.found.add(path, message);
                    return None;
                };
                let attribute = Id::new(attribute)?;
                self.declare(kinds, name, path);
                (Operand::Attribute(attribute), Of::Attribute(its))
            }
        };
        if its.what() != of.what() {
            self.found.add(path, format_args!("`@{name}` is {}; expected {}", its.what(), of.what()));
            return None;
        }
        Some(operand)
    }

    /// The role under a key such as `to`; the actor where it is left out.
    pub(super) fn role(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Role> {
        let Some(name) = tree.get("to") else { return Some(Role::Actor) };
        let name = name.as_text()?;
        let position = path.key("to");
        match name {
            "actor" => Some(Role::Actor),
            "owner" => Some(Role::Owner),
            "recipient" => Some(Role::Recipient),
            name => {
                let members = self.attribute_names.iter().filter(|(_, (_, of))| *of == AttributeType::Member);
                let known: Vec<_> = members.map(|(name, (index, _))| (*name, *index)).collect();
                let Some((_, index)) = known.iter().find(|(known, _)| *known == name) else {
                    let names = known.iter().map(|(name, _)| *name).chain(["actor", "owner", "recipient"]);
                    let message = unknown("role", name, names);
                    self.found.add(&position, message);
                    return None;
                };
                let attribute = Id::new(*index)?;
                self.declare(kinds, name, &position);
                Some(Role::Attribute(attribute))
            }
        }
    }
}
