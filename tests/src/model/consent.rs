//! Consent in the model: PROGRAM.md, "Boards" and "Who sees what".

use super::{
    deed::{Attribute, Deed},
    member::{Member, one_or_more, table},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The parts that a member shares separately.
pub const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];

/// Where a viewer stands to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The member.
    Own,
    /// Someone in the member's team.
    Mate,
    /// Anyone else.
    Colleague,
}

/// What members said about who sees them, and whether others said that they departed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The profile is published.
    pub published: bool,
    /// The member left, was suspended or is a bot.
    pub gone: bool,
    /// The member agreed to be a role model.
    pub model: bool,
    /// The audience of each part, `private`, `team` or `company`: the member's choice, else the program's.
    pub audience: BTreeMap<&'static str, String>,
    /// The boards the member joined, or never left if a board needs no joining.
    pub boards: BTreeSet<String>,
    /// The program has a kind that publishes.
    pub publishes: bool,
    /// The topics they claim.
    pub claims: BTreeSet<String>,
}

impl Consent {
    /// Whether a viewer sees a part.
    pub fn shows(&self, part: &str, viewer: Viewer) -> bool {
        viewer == Viewer::Own || (self.published && !self.gone && self.reaches(part, viewer))
    }

    /// Whether a viewer sees anything of the member except rows on boards.
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
    /// Who sees the member, according to the living deeds.
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

    /// The deeds in which the member is the actor.
    fn own<'a>(&'a self, living: &'a [usize]) -> impl DoubleEndedIterator<Item = &'a Deed> {
        living.iter().filter(|deed| self.is("actor", **deed)).map(|&deed| &self.deeds[deed])
    }

    /// Whether the member's last statement was the kind `yes` rather than the kind `no`.
    fn said(&self, yes: &Value, no: &Value, living: &[usize]) -> bool {
        let last = latest(self.own(living).filter(|deed| deed.kind == *yes || deed.kind == *no));
        !last.is_empty() && last.iter().all(|deed| deed.kind == *yes)
    }

    /// Whether the last statement about the member, as the owner, is that they departed.
    fn is_gone(&self, living: &[usize]) -> bool {
        if self.earns_nothing() && !living.is_empty() {
            return true;
        }
        let says = &self.program["members"];
        let is_of = |key: &str, deed: &Deed| one_or_more(&says[key]).contains(&deed.kind);
        let about = living.iter().filter(|deed| self.is("owner", **deed)).map(|&deed| &self.deeds[deed]);
        let last = latest(about.filter(|deed| is_of("gone_by", deed) || is_of("back_by", deed)));
        last.iter().any(|deed| is_of("gone_by", deed))
    }

    /// The audience of a part.
    fn audience(&self, part: &str, living: &[usize]) -> String {
        let says = &self.program["audience"];
        let attribute = format!("share_{part}");
        let own = self.own(living).filter(|deed| deed.kind == says["on"]);
        let last = latest(own.filter(|deed| deed.attributes.contains_key(&attribute)));
        let said = last.iter().filter_map(|deed| match deed.attributes.get(&attribute) {
            Some(Attribute::Text(audience)) => Some(audience.clone()),
            _ => None,
        });
        let narrowest = said.min_by_key(|said| ["private", "team", "company"].iter().position(|name| name == said));
        narrowest.unwrap_or_else(|| says[part].as_str().unwrap_or("company").to_owned())
    }

    /// The topics of the member's last claim.
    pub(super) fn claims(&self, living: &[usize]) -> BTreeSet<String> {
        let claims = latest(self.own(living).filter(|deed| deed.kind == self.program["topics"]["claimed_by"]));
        let topics = claims.iter().map(|deed| deed.keys("topics"));
        topics.reduce(|claimed, others| &claimed & &others).unwrap_or_default()
    }

    /// The topics that the member's last words decline.
    pub(super) fn declined(&self, living: &[usize]) -> BTreeSet<String> {
        let declines = latest(self.own(living).filter(|deed| deed.kind == self.program["topics"]["declined_by"]));
        declines.iter().flat_map(|deed| deed.keys("topics")).collect()
    }

    /// The steps that the member's last words decline.
    pub(super) fn declined_steps(&self, living: &[usize]) -> BTreeSet<String> {
        let declines = latest(self.own(living).filter(|deed| deed.kind == self.program["steps"]["declined_by"]));
        declines.iter().flat_map(|deed| deed.keys("steps")).collect()
    }
}

/// The statements that count: if any has a revision, the first of those with the highest one, and all after it that
/// have the same or none. Else those of the same moment as the last one. Of these, the one that shows less counts.
pub(super) fn latest<'d>(statements: impl Iterator<Item = &'d Deed>) -> Vec<&'d Deed> {
    let statements: Vec<_> = statements.collect();
    let revision = |deed: &Deed| deed.integer("revision");
    let Some(highest) = statements.iter().filter_map(|deed| revision(deed)).max() else {
        let last = statements.last().map(|deed| deed.moment());
        return statements.into_iter().filter(|deed| Some(deed.moment()) == last).collect();
    };
    let from_highest = statements.into_iter().skip_while(|deed| revision(deed) != Some(highest));
    from_highest.filter(|deed| revision(deed).is_none_or(|revision| revision == highest)).collect()
}
