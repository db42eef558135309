//! A view in plain words: the page's content before the widget has loaded, and where it cannot load.

use jiff::{Timestamp, tz::TimeZone};
use knownfor::{
    Audience,
    view::{ChallengeView, EvidenceView, MemberView, StepDeed, StepGroup, StepView, Target, TopicView},
};
use serde::Serialize;

/// Limit for the steps offered at once: a few to choose from, not everything that is missing.
const MAX_STEPS: usize = 4;

/// A member in plain words.
#[derive(Serialize)]
pub(super) struct PlainView {
    pub(super) published: bool,
    points: Vec<Number>,
    level: Option<String>,
    completeness: Option<u8>,
    next_ask: Option<String>,
    badges: Vec<Badge>,
    topics: Vec<Topic>,
    steps: Vec<Step>,
    challenges: Vec<Challenge>,
    gains: Vec<Number>,
}

#[derive(Serialize)]
struct Number {
    name: String,
    value: i64,
}

#[derive(Serialize)]
struct Badge {
    name: String,
    grade: Option<&'static str>,
    own_grade: Option<String>,
    date: String,
}

/// A topic and the evidence for it.
#[derive(Serialize)]
struct Topic {
    topic: String,
    name: String,
    claimed: bool,
    evidence: String,
}

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

#[derive(Serialize)]
struct Challenge {
    id: String,
    name: String,
    description: Option<String>,
    joined: bool,
    dates: Option<[String; 2]>,
    steps: Vec<ChallengeStep>,
    done: u32,
}

#[derive(Serialize)]
struct ChallengeStep {
    name: String,
    done: bool,
    from: Option<String>,
}

impl PlainView {
    pub(super) fn of(view: &MemberView, zone: &TimeZone) -> Self {
        let points = view.standing.points.iter();
        Self {
            published: view.published,
            points: points.map(|points| Number { name: points.name.clone(), value: points.total }).collect(),
            level: view.standing.level.as_ref().and_then(|level| level.name.clone()),
            completeness: view.profile.as_ref().map(|profile| profile.percent),
            next_ask: view.profile.as_ref().and_then(|profile| profile.next.as_ref()).map(|next| next.ask.clone()),
            badges: badges(view, zone),
            topics: view.topics.iter().map(Topic::of).collect(),
            steps: steps(&view.steps),
            challenges: view.challenges.iter().map(Challenge::of).collect(),
            gains: view.gains.iter().map(|gain| Number { name: gain.name.clone(), value: gain.value }).collect(),
        }
    }
}

fn badges(view: &MemberView, zone: &TimeZone) -> Vec<Badge> {
    let badge = view.badges.earned.iter().filter_map(|badge| {
        // The texts have names for these three; others are names of the program.
        let (grade, own_grade) = match badge.face.grade.as_deref() {
            Some("bronze") => (Some("bronze"), None),
            Some("silver") => (Some("silver"), None),
            Some("gold") => (Some("gold"), None),
            own => (None, own.map(str::to_owned)),
        };
        let at: Timestamp = badge.at.parse().ok()?;
        Some(Badge { name: badge.name.clone(), grade, own_grade, date: at.to_zoned(zone.clone()).date().to_string() })
    });
    badge.collect()
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
            before: match group.first.comfort {
                Audience::Private => "Nobody sees it",
                Audience::Team => "With your team",
                Audience::Company => "In the company",
                Audience::Public => "In public",
            },
        }
    }
}

impl Topic {
    fn of(view: &TopicView) -> Self {
        Self {
            topic: view.topic.clone(),
            name: view.name.clone(),
            claimed: view.claimed,
            evidence: evidence(&view.evidence),
        }
    }
}

/// The evidence for a topic, on one line.
pub(super) fn evidence(evidence: &[EvidenceView]) -> String {
    let parts = evidence.iter().map(|part| format!("{}: {}", part.name, part.value));
    parts.collect::<Vec<_>>().join(" · ")
}

impl Challenge {
    fn of(view: &ChallengeView) -> Self {
        let step = |step: &knownfor::view::ChallengeStepView| ChallengeStep {
            name: step.name.clone(),
            done: step.done,
            from: step.from.clone(),
        };
        Self {
            id: view.challenge.clone(),
            name: view.name.clone(),
            description: view.description.clone(),
            joined: view.joined,
            dates: view.dates.clone(),
            steps: view.steps.iter().map(step).collect(),
            done: view.done,
        }
    }
}
