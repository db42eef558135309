//! Sight: what of a member a viewer may see. Every view asks here before it takes anything.

use crate::{
    base::{id_table::Id, keyword::Keyword},
    language::audience::{Audience, SharedPart},
    program::{Badge, Board, Counter, Program},
    state::{
        counters::{Count, Slot},
        standing::Standing,
    },
    view::data::ViewContext,
};

/// A member as one viewer may see them.
#[derive(Clone, Copy)]
pub(crate) struct Visibility<'a> {
    program: &'a Program,
    standing: &'a Standing,
    /// The viewer is the member.
    pub(crate) own: bool,
    /// The circle around the member that the viewer stands in.
    circle: Audience,
}

impl Standing {
    /// Whether a viewer may see a part of what the member shares: always their own; of others what they published, to
    /// the circle they chose. A host asks this before it shows what it keeps itself, such as the text of a profile.
    pub fn shows(&self, member: &str, part: SharedPart, ask: &ViewContext<'_>) -> bool {
        Visibility::of(&self.program, member, self, ask).shows(part)
    }
}

impl<'a> Visibility<'a> {
    pub(crate) fn of(program: &'a Program, member: &str, standing: &'a Standing, ask: &ViewContext<'_>) -> Self {
        let circle = if ask.team.contains(&member) { Audience::Team } else { Audience::Company };
        Self { program, standing, own: member == ask.viewer, circle }
    }

    /// Whether the viewer sees what the member shares.
    pub(crate) fn shows(self, share: SharedPart) -> bool {
        self.own || self.standing.shared_with(self.program, share) >= self.circle
    }

    /// Whether the viewer sees anything.
    pub(crate) fn shows_any(self) -> bool {
        SharedPart::ALL.iter().any(|share| *share != SharedPart::Boards && self.shows(*share))
    }

    /// Who sees what the member shares, once they published.
    pub(crate) fn audience(self, share: SharedPart) -> Audience {
        self.standing.audience(self.program, share)
    }

    /// Whether the member stands on a board before the viewer. Joining it is the member's own word, and where profiles
    /// are published others see it only once that is done. Who is gone stands on none, not even before themselves.
    pub(crate) fn is_on(self, board: Id<Board>) -> bool {
        let consent = &self.standing.counts.personal.consent;
        let said = consent.boards.get(board.index()).copied().flatten();
        let is_asked = self.program.profile.as_ref().is_some_and(|profile| profile.published_by.is_some());
        let joined = said.unwrap_or(self.program.boards[board].joined_by.is_none());
        let shown = (consent.published || !is_asked) && self.audience(SharedPart::Boards) >= self.circle;
        joined && !consent.gone && (self.own || shown)
    }
}

impl Standing {
    /// Whether others may see a badge that is held: one that must be accepted only after that, and none that its
    /// member hid.
    pub(crate) fn shows_badge(&self, program: &Program, id: Id<Badge>) -> bool {
        let slot = Slot { of: Counter::Shown(id), key: None, window: 0 };
        match self.counts.counters.get(&slot) {
            Some(Count::Number(shown)) => *shown == 1,
            _ => program.badges[id].accepted_by.is_none(),
        }
    }

    /// The widest circle that sees what the member shares: nobody but themselves sees who did not publish, and who is
    /// gone.
    pub(crate) fn shared_with(&self, program: &Program, share: SharedPart) -> Audience {
        let consent = &self.counts.personal.consent;
        if consent.published && !consent.gone { self.audience(program, share) } else { Audience::Private }
    }

    fn audience(&self, program: &Program, share: SharedPart) -> Audience {
        let said = self.counts.personal.consent.audience.get(share.index()).copied().flatten();
        said.or_else(|| program.sharing.unless_said.get(share.index()).copied()).unwrap_or(Audience::Private)
    }
}
