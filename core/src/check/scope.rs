//! Scopes, amounts and versions: by which key and in which window things count, how much a rule gives, and from when.

use super::{Check, flag_at, text_at};
use crate::{
    base::{day::Window, id_table::Id, keyword::Keyword, time::duration_seconds, tree::Tree},
    language::{grammar::MAX_POINTS, nearest::unknown, problem::Path},
    program::{Amount, Attribute, Currency, Definition, Key, Kind, Role, Scope, Span, Version, value::AttributeType},
};

/// The keys of `per` besides attributes.
const KEYS: [(&str, Key); 4] = [
    ("object", Key::Object),
    ("actor", Key::Role(Role::Actor)),
    ("owner", Key::Role(Role::Owner)),
    ("recipient", Key::Role(Role::Recipient)),
];

impl Check<'_> {
    /// The scope that `per` and `within` say. `kinds` are the kinds counted, if they are known here.
    pub(super) fn scope(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Scope {
        let below = path.key("per");
        let (mut window, mut key) = (None, None);
        let (mut windows, mut keys) = (0, 0);
        let items = match tree.get("per") {
            Some(Tree::List(items)) => items.as_slice(),
            Some(one) => core::slice::from_ref(one),
            None => &[],
        };
        for (index, item) in items.iter().enumerate() {
            let position = if matches!(tree.get("per"), Some(Tree::List(_))) { below.item(index) } else { below };
            let Some(word) = item.as_text() else { continue };
            if let Some(its) = Window::from_name(word) {
                self.has_season(its, &position);
                window = Some(its);
                windows += 1;
            } else if self.is_key(word) {
                key = self.key(word, kinds, &position);
                keys += 1;
            } else {
                let known = Window::NAMES.iter().copied().chain(key_names());
                let message =
                    unknown("window, role or attribute", word, known.chain(self.attribute_names.keys().copied()));
                self.found.add(&position, message);
            }
        }
        if windows > 1 || keys > 1 {
            self.found.add(&below, "expected at most one window (day, week …) and one key (object …)");
        }
        let within = text_at(tree, "within").and_then(duration_seconds);
        if within.is_some() && window.is_some() {
            self.found.add(&path.key("within"), "cannot be combined with a calendar window; keep one of the two");
        }
        Scope { key, span: within.map_or(Span::Per(window.unwrap_or(Window::Ever)), Span::Within) }
    }

    fn is_key(&self, name: &str) -> bool {
        key_names().any(|known| known == name) || self.attribute_names.contains_key(name)
    }

    /// Whether one activity can have several values of a key.
    fn has_many(&self, key: Key) -> bool {
        match key {
            Key::Attribute(id) => self.attribute_types.get(id.index()) == Some(&AttributeType::Texts),
            Key::Role(role) => role == Role::Recipient,
            Key::Object => false,
        }
    }

    /// A key by its name.
    pub(super) fn key(&mut self, name: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Key> {
        if let Some((_, key)) = KEYS.into_iter().find(|(known, _)| *known == name) {
            return Some(key);
        }
        let types = [AttributeType::Text, AttributeType::Member, AttributeType::Texts];
        self.attribute(name, &types, "a text, a member or a set of texts", kinds, path).map(Key::Attribute)
    }

    /// An attribute of one of some types, which all these kinds declare.
    pub(super) fn attribute(
        &mut self,
        name: &str,
        types: &[AttributeType],
        expected: &str,
        kinds: &[Id<Kind>],
        path: &Path<'_>,
    ) -> Option<Id<Attribute>> {
        let Some((index, of)) = self.attribute_named(name) else {
            let roles = key_names().filter(|_| types.len() > 1);
            let message = unknown("attribute", name, self.attribute_names.keys().copied().chain(roles));
            self.found.add(path, message);
            return None;
        };
        if !types.contains(&of) {
            self.found.add(path, format_args!("attribute `{name}` has the wrong type; expected {expected}"));
        }
        self.declare(kinds, name, path);
        Id::new(index)
    }

    /// Reports kinds that do not declare an attribute: their activities could never have it.
    pub(super) fn declare(&mut self, kinds: &[Id<Kind>], attribute: &str, path: &Path<'_>) {
        let section = self.section("kinds");
        for (kind, tree) in kinds.iter().filter_map(|kind| section.get(kind.index())) {
            if tree.get("attributes").is_none_or(|attributes| attributes.get(attribute).is_none()) {
                let message = format_args!(
                    "kind `{kind}` does not declare `{attribute}`; declare it there, or leave the kind out"
                );
                self.found.add(path, message);
            }
        }
    }

    /// The currency and the amount of `give`.
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
            self.found.add(path, "gives 0 points; expected another number, or leave the rule out");
        }
        Some((currency?, amount))
    }

    fn amount(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Amount> {
        let Tree::Table(entries) = tree else { return tree.as_integer().map(Amount::Fixed) };
        let (by, nth) = (tree.get("by"), tree.get("nth"));
        let beside = |key: &str| match key {
            "per" => nth.is_some() || flag_at(tree, "best"),
            "every" | "times" | "max" | "best" => by.is_some(),
            _ => true,
        };
        if by.is_some() == nth.is_some() {
            self.found.add(path, "expected a whole number, or a table with one of: nth, by");
            return None;
        }
        for (key, _) in entries.iter().filter(|(key, _)| !beside(key)) {
            let other = if key == "per" { "`nth` or `best`" } else { "`by`" };
            self.found.add(&path.key(key), format_args!("only applies with {other}"));
        }
        let scope = self.scope(tree, kinds, path);
        if scope.key.is_some_and(|key| self.has_many(key)) {
            let message = "has several values in one activity, so no amount follows from it; expected a key with one";
            self.found.add(&path.key("per"), message);
        }
        if let Some(nth) = nth {
            let steps = nth.items().iter().filter_map(Tree::as_integer).collect();
            return Some(Amount::Nth(steps, scope));
        }
        let number = |key: &str, or: i64| tree.get(key).and_then(Tree::as_integer).unwrap_or(or);
        let name = by?.as_text()?;
        let attribute = self.attribute(name, &[AttributeType::Integer], "a whole number", kinds, &path.key("by"))?;
        if number("times", 1) == 0 {
            self.found.add(&path.key("times"), "gives 0 points; expected another number");
        }
        let best = flag_at(tree, "best");
        if best && number("times", 1) < 0 {
            self.found.add(&path.key("times"), "takes points, and `best` gives for what is better; expected 1 or more");
        }
        Some(Amount::By {
            attribute,
            times: number("times", 1),
            every: number("every", 1).max(1),
            max: number("max", MAX_POINTS),
            best: best.then_some(scope),
        })
    }

    /// The version that `from`, `until` and `backfill` say.
    pub(super) fn version(&mut self, program: &Definition, tree: &Tree<'_>, path: &Path<'_>) -> Version {
        let moment = |key: &str| program.zone.moment(tree.get(key)?.as_text()?).ok();
        let version = Version { from: moment("from"), until: moment("until"), backfill: flag_at(tree, "backfill") };
        if let (Some(from), Some(until)) = (version.from, version.until)
            && until <= from
        {
            self.found.add(&path.key("until"), "is not after `from`, so it never counts");
        }
        if version.backfill && tree.get("from").is_none() {
            self.found.add(&path.key("backfill"), "only applies with `from`, before which it looks back");
        }
        version
    }
}

/// The names of [`KEYS`].
fn key_names<'n>() -> impl Iterator<Item = &'n str> + Clone {
    KEYS.into_iter().map(|(name, _)| name)
}
