//! Outline: what questions about many members need of each.

use crate::{
    language::audience::SharedPart,
    program::{Counter, OtherProgram, Program},
    state::standing::Standing,
    view::data::ViewContext,
};

/// What questions about many members need of each: who sees what, who is a role model, and what counts in figures. A
/// host that keeps standings in a database holds the outlines of all members in memory. An outline is a tenth of a
/// standing, or less.
///
/// Boards and the members known for a topic have indexes of their own, [`Boards`](crate::Boards) and
/// [`Experts`](crate::Experts).
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
/// // Only Ada has published her profile.
/// let outline = |member: &str| Outline::of(engine.standing(member).unwrap());
/// let cleo = ViewContext::of("cleo", "en", "2026-03-09T12:00:00Z".parse()?);
/// assert!(outline("ada").shows_anything("ada", &cleo));
/// assert!(!outline("bob").shows_anything("bob", &cleo));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// The standing without badges, and without all that is counted but for cohorts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline(Standing);

/// A standing or an outline, for questions that either can answer.
#[derive(Clone, Copy, Debug)]
pub struct Outlined<'a>(&'a Standing);

impl<'a> From<&'a Standing> for Outlined<'a> {
    fn from(standing: &'a Standing) -> Self {
        Self(standing)
    }
}

impl<'a> From<&'a Outline> for Outlined<'a> {
    fn from(outline: &'a Outline) -> Self {
        Self(&outline.0)
    }
}

impl<'a> Outlined<'a> {
    /// What there is to read, if it is of this program.
    pub(crate) fn of(self, program: &Program) -> Result<&'a Standing, OtherProgram> {
        self.0.is_of(program)?;
        Ok(self.0)
    }
}

impl Outline {
    /// The outline of a standing.
    pub fn of(standing: &Standing) -> Self {
        let mut outline = Standing::new(&standing.program);
        outline.last = standing.last.clone();
        outline.counts.active = standing.counts.active;
        outline.counts.personal = standing.counts.personal.clone();
        // What the cohorts of the member's challenges add up.
        for enrolment in &standing.counts.personal.enrolments {
            for (tally, _) in &standing.program.challenges[enrolment.challenge].shared {
                for slot in standing.counts.counters.all_of(Counter::Tally(*tally)) {
                    if let Some(count) = standing.counts.counters.get(&slot) {
                        outline.counts.counters.put(slot, count.clone());
                    }
                }
            }
        }
        Self(outline)
    }

    /// The same as [`Standing::shows`].
    pub fn shows(&self, member: &str, part: SharedPart, ask: &ViewContext<'_>) -> bool {
        self.0.shows(member, part, ask)
    }

    /// The same as [`Standing::shows_anything`].
    pub fn shows_anything(&self, member: &str, ask: &ViewContext<'_>) -> bool {
        self.0.shows_anything(member, ask)
    }

    /// Whether a member is a role model for a viewer: another member who agreed to it, published, and shares something
    /// with the viewer. [`Standing::model`] has what the viewer then sees.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let is_model = |member: &str| Outline::of(engine.standing(member).unwrap()).is_model(member, &bob);
    /// assert!(is_model("ada") && !is_model("bob"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_model(&self, member: &str, ask: &ViewContext<'_>) -> bool {
        self.0.is_model(member, ask)
    }
}
