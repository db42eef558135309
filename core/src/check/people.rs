//! People: what members share and are known for, how they depart and return, role models, topics and gains.

use super::{Check, integer_at, text_at, words};
use crate::{
    base::{id_table::Id, interner::Interner, keyword::Keyword, sort::sort_by_key, text::Text, tree::Tree},
    language::{
        audience::{Audience, SharedPart},
        problem::Path,
        retention_grammar::{MAX_RETENTION_MONTHS, RETENTION_MONTHS},
    },
    program::{
        Attribute, Counted, Definition, Distinct, Key, Kind, Role, Scope, Sharing, Tally, Topics, value::AttributeType,
    },
};
use alloc::{borrow::Cow, format, vec::Vec};

/// The default strength from which a member is invited to claim a topic.
const SUGGEST_FROM: i64 = 5;
/// The default size of the smallest group whose figures are reported. A German labour court held figures of groups of
/// five or six to be monitoring of individuals.
pub(crate) const SMALLEST_GROUP: usize = 10;

/// Where a program gives a kind a meaning, and the default comfort of such a kind: private if nobody sees it.
const NAMED_KINDS: [(&str, &str, Audience); 14] = [
    ("profile", "on", Audience::Private),
    ("topics", "claimed_by", Audience::Private),
    ("topics", "declined_by", Audience::Private),
    ("steps", "declined_by", Audience::Private),
    ("profile", "hidden_by", Audience::Private),
    ("audience", "on", Audience::Private),
    ("leave", "on", Audience::Private),
    ("own_week", "on", Audience::Private),
    ("models", "agreed_by", Audience::Company),
    ("models", "ended_by", Audience::Private),
    ("redeem", "on", Audience::Private),
    ("redeem", "approved_by", Audience::Company),
    ("members", "gone_by", Audience::Company),
    ("members", "back_by", Audience::Company),
];
/// The same, in sections with many entries.
const NAMED_BY_MANY: [(&str, &str, Audience); 6] = [
    ("boards", "joined_by", Audience::Company),
    ("boards", "left_by", Audience::Private),
    ("badges", "accepted_by", Audience::Company),
    ("badges", "hidden_by", Audience::Private),
    ("challenges", "joined_by", Audience::Private),
    ("challenges", "left_by", Audience::Private),
];
/// The meanings that a member can be invited to act on. All others only state a member's wishes.
const DEEDS: [(&str, &str); 2] = [("profile", "on"), ("topics", "claimed_by")];

/// What follows for a kind from a program's own use of it.
#[derive(Clone, Copy)]
pub(super) struct Meaning {
    /// The comfort, if the kind does not set it.
    pub(super) comfort: Audience,
    /// Whether the kind only states its actor's wishes.
    pub(super) setting: bool,
}

impl<'t> Check<'t> {
    /// The kinds that the program itself gives a meaning, by name. Of several meanings of a kind the last counts.
    pub(super) fn meanings(&self) -> Vec<(&'t str, Meaning)> {
        let tree = self.tree;
        let one = NAMED_KINDS.into_iter().map(|(section, key, comfort)| (tree.get(section), section, key, comfort));
        let many = NAMED_BY_MANY.into_iter().flat_map(|(section, key, comfort)| {
            self.section(section).iter().map(move |(_, one)| (Some(one), section, key, comfort))
        });
        let mut meanings = Vec::new();
        for (position, section, key, comfort) in one.chain(many) {
            let meaning = Meaning { comfort, setting: !DEEDS.contains(&(section, key)) };
            let named = position.and_then(|position| position.get(key));
            let listed = named.map_or(&[][..], Tree::items).iter();
            for kind in named.into_iter().chain(listed).filter_map(Tree::as_text) {
                meanings.push((kind, meaning));
            }
        }
        meanings
    }

    pub(super) fn group(&self) -> usize {
        integer_at(self.tree, "groups").and_then(|members| usize::try_from(members).ok()).unwrap_or(SMALLEST_GROUP)
    }

    /// How many months activities are kept.
    pub(super) fn retention_months(&self) -> i64 {
        let months = self.tree.at("/retention/months").and_then(Tree::as_integer);
        months.unwrap_or(RETENTION_MONTHS).clamp(1, MAX_RETENTION_MONTHS)
    }

    pub(super) fn sharing(&mut self) -> Sharing {
        let mut sharing = Sharing::default();
        if let Some(tree) = self.tree.get("audience") {
            self.audience(tree, &mut sharing);
        }
        if let Some(tree) = self.tree.get("members") {
            let path = Path::Root.key("members");
            sharing.gone_by = self.kinds_at(tree, "gone_by", &path);
            sharing.back_by = self.kinds_at(tree, "back_by", &path);
            if sharing.gone_by.iter().any(|kind| sharing.back_by.contains(kind)) {
                self.found.add(&path.key("back_by"), "is also a kind of `gone_by`; expected another");
            }
            if tree.get("gone_by").is_none() && tree.get("back_by").is_some() {
                self.found.add(&path.key("back_by"), "needs `gone_by`, the kinds by which they went");
            } else if tree.get("gone_by").is_none()
                && tree.get("earn_nothing").is_none()
                && matches!(tree, Tree::Table(_))
            {
                self.found.add_missing(&path, "says nothing; expected `gone_by` (kinds) or `earn_nothing` (accounts)");
            }
            sharing.earn_nothing = self.earn_nothing(tree, &path.key("earn_nothing"));
        }
        if let Some(tree) = self.tree.get("models") {
            let path = Path::Root.key("models");
            let (agreed, ended) = (self.kind_at(tree, "agreed_by", &path), self.kind_at(tree, "ended_by", &path));
            if agreed.is_some() && agreed == ended {
                self.found.add(&path.key("ended_by"), "is also the kind of `agreed_by`; expected another");
            }
            sharing.model_by = agreed.zip(ended);
        }
        sharing.revision = self.revision();
        sharing
    }

    /// The accounts that earn nothing, sorted.
    fn earn_nothing(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> Vec<Text> {
        let mut accounts: Vec<Text> = Vec::new();
        for (index, item) in tree.get("earn_nothing").map_or(&[][..], Tree::items).iter().enumerate() {
            let Some(name) = item.as_text() else { continue };
            match accounts.binary_search_by(|known| (**known).cmp(name)) {
                Ok(_) => self.found.add(&path.item(index), "is listed twice; keep one of them"),
                Err(position) => accounts.insert(position, name.into()),
            }
        }
        accounts
    }

    /// The attribute by which a door numbers statements: `revision`, if it is an integer.
    fn revision(&self) -> Option<Id<Attribute>> {
        let (index, of) = self.attribute_named("revision")?;
        Id::new(index).filter(|_| of == AttributeType::Integer)
    }

    fn audience(&mut self, tree: &Tree<'_>, sharing: &mut Sharing) {
        let path = Path::Root.key("audience");
        sharing.on = self.kind_at(tree, "on", &path);
        let parts = SharedPart::NAMES.iter().zip(SharedPart::ALL);
        for ((name, part), position) in parts.zip(&mut sharing.unless_said) {
            *position = text_at(tree, name).and_then(Audience::of_member).unwrap_or_default();
            let attribute = format!("share_{name}");
            match sharing.on.and_then(|on| self.declared_type(on, &attribute)) {
                Some((id, AttributeType::Text)) => sharing.attributes.push((*part, id)),
                Some(_) => {
                    let message = format_args!(
                        "its attribute `{attribute}` has the wrong type; expected text, which names the audience"
                    );
                    self.found.add(&path.key("on"), message);
                }
                None => {}
            }
        }
        if sharing.on.is_some() && sharing.attributes.is_empty() {
            let named = SharedPart::NAMES.iter().map(|name| format!("share_{name}")).collect::<Vec<_>>().join(", ");
            let message = format!("has no attribute for an audience; expected text attributes named: {named}");
            self.found.add(&path.key("on"), message);
        }
    }

    /// An attribute that a kind declares, with its type.
    fn declared_type(&self, kind: Id<Kind>, name: &str) -> Option<(Id<Attribute>, AttributeType)> {
        let (_, tree) = self.section("kinds").get(kind.index())?;
        tree.get("attributes")?.get(name)?;
        let (index, of) = self.attribute_named(name)?;
        Some((Id::new(index)?, of))
    }

    pub(super) fn topics(&mut self, program: &Definition) -> Option<Topics> {
        let tree = self.tree.get("topics")?;
        let path = Path::Root.key("topics");
        let claimed_by: Option<Id<Kind>> = self.kind_at(tree, "claimed_by", &path);
        let declined_by: Option<Id<Kind>> = self.kind_at(tree, "declined_by", &path);
        if claimed_by.is_some() && claimed_by == declined_by {
            self.found.add(&path.key("declined_by"), "is also the kind of `claimed_by`; expected another");
        }
        let claimed_by = claimed_by.and_then(|kind| self.says(kind, "topics", "claimed", &path.key("claimed_by")));
        let declined_by = declined_by.and_then(|kind| self.says(kind, "topics", "declined", &path.key("declined_by")));
        let below = path.key("evidence");
        let mut evidence = Vec::new();
        for (name, weight) in tree.get("evidence").map_or(&[][..], Tree::entries) {
            let tally = self.topic_tally(program, name, &below.key(name));
            evidence.extend(tally.zip(weight.as_integer()));
        }
        if matches!(tree.get("evidence"), Some(Tree::Table(entries)) if entries.is_empty()) {
            self.found.add(&below, "is empty; expected tallies counted by topic, each with its weight");
        }
        let confirmed_by = text_at(tree, "confirmed_by")
            .and_then(|name| self.id::<Tally>("tallies", "tally", name, &path.key("confirmed_by")));
        if confirmed_by.is_some_and(|id| evidence.iter().all(|(of, _)| *of != id)) {
            self.found.add(&path.key("confirmed_by"), "is not in `evidence`; expected one of those tallies");
        }
        if let Some(tally) = confirmed_by.and_then(|id| program.tallies.lookup(id))
            && !matches!(tally.counts, Counted::Distinct(_))
        {
            let message = "does not count different colleagues; expected a tally with `distinct`";
            self.found.add(&path.key("confirmed_by"), message);
        }
        let named_by = self.named_by(program, tree, confirmed_by, &path.key("named_by"));
        let mut names: Vec<_> = tree.get("names").map_or(&[][..], Tree::entries).iter().collect();
        sort_by_key(&mut names, |(topic, _)| &**topic);
        let mut named = Interner::new();
        names.iter().for_each(|(topic, _)| {
            named.add(topic);
        });
        Some(Topics {
            claimed_by,
            declined_by,
            evidence,
            confirmed_by,
            named_by,
            suggest_from: integer_at(tree, "suggest_from").unwrap_or(SUGGEST_FROM),
            named,
            names: names.into_iter().map(|(_, name)| words(Some(name))).collect(),
        })
    }

    /// The kind by which members decline steps, with the attribute that holds them.
    pub(super) fn steps_declined_by(&mut self) -> Option<(Id<Kind>, Id<Attribute>)> {
        let path = Path::Root.key("steps");
        let kind = self.kind_at(self.tree.get("steps")?, "declined_by", &path)?;
        self.says(kind, "steps", "declined", &path.key("declined_by"))
    }

    /// A kind by which members claim or decline several things, with the attribute that holds them.
    fn says(&mut self, kind: Id<Kind>, what: &str, how: &str, path: &Path<'_>) -> Option<(Id<Kind>, Id<Attribute>)> {
        match self.declared_type(kind, what) {
            Some((attribute, AttributeType::Texts)) => Some((kind, attribute)),
            _ => {
                let message = format!("has no attribute `{what}` of type texts; declare it to hold the {how} {what}");
                self.found.add(path, message);
                None
            }
        }
    }

    /// The tally of colleagues who confirm a topic and let others see their name. They must say so: by activities of a
    /// kind of its own, or by a flag.
    fn named_by(
        &mut self,
        program: &Definition,
        tree: &Tree<'_>,
        confirmed_by: Option<Id<Tally>>,
        path: &Path<'_>,
    ) -> Option<Id<Tally>> {
        let name = text_at(tree, "named_by")?;
        let id = self.topic_tally(program, name, path)?;
        let by_colleague = |id| {
            let counts = program.tallies.lookup(id).map(|tally| tally.counts);
            counts == Some(Counted::Distinct(Distinct::Key(Key::Role(Role::Actor))))
        };
        if !by_colleague(id) {
            self.found.add(path, "does not count different colleagues; expected a tally with `distinct = \"actor\"`");
        }
        if tree.get("confirmed_by").is_none() {
            self.found.add(path, "only applies with `confirmed_by`");
        } else if confirmed_by.is_some_and(|id| !by_colleague(id)) {
            self.found.add(path, "needs a tally with `distinct = \"actor\"` in `confirmed_by`, too");
        }
        let condition = self.tree.get("tallies").and_then(|tallies| tallies.get(name)?.get("if"));
        let asks = |(attribute, test): &(Cow<'_, str>, Tree<'_>)| {
            let test = test.get("is").unwrap_or(test);
            test.as_flag() == Some(true)
                && self.attribute_named(attribute).is_some_and(|(_, of)| of == AttributeType::Flag)
        };
        let counts = |kind: &Kind, id| kind.tallies.iter().any(|(tally, _)| *tally == id);
        let both = |kind: &Kind| confirmed_by.is_some_and(|by| counts(kind, id) && counts(kind, by));
        if program.kinds.values().any(both) && !condition.map_or(&[][..], Tree::entries).iter().any(asks) {
            let message = "names colleagues who did not agree to it; expected a tally of a kind that says so, \
                or one that asks for a flag, such as `if = { named = true }`";
            self.found.add(path, message);
        }
        Some(id)
    }

    /// A tally counted by topic without a window: what a member is known for does not end with a month.
    fn topic_tally(&mut self, program: &Definition, name: &str, path: &Path<'_>) -> Option<Id<Tally>> {
        let id = self.id::<Tally>("tallies", "tally", name, path)?;
        let tally = program.tallies.lookup(id)?;
        if !matches!(tally.scope.key, Some(Key::Attribute(_))) {
            self.found.add(path, "is not counted by topic; expected a tally with an attribute of topics in `per`");
        } else if tally.scope.span != Scope::EVER.span {
            self.found.add(path, "has a window, after which the topic would be lost; expected a tally without one");
        } else if matches!(tally.counts, Counted::Streak(_) | Counted::Highest(_)) {
            let message =
                "is a streak or a highest value, which does not add up; expected `count`, `sum` or `distinct`";
            self.found.add(path, message);
        }
        self.observed.push(id);
        Some(id)
    }

    pub(super) fn gains(&mut self, program: &Definition) -> Vec<Id<Tally>> {
        let path = Path::Root.key("gains");
        let mut gains = Vec::new();
        for (index, name) in self.tree.get("gains").map_or(&[][..], Tree::items).iter().enumerate() {
            let position = path.item(index);
            let Some(id) = name.as_text().and_then(|name| self.id::<Tally>("tallies", "tally", name, &position)) else {
                continue;
            };
            if program.tallies.lookup(id).is_some_and(|tally| tally.scope.key.is_some()) {
                self.found.add(&position, "has a key; expected a tally with one number per member");
            }
            self.observed.push(id);
            gains.push(id);
        }
        gains
    }
}
