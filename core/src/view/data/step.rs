//! Steps: what to do next, and what it leads to.

use super::{BadgeFace, GoalPartView};
use crate::{
    base::{from_tree::plain_data, keyword::keywords},
    language::audience::Audience,
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// Something to do next, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// What it leads to.
    pub target: Target,
    /// The id of that: of the badge, level, field, challenge or topic; empty for publishing.
    pub id: String,
    /// Of a step of a challenge, its id in there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Its name in the viewer's locale; of a field what it asks.
    pub name: String,
    /// How a badge that it leads to is drawn, in the grade that is next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<BadgeFace>,
    /// What to do: how the program invites to it.
    pub invite: String,
    /// The kind of activity that does it; absent for a field of the profile and a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The field of the profile that does it; absent where an activity does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Before whom one does it.
    pub comfort: Audience,
    /// How far, 0 to 99, rounded down.
    pub percent: u8,
    /// What is missing, part by part; those that are done are left out.
    pub missing: Vec<GoalPartView>,
    /// Points that doing it once gives, as far as that is known before it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<GiftView>,
}

plain_data! {
    StepView {
        target, id, step, name, face, invite, kind, field, comfort, percent, missing, gives: optional,
    }
}

/// What a step leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A field of the profile.
    Field,
    /// Publishing the profile.
    Publish,
    /// A step of a challenge the member is in.
    Challenge,
    /// A topic that evidence speaks for and that the member does not claim yet.
    Claim,
    /// A topic the member claims and that no evidence speaks for yet.
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

/// Steps that one and the same deed takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepGroup<'a> {
    /// The nearest of them.
    pub first: &'a StepView,
    /// The others, in the order of the view.
    pub others: Vec<&'a StepView>,
}

/// What a member does to take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepDeed<'a> {
    /// Fill the field of the profile with this id.
    Field(&'a str),
    /// An activity of this kind.
    Kind(&'a str),
    /// Claim the topic with this id.
    Claim(&'a str),
    /// Publish the profile, in a program that names no kind of activity for it.
    Publish,
}

impl StepView {
    /// What the member does to take the step.
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
    ///      "comfort": "company", "percent": 60, "missing": []},
    ///     {"target": "field", "id": "photo", "name": "Photo", "invite": "Add a photo", "field": "photo",
    ///      "comfort": "company", "percent": 0, "missing": []},
    ///     {"target": "level", "id": "voice", "name": "Known voice", "invite": "Write a page", "kind": "page written",
    ///      "comfort": "company", "percent": 34, "missing": []}
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

    /// The deed that takes them.
    pub fn deed(&self) -> StepDeed<'a> {
        self.first.deed()
    }

    /// All of them, nearest first.
    pub fn steps(&self) -> impl Iterator<Item = &'a StepView> + '_ {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// Points of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GiftView {
    /// The currency's id.
    pub currency: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// So many.
    pub points: i64,
}

plain_data! { GiftView { currency, name, points } }

/// What is in a model's profile that is not yet in the viewer's, as steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelView {
    /// The model's id.
    pub member: String,
    /// The name to show; the id, until the host puts one in.
    pub name: String,
    /// What to do next to have it too.
    pub steps: Vec<StepView>,
}

plain_data! { ModelView { member, name, steps } }
