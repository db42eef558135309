//! Steps: what to do next, and what it leads to.

use super::{BadgeFace, GoalPartView};
use crate::{
    base::{from_tree::plain_data, keyword::keywords},
    language::audience::Audience,
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// Something to do next, and what it leads to.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada has written a post. One more makes her a writer.
/// assert_eq!(serde_json::to_value(&view.steps[0])?, json!({
///     "target": "badge", "id": "writer", "name": "Writer", "face": {"shape": "circle", "icon": "award"},
///     "invite": "Write a post", "kind": "blog.published", "audience": "company", "percent": 50,
///     "missing": [{"name": "Posts", "value": 1, "goal": 2}],
///     "gives": [{"currency": "points", "name": "Recognition", "points": 5}]
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepView {
    /// What the step leads to.
    pub target: Target,
    /// The id of the badge, level, field, challenge or topic that it leads to. Empty for publishing.
    pub id: String,
    /// For a step of a challenge, its id in the challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The name in the viewer's locale of what it leads to. For a field, the question.
    pub name: String,
    /// How the badge that it leads to is drawn, in the grade that comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<BadgeFace>,
    /// What to do, in the words of the program.
    pub invite: String,
    /// The kind of activity that takes the step. Absent for a field and for a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The profile field that takes the step. Absent if an activity does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The widest circle that will see its result: the deed itself, or what it changes of what the member shares.
    pub audience: Audience,
    /// How far the goal is reached, from 0 to 99, rounded down.
    pub percent: u8,
    /// The parts of the goal that are not reached.
    pub missing: Vec<GoalPartView>,
    /// The points that doing it once gives, as far as they are known before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<GiftView>,
    /// How the member says that it is not for them. Absent for a field, which has answers for that, and if the program
    /// has no kind for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decline: Option<DeclineView>,
}

plain_data! {
    StepView {
        target, id, step, name, face, invite, kind, field, audience, percent, missing, gives: optional, decline,
    }
}

/// How a member says that a step is not for them: by an activity that names all steps they decline.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/declined_step.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.steps[0].decline)?, json!({"key": "badge/writer", "audience": "private"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeclineView {
    /// The step, as the activity names it.
    pub key: String,
    /// The widest circle that will see a result of declining it, such as the badge of a challenge that is then done.
    pub audience: Audience,
}

plain_data! { DeclineView { key, audience } }

/// A step that the member declines.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/declined_step.rs"));
/// use serde_json::json;
///
/// // Ada has said that a talk is not for her.
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(serde_json::to_value(&view.declined)?, json!([{"key": "badge/speaker", "name": "Speaker"}]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeclinedStepView {
    /// The step, as activities name it.
    pub key: String,
    /// The name in the viewer's locale of what it leads to.
    pub name: String,
}

plain_data! { DeclinedStepView { key, name } }

/// What a step leads to.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// assert_eq!(view.steps[0].target, knownfor::view::Target::Badge);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A field of the profile.
    Field,
    /// Publishing the profile.
    Publish,
    /// A step of a challenge that the member is in.
    Challenge,
    /// A topic with evidence that the member does not claim yet.
    Claim,
    /// A topic that the member claims and that has no evidence yet.
    Topic,
    /// A badge, or its next grade.
    Badge,
    /// The next level.
    Level,
}

keywords!(Target {
    Field = "field",
    Publish = "publish",
    Challenge = "challenge",
    Claim = "claim",
    Topic = "topic",
    Badge = "badge",
    Level = "level",
});

/// Steps that the same deed takes.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_levels.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// use knownfor::view::{StepDeed, StepGroup};
///
/// // Another post leads to the next level.
/// let groups = StepGroup::by_deed(&view.steps);
/// assert_eq!(groups[0].deed(), StepDeed::Kind("blog.published"));
/// assert_eq!(groups[0].first.name, "Known voice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepGroup<'a> {
    /// The first of them, which is the kindest.
    pub first: &'a StepView,
    /// The others, in the order of the view.
    pub others: Vec<&'a StepView>,
}

/// What a member does to take a step.
///
/// A page decides by it what to show: a form for a field, or a link to where the activity happens.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// use knownfor::view::StepDeed;
///
/// let link = match view.steps[0].deed() {
///     StepDeed::Field(field) => format!("/profile#{field}"),
///     StepDeed::Kind(kind) => format!("/do/{kind}"),
///     _ => "/profile".into(),
/// };
/// assert_eq!(link, "/do/blog.published");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepDeed<'a> {
    /// Fill in the profile field with this id.
    Field(&'a str),
    /// Do something of this kind.
    Kind(&'a str),
    /// Claim the topic with this id.
    Claim(&'a str),
    /// Publish the profile, in a program that names no kind for it.
    Publish,
}

impl StepView {
    /// What the member does to take the step.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let view = engine.view("ada", &ada).unwrap();
    /// use knownfor::view::StepDeed;
    ///
    /// assert_eq!(view.steps[0].deed(), StepDeed::Kind("blog.published"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deed(&self) -> StepDeed<'_> {
        match (self.target, &self.field, &self.kind) {
            (Target::Claim, ..) => StepDeed::Claim(&self.id),
            (_, Some(field), _) => StepDeed::Field(field),
            (_, None, Some(kind)) => StepDeed::Kind(kind),
            (_, None, None) => StepDeed::Publish,
        }
    }
}

impl<'a> StepGroup<'a> {
    /// Groups steps by deed, because one deed may lead to several things and should be offered once. The groups stand
    /// in the order of their first steps.
    ///
    /// ```
    /// use knownfor::view::{StepDeed, StepGroup, StepView};
    ///
    /// let steps: Vec<StepView> = serde_json::from_str(r#"[
    ///     {"target": "badge", "id": "writer", "name": "Writer", "invite": "Write a page", "kind": "page written",
    ///      "audience": "company", "percent": 60, "missing": []},
    ///     {"target": "field", "id": "photo", "name": "Photo", "invite": "Add a photo", "field": "photo",
    ///      "audience": "company", "percent": 0, "missing": []},
    ///     {"target": "level", "id": "voice", "name": "Known voice", "invite": "Write a page", "kind": "page written",
    ///      "audience": "company", "percent": 34, "missing": []}
    /// ]"#)?;
    /// let groups = StepGroup::by_deed(&steps);
    /// assert_eq!(groups[0].deed(), StepDeed::Kind("page written"));
    /// assert_eq!(groups[0].steps().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["Writer", "Known voice"]);
    /// assert_eq!(groups[1].deed(), StepDeed::Field("photo"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn by_deed(steps: &'a [StepView]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for step in steps {
            match groups.iter_mut().find(|group| group.deed() == step.deed()) {
                Some(group) => group.others.push(step),
                None => groups.push(Self { first: step, others: Vec::new() }),
            }
        }
        groups
    }

    /// The deed that takes all of the steps.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let view = engine.view("ada", &ada).unwrap();
    /// use knownfor::view::{StepDeed, StepGroup};
    ///
    /// assert_eq!(StepGroup::by_deed(&view.steps)[0].deed(), StepDeed::Kind("blog.published"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deed(&self) -> StepDeed<'a> {
        self.first.deed()
    }

    /// All of the steps, in the order of the view.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let view = engine.view("ada", &ada).unwrap();
    /// use knownfor::view::StepGroup;
    ///
    /// let groups = StepGroup::by_deed(&view.steps);
    /// assert_eq!(groups[0].steps().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["writer"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn steps(&self) -> impl Iterator<Item = &'a StepView> + '_ {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// Points of a currency that a step gives.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/next_step.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let gift = &view.steps[0].gives[0];
/// assert_eq!((gift.name.as_str(), gift.points), ("Recognition", 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GiftView {
    /// The currency's id.
    pub currency: String,
    /// The currency's name in the viewer's locale.
    pub name: String,
    /// How many points.
    pub points: i64,
}

plain_data! { GiftView { currency, name, points } }

/// What a role model has and the viewer does not, as steps. [`Engine::model`](crate::Engine::model) and
/// [`Standing::model`](crate::Standing::model) make it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
/// // Ada is a role model and has the badge of writers. Bob does not have it yet.
/// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
/// let model = engine.model("ada", &bob).unwrap();
/// assert_eq!((model.member.as_str(), model.steps[0].id.as_str()), ("ada", "writer"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModelView {
    /// The model's id.
    pub member: String,
    /// The name to show. It is the id until a host that knows names replaces it.
    pub name: String,
    /// What the viewer could do next to have it, too.
    pub steps: Vec<StepView>,
}

plain_data! { ModelView { member, name, steps } }
