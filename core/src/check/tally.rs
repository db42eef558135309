//! Tallies: what each counts, for whom, and in which scope.

use super::{Check, text_at, words};
use crate::{
    base::{day::Window, hash::meaning, id_table::Id, keyword::Keyword, text::Text, time::Timestamp, tree::Tree},
    language::problem::Path,
    program::{Attribute, Counted, Definition, Distinct, Kind, Role, Scope, Tally, value::AttributeType},
};
use alloc::{sync::Arc, vec::Vec};

const WAYS: [&str; 6] = ["count", "sum", "highest", "distinct", "streak", "since"];

impl Check<'_> {
    pub(super) fn tallies(&mut self, program: &mut Definition) {
        let section = Path::Root.key("tallies");
        for (name, tree) in self.section("tallies") {
            let path = section.key(name);
            self.own_name(name, &[], true, &path);
            let (counts, kinds) = self.counted(tree, &path);
            let of: Vec<_> = kinds.iter().map(|(kind, _)| *kind).collect();
            let condition = self.condition(program, tree, &of, &path).map(Arc::new);
            let to = self.role(tree, &of, &path).unwrap_or(Role::Actor);
            let scope = self.scope(tree, &of, &path);
            self.tally_scope(tree, counts, scope, &path);
            let tally = Tally {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                counts,
                // Points have no role. Like an owner's, their days are those of the program's zone.
                to: if matches!(counts, Counted::Points(_)) { Role::Owner } else { to },
                condition,
                scope,
                from: None,
                during: None,
                watchers: Vec::new(),
                thresholds: None,
                distinct_cap: None,
                meaning: meaning(tree),
            };
            let Some(id) = program.tallies.push(tally) else { continue };
            for (kind, adds) in kinds {
                program.kinds[kind].tallies.push((id, adds));
            }
        }
    }

    /// How a tally counts, and its kinds with what one activity of each adds.
    fn counted(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> (Counted, Vec<(Id<Kind>, i64)>) {
        let each = |kinds: Vec<Id<Kind>>| kinds.into_iter().map(|kind| (kind, 1)).collect();
        let mut ways = WAYS.into_iter().filter(|way| tree.get(way).is_some());
        let (Some(way), None) = (ways.next(), ways.next()) else {
            self.found.add_missing(path, format_args!("expected exactly one of: {}", WAYS.join(", ")));
            return (Counted::ByKind, Vec::new());
        };
        for (key, with) in [("grace", "streak"), ("least", "streak"), ("unit", "since")] {
            if tree.get(key).is_some() && way != with {
                self.found.add(&path.key(key), format_args!("only applies with `{with}`"));
            }
        }
        match (way, tree.get(way)) {
            ("sum", Some(Tree::Table(entries))) => {
                self.no_of(tree, path);
                (Counted::ByKind, self.sum_by_kind(entries, &path.key("sum")))
            }
            ("sum", Some(Tree::Text(name))) if self.known::<crate::program::Currency>("currencies", name).is_some() => {
                (self.points(tree, name, path), Vec::new())
            }
            ("count", _) => {
                self.no_of(tree, path);
                (Counted::ByKind, each(self.kinds_at(tree, "count", path)))
            }
            ("since", _) => {
                self.no_of(tree, path);
                (self.since(tree, path), each(self.kinds_at(tree, "since", path)))
            }
            _ => {
                let kinds = self.kinds_at(tree, "of", path);
                if tree.get("of").is_none() {
                    self.found.add(path, "`of` is missing: the kinds whose activities count");
                }
                let counts = match way {
                    "streak" => Some(Counted::Streak(self.rhythm(tree, path))),
                    "distinct" => self.distinct(tree, &kinds, &path.key("distinct")).map(Counted::Distinct),
                    "highest" => self.integer(tree, way, &kinds, path).map(Counted::Highest),
                    _ => self.integer(tree, way, &kinds, path).map(Counted::Sum),
                };
                (counts.unwrap_or(Counted::ByKind), each(kinds))
            }
        }
    }

    fn sum_by_kind(
        &mut self,
        entries: &[(alloc::borrow::Cow<'_, str>, Tree<'_>)],
        path: &Path<'_>,
    ) -> Vec<(Id<Kind>, i64)> {
        let mut kinds = Vec::new();
        for (kind, adds) in entries {
            let id = self.id::<Kind>("kinds", "kind", kind, &path.key(kind));
            kinds.extend(id.zip(adds.as_integer()));
        }
        if entries.is_empty() {
            self.found.add(path, "is empty; expected kinds, each with the number it adds");
        }
        kinds
    }

    /// The sum of the points given in a currency.
    fn points(&mut self, tree: &Tree<'_>, currency: &str, path: &Path<'_>) -> Counted {
        for key in ["of", "if", "to"].into_iter().filter(|key| tree.get(key).is_some()) {
            let message =
                format_args!("cannot be combined with the sum of a currency; the rules that give `{currency}` decide");
            self.found.add(&path.key(key), message);
        }
        self.known("currencies", currency).map_or(Counted::ByKind, Counted::Points)
    }

    fn since(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> Counted {
        if tree.get("unit").is_none() {
            self.found.add(path, "`unit` is missing: expected one of: day, week, month, quarter, year");
        }
        let unit = text_at(tree, "unit").and_then(Window::from_name);
        Counted::Since(unit.unwrap_or(Window::Day))
    }

    /// Reports keys and windows that a tally cannot have.
    fn tally_scope(&mut self, tree: &Tree<'_>, counts: Counted, scope: Scope, path: &Path<'_>) {
        let (what, keys) = match counts {
            Counted::Points(_) => ("the sum of a currency", true),
            Counted::Streak(_) => ("a streak", false),
            Counted::Since(_) => ("a tally of time", true),
            _ => return,
        };
        if keys && scope.key.is_some() {
            self.found.add(&path.key("per"), format_args!("{what} cannot be counted by key; leave `per` out"));
        }
        let windows = !matches!(counts, Counted::Points(_)) && scope.span != Scope::EVER.span;
        for key in ["per", "within"].into_iter().filter(|key| windows && tree.get(key).is_some()) {
            self.found.add(&path.key(key), format_args!("{what} cannot have a window; leave `{key}` out"));
        }
    }

    fn no_of(&mut self, tree: &Tree<'_>, path: &Path<'_>) {
        if tree.get("of").is_some() {
            self.found.add(
                &path.key("of"),
                "only applies with `highest`, `distinct`, `streak`, or `sum` of an attribute; the kinds are already named here",
            );
        }
    }

    /// The integer attribute that a key names.
    fn integer(&mut self, tree: &Tree<'_>, key: &str, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Id<Attribute>> {
        let name = tree.get(key)?.as_text()?;
        self.attribute(name, &[AttributeType::Integer], "a whole number", kinds, &path.key(key))
    }

    fn distinct(&mut self, tree: &Tree<'_>, kinds: &[Id<Kind>], path: &Path<'_>) -> Option<Distinct> {
        match tree.get("distinct")?.as_text()? {
            "day" => Some(Distinct::Day),
            name => self.key(name, kinds, path).map(Distinct::Key),
        }
    }

    /// A variant of a tally that only some goals use. `change` makes it for the first goal; `is_it` finds it for the
    /// others.
    pub(super) fn own_tally(
        &mut self,
        program: &mut Definition,
        id: Id<Tally>,
        is_it: impl Fn(&Tally) -> bool,
        change: impl Fn(Tally) -> Tally,
        path: &Path<'_>,
    ) -> Option<Id<Tally>> {
        let whole = program.tallies.lookup(id)?.clone();
        let known = program.tallies.iter().find(|(_, tally)| tally.name == whole.name && is_it(tally));
        if let Some((known, _)) = known {
            return Some(known);
        }
        let Some(own) = program.tallies.push(change(whole)) else {
            self.found.add(path, "the program has too many tallies, counting one more for each goal with a `from`");
            return None;
        };
        for kind in program.kinds.values_mut() {
            if let Some((_, adds)) = kind.tallies.iter().find(|(tally, _)| *tally == id).copied() {
                kind.tallies.push((own, adds));
            }
        }
        Some(own)
    }

    /// The variant of a tally that counts from a goal's `from`.
    pub(super) fn tally_from(
        &mut self,
        program: &mut Definition,
        id: Id<Tally>,
        from: Timestamp,
        path: &Path<'_>,
    ) -> Option<Id<Tally>> {
        let is_it = |tally: &Tally| tally.from == Some(from);
        self.own_tally(program, id, is_it, |whole| Tally { from: Some(from), ..whole }, path)
    }
}
