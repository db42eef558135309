//! Visibility: what a viewer may see of a member. Every view asks here before it reads anything.

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

/// A member, as one viewer may see them.
#[derive(Clone, Copy)]
pub(crate) struct Visibility<'a> {
    program: &'a Program,
    standing: &'a Standing,
    /// Whether the viewer is the member.
    pub(crate) own: bool,
    /// The narrowest circle around the member that includes the viewer.
    circle: Audience,
}

impl Standing {
    /// Whether a viewer may see a part of what a member shares. Members see all of their own. Others see what the
    /// member published to a circle that includes them.
    ///
    /// A host asks this before it shows data that it keeps itself, such as the texts of a profile.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
    /// // Ada has published her profile, Bob has not.
    /// let cleo = ViewContext::of("cleo", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let shows = |member: &str| engine.standing(member).unwrap().shows(member, SharedPart::Profile, &cleo);
    /// assert!(shows("ada") && !shows("bob"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shows(&self, member: &str, part: SharedPart, ask: &ViewContext<'_>) -> bool {
        Visibility::of(&self.program, member, self, ask).shows(part)
    }

    /// Whether a viewer may see anything of a member: whether [`view`](Self::view) would be `Some`.
    ///
    /// It reads nothing but consent, so it takes the same time whatever the member has done. A host that asks it first,
    /// of a standing in memory, answers for hidden members as fast as for members that do not exist.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
    /// // Ada has published her profile, Bob has not.
    /// let cleo = ViewContext::of("cleo", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let shows = |member: &str| engine.standing(member).unwrap().shows_anything(member, &cleo);
    /// assert!(shows("ada") && !shows("bob"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shows_anything(&self, member: &str, ask: &ViewContext<'_>) -> bool {
        Visibility::of(&self.program, member, self, ask).shows_any()
    }
}

impl<'a> Visibility<'a> {
    pub(crate) fn of(program: &'a Program, member: &str, standing: &'a Standing, ask: &ViewContext<'_>) -> Self {
        let circle = if ask.team.contains(&member) { Audience::Team } else { Audience::Company };
        Self { program, standing, own: member == ask.viewer, circle }
    }

    /// Whether the viewer sees a part.
    pub(crate) fn shows(self, share: SharedPart) -> bool {
        self.own || self.standing.shared_with(self.program, share) >= self.circle
    }

    /// Whether the viewer sees any part in a member's view. Boards have a view of their own.
    pub(crate) fn shows_any(self) -> bool {
        SharedPart::ALL.iter().any(|share| *share != SharedPart::Boards && self.shows(*share))
    }

    /// The audience of a part once the profile is published.
    pub(crate) fn audience(self, share: SharedPart) -> Audience {
        self.standing.counts.audience(self.program, share)
    }

    /// Whether the viewer sees the member on a board.
    pub(crate) fn is_on(self, board: Id<Board>) -> bool {
        self.standing.joins(board) && (self.own || self.standing.board_audience() >= self.circle)
    }
}

impl Standing {
    /// Whether the member is on a board.
    ///
    /// Members join a board by themselves. In a program where profiles are published, others see them on it only after
    /// that. A departed member appears on no board, not even in their own view.
    pub(crate) fn joins(&self, board: Id<Board>) -> bool {
        let consent = &self.counts.personal.consent;
        let said = consent.boards.get(board.index()).copied().flatten();
        !consent.gone && said.unwrap_or(self.program.boards[board].joined_by.is_none())
    }

    /// The widest circle that sees the member's rows on the boards that they joined.
    pub(crate) fn board_audience(&self) -> Audience {
        let program = &self.program;
        let is_asked = program.profile.as_ref().is_some_and(|profile| profile.published_by.is_some());
        match self.counts.personal.consent.published || !is_asked {
            true => self.counts.audience(program, SharedPart::Boards),
            false => Audience::Private,
        }
    }

    /// Whether others may see a held badge: not if its member hid it, and not before its member accepted it if it
    /// needs accepting.
    pub(crate) fn shows_badge(&self, program: &Program, id: Id<Badge>) -> bool {
        let slot = Slot { counter: Counter::Shown(id), key: None, window: 0 };
        match self.counts.counters.get(&slot) {
            Some(Count::Number(shown)) => *shown == 1,
            _ => program.badges[id].accepted_by.is_none(),
        }
    }

    /// The widest circle that sees a part. It is private if the member has not published or has departed.
    pub(crate) fn shared_with(&self, program: &Program, share: SharedPart) -> Audience {
        self.counts.shared_with(program, share)
    }
}
