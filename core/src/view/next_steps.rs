//! Next steps: what a member may do next, kindest first, and none before its time.
//!
//! Each thing to reach has one step: a field, publishing, a step of a challenge, a topic, a badge, the next level. A
//! step is offered if those who will see its result are at most one circle wider than those whom the member has faced.

use crate::{
    base::{id_table::Id, keyword::Keyword, sort::sort_by_key},
    language::audience::{Audience, SharedPart},
    program::{Badge, ChallengeStep, Field, Given},
    state::enrolment::{Enrolment, StepState},
    view::{
        actions::{Action, Actions},
        data::{BadgeFace, DeclineView, GoalPartView, StepView, Target},
        declined::step_key,
        progress::{Ahead, Progress},
        topics::KnownTopic,
    },
};
use alloc::{string::ToString, vec::Vec};
use core::cmp::Reverse;

/// The next steps of a member.
pub(crate) struct Steps<'a> {
    progress: Progress<'a>,
    pub(super) actions: Actions<'a>,
}

/// A step that may be offered.
struct Step {
    view: StepView,
    action: Action,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(progress: Progress<'a>, member: &str) -> Self {
        Self { progress, actions: Actions::new(progress, member) }
    }

    /// The member's own next steps.
    pub(crate) fn own(&self) -> Vec<StepView> {
        let Progress { program, standing, .. } = self.progress;
        let fields = self.progress.missing_fields().into_iter().chain(self.progress.old_fields());
        let mut steps: Vec<Step> = fields.map(|field| self.field(field)).collect();
        steps.extend(self.publish());
        steps.extend(standing.counts.personal.enrolments.iter().flat_map(|enrolment| self.challenge(enrolment)));
        steps.extend(standing.counts.topics(program).iter().filter_map(|topic| self.topic(topic)));
        steps.extend(program.badges.iter().filter_map(|(id, _)| self.badge(id)));
        steps.extend(self.level());
        self.offered(steps)
    }

    /// Steps to the fields and badges that somebody else has.
    pub(crate) fn to_have(
        &self,
        has_field: impl Fn(Id<Field>) -> bool,
        has_badge: impl Fn(Id<Badge>) -> bool,
    ) -> Vec<StepView> {
        let fields = self.progress.missing_fields().into_iter().filter(|field| has_field(*field));
        let badges = self.progress.program.badges.iter().filter(|(id, _)| has_badge(*id));
        let steps = fields.map(|field| self.field(field)).chain(badges.filter_map(|(id, _)| self.badge(id)));
        self.offered(steps.collect())
    }

    /// The steps whose time has come, kindest first: by audience, then nearest first, then in the order of the program.
    /// Before the profile is published, its fields come before everything else.
    fn offered(&self, mut steps: Vec<Step>) -> Vec<StepView> {
        let counts = &self.progress.standing.counts;
        steps.retain(|step| step_key(&step.view).is_none_or(|key| !counts.declines_step(&key)));
        let lowest = steps.iter().map(|step| step.view.audience).min().unwrap_or_default();
        let upto = self.boldest().map_or(Audience::Private, Audience::wider).max(lowest);
        steps.retain(|step| step.view.audience <= upto);
        let published = self.progress.standing.is_published();
        let index = |view: &StepView| (published || view.target != Target::Field, view.audience, Reverse(view.percent));
        sort_by_key(&mut steps, |step| index(&step.view));
        let view = |step: Step| {
            let decline = step_key(&step.view).and_then(|key| self.decline(&step.view, &key));
            StepView { gives: self.actions.gives(step.action), decline, ..step.view }
        };
        steps.into_iter().map(view).collect()
    }

    /// How the member declines a step. Only a step of a challenge can bring something by being declined.
    fn decline(&self, view: &StepView, key: &str) -> Option<DeclineView> {
        let program = self.progress.program;
        let (kind, _) = program.steps_declined_by?;
        let audience = match view.target {
            Target::Challenge => self.actions.audience_of_declining(key)?,
            _ => program.kinds[kind].comfort,
        };
        Some(DeclineView { key: key.into(), audience })
    }

    /// The widest circle that the member has faced: by a deed, or by what they share.
    fn boldest(&self) -> Option<Audience> {
        let Progress { program, standing, .. } = self.progress;
        let shared = SharedPart::ALL.iter().map(|part| standing.shared_with(program, *part)).max();
        standing.counts.boldest.max(shared.filter(|_| standing.is_published()))
    }

    fn step(&self, target: Target, id: &str, name: &str, action: Action) -> Step {
        let program = self.progress.program;
        let (kind, field) = match action {
            Action::Kind(kind) => (Some(program.kinds[kind].name.to_string()), None),
            Action::Field(field) => (None, Some(program.fields[field].name.to_string())),
        };
        let view = StepView {
            target,
            id: id.to_string(),
            step: None,
            name: name.to_string(),
            face: None,
            invite: self.actions.invite(action).to_string(),
            kind,
            field,
            audience: self.actions.audience(action, (target == Target::Claim).then_some(id)),
            percent: 0,
            missing: Vec::new(),
            gives: Vec::new(),
            decline: None,
        };
        Step { view, action }
    }

    fn field(&self, id: Id<Field>) -> Step {
        let field = &self.progress.program.fields[id];
        self.step(Target::Field, &field.name, field.ask.or(self.progress.locale, &field.name), Action::Field(id))
    }

    fn publish(&self) -> Option<Step> {
        let Progress { program, standing, locale, .. } = self.progress;
        let kind = program.profile.as_ref()?.published_by.filter(|_| !standing.is_published())?;
        let name = program.kind_name(kind, locale);
        let mut step = self.step(Target::Publish, "", name, Action::Kind(kind));
        step.view.percent = standing.completeness().min(99);
        Some(step)
    }

    /// The open steps of a challenge that the member is in, from their days on.
    fn challenge(&self, enrolment: &Enrolment) -> Vec<Step> {
        let Progress { program, standing, locale, time } = self.progress;
        let challenge = &program.challenges[enrolment.challenge];
        let today = enrolment.day(program, time.instant);
        if !enrolment.covers(program, today) {
            return Vec::new();
        }
        let (calendar, dates) = (standing.counts.calendar(program), challenge.days.span(enrolment.first));
        let open = challenge.steps.iter().zip(&enrolment.steps).filter(|(step, state)| {
            let offered = step.offered(calendar, dates);
            **state == StepState::Open && offered <= today
        });
        let view = |(step, _): (&ChallengeStep, _)| {
            let key = self.progress.nearest(&step.goal, |_| true);
            let ahead = Ahead::first(&step.goal, key);
            let action = self.actions.towards(&ahead)?;
            let name = step.words.or(locale, &step.name);
            let mut of = self.step(Target::Challenge, &challenge.name, name, action);
            of.view.step = Some(step.name.to_string());
            self.measure(&mut of, &ahead);
            Some(of)
        };
        open.filter_map(view).collect()
    }

    /// Adds how far a goal is, and what is missing.
    fn measure(&self, step: &mut Step, ahead: &Ahead<'_>) {
        step.view.percent = self.progress.percent(ahead);
        step.view.missing = self.progress.parts(ahead);
        step.view.missing.retain(|part| part.value < part.goal);
    }

    /// A claimed topic without evidence, or a topic with enough evidence to be claimed.
    fn topic(&self, topic: &KnownTopic) -> Option<Step> {
        let Progress { program, locale, .. } = self.progress;
        let topics = program.topics.as_ref()?;
        let name = program.topic_name(&topic.topic, locale);
        if topic.claimed {
            let open = topics.evidence.iter().filter(|_| topic.strength == 0);
            let easiest = open.filter_map(|(tally, _)| Some((*tally, self.actions.adding(*tally)?)));
            let (tally, action) = easiest.min_by_key(|(_, action)| self.actions.circle(*action))?;
            let mut step = self.step(Target::Topic, &topic.topic, name, action);
            let tally = &program.tallies[tally];
            let part = GoalPartView { name: tally.words.or(locale, &tally.name).into(), value: 0, goal: 1 };
            step.view.missing.push(part);
            return Some(step);
        }
        // Nobody is asked to claim what only others said of them.
        let is_asked = topic.strength >= topics.suggest_from && topic.has_own_evidence(program);
        let (kind, _) = topics.claimed_by.filter(|_| is_asked)?;
        let mut step = self.step(Target::Claim, &topic.topic, name, Action::Kind(kind));
        (step.view.kind, step.view.percent) = (None, 99);
        Some(step)
    }

    /// A badge that is not held, or its next grade, if the member can do something for it.
    fn badge(&self, id: Id<Badge>) -> Option<Step> {
        let Progress { program, standing, time, locale } = self.progress;
        let badge = &program.badges[id];
        if badge.secret {
            return None;
        }
        let ahead = self.progress.ahead(id, |ahead| self.actions.towards(ahead).is_some())?;
        // What is held and comes once more is no step, unless it is one of several that has run out.
        let again = badge.given() != Given::Once && standing.has_badge(program, id, time.instant);
        if again && ahead.expired.is_none() {
            return None;
        }
        let action = self.actions.towards(&ahead)?;
        let mut step = self.step(Target::Badge, &badge.name, badge.words.or(locale, &badge.name), action);
        step.view.face = Some(BadgeFace::new(badge, ahead.grade));
        self.measure(&mut step, &ahead);
        Some(step)
    }

    fn level(&self) -> Option<Step> {
        let Progress { program, standing, .. } = self.progress;
        let (_, level) = program.level(standing.level.saturating_add(1))?;
        let ahead = self.progress.next_level_goal(|ahead| self.actions.towards(ahead).is_some())?;
        let action = self.actions.towards(&ahead)?;
        let next = self.progress.next_level()?;
        let mut step = self.step(Target::Level, &level.name, &next.name, action);
        self.measure(&mut step, &ahead);
        step.view.percent = next.percent;
        Some(step)
    }
}
