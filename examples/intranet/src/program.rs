//! The program: read from its file at start, together with the kinds by which members speak for themselves.

use crate::files;
use anyhow::{Context, Result, anyhow};
use knownfor::{Program, Tree, Zone};
use std::{collections::BTreeMap, path::Path};

/// A checked program, and what the intranet itself must know of it.
pub(crate) struct Rules {
    pub(crate) program: Program,
    /// The kinds of a member's own deeds on the intranet.
    pub(crate) own_kinds: OwnKinds,
    /// Topics by the names that the program gives them, in small letters.
    topics: BTreeMap<String, String>,
    /// Its time zone, for the dates on pages.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// The kinds of what members do on the intranet itself; where the program names none, the deed is not offered.
pub(crate) struct OwnKinds {
    pub(crate) profile: Option<String>,
    pub(crate) publish: Option<String>,
    pub(crate) hide: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) claim: Option<String>,
    /// The kind by which colleagues confirm topics, and its attribute that names one.
    pub(crate) kudos: Option<(String, String)>,
    /// Agreeing to be a model, and ending that.
    pub(crate) model: Option<(String, String)>,
    /// Joining and leaving, by board.
    pub(crate) boards: BTreeMap<String, (String, String)>,
    /// Joining and leaving, by challenge.
    pub(crate) challenges: BTreeMap<String, (String, String)>,
}

/// Reads and checks the program at a path, or the Going Social program.
pub(crate) fn load(path: Option<&Path>) -> Result<Rules> {
    let text = files::text_of(path, include_str!("../going-social.toml"))?;
    let shown = files::shown(path, "going-social.toml");
    let tree: Tree<'_> = toml::from_str(&text).with_context(|| format!("the program {shown} is not TOML"))?;
    let program = Program::check(&tree, Zone::named)
        .map_err(|problems| anyhow!("the program {shown} has problems:\n{problems}"))?;
    let zone = match tree.get("zone").and_then(Tree::as_text) {
        Some(name) => jiff::tz::TimeZone::get(name)?,
        None => jiff::tz::TimeZone::UTC,
    };
    Ok(Rules { own_kinds: OwnKinds::of(&tree), topics: topics(&tree), program, zone })
}

impl Rules {
    /// The topic that someone means, as activities call it.
    pub(crate) fn topic(&self, said: &str) -> String {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.topics.get(&said).cloned().unwrap_or(said)
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

/// The kinds of joining and leaving, by name, of what stands in a section.
fn joining(program: &Tree<'_>, section: &str) -> BTreeMap<String, (String, String)> {
    let entries = program.get(section).map(Tree::entries).unwrap_or_default();
    let kind = |tree: &Tree<'_>, key: &str| tree.get(key).and_then(Tree::as_text).map(String::from);
    let joined = entries
        .iter()
        .filter_map(|(name, tree)| Some((name.to_string(), (kind(tree, "joined_by")?, kind(tree, "left_by")?))));
    joined.collect()
}

/// What the tally of confirmations counts, and by which attribute: where it counts one kind, thanks of that kind are offered.
fn kudos(program: &Tree<'_>) -> Option<(String, String)> {
    let tally = program.at("/topics/confirmed_by").and_then(Tree::as_text)?;
    let tally = program.get("tallies")?.get(tally)?;
    let kind = match tally.get("of")? {
        Tree::List(kinds) if kinds.len() == 1 => kinds.first()?.as_text()?,
        kind => kind.as_text()?,
    };
    Some((kind.into(), tally.get("per")?.as_text()?.into()))
}
