//! Model: what is in the profile of a member who agreed to be a model and not yet in one's own, as steps.

use crate::{
    base::{id_table::Id, time::Timestamp},
    fold::standing_at,
    language::audience::SharedPart,
    program::{Badge, Field, OtherProgram, Program, value::FieldState},
    state::standing::Standing,
    view::{
        data::{ModelView, ViewContext},
        next_steps::Steps,
        progress::Progress,
        visibility::Visibility,
    },
};
use alloc::{borrow::Cow, string::ToString};

impl Standing {
    /// What is in a model's profile that is not yet in the viewer's, as steps of the viewer's own: kindest first and
    /// none before its time, like all steps. The model's fields and badges are in it as far as the viewer may see
    /// them, and no number of the model's. What the model wants to be known for is theirs, and no step. A viewer
    /// without a standing has done nothing yet.
    ///
    /// Nothing where the member is no model for this viewer: did not agree, did not publish, is gone, shares nothing
    /// with them, is absent, or is the viewer.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if the two standings are of two programs.
    pub fn model(
        &self,
        member: &str,
        viewer: Option<&Standing>,
        ask: &ViewContext<'_>,
    ) -> Result<Option<ModelView>, OtherProgram> {
        let program = &self.program;
        if viewer.is_some_and(|viewer| viewer.program != *program) {
            return Err(OtherProgram);
        }
        if !self.is_model(member, ask) {
            return Ok(None);
        }
        let own = viewer.map_or_else(|| Cow::Owned(Standing::new(program)), Cow::Borrowed);
        let (own, time) = standing_at(program, &own, ask.now);
        let (standing, _) = standing_at(program, self, ask.now);
        let visibility = Visibility::of(program, member, &standing, ask);
        let steps = Steps::new(Progress { program, standing: &own, time, locale: ask.locale }, ask.viewer);
        let has_field = |field: Id<Field>| {
            let said = standing.counts.personal.fields.get(field.index());
            visibility.shows(SharedPart::Profile) && said.is_some_and(|said| said.state == FieldState::Done)
        };
        let has_badge = |badge: Id<Badge>| {
            let height = |standing: &Standing, now| standing.height(program, badge, now);
            visibility.shows(SharedPart::Badges)
                && standing.shows_badge(program, badge)
                && height(&standing, ask.now) > height(&own, time.instant)
        };
        Ok(Some(ModelView {
            member: member.to_string(),
            name: member.to_string(),
            steps: steps.to_have(has_field, has_badge),
        }))
    }

    /// Whether a member is a model for a viewer: a colleague who agreed to it, published, and shares anything with
    /// them.
    pub(crate) fn is_model(&self, member: &str, ask: &ViewContext<'_>) -> bool {
        let visibility = Visibility::of(&self.program, member, self, ask);
        self.counts.personal.consent.model && !visibility.own && visibility.shows_any()
    }
}

impl Standing {
    /// How many steps of a badge are held, from the lowest; 0 where it is not held.
    fn height(&self, program: &Program, id: Id<Badge>, now: Timestamp) -> usize {
        let heights = self.held(program, id, now).map(|(_, held)| program.badges[id].height(held.grade));
        heights.max().unwrap_or(0)
    }
}
