//! Check: turns a tree into a program, or reports all its problems.
//!
//! The grammar reports values of the wrong form. Then each part is read for its meaning, skipping those values, so one
//! check reports everything.

mod allowances;
mod always;
mod badge;
mod challenge;
mod condition;
mod consent;
mod dead;
mod effort;
mod exposed;
#[cfg(feature = "json")]
mod from_json;
#[cfg(feature = "toml")]
mod from_toml;
mod goal;
mod idle;
mod input;
mod kinds;
mod levels;
mod link;
pub(crate) mod lint;
mod member;
mod never;
mod others;
mod own_names;
pub(crate) mod people;
mod points;
mod private;
mod repeats;
mod reverses;
mod rule;
mod rule_index;
mod scope;
mod season;
mod streak;
mod subject;
mod tally;

use self::own_names::TALLY;
use crate::{
    base::{
        hash::fingerprint,
        id_table::{Id, Table},
        interner::Interner,
        sort::sort,
        text::Text,
        tree::Tree,
        zone::Zone,
    },
    language::{
        grammar::PROGRAM,
        nearest::unknown,
        problem::{Diagnostics, Path, Problems},
    },
    program::{CounterLayout, Definition, Kind, Links, Program, Tally, Words, mapping::Input, value::AttributeType},
};
use alloc::{
    borrow::{Cow, ToOwned},
    collections::BTreeMap,
    format,
    sync::Arc,
    vec::Vec,
};

impl Program {
    /// Checks a program and makes it ready to use.
    ///
    /// A tree comes from any serde format. `Program::from_toml` and `Program::from_json` (features `toml` and `json`)
    /// read text, and give each problem its line and column.
    ///
    /// `zone_of` returns the time zone of an IANA name. Natively, it is `Zone::named` of the feature `jiff`. It is not
    /// called for a program in UTC.
    ///
    /// ```
    /// use knownfor::{Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { recognition = {} }
    ///     rules = { blog = { on = "blog.published", give = { recognition = 50 } } }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.rules().collect::<Vec<_>>(), ["blog"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Problems`] holds every problem of the program, each with its path:
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { recognition = {} }
    ///     rules = { blog = { on = "blog.publishd", give = { recognition = "50" } } }
    /// "#)?;
    /// let problems = Program::check(&program, |_| None).unwrap_err();
    /// assert_eq!(problems.to_string(), "\
    /// 2 problems in the program
    ///   /rules/blog/give/recognition: expected a whole number from -1000000 to 1000000; or a table \
    ///     (nth, per, by, every, times, best, max), found the text `50`; write 50 without quotes
    ///   /rules/blog/on: there is no kind `blog.publishd`; did you mean `blog.published`?");
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    pub fn check(tree: &Tree<'_>, zone_of: impl Fn(&str) -> Option<Zone>) -> Result<Self, Problems> {
        let mut found = Diagnostics::default();
        PROGRAM.check(tree, &Path::Root, &mut found);
        let meant = found.as_meant(tree);
        let mut check = Check::new(meant.as_ref().unwrap_or(tree), found);
        let zone = check.zone(zone_of);
        let rungs = check.rungs();
        let mut program = Definition {
            fingerprint: fingerprint(tree, &zone),
            id: check.text("/id").into(),
            name: words(tree.get("name")),
            zone,
            cadence: check.cadence(),
            rest: check.rest(),
            holidays: check.holidays(),
            leave: None,
            own_week: None,
            input: Input::own(),
            kinds: Table::new(),
            kind_names: Interner::new(),
            attributes: check.attributes(),
            currencies: check.currencies(),
            limits: Table::new(),
            tallies: Table::new(),
            rules: Table::new(),
            badges: Table::new(),
            levels: Table::new(),
            fields: check.fields(),
            profile: check.profile(),
            boards: check.boards(),
            sharing: check.sharing(),
            topics: None,
            steps_declined_by: None,
            gains: Vec::new(),
            challenges: Table::new(),
            group: check.group(),
            retention_months: check.retention_months(),
            redeem: None,
            rewards: check.rewards(),
            allowances: Table::new(),
            links: Links::default(),
            layout: Arc::default(),
        };
        check.kinds(&mut program);
        check.input(&mut program);
        program.leave = check.leave();
        program.own_week = check.own_week();
        program.redeem = check.redeem(&program);
        check.tallies(&mut program);
        program.topics = check.topics(&program);
        program.steps_declined_by = check.steps_declined_by();
        program.gains = check.gains(&program);
        program.allowances = check.allowances(&program);
        check.challenges(&mut program);
        check.levels(&mut program, &rungs);
        check.limits(&mut program);
        check.rules(&mut program);
        check.badges(&mut program);
        let on_badges = check.badge_order(&program);
        check.private_currencies(&program);
        sort(&mut check.observed);
        check.observed.dedup();
        program.link(&check.observed, on_badges);
        program.build_rule_index();
        program.layout = Arc::new(CounterLayout::new(&program));
        check.costs(&program);
        check.bursts(&program);
        match check.found.into_problems() {
            Some(problems) => Err(problems),
            None => Ok(Self::new(program)),
        }
    }
}

/// The state of one check: the tree, its names by section, and the problems found.
struct Check<'t> {
    tree: &'t Tree<'t>,
    names: [BTreeMap<Cow<'t, str>, usize>; SECTIONS.len()],
    attribute_names: BTreeMap<&'t str, usize>,
    /// The type of each attribute, by its index.
    attribute_types: Vec<AttributeType>,
    /// How many conditions test the member's own standing.
    answer_slots: u16,
    /// Tallies whose exact value is needed outside goals.
    observed: Vec<Id<Tally>>,
    found: Diagnostics,
}

/// The sections of named things, each with the word for one.
const SECTIONS: [(&str, &str); 11] = [
    ("kinds", "kind"),
    ("currencies", "currency"),
    ("limits", "limit"),
    ("tallies", "tally"),
    ("rules", "rule"),
    ("badges", "badge"),
    ("levels", "level"),
    ("fields", "field"),
    ("boards", "board"),
    ("rewards", "reward"),
    ("challenges", "challenge"),
];

fn number_of(section: &str) -> Option<usize> {
    SECTIONS.iter().position(|(known, _)| *known == section)
}

impl<'t> Check<'t> {
    fn new(tree: &'t Tree<'t>, found: Diagnostics) -> Self {
        let section = |(name, _): (&'static str, &str)| {
            let section = if name == "fields" { tree.at("/profile/fields") } else { tree.get(name) };
            let names = section.map(Tree::indices).unwrap_or_default();
            names.into_iter().map(|(name, index)| (Cow::Borrowed(name), index)).collect()
        };
        Self {
            tree,
            names: SECTIONS.map(section),
            attribute_names: BTreeMap::new(),
            attribute_types: Vec::new(),
            answer_slots: 0,
            observed: Vec::new(),
            found,
        }
    }

    fn text(&self, pointer: &str) -> &'t str {
        self.tree.at(pointer).and_then(Tree::as_text).unwrap_or_default()
    }

    fn section(&self, name: &str) -> &'t [(alloc::borrow::Cow<'t, str>, Tree<'t>)] {
        self.tree.get(name).map_or(&[], Tree::entries)
    }

    /// The names of a section, each with its index.
    fn names_of(&self, section: &str) -> Option<&BTreeMap<Cow<'t, str>, usize>> {
        self.names.get(number_of(section)?)
    }

    fn names_of_mut(&mut self, section: &str) -> Option<&mut BTreeMap<Cow<'t, str>, usize>> {
        self.names.get_mut(number_of(section)?)
    }

    /// The index and the type of an attribute.
    fn attribute_named(&self, name: &str) -> Option<(usize, AttributeType)> {
        let index = *self.attribute_names.get(name)?;
        Some((index, *self.attribute_types.get(index)?))
    }

    /// The id of a named thing. An unknown name is a problem.
    fn id<T>(&mut self, section: &'static str, what: &str, name: &str, path: &Path<'_>) -> Option<Id<T>> {
        Id::new(self.index(section, what, name, path)?)
    }

    /// The index of a named thing. Not generic, so the code exists once for all types.
    fn index(&mut self, section: &'static str, what: &str, name: &str, path: &Path<'_>) -> Option<usize> {
        let names = self.names_of(section)?;
        if let Some(index) = names.get(name) {
            return Some(*index);
        }
        if self.tree.get(section).is_some_and(|tree| !matches!(tree, Tree::Table(_))) {
            // The names of a section that is no table cannot be told, and that is reported already.
            return None;
        }
        let is_it = |other: &&(&str, &str)| self.names_of(other.0).is_some_and(|names| names.contains_key(name));
        let message = match SECTIONS.iter().find(is_it) {
            Some((_, other)) => format!("there is no {what} `{name}`; `{name}` is the name of a {other}"),
            None => unknown(what, name, names.keys().map(|name| &**name)),
        };
        self.found.add(path, message);
        None
    }

    /// The id of a named thing, or `None` if the name is unknown.
    fn known<T>(&self, section: &'static str, name: &str) -> Option<Id<T>> {
        Id::new(*self.names_of(section)?.get(name)?)
    }

    /// The id of the thing that a key names, if the key is present.
    fn id_at<T>(
        &mut self,
        section: &'static str,
        what: &str,
        tree: &Tree<'_>,
        key: &str,
        path: &Path<'_>,
    ) -> Option<Id<T>> {
        Id::new(self.index(section, what, text_at(tree, key)?, &path.key(key))?)
    }

    /// The id of the kind that a key names, if the key is present.
    fn kind_at(&mut self, tree: &Tree<'_>, key: &str, path: &Path<'_>) -> Option<Id<Kind>> {
        self.id_at("kinds", "kind", tree, key, path)
    }

    /// The kinds that a key names, one or a list.
    fn kinds_at(&mut self, tree: &Tree<'_>, key: &str, path: &Path<'_>) -> Vec<Id<Kind>> {
        let below = path.key(key);
        let mut kinds = Vec::new();
        match tree.get(key) {
            Some(Tree::Text(name)) => kinds.extend(self.id::<Kind>("kinds", "kind", name, &below)),
            Some(Tree::List(names)) => {
                for (index, name) in names.iter().enumerate() {
                    let position = below.item(index);
                    let Some(id) = name.as_text().and_then(|name| self.id::<Kind>("kinds", "kind", name, &position))
                    else {
                        continue;
                    };
                    if kinds.contains(&id) {
                        self.found.add(&position, "is listed twice; keep one of them");
                    }
                    kinds.push(id);
                }
            }
            _ => {}
        }
        kinds
    }

    fn zone(&mut self, zone_of: impl Fn(&str) -> Option<Zone>) -> Zone {
        let hour = self.text("/day_starts").split(':').next().and_then(|hour| hour.parse::<i32>().ok());
        let zone = match self.text("/zone") {
            "" | "UTC" => Zone::utc(),
            name => zone_of(name).unwrap_or_else(|| {
                let message =
                    format_args!("there is no time zone `{name}`; expected an IANA name like `Europe/Berlin`");
                self.found.add(&Path::Root.key("zone"), message);
                Zone::utc()
            }),
        };
        zone.with_day_starts(hour.unwrap_or(0).clamp(0, 12) * 3_600)
    }
}

/// The text under a key, if it is one.
fn text_at<'v>(tree: &'v Tree<'_>, key: &str) -> Option<&'v str> {
    tree.get(key)?.as_text()
}

/// The whole number under a key, if it is one.
fn integer_at(tree: &Tree<'_>, key: &str) -> Option<i64> {
    tree.get(key)?.as_integer()
}

/// The flag under a key; false if it is absent.
fn flag_at(tree: &Tree<'_>, key: &str) -> bool {
    tree.get(key).and_then(Tree::as_flag).unwrap_or(false)
}

/// A text for people, or one for each locale.
fn words(tree: Option<&Tree<'_>>) -> Words {
    match tree {
        Some(Tree::Text(text)) => Words(Vec::from([("en".into(), Text::from(&**text))])),
        Some(Tree::Table(entries)) => Words(
            entries
                .iter()
                .filter_map(|(locale, text)| Some((Text::from(&**locale), Text::from(text.as_text()?.to_owned()))))
                .collect(),
        ),
        _ => Words::default(),
    }
}
