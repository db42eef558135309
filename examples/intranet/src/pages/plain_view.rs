//! Plain view: steps in plain words, on pages that show them without the widget.

use knownfor::{
    Audience,
    view::{StepDeed, StepGroup, StepView, Target},
};
use serde::Serialize;

/// Limit for the steps offered at once: a few to choose from, not everything that is missing.
const MAX_STEPS: usize = 4;

/// Something to do next.
#[derive(Serialize)]
pub(super) struct Step {
    invite: String,
    /// The topic to claim, for which there is no invitation.
    claim: Option<String>,
    /// What it leads to, unless the invitation already says so.
    names: Vec<String>,
    /// Who sees the member do it.
    before: &'static str,
}

/// The nearest deeds in words, each with the steps that it takes.
pub(super) fn steps(steps: &[StepView]) -> Vec<Step> {
    StepGroup::by_deed(steps).iter().take(MAX_STEPS).map(Step::of).collect()
}

/// What a step leads to, unless the invitation already says so.
fn name(step: &StepView) -> Option<String> {
    Some(step.name.clone()).filter(|name| step.target != Target::Claim && *name != step.invite)
}

impl Step {
    fn of(group: &StepGroup<'_>) -> Self {
        Self {
            invite: group.first.invite.clone(),
            claim: matches!(group.deed(), StepDeed::Claim(_)).then(|| group.first.name.clone()),
            names: group.steps().filter_map(name).collect(),
            before: match group.first.audience {
                Audience::Private => "Nobody sees it",
                Audience::Team => "With your team",
                Audience::Company => "In the company",
                Audience::Public => "In public",
            },
        }
    }
}
