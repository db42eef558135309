//! Steps: what a member may do next, kindest first, and none before its time.
//!
//! One step for one thing: a field, publishing, a step of a challenge, a topic, a badge, the next level. It is offered once what it
//! asks to do is at most one grade of comfort above the boldest thing that the member did.

use crate::{
    base::{id_table::Id, sort::sort_by, text::Text},
    language::audience::Audience,
    program::{Badge, ChallengeStep, Field, Given, Goal},
    state::enrolment::Pilot,
    view::{
        actions::{Deed, Deeds},
        data::{BadgeFace, GoalPartView, StepView, Toward},
        progress::{Ahead, Outlook},
        topics::Topic,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::cmp::Reverse;

/// What leads a member on.
pub(crate) struct Steps<'a> {
    outlook: Outlook<'a>,
    deeds: Deeds<'a>,
}

/// A step that may be offered.
struct Step {
    view: StepView,
    deed: Deed,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(outlook: Outlook<'a>, member: &str) -> Self {
        Self { outlook, deeds: Deeds::new(outlook, member) }
    }

    /// The member's own next steps.
    pub(crate) fn own(&self) -> Vec<StepView> {
        let Outlook { program, standing, .. } = self.outlook;
        let fields = self.outlook.missing_fields().into_iter().chain(self.outlook.old_fields());
        let mut steps: Vec<Step> = fields.map(|field| self.field(field)).collect();
        steps.extend(self.publish());
        steps.extend(standing.counts.personal.pilots.iter().flat_map(|pilot| self.challenge(pilot)));
        steps.extend(standing.counts.topics(program).iter().filter_map(|topic| self.topic(topic)));
        steps.extend(program.badges.iter().filter_map(|(id, _)| self.badge(id)));
        steps.extend(self.level());
        self.offered(steps)
    }

    /// Steps to fields and badges that somebody else has.
    pub(crate) fn to_have(
        &self,
        has_field: impl Fn(Id<Field>) -> bool,
        has_badge: impl Fn(Id<Badge>) -> bool,
    ) -> Vec<StepView> {
        let fields = self.outlook.missing_fields().into_iter().filter(|field| has_field(*field));
        let badges = self.outlook.program.badges.iter().filter(|(id, _)| has_badge(*id));
        let steps = fields.map(|field| self.field(field)).chain(badges.filter_map(|(id, _)| self.badge(id)));
        self.offered(steps.collect())
    }

    /// Those whose time has come, kindest first: in private before with others, then the nearest, then in the program's order. Before
    /// publishing the profile comes first.
    fn offered(&self, mut steps: Vec<Step>) -> Vec<StepView> {
        let lowest = steps.iter().map(|step| step.view.comfort).min().unwrap_or_default();
        let boldest = self.outlook.standing.counts.boldest;
        let upto = boldest.map_or(Audience::Private, Audience::wider).max(lowest);
        steps.retain(|step| step.view.comfort <= upto);
        let published = self.outlook.standing.is_published();
        let place = |view: &StepView| (published || view.toward != Toward::Field, view.comfort, Reverse(view.percent));
        sort_by(&mut steps, |a, b| place(&a.view).cmp(&place(&b.view)));
        let view = |step: Step| StepView { gives: self.deeds.gives(step.deed), ..step.view };
        steps.into_iter().map(view).collect()
    }

    fn step(&self, toward: Toward, id: &str, name: &str, deed: Deed) -> Step {
        let program = self.outlook.program;
        let (kind, field) = match deed {
            Deed::Kind(kind) => (Some(program.kinds[kind].name.to_string()), None),
            Deed::Field(field) => (None, Some(program.fields[field].name.to_string())),
        };
        let view = StepView {
            toward,
            id: id.to_string(),
            step: None,
            name: name.to_string(),
            face: None,
            invite: self.deeds.invite(deed).to_string(),
            kind,
            field,
            comfort: self.deeds.comfort(deed),
            percent: 0,
            missing: Vec::new(),
            gives: Vec::new(),
        };
        Step { view, deed }
    }

    fn field(&self, id: Id<Field>) -> Step {
        let field = &self.outlook.program.fields[id];
        self.step(Toward::Field, &field.name, field.ask.or(self.outlook.locale, &field.name), Deed::Field(id))
    }

    fn publish(&self) -> Option<Step> {
        let Outlook { program, standing, locale, .. } = self.outlook;
        let kind = program.profile.as_ref()?.published_by.filter(|_| !standing.is_published())?;
        let name = program.kind_name(kind, locale);
        let mut step = self.step(Toward::Publish, "", name, Deed::Kind(kind));
        step.view.percent = standing.completeness(program).min(99);
        Some(step)
    }

    /// The open steps of a challenge that the member is in, as far as their day has come.
    fn challenge(&self, pilot: &Pilot) -> Vec<Step> {
        let Outlook { program, standing, locale, time } = self.outlook;
        let challenge = &program.challenges[pilot.of];
        let today = pilot.day(program, time.instant);
        if !pilot.covers(program, today) {
            return Vec::new();
        }
        let (calendar, dates) = (standing.counts.calendar(program), challenge.days.of(pilot.first));
        let open = challenge.steps.iter().zip(&pilot.done).filter(|(step, done)| {
            let offered = step.offered(calendar, dates);
            !**done && offered <= today
        });
        let view = |(step, _): (&ChallengeStep, _)| {
            let key = self.outlook.nearest(&step.goal, |_| true);
            let deed = self.deeds.toward(&step.goal, key.as_ref(), 1)?;
            let ahead = Ahead { grade: None, goal: &step.goal, key, times: 1 };
            let name = step.words.or(locale, &step.name);
            let mut of = self.step(Toward::Challenge, &challenge.name, name, deed);
            of.view.step = Some(step.name.to_string());
            self.measure(&mut of, &ahead);
            Some(of)
        };
        open.filter_map(view).collect()
    }

    /// How far a goal is, and what is missing.
    fn measure(&self, step: &mut Step, ahead: &Ahead<'_>) {
        step.view.percent = self.outlook.percent(ahead);
        step.view.missing = self.outlook.parts(ahead.goal, ahead.key.as_ref(), ahead.times);
        step.view.missing.retain(|part| part.value < part.goal);
    }

    /// A claim for which nothing speaks yet, or evidence that is strong enough to claim its topic.
    fn topic(&self, topic: &Topic) -> Option<Step> {
        let Outlook { program, locale, .. } = self.outlook;
        let topics = program.topics.as_ref()?;
        let name = program.topic_name(&topic.topic, locale);
        if topic.claimed {
            let open = topics.evidence.iter().filter(|_| topic.strength == 0);
            let easiest = open.filter_map(|(tally, _)| Some((*tally, self.deeds.adding(*tally)?)));
            let (tally, deed) = easiest.min_by_key(|(_, deed)| self.deeds.comfort(*deed))?;
            let mut step = self.step(Toward::Topic, &topic.topic, name, deed);
            let tally = &program.tallies[tally];
            let part = GoalPartView { name: tally.words.or(locale, &tally.name).into(), value: 0, goal: 1 };
            step.view.missing.push(part);
            return Some(step);
        }
        let (kind, _) = topics.claimed_by.filter(|_| topic.strength >= topics.suggest_from)?;
        let mut step = self.step(Toward::Claim, &topic.topic, name, Deed::Kind(kind));
        (step.view.kind, step.view.percent) = (None, 99);
        Some(step)
    }

    /// A badge that is not held, or its next grade, if anything that the member can do leads there.
    fn badge(&self, id: Id<Badge>) -> Option<Step> {
        let Outlook { program, standing, time, locale } = self.outlook;
        let badge = &program.badges[id];
        let again = badge.given() != Given::Once && standing.has_badge(program, id, time.instant);
        if badge.secret || again {
            return None;
        }
        let leads = |goal: &Goal, key: Option<&Text>, times| self.deeds.toward(goal, key, times);
        let ahead = self.outlook.ahead(id, |goal| leads(goal, None, 1).is_some())?;
        let deed = leads(ahead.goal, ahead.key.as_ref(), ahead.times)?;
        let mut step = self.step(Toward::Badge, &badge.name, badge.words.or(locale, &badge.name), deed);
        step.view.face = Some(BadgeFace { shape: badge.shape, icon: badge.icon, grade: ahead.grade });
        self.measure(&mut step, &ahead);
        Some(step)
    }

    fn level(&self) -> Option<Step> {
        let Outlook { program, standing, locale, time } = self.outlook;
        let (_, level) = program.level(standing.level.saturating_add(1))?;
        let next = self.outlook.next_level()?;
        let deed = self.deeds.giving(level.currency)?;
        let currency = &program.currencies[level.currency];
        let mut step = self.step(Toward::Level, &level.name, &next.name, deed);
        step.view.percent = next.percent;
        let value = standing.counts.total(program, level.currency, time).clamp(0, level.min);
        let name: String = currency.words.or(locale, &currency.name).into();
        step.view.missing.push(GoalPartView { name, value, goal: level.min });
        Some(step)
    }
}
