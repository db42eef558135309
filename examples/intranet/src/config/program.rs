//! The program, and the kinds of activity that members' own actions on the intranet become.

use anyhow::{Result, anyhow};
use knownfor::{Positions, Program, Zone};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A checked program, and what the intranet itself needs to know about it.
pub(crate) struct Rules {
    pub(crate) program: Program,
    /// The kinds of activity that members' actions on the intranet become.
    pub(crate) own_kinds: OwnKinds,
    /// Topics by the names that the program gives them, in lower case.
    topics: BTreeMap<String, String>,
    /// The names of topics.
    topic_names: BTreeMap<String, Names>,
    /// The program's time zone, for dates on pages.
    pub(crate) zone: jiff::tz::TimeZone,
    /// What in the program may harm people, a line for each with its place in the file.
    pub(crate) warnings: Vec<String>,
    /// Every word of the program: what it calls something, and what it asks for.
    words: BTreeSet<String>,
    /// Attributes that hold texts and that the program declares and asks for nowhere.
    remarks: BTreeSet<String>,
}

/// Attributes that mean something to the core without being named in the program again. So do those that begin with
/// `share_`.
const IMPLIED: [&str; 3] = ["reward", "steps", "topics"];

/// For each action on the intranet, the kind of activity that it becomes. An action that the program has no kind for
/// is not offered.
pub(crate) struct OwnKinds {
    pub(crate) profile: Option<String>,
    pub(crate) publish: Option<String>,
    pub(crate) hide: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) claim: Option<String>,
    /// Declining topics that others mention.
    pub(crate) decline_topics: Option<String>,
    /// Declining steps.
    pub(crate) decline_steps: Option<String>,
    pub(crate) kudos: Option<Kudos>,
    /// The kind by which a member declines what others gave them: the one that reverses by object and is theirs alone.
    pub(crate) decline_kudos: Option<String>,
    /// Kinds whose activities carry a `revision`, by which the intranet numbers what a member says.
    numbered: BTreeSet<String>,
    /// Agreeing to be a role model, and ending that.
    pub(crate) model: Option<(String, String)>,
    /// Joining and leaving, by board.
    pub(crate) boards: BTreeMap<String, (String, String)>,
    /// Joining and leaving, by challenge.
    pub(crate) challenges: BTreeMap<String, (String, String)>,
    /// Letting others see a badge, by badge.
    pub(crate) badges: BTreeMap<String, String>,
}

/// The kinds by which members thank.
pub(crate) struct Kudos {
    /// The kind by which colleagues confirm a topic.
    pub(crate) kind: String,
    /// The attribute that names the topic.
    pub(crate) topic: String,
    /// The kind by which they let others see their name beside it.
    pub(crate) naming: Option<String>,
}

/// Reads and checks the program at a path, or the Going Social program.
pub(crate) fn load(path: Option<&Path>) -> Result<Rules> {
    let text = super::read(path, include_str!("../../going-social.toml"))?;
    let file = super::file_name(path, "going-social.toml");
    let program = Program::from_toml(&text, Zone::named).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("\n{file}:{problem}")).collect();
        anyhow!("the program cannot be used{}", lines.concat())
    })?;
    let positions = Positions::of_toml(&text);
    let warnings = program.warnings().into_iter().map(|warning| {
        let position = positions.as_ref().map(|positions| format!(":{}", positions.at(&warning.path)));
        let position = position.unwrap_or_default();
        format!("{file}{position}: warning: {warning}")
    });
    let own: OwnReading = toml::from_str(&text)?;
    let zone = match &own.zone {
        Some(name) => jiff::tz::TimeZone::get(name)?,
        None => jiff::tz::TimeZone::UTC,
    };
    let (topics, topic_names) = (topics(&own), own.topics.names.clone());
    let words = words(toml::from_str(&text)?);
    let remarks = remarks(&own, &words);
    let warnings = warnings.collect();
    Ok(Rules { warnings, topics, topic_names, words, remarks, own_kinds: OwnKinds::of(own), program, zone })
}

/// Every key and text of a program, but for where it declares attributes and says where they are in a feed.
fn words(mut program: toml::Table) -> BTreeSet<String> {
    program.remove("input");
    if let Some(toml::Value::Table(kinds)) = program.get_mut("kinds") {
        for kind in kinds.iter_mut().filter_map(|(_, kind)| kind.as_table_mut()) {
            kind.remove("attributes");
            kind.remove("input");
        }
    }
    let mut words = BTreeSet::new();
    let mut left = vec![toml::Value::Table(program)];
    while let Some(value) = left.pop() {
        match value {
            // A condition writes `@` before the name of an attribute that it compares with.
            toml::Value::String(text) => drop(words.insert(text.strip_prefix('@').map_or(text.clone(), String::from))),
            toml::Value::Array(items) => left.extend(items),
            toml::Value::Table(entries) => {
                for (key, value) in entries {
                    words.insert(key);
                    left.push(value);
                }
            }
            _ => {}
        }
    }
    words
}

fn remarks(program: &OwnReading, words: &BTreeSet<String>) -> BTreeSet<String> {
    let declared = program.kinds.values().flat_map(|kind| &kind.attributes);
    let is_text = |form: &toml::Value| {
        let form = form.get("type").unwrap_or(form);
        matches!(form.as_str(), Some("text" | "texts"))
    };
    let is_used =
        |name: &String| words.contains(name) || IMPLIED.contains(&name.as_str()) || name.starts_with("share_");
    declared.filter(|(name, form)| is_text(form) && !is_used(name)).map(|(name, _)| name.clone()).collect()
}

/// What the intranet itself reads in the program, once it is checked.
#[derive(Default, Deserialize)]
#[serde(default)]
struct OwnReading {
    zone: Option<String>,
    kinds: BTreeMap<String, Kind>,
    profile: ProfileKinds,
    audience: AudienceKinds,
    topics: TopicKinds,
    steps: StepKinds,
    models: ModelKinds,
    boards: BTreeMap<String, JoiningKinds>,
    challenges: BTreeMap<String, JoiningKinds>,
    badges: BTreeMap<String, BadgeKinds>,
    tallies: BTreeMap<String, Tally>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Kind {
    comfort: Option<String>,
    reverses: Option<String>,
    attributes: BTreeMap<String, toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ProfileKinds {
    on: Option<String>,
    published_by: Option<String>,
    hidden_by: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AudienceKinds {
    on: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TopicKinds {
    claimed_by: Option<String>,
    declined_by: Option<String>,
    confirmed_by: Option<String>,
    named_by: Option<String>,
    names: BTreeMap<String, Names>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StepKinds {
    declined_by: Option<String>,
}

/// A name, or one for each locale.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    ByLocale(BTreeMap<String, String>),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModelKinds {
    agreed_by: Option<String>,
    ended_by: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JoiningKinds {
    joined_by: Option<String>,
    left_by: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BadgeKinds {
    accepted_by: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tally {
    of: Words,
    per: Words,
}

/// One word, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    List(Vec<String>),
}

impl Default for Words {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Words {
    /// The word, if it is the only one.
    fn only(&self) -> Option<&str> {
        match self {
            Self::One(word) => Some(word),
            Self::List(words) => words.first().filter(|_| words.len() == 1).map(String::as_str),
        }
    }
}

impl Rules {
    /// Whether the program itself speaks of something by this name, such as a challenge.
    pub(crate) fn speaks_of(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Whether an attribute is a remark: a text on which nothing depends that anybody has.
    pub(crate) fn is_remark(&self, attribute: &str) -> bool {
        self.remarks.contains(attribute)
    }

    /// The topic that people mean by `words`, as activities name it.
    pub(crate) fn topic(&self, words: &str) -> String {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.topics.get(&words).cloned().unwrap_or(words)
    }

    /// What a topic is called in a language: by the program, or else as activities call it.
    pub(crate) fn topic_name<'a>(&'a self, topic: &'a str, locale: &str) -> &'a str {
        match self.topic_names.get(topic) {
            Some(Names::One(name)) => name,
            Some(Names::ByLocale(names)) => names.get(locale).or(names.values().next()).map_or(topic, String::as_str),
            None => topic,
        }
    }
}

/// The topics by the names that the program gives them, in any language.
fn topics(program: &OwnReading) -> BTreeMap<String, String> {
    let mut topics = BTreeMap::new();
    for (topic, names) in &program.topics.names {
        let names: Vec<&String> = match names {
            Names::One(name) => vec![name],
            Names::ByLocale(names) => names.values().collect(),
        };
        for name in names {
            topics.entry(name.to_lowercase()).or_insert_with(|| topic.clone());
        }
    }
    topics
}

impl OwnKinds {
    /// Whether a kind only hides something: the profile, a thank, a place on a board, being a model.
    pub(crate) fn withdraws(&self, kind: &str) -> bool {
        let left = self.boards.values().chain(&self.model).map(|(_, left)| left);
        self.hide.iter().chain(&self.decline_kudos).chain(left).any(|withdrawn| withdrawn == kind)
    }

    /// Whether activities of a kind carry a `revision`.
    pub(crate) fn is_numbered(&self, kind: &str) -> bool {
        self.numbered.contains(kind)
    }

    /// The kinds by which members speak for themselves: who sees what, what they claim, where they take part, whom they
    /// thank, and which badges they accept. No other system may send them.
    pub(crate) fn statements(&self) -> BTreeSet<&str> {
        let said = [&self.publish, &self.hide, &self.audience, &self.claim, &self.decline_topics, &self.decline_kudos];
        let single = said.into_iter().chain([&self.decline_steps]).flatten().chain(self.badges.values());
        let pairs = self.model.iter().chain(self.boards.values()).chain(self.challenges.values());
        let thanks = self.kudos.iter().flat_map(|kudos| [Some(&kudos.kind), kudos.naming.as_ref()]).flatten();
        single.chain(pairs.flat_map(|(said, unsaid)| [said, unsaid])).chain(thanks).map(String::as_str).collect()
    }

    fn of(program: OwnReading) -> Self {
        Self {
            kudos: kudos(&program),
            decline_kudos: declining(&program.kinds),
            numbered: numbered(&program.kinds),
            profile: program.profile.on,
            publish: program.profile.published_by,
            hide: program.profile.hidden_by,
            audience: program.audience.on,
            claim: program.topics.claimed_by,
            decline_topics: program.topics.declined_by,
            decline_steps: program.steps.declined_by,
            model: program.models.agreed_by.zip(program.models.ended_by),
            boards: joining(program.boards),
            challenges: joining(program.challenges),
            badges: program.badges.into_iter().filter_map(|(name, kinds)| Some((name, kinds.accepted_by?))).collect(),
        }
    }
}

/// The kinds of joining and leaving, for each entry of a section that has both.
fn joining(section: BTreeMap<String, JoiningKinds>) -> BTreeMap<String, (String, String)> {
    section.into_iter().filter_map(|(name, kinds)| Some((name, kinds.joined_by.zip(kinds.left_by)?))).collect()
}

/// The private kind that reverses everything about an object. A public one belongs to the system that has the object.
fn declining(kinds: &BTreeMap<String, Kind>) -> Option<String> {
    let is_declining =
        |kind: &Kind| kind.reverses.as_deref() == Some("@object") && kind.comfort.as_deref() == Some("private");
    kinds.iter().find(|(_, kind)| is_declining(kind)).map(|(name, _)| name.clone())
}

fn numbered(kinds: &BTreeMap<String, Kind>) -> BTreeSet<String> {
    let is_numbered = |kind: &Kind| kind.attributes.contains_key("revision");
    kinds.iter().filter(|(_, kind)| is_numbered(kind)).map(|(name, _)| name.clone()).collect()
}

/// The kinds that the tallies of confirmations and of names count. Thanks are offered only if the tally counts a single
/// kind, and names only if that is a kind of its own.
fn kudos(program: &OwnReading) -> Option<Kudos> {
    let counted = |tally: &Option<String>| {
        let tally = program.tallies.get(tally.as_ref()?)?;
        Some((tally.of.only()?, tally.per.only()?))
    };
    let (kind, topic) = counted(&program.topics.confirmed_by)?;
    let naming = counted(&program.topics.named_by).filter(|(naming, of)| *naming != kind && *of == topic);
    Some(Kudos { kind: kind.into(), topic: topic.into(), naming: naming.map(|(naming, _)| naming.into()) })
}
