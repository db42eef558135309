//! Declined: the steps that a member says are not for them.

use crate::{
    base::text::Text,
    program::{Badge, Program},
    state::standing::{Counts, Standing},
    view::{
        data::{DeclinedStepView, StepView, Target},
        member::MemberViewBuilder,
    },
};
use alloc::{format, string::ToString, vec::Vec};

// Records hold these words, so they must never change. `Challenge::step_key` has that of challenges, too.
const PUBLISH: &str = "publish";
const LEVEL: &str = "level";
const BADGE: &str = "badge";
const CLAIM: &str = "claim";
const TOPIC: &str = "topic";
const CHALLENGE: &str = "challenge";

impl Standing {
    /// The steps that the member declines, sorted, as activities name them. A door that adds one or takes one back
    /// repeats the others, because each statement names all.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/declined_step.rs"));
    /// // Ada has said that a talk is not for her.
    /// assert_eq!(engine.standing("ada").unwrap().declined_steps(), ["badge/speaker"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn declined_steps(&self) -> &[Text] {
        &self.counts.personal.declined_steps
    }
}

impl Counts {
    pub(crate) fn declines_step(&self, key: &str) -> bool {
        self.personal.declined_steps.binary_search_by(|declined| declined.as_str().cmp(key)).is_ok()
    }

    /// Whether the member declines the steps to a badge.
    pub(crate) fn declines_badge(&self, badge: &Badge) -> bool {
        self.declines_step(&badge_key(&badge.name))
    }
}

impl MemberViewBuilder<'_> {
    /// The steps that the member declines. Those that the program no longer has are left out.
    pub(super) fn declined(&self) -> Vec<DeclinedStepView> {
        let view = |key: &Text| {
            let name = self.program.step_name(key, self.standing.level, self.ask.locale)?;
            Some(DeclinedStepView { key: key.to_string(), name: name.into() })
        };
        self.standing.declined_steps().iter().filter_map(view).collect()
    }
}

impl Program {
    /// Whether members can decline a step that is called so. A door asks this before it records what they decline.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/declined_step.rs"));
    /// let program = engine.program();
    /// assert!(program.has_step("badge/writer") && !program.has_step("badge/dancer"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn has_step(&self, key: &str) -> bool {
        self.step_name(key, 0, "").is_some()
    }

    /// The name of what a declined step leads to, for a member with some levels.
    fn step_name<'a>(&'a self, key: &'a str, levels: u16, locale: &str) -> Option<&'a str> {
        Some(match key.split_once('/') {
            None if key == PUBLISH => self.kind_name(self.profile.as_ref()?.published_by?, locale),
            None if key == LEVEL => {
                let next = self.level(levels.saturating_add(1));
                let (_, level) = next.or_else(|| self.level(levels))?;
                level.words.or(locale, &level.name)
            }
            Some((CLAIM | TOPIC, topic)) if self.topics.is_some() => self.topic_name(topic, locale),
            Some((BADGE, badge)) => {
                let badge = &self.badges[self.badges.find(badge)?];
                badge.words.or(locale, &badge.name)
            }
            Some((CHALLENGE, _)) => {
                let mut steps = self.challenges.values().flat_map(|its| its.steps.iter().map(move |step| (its, step)));
                let (_, step) = steps.find(|(its, step)| its.step_key(step) == key)?;
                step.words.or(locale, &step.name)
            }
            _ => return None,
        })
    }
}

/// What a statement that declines steps calls a step. A field has answers of its own.
pub(crate) fn step_key(step: &StepView) -> Option<Text> {
    Some(match step.target {
        Target::Field => return None,
        Target::Publish => PUBLISH.into(),
        Target::Level => LEVEL.into(),
        Target::Badge => badge_key(&step.id),
        Target::Claim => format!("{CLAIM}/{}", step.id).into(),
        Target::Topic => format!("{TOPIC}/{}", step.id).into(),
        Target::Challenge => format!("{CHALLENGE}/{}/{}", step.id, step.step.as_deref().unwrap_or_default()).into(),
    })
}

fn badge_key(badge: &str) -> Text {
    format!("{BADGE}/{badge}").into()
}
