//! Consent as the model reads it: PROGRAM.md, "Boards" and "Who sees what".

use super::{
    deed::{Attribute, Deed},
    member::{Member, one_or_more, table},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a member can share by itself.
pub const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];

/// Where a viewer stands to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The member.
    Own,
    /// Somebody of the member's team.
    Mate,
    /// Anybody else.
    Colleague,
}

/// What a member said of who sees them, and what others said of their being there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The profile is published.
    pub published: bool,
    /// They left, were suspended or are a bot.
    pub gone: bool,
    /// They agreed to be a model.
    pub model: bool,
    /// By part, `private`, `team` or `company`: as they said, else as the program says.
    pub audience: BTreeMap<&'static str, String>,
    /// The boards they are on by their own word, or by having said nothing where a board does not ask.
    pub boards: BTreeSet<String>,
    /// The program has a kind that publishes.
    pub publishes: bool,
    /// What they want to be known for.
    pub claims: BTreeSet<String>,
}

impl Consent {
    /// Whether a viewer sees a part.
    pub fn shows(&self, part: &str, viewer: Viewer) -> bool {
        viewer == Viewer::Own || (self.published && !self.gone && self.reaches(part, viewer))
    }

    /// Whether a viewer sees anything of the member beside rows on boards.
    pub fn shows_any(&self, viewer: Viewer) -> bool {
        PARTS.into_iter().any(|part| part != "boards" && self.shows(part, viewer))
    }

    /// Whether a viewer finds the member on a board.
    pub fn is_on(&self, board: &str, viewer: Viewer) -> bool {
        let shown = (self.published || !self.publishes) && self.reaches("boards", viewer);
        self.boards.contains(board) && !self.gone && (viewer == Viewer::Own || shown)
    }

    fn reaches(&self, part: &str, viewer: Viewer) -> bool {
        match (self.audience[part].as_str(), viewer) {
            ("company", _) | (_, Viewer::Own) => true,
            ("team", viewer) => viewer == Viewer::Mate,
            _ => false,
        }
    }
}

impl Member<'_> {
    /// What the living deeds say of who sees the member.
    pub(super) fn consent(&self, living: &[usize]) -> Consent {
        let (profile, models) = (&self.program["profile"], &self.program["models"]);
        let on = |board: &Value| match &board["joined_by"] {
            Value::Null => !self.said(&board["left_by"], &Value::Null, living),
            joined_by => self.said(joined_by, &board["left_by"], living),
        };
        let boards = table(&self.program["boards"]).iter().filter(|(_, board)| on(board));
        Consent {
            published: self.said(&profile["published_by"], &profile["hidden_by"], living),
            gone: self.is_gone(living),
            model: self.said(&models["agreed_by"], &models["ended_by"], living),
            audience: PARTS.into_iter().map(|part| (part, self.audience(part, living))).collect(),
            boards: boards.map(|(name, _)| name.clone()).collect(),
            publishes: !profile["published_by"].is_null(),
            claims: self.claims(living),
        }
    }

    /// The deeds by which the member speaks: those of which they are the actor.
    fn own<'a>(&'a self, living: &'a [usize]) -> impl DoubleEndedIterator<Item = &'a Deed> {
        living.iter().filter(|deed| self.is("actor", **deed)).map(|&deed| &self.deeds[deed])
    }

    /// Whether the last that the member said was `yes`, a kind of activity, and not `no`.
    fn said(&self, yes: &Value, no: &Value, living: &[usize]) -> bool {
        let last = self.own(living).map(|deed| &deed.kind).rfind(|kind| *kind == yes || *kind == no);
        last.is_some_and(|kind| kind == yes)
    }

    /// Whether the last that was said of the member, as the owner, is that they went.
    fn is_gone(&self, living: &[usize]) -> bool {
        let says = &self.program["members"];
        let is_of = |key: &str, kind: &str| one_or_more(&says[key]).contains(kind);
        let about = living.iter().filter(|deed| self.is("owner", **deed)).map(|&deed| self.deeds[deed].kind.as_str());
        let mut told = about.filter(|kind| is_of("gone_by", kind) || is_of("back_by", kind));
        told.next_back().is_some_and(|kind| is_of("gone_by", kind))
    }

    /// To whom a part is shown.
    fn audience(&self, part: &str, living: &[usize]) -> String {
        let says = &self.program["audience"];
        let attribute = format!("share_{part}");
        let own = self.own(living).filter(|deed| deed.kind == says["on"]);
        let mut said = own.filter_map(|deed| match deed.attributes.get(&attribute) {
            Some(Attribute::Text(audience)) => Some(audience.clone()),
            _ => None,
        });
        said.next_back().unwrap_or_else(|| says[part].as_str().unwrap_or("company").to_owned())
    }

    /// What the member last said to want to be known for: all of it.
    pub(super) fn claims(&self, living: &[usize]) -> BTreeSet<String> {
        let claimed = self.own(living).rfind(|deed| deed.kind == self.program["topics"]["claimed_by"]);
        claimed.map(|deed| deed.keys("topics")).unwrap_or_default()
    }
}
