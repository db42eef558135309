//! Role model: what a member who agreed to be a model has and the viewer does not, as next steps.

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
    /// What a role model has and the viewer does not, as next steps of the viewer. The order is that of all next
    /// steps, and none is offered before its time.
    ///
    /// The steps lead to the fields and badges that the model shares with the viewer. What the model wants to be known
    /// for is left out, because that is personal, and so is every number of the model. A viewer without a standing has
    /// done nothing yet.
    ///
    /// `None` if the member is no role model for this viewer: they did not agree, did not publish, have departed,
    /// share nothing with the viewer, are unknown, or are the viewer.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
    /// // Ada is a role model. She has the badge of writers, and Bob does not.
    /// let (ada, bob) = (engine.standing("ada").unwrap(), engine.standing("bob"));
    /// let context = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let model = ada.model("ada", bob, &context)?.unwrap();
    /// assert_eq!((model.steps[0].id.as_str(), model.steps[0].kind.as_deref()), ("writer", Some("blog.published")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if the two standings are of two programs.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
    /// # let ada = engine.standing("ada").unwrap();
    /// # let context = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let other: Tree = serde_json::from_str(r#"{"version": 1, "id": "second-steps", "kinds": {}}"#)?;
    /// let bob = Standing::new(&Program::check(&other, |_| None)?);
    /// assert_eq!(ada.model("ada", Some(&bob), &context), Err(OtherProgram));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

    /// Whether a member is a role model for a viewer: another member who agreed to it, published, and shares something
    /// with the viewer.
    pub(crate) fn is_model(&self, member: &str, ask: &ViewContext<'_>) -> bool {
        let visibility = Visibility::of(&self.program, member, self, ask);
        self.counts.personal.consent.model && !visibility.own && visibility.shows_any()
    }
}

impl Standing {
    /// How many steps of a badge are held, counted from the lowest; 0 if the badge is not held.
    fn height(&self, program: &Program, id: Id<Badge>, now: Timestamp) -> usize {
        let heights = self.held(program, id, now).map(|(_, held)| program.badges[id].height(held.grade));
        heights.max().unwrap_or(0)
    }
}
