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
    /// Its time zone, for the dates on pages.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// The kinds of what members do on the intranet itself; where the program names none, the deed is not offered.
pub(crate) struct OwnKinds {
    pub(crate) profile: Option<String>,
    pub(crate) publish: Option<String>,
    pub(crate) hide: Option<String>,
    /// Joining and leaving, by board.
    pub(crate) boards: BTreeMap<String, (String, String)>,
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
    Ok(Rules { own_kinds: OwnKinds::of(&tree), program, zone })
}

impl OwnKinds {
    fn of(program: &Tree<'_>) -> Self {
        let text = |tree: &Tree<'_>, pointer: &str| tree.at(pointer).and_then(Tree::as_text).map(String::from);
        let boards = program.get("boards").map(Tree::entries).unwrap_or_default();
        Self {
            profile: text(program, "/profile/on"),
            publish: text(program, "/profile/published_by"),
            hide: text(program, "/profile/hidden_by"),
            boards: boards
                .iter()
                .filter_map(|(name, board)| {
                    Some((name.to_string(), (text(board, "/joined_by")?, text(board, "/left_by")?)))
                })
                .collect(),
        }
    }
}
