//! The program, and the kinds of activity that members' own actions on the intranet become.

use anyhow::{Context, Result, anyhow};
use knownfor::{Program, Tree, Zone};
use std::{collections::BTreeMap, path::Path};

/// A checked program, and what the intranet itself needs to know about it.
pub(crate) struct Rules {
    pub(crate) program: Program,
    /// The kinds of activity that members' actions on the intranet become.
    pub(crate) own_kinds: OwnKinds,
    /// Topics by the names that the program gives them, in lower case.
    topics: BTreeMap<String, String>,
    /// The program's time zone, for dates on pages.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// For each action on the intranet, the kind of activity that it becomes. An action that the program has no kind for
/// is not offered.
pub(crate) struct OwnKinds {
    pub(crate) profile: Option<String>,
    pub(crate) publish: Option<String>,
    pub(crate) hide: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) claim: Option<String>,
    /// The kind by which colleagues confirm a topic, and the attribute that names the topic.
    pub(crate) kudos: Option<(String, String)>,
    /// Agreeing to be a role model, and ending that.
    pub(crate) model: Option<(String, String)>,
    /// Joining and leaving, by board.
    pub(crate) boards: BTreeMap<String, (String, String)>,
    /// Joining and leaving, by challenge.
    pub(crate) challenges: BTreeMap<String, (String, String)>,
}

/// Reads and checks the program at a path, or the Going Social program.
pub(crate) fn load(path: Option<&Path>) -> Result<Rules> {
    let text = super::read(path, include_str!("../../going-social.toml"))?;
    let name = super::file_name(path, "going-social.toml");
    let tree: Tree<'_> = toml::from_str(&text).with_context(|| format!("the program {name} is not TOML"))?;
    let program = Program::check(&tree, Zone::named)
        .map_err(|problems| anyhow!("the program {name} has problems:\n{problems}"))?;
    let zone = match tree.get("zone").and_then(Tree::as_text) {
        Some(name) => jiff::tz::TimeZone::get(name)?,
        None => jiff::tz::TimeZone::UTC,
    };
    Ok(Rules { own_kinds: OwnKinds::of(&tree), topics: topics(&tree), program, zone })
}

impl Rules {
    /// The topic that people mean by `words`, as activities name it.
    pub(crate) fn topic(&self, words: &str) -> String {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.topics.get(&words).cloned().unwrap_or(words)
    }
}

/// The names that the program gives topics, in any language.
fn topics(program: &Tree<'_>) -> BTreeMap<String, String> {
    let mut topics = BTreeMap::new();
    for (topic, names) in program.at("/topics/names").map(Tree::entries).unwrap_or_default() {
        let by_locale = names.entries().iter().map(|(_, name)| name);
        for name in by_locale.chain([names]).filter_map(Tree::as_text) {
            topics.entry(name.to_lowercase()).or_insert_with(|| topic.to_string());
        }
    }
    topics
}

impl OwnKinds {
    fn of(program: &Tree<'_>) -> Self {
        let text = |pointer: &str| program.at(pointer).and_then(Tree::as_text).map(String::from);
        Self {
            profile: text("/profile/on"),
            publish: text("/profile/published_by"),
            hide: text("/profile/hidden_by"),
            audience: text("/audience/on"),
            claim: text("/topics/claimed_by"),
            kudos: kudos(program),
            model: text("/models/agreed_by").zip(text("/models/ended_by")),
            boards: joining(program, "boards"),
            challenges: joining(program, "challenges"),
        }
    }
}

/// The kinds of joining and leaving, for each entry of a section.
fn joining(program: &Tree<'_>, section: &str) -> BTreeMap<String, (String, String)> {
    let entries = program.get(section).map(Tree::entries).unwrap_or_default();
    let kind = |tree: &Tree<'_>, key: &str| tree.get(key).and_then(Tree::as_text).map(String::from);
    let joined = entries
        .iter()
        .filter_map(|(name, tree)| Some((name.to_string(), (kind(tree, "joined_by")?, kind(tree, "left_by")?))));
    joined.collect()
}

/// The kind that the tally of confirmations counts, and its attribute. Thanks are offered only if the tally counts a
/// single kind.
fn kudos(program: &Tree<'_>) -> Option<(String, String)> {
    let tally = program.at("/topics/confirmed_by").and_then(Tree::as_text)?;
    let tally = program.get("tallies")?.get(tally)?;
    let kind = match tally.get("of")? {
        Tree::List(kinds) if kinds.len() == 1 => kinds.first()?.as_text()?,
        kind => kind.as_text()?,
    };
    Some((kind.into(), tally.get("per")?.as_text()?.into()))
}
