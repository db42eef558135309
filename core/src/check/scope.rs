//! Scopes, amounts and versions of a program: what is counted apart and in which time, how much is given, and from when.

use super::{Check, flag_at, text_at};
use crate::{
    base::{
        id_table::Id,
        time::{Day, Time, Timestamp, Window, duration_seconds},
        tree::Tree,
    },
    language::{
        grammar::{MAX_POINTS, window},
        problem::{Path, unknown},
    },
    program::{Amount, Attribute, Currency, Definition, Key, Kind, Role, Scope, Span, Version, value::AttributeType},
};

/// What is counted apart besides attributes.
const KEYS: &[&str] = &["object", "actor", "owner", "recipient"];

impl Check<'_> {
    /// What `per` and `within` say; `kinds` are those counted, if they are known here.
    pub(super) fn scope(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Scope {
        let below = path.key("per");
        let (mut window, mut key, mut words) = (None, None, (0, 0));
        let items = match tree.get("per") {
            Some(Tree::List(items)) => items.as_slice(),
            Some(one) => core::slice::from_ref(one),
            None => &[],
        };
        for (index, item) in items.iter().enumerate() {
            let position = if matches!(tree.get("per"), Some(Tree::List(_))) { below.item(index) } else { below };
            let Some(word) = item.as_text() else { continue };
            if let Some(its) = Window::from_name(word) {
                window = Some(its);
                words.0 += 1;
            } else if self.is_key(word) {
                key = self.key(word, kinds, &position);
                words.1 += 1;
            } else {
                let known = Window::NAMES.iter().chain(KEYS).chain(self.attribute_names.keys());
                let message = unknown("window, role or attribute", word, known.copied());
                self.found.add(&position, message);
            }
        }
        if words.0 > 1 || words.1 > 1 {
            self.found.add(&below, "expected one window (day, week …) and one key (object …) at most");
        }
        let within = text_at(tree, "within").and_then(duration_seconds);
        if within.is_some() && window.is_some() {
            self.found.add(&path.key("within"), "stands beside a window of the calendar; expected one of the two");
        }
        Scope { key, span: within.map_or(Span::Per(window.unwrap_or(Window::Ever)), Span::Within) }
    }

    fn is_key(&self, name: &str) -> bool {
        KEYS.contains(&name) || self.attribute_names.contains_key(name)
    }

    /// What is counted apart, by its name.
    pub(super) fn key(&mut self, name: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Key> {
        Some(match name {
            "object" => Key::Object,
            "actor" => Key::Role(Role::Actor),
            "owner" => Key::Role(Role::Owner),
            "recipient" => Key::Role(Role::Recipient),
            name => {
                let types = [AttributeType::Text, AttributeType::Member, AttributeType::Texts];
                Key::Attribute(self.attribute(name, &types, "a text, a member or a set of texts", kinds, path)?)
            }
        })
    }

    /// An attribute of one of some types that all these kinds have.
    pub(super) fn attribute(
        &mut self,
        name: &str,
        types: &[AttributeType],
        expected: &str,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Id<Attribute>> {
        let Some((index, of)) = self.attribute_names.get(name).copied() else {
            let roles = KEYS.iter().filter(|_| types.len() > 1);
            let message = unknown("attribute", name, self.attribute_names.keys().chain(roles).copied());
            self.found.add(path, message);
            return None;
        };
        if !types.contains(&of) {
            self.found.add(path, format_args!("attribute `{name}` is not {expected}"));
        }
        self.declare(kinds, name, path);
        Id::new(index)
    }

    /// Tells of kinds that do not declare an attribute, because nothing of them could ever have it.
    pub(super) fn declare(&mut self, kinds: &[Id<Kind>], attribute: &str, path: &Path<'_>) {
        let section = self.section("kinds");
        for (kind, tree) in kinds.iter().filter_map(|kind| section.get(kind.index())) {
            if tree.get("attributes").is_none_or(|attributes| attributes.get(attribute).is_none()) {
                let message = format_args!(
                    "kind `{kind}` has no attribute `{attribute}`; declare it there, or leave the kind out"
                );
                self.found.add(path, message);
            }
        }
    }

    /// The currency of `give`, and how much.
    pub(super) fn gift(
        &mut self,
        tree: Option<&Tree<'_>>,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<(Id<Currency>, Amount)> {
        let Some(Tree::Table(entries)) = tree else { return None };
        let Some((name, amount)) = entries.first() else {
            self.found.add(path, "is empty; expected a currency and a number");
            return None;
        };
        let below = path.key(name);
        let currency = self.id("currencies", "currency", name, &below);
        let amount = self.amount(amount, kinds, &below)?;
        let nothing = match &amount {
            Amount::Fixed(points) => *points == 0,
            Amount::Nth(steps, _) => !steps.is_empty() && steps.iter().all(|points| *points == 0),
            Amount::By { .. } => false,
        };
        if nothing {
            self.found.add(path, "gives 0 points; expected another number, or no rule");
        }
        Some((currency?, amount))
    }

    fn amount(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Amount> {
        let Tree::Table(entries) = tree else { return tree.as_integer().map(Amount::Fixed) };
        let (by, nth) = (tree.get("by"), tree.get("nth"));
        let beside = |key: &str| match key {
            "per" => nth.is_some(),
            "every" | "times" | "max" => by.is_some(),
            _ => true,
        };
        if by.is_some() == nth.is_some() {
            self.found.add(path, "expected a whole number, or a table with one of: nth, by");
            return None;
        }
        for (key, _) in entries.iter().filter(|(key, _)| !beside(key)) {
            let other = if key == "per" { "nth" } else { "by" };
            self.found.add(&path.key(key), format_args!("goes with `{other}`"));
        }
        if let Some(nth) = nth {
            let steps = nth.items().iter().filter_map(Tree::as_integer).collect();
            return Some(Amount::Nth(steps, window(tree.get("per"))));
        }
        let number = |key: &str, or: i64| tree.get(key).and_then(Tree::as_integer).unwrap_or(or);
        let name = by?.as_text()?;
        let attribute = self.attribute(name, &[AttributeType::Integer], "a whole number", kinds, &path.key("by"))?;
        if number("times", 1) == 0 {
            self.found.add(&path.key("times"), "gives 0 points; expected another number");
        }
        Some(Amount::By {
            attribute,
            times: number("times", 1),
            every: number("every", 1).max(1),
            max: number("max", MAX_POINTS),
        })
    }

    /// What `from`, `until` and `backfill` say.
    pub(super) fn version(&mut self, program: &Definition, tree: &Tree<'_>, path: &Path<'_>) -> Version {
        let moment = |key: &str| moment(program, tree.get(key)?.as_text()?);
        let version = Version { from: moment("from"), until: moment("until"), backfill: flag_at(tree, "backfill") };
        if let (Some(from), Some(until)) = (version.from, version.until)
            && until <= from
        {
            self.found.add(&path.key("until"), "is not after `from`, so it never counts");
        }
        if version.backfill && tree.get("from").is_none() {
            self.found.add(&path.key("backfill"), "goes with `from`: what came before that is made up for");
        }
        version
    }
}

/// A date, at its start in the program's zone, or a time.
fn moment(program: &Definition, text: &str) -> Option<Timestamp> {
    match Day::parse(text) {
        Some(day) => Some(program.zone.start_of(day)),
        None => Time::parse(text).map(|time| time.instant),
    }
}
