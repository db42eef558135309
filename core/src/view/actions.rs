//! Actions: what members can do by themselves, which action is easiest, and what doing it once gives.

use crate::{
    base::{id_table::Id, text::Text},
    fold::{advance, conditions::EvalContext, matching::match_activity, pricing::price_within_limits},
    input::{
        activity::Activity,
        content::Draft,
        origin::{Arrival, Stamp},
    },
    language::audience::{Audience, SharedPart},
    program::{
        Amount, Challenge, Counted, Currency, Days, Field, Kind, Measure, Part, Program, Role, Rule, Tally, Trigger,
        Watcher, value::FieldState,
    },
    state::{
        enrolment::{Enrolment, StepState},
        ledger::Cause,
        standing::Standing,
    },
    view::{
        data::GiftView,
        progress::{Ahead, Progress},
    },
};
use alloc::{borrow::Cow, string::ToString, vec::Vec};

/// Something that a member can do by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Fill a field of the profile.
    Field(Id<Field>),
    /// An activity of this kind.
    Kind(Id<Kind>),
}

/// The actions open to a member at a moment.
pub(crate) struct Actions<'a> {
    pub(super) progress: Progress<'a>,
    pub(super) member: Text,
    /// The first of the missing fields, which is the kindest.
    field: Option<Id<Field>>,
    /// The easiest kind that adds to each tally.
    adding: Vec<Option<Id<Kind>>>,
    /// The easiest kind that gives points of each currency now.
    giving: Vec<Option<Id<Kind>>>,
}

/// Who has to act before an open part of a goal is reached.
enum Blocker {
    /// The member.
    Member(Action),
    /// Others, or nobody: no rule gives the member points for it now.
    Others,
    /// Nobody. Time reaches it, or it can no longer be reached.
    Time,
}

impl<'a> Actions<'a> {
    pub(crate) fn new(progress: Progress<'a>, member: &str) -> Self {
        let program = progress.program;
        let mut actions = Self {
            progress,
            member: member.into(),
            field: progress.missing_fields().first().copied(),
            adding: alloc::vec![None; program.tallies.len()],
            giving: alloc::vec![None; program.currencies.len()],
        };
        for (id, kind) in program.kinds.iter() {
            if !actions.is_open(id, kind) {
                continue;
            }
            let own = kind.tallies.iter().filter(|(tally, adds)| *adds > 0 && program.tallies[*tally].is_own());
            for (tally, _) in own {
                take_easier(program, &mut actions.adding, tally.index(), id);
            }
            for (currency, _) in actions.gifts_of(id) {
                take_easier(program, &mut actions.giving, currency.index(), id);
            }
        }
        actions
    }

    /// Whether a member can be invited to a kind. It must not undo something or only state the member's wishes, and a
    /// published profile need not be published again.
    fn is_open(&self, id: Id<Kind>, kind: &Kind) -> bool {
        let publishes = self.progress.program.profile.as_ref().is_some_and(|profile| profile.published_by == Some(id));
        kind.reverses.is_none() && !kind.setting && !(publishes && self.progress.standing.is_published())
    }

    /// The easiest kind that adds to a tally.
    pub(crate) fn adding(&self, tally: Id<Tally>) -> Option<Action> {
        self.adding.get(tally.index()).copied().flatten().map(Action::Kind)
    }

    /// The easiest kind that gives points of a currency now.
    pub(crate) fn giving(&self, currency: Id<Currency>) -> Option<Action> {
        self.giving.get(currency.index()).copied().flatten().map(Action::Kind)
    }

    /// The action that leads to a goal: the easiest one among its open parts or, once more, among all parts.
    ///
    /// If an open part depends on others, an action in another part of the goal leads there. `None` if no action does.
    pub(crate) fn towards(&self, ahead: &Ahead<'_>) -> Option<Action> {
        let Ahead { goal, times, once_more, .. } = *ahead;
        let key = ahead.key.as_ref();
        let context = self.progress.goal_context();
        let (mut actions, mut reached, mut others) = (Vec::new(), Vec::new(), false);
        let mut add_blocker = |blocker| match blocker {
            Blocker::Member(action) => actions.push(action),
            Blocker::Others => others = true,
            Blocker::Time => {}
        };
        for part in &goal.parts {
            let value = context.value(part, key);
            if part.max.is_some_and(|max| value > max) {
                return None;
            }
            if once_more || part.min.is_some_and(|min| value < min.saturating_mul(times)) {
                add_blocker(self.blocker(part));
            } else if let Measure::Tally(tally) = part.measure {
                reached.extend(self.adding(tally));
            }
        }
        goal.fields
            .iter()
            .filter(|field| once_more || !context.is_done(**field))
            .for_each(|field| add_blocker(Blocker::Member(Action::Field(*field))));
        if goal.completeness.is_some_and(|percent| context.counts.completeness(context.program) < percent) {
            add_blocker(self.field.map_or(Blocker::Others, |field| Blocker::Member(Action::Field(field))));
        }
        if goal.level.is_some_and(|level| usize::from(context.level()) <= level.index()) {
            // The goals of levels ask for no level, so this ends.
            let next = self.progress.next_level_goal(|ahead| self.towards(ahead).is_some());
            let action = next.and_then(|ahead| self.towards(&ahead));
            add_blocker(action.map_or(Blocker::Others, Blocker::Member));
        }
        // A badge that is needed has a step of its own.
        if goal.badges.iter().any(|badge| !context.holds_badge(*badge)) {
            add_blocker(Blocker::Others);
        }
        if let Some(challenge) =
            goal.challenge.filter(|id| !context.counts.enrolment(*id).is_some_and(Enrolment::is_done))
        {
            add_blocker(self.challenge_blocker(challenge));
        }
        if actions.is_empty() && others {
            actions = reached;
        }
        // `min_by_key` returns the first of equally easy actions.
        actions.into_iter().min_by_key(|action| self.circle(*action))
    }

    fn blocker(&self, part: &Part) -> Blocker {
        let program = self.progress.program;
        match part.measure {
            Measure::Total(currency) => self.points_blocker(currency),
            Measure::Tally(tally) => match program.tallies[tally].counts {
                Counted::Since(_) => Blocker::Time,
                Counted::Points(currency) => self.points_blocker(currency),
                _ => self.adding(tally).map_or(Blocker::Others, Blocker::Member),
            },
        }
    }

    fn points_blocker(&self, currency: Id<Currency>) -> Blocker {
        self.giving(currency).map_or(Blocker::Others, Blocker::Member)
    }

    /// What blocks a challenge. A member who is in it does its steps, and one who never was can join. Nobody is
    /// invited again after leaving or not finishing.
    fn challenge_blocker(&self, id: Id<Challenge>) -> Blocker {
        let Progress { program, standing, time, .. } = self.progress;
        let challenge = &program.challenges[id];
        let action = match standing.counts.enrolment(id) {
            Some(enrolment) if enrolment.is_open(program, enrolment.day(program, time.instant)) => {
                let open = challenge.steps.iter().zip(&enrolment.steps).filter(|(_, state)| **state == StepState::Open);
                let actions = open.filter_map(|(step, _)| {
                    self.towards(&Ahead::first(&step.goal, self.progress.nearest(&step.goal, |_| true)))
                });
                actions.min_by_key(|action| self.circle(*action))
            }
            Some(_) => None,
            None => {
                let is_over = matches!(challenge.days, Days::Between(_, last) if last < program.zone.day(time.instant));
                (!is_over).then_some(Action::Kind(challenge.joined_by))
            }
        };
        action.map_or(Blocker::Time, Blocker::Member)
    }

    /// The circle that the member faces by an action itself: that of its kind and, once published, of the part that it
    /// fills.
    pub(crate) fn circle(&self, action: Action) -> Audience {
        let Progress { program, standing, .. } = self.progress;
        let comfort = |kind| program.kinds[kind].comfort;
        match (action, &program.profile) {
            (Action::Field(_), Some(its)) => comfort(its.on).max(standing.shared_with(program, SharedPart::Profile)),
            (Action::Field(_), None) => Audience::Private,
            (Action::Kind(id), _) => comfort(id),
        }
    }

    /// How the program invites to an action.
    pub(crate) fn invite(&self, action: Action) -> &'a str {
        let Progress { program, locale, .. } = self.progress;
        match action {
            Action::Field(id) => program.fields[id].ask.or(locale, &program.fields[id].name),
            Action::Kind(id) => {
                program.kinds[id].invite.in_locale(locale).unwrap_or_else(|| program.kind_name(id, locale))
            }
        }
    }

    /// The points that doing it once gives, as far as they are known before.
    pub(crate) fn gives(&self, action: Action) -> Vec<GiftView> {
        let Progress { program, locale, .. } = self.progress;
        let gifts = match action {
            Action::Field(id) => self.gifts_of_field(id),
            Action::Kind(id) => self.gifts_of(id),
        };
        let view = |(id, points)| {
            let currency: &Currency = &program.currencies[id];
            let name = currency.words.or(locale, &currency.name).into();
            GiftView { currency: currency.name.to_string(), name, points }
        };
        gifts.into_iter().map(view).collect()
    }

    /// The points that an activity of a kind gives its actor, if nothing else is known of it and limits have room.
    fn gifts_of(&self, id: Id<Kind>) -> Vec<(Id<Currency>, i64)> {
        let Progress { program, standing, time, .. } = self.progress;
        let mut counts = Cow::Borrowed(&standing.counts);
        let activity = self.activity(id, self.draft(None));
        let context = EvalContext { program, standing, activity: &activity };
        let mut gifts = Vec::new();
        let rules = &program.kinds[id].rules;
        for (position, rule_id) in rules.iter().enumerate() {
            let rule = &program.rules[*rule_id];
            let Trigger::On(condition) = &rule.trigger else { continue };
            let refused = condition.as_ref().is_some_and(|condition| condition.test.answer(context) == Some(false));
            let known = rule.to == Role::Actor && !matches!(rule.amount, Amount::By { .. });
            if !known || refused || !rule.version.covers(time.instant) {
                continue;
            }
            let priced = price_within_limits(program, &counts, *rule_id, time, None);
            let Some(priced) = priced.filter(|priced| priced.points > 0) else { continue };
            add(&mut gifts, priced.currency, priced.points);
            // Later rules that share a limit get what this one leaves of it.
            let shares =
                |other: &Id<Rule>| program.rules[*other].limits.iter().any(|limit| rule.limits.contains(limit));
            if rules.iter().skip(position + 1).any(shares) {
                counts.to_mut().use_up(program, &priced, time);
            }
        }
        gifts
    }

    /// The points that filling a field gives, tried in a copy of the standing.
    fn gifts_of_field(&self, field: Id<Field>) -> Vec<(Id<Currency>, i64)> {
        let Progress { program, standing, .. } = self.progress;
        let Some(profile) = program.profile.as_ref().filter(|_| gives_for_fields(program)) else { return Vec::new() };
        let activity = self.activity(profile.on, self.draft(Some(field)));
        let mut standing: Standing = standing.clone();
        let context = EvalContext { program, standing: &standing, activity: &activity };
        let matched = match_activity(context, &self.member, None);
        let mut entries = Vec::new();
        advance(program, &mut standing, &activity, &matched, &mut entries);
        let mut gifts = Vec::new();
        for entry in &entries {
            if let Cause::Rule(rule) = entry.cause {
                add(&mut gifts, program.rules[rule].currency, entry.points);
            }
        }
        gifts.retain(|(_, points)| *points > 0);
        gifts
    }

    /// An activity of the member of which only the kind is known, and perhaps the field it fills, before it says more.
    pub(super) fn draft(&self, field: Option<Id<Field>>) -> Draft<'_> {
        let profile = field.into_iter().map(|field| (field, FieldState::Done)).collect();
        Draft { actor: Some(self.member.as_str().into()), profile, ..Draft::default() }
    }

    pub(super) fn activity(&self, kind: Id<Kind>, draft: Draft<'_>) -> Activity {
        let stamp = Stamp {
            source: "".into(),
            id: "".into(),
            time: self.progress.time,
            sequence: None,
            kind,
            arrival: Arrival::default(),
        };
        Activity::new(self.progress.program, stamp, draft)
    }
}

impl Tally {
    /// Whether members add to it by what they do themselves.
    fn is_own(&self) -> bool {
        self.to == Role::Actor && !matches!(self.counts, Counted::Since(_) | Counted::Points(_))
    }
}

/// Whether any rule may give points when a field is filled.
fn gives_for_fields(program: &Program) -> bool {
    let is_rule = |watcher: &Watcher| matches!(watcher, Watcher::Rule(_));
    let of_kind = program.profile.as_ref().map(|profile| &program.kinds[profile.on]).is_some_and(|kind| {
        let counted = kind.tallies.iter().flat_map(|(tally, _)| &program.tallies[*tally].watchers);
        !kind.rules.is_empty() || counted.into_iter().any(is_rule)
    });
    of_kind || program.links.on_profile.iter().any(is_rule)
}

/// Notes a kind if it is easier than the one noted before.
fn take_easier(program: &Program, easiest: &mut [Option<Id<Kind>>], position: usize, kind: Id<Kind>) {
    if let Some(best) = easiest.get_mut(position)
        && best.is_none_or(|best| program.kinds[best].comfort > program.kinds[kind].comfort)
    {
        *best = Some(kind);
    }
}

fn add(gifts: &mut Vec<(Id<Currency>, i64)>, currency: Id<Currency>, points: i64) {
    match gifts.iter_mut().find(|(other, _)| *other == currency) {
        Some((_, so_far)) => *so_far = so_far.saturating_add(points),
        None => gifts.push((currency, points)),
    }
}
