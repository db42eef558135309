//! Deed: what members can do by themselves, which of it is easiest, and what doing it once gives.

use crate::{
    base::{id_table::Id, text::Text},
    fold::{advance, conditions::EvalContext, matching::match_activity, pricing::price_within_limits},
    input::activity::{Activity, Origin, Stamp},
    language::audience::Audience,
    program::{
        Amount, Challenge, Counted, Currency, Days, Field, Goal, Kind, Measure, Part, Program, Role, Rule, Tally,
        Trigger, Watcher, value::FieldState,
    },
    state::{enrolment::Enrolment, ledger::Cause, standing::Standing},
    view::{data::GiftView, progress::Progress},
};
use alloc::{borrow::Cow, string::ToString, sync::Arc, vec::Vec};

/// Something that a member can do by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Fill a field of the profile.
    Field(Id<Field>),
    /// An activity of this kind.
    Kind(Id<Kind>),
}

/// The deeds that are open to a member at a moment.
pub(crate) struct Actions<'a> {
    progress: Progress<'a>,
    member: Text,
    /// The kindest of the missing fields.
    field: Option<Id<Field>>,
    /// By tally: the easiest kind that adds to it.
    adding: Vec<Option<Id<Kind>>>,
    /// By currency: the easiest kind for which there are points now.
    giving: Vec<Option<Id<Kind>>>,
}

/// On whom a part of a goal hangs that is not reached yet.
enum Blocker {
    On(Action),
    /// Others do it, or nothing more can be had for it now.
    OnOthers,
    OnTime,
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

    /// Whether a member can be asked to do something of a kind: it does not undo, does not only say how they are to be
    /// treated, and is not publishing what is published.
    fn is_open(&self, id: Id<Kind>, kind: &Kind) -> bool {
        let publishes = self.progress.program.profile.as_ref().is_some_and(|profile| profile.published_by == Some(id));
        kind.reverses.is_none() && !kind.setting && !(publishes && self.progress.standing.is_published())
    }

    /// The easiest kind that adds to a tally.
    pub(crate) fn adding(&self, tally: Id<Tally>) -> Option<Action> {
        self.adding.get(tally.index()).copied().flatten().map(Action::Kind)
    }

    /// The easiest kind for which there are points of a currency now.
    pub(crate) fn giving(&self, currency: Id<Currency>) -> Option<Action> {
        self.giving.get(currency.index()).copied().flatten().map(Action::Kind)
    }

    /// The deed that leads to a goal: the easiest for any part that is not reached yet. Where such a part depends on
    /// others, a deed of the member's own in another part leads there; without one, nothing does.
    pub(crate) fn towards(&self, goal: &Goal, key: Option<&Text>, times: i64) -> Option<Action> {
        let ground = self.progress.ground();
        let (mut actions, mut reached, mut others) = (Vec::new(), Vec::new(), false);
        let mut hang = |hangs| match hangs {
            Blocker::On(action) => actions.push(action),
            Blocker::OnOthers => others = true,
            Blocker::OnTime => {}
        };
        for part in &goal.parts {
            let value = ground.value(part, key);
            if part.max.is_some_and(|max| value > max) {
                return None;
            }
            if part.min.is_some_and(|min| value < min.saturating_mul(times)) {
                hang(self.hangs(part));
            } else if let Measure::Tally(tally) = part.of {
                reached.extend(self.adding(tally));
            }
        }
        goal.fields
            .iter()
            .filter(|field| !ground.is_done(**field))
            .for_each(|field| hang(Blocker::On(Action::Field(*field))));
        if goal.completeness.is_some_and(|percent| ground.counts.completeness(ground.program) < percent) {
            hang(self.field.map_or(Blocker::OnOthers, |field| Blocker::On(Action::Field(field))));
        }
        if let Some(level) = goal.level.filter(|level| usize::from(ground.level) <= level.index()) {
            hang(self.hangs_on_points(ground.program.levels[level].currency));
        }
        if let Some(challenge) =
            goal.challenge.filter(|id| !ground.counts.enrolment(*id).is_some_and(Enrolment::is_done))
        {
            hang(self.hangs_on_challenge(challenge));
        }
        if actions.is_empty() && others {
            actions = reached;
        }
        // Of equally easy ones the first.
        actions.into_iter().min_by_key(|action| self.comfort(*action))
    }

    fn hangs(&self, part: &Part) -> Blocker {
        let program = self.progress.program;
        match part.of {
            Measure::Total(currency) => self.hangs_on_points(currency),
            Measure::Tally(tally) => match program.tallies[tally].counts {
                Counted::Since(_) => Blocker::OnTime,
                Counted::Points(currency) => self.hangs_on_points(currency),
                _ => self.adding(tally).map_or(Blocker::OnOthers, Blocker::On),
            },
        }
    }

    fn hangs_on_points(&self, currency: Id<Currency>) -> Blocker {
        self.giving(currency).map_or(Blocker::OnOthers, Blocker::On)
    }

    /// Who is in a challenge does its steps, who never was can join; who left, or did not finish, is asked no more.
    fn hangs_on_challenge(&self, id: Id<Challenge>) -> Blocker {
        let Progress { program, standing, time, .. } = self.progress;
        let challenge = &program.challenges[id];
        let action = match standing.counts.enrolment(id) {
            Some(enrolment) if enrolment.is_open(program, enrolment.day(program, time.instant)) => {
                let open = challenge.steps.iter().zip(&enrolment.done).filter(|(_, done)| !**done);
                let actions = open.filter_map(|(step, _)| {
                    self.towards(&step.goal, self.progress.nearest(&step.goal, |_| true).as_ref(), 1)
                });
                actions.min_by_key(|action| self.comfort(*action))
            }
            Some(_) => None,
            None => {
                let is_over = matches!(challenge.days, Days::Between(_, last) if last < program.zone.day(time.instant));
                (!is_over).then_some(Action::Kind(challenge.joined_by))
            }
        };
        action.map_or(Blocker::OnTime, Blocker::On)
    }

    /// Before whom it is done.
    pub(crate) fn comfort(&self, action: Action) -> Audience {
        let program = self.progress.program;
        match action {
            Action::Field(_) => program.profile.as_ref().map_or(Audience::Private, |its| program.kinds[its.on].comfort),
            Action::Kind(id) => program.kinds[id].comfort,
        }
    }

    /// How the program invites to it.
    pub(crate) fn invite(&self, action: Action) -> &'a str {
        let Progress { program, locale, .. } = self.progress;
        match action {
            Action::Field(id) => program.fields[id].ask.or(locale, &program.fields[id].name),
            Action::Kind(id) => {
                program.kinds[id].invite.in_locale(locale).unwrap_or_else(|| program.kind_name(id, locale))
            }
        }
    }

    /// Points that doing it once gives, as far as that is known before it is done.
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

    /// What rules give to the actor of an activity of which nothing else is known, and whose limits have room.
    fn gifts_of(&self, id: Id<Kind>) -> Vec<(Id<Currency>, i64)> {
        let Progress { program, standing, time, .. } = self.progress;
        let mut counts = Cow::Borrowed(&standing.counts);
        let activity = self.activity(id, None);
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
            let gift = price_within_limits(program, &counts, *rule_id, time, None);
            let Some(gift) = gift.filter(|gift| gift.points > 0) else { continue };
            add(&mut gifts, gift.currency, gift.points);
            // What is left of a limit that rules share is left for the later ones.
            let shares =
                |other: &Id<Rule>| program.rules[*other].limits.iter().any(|limit| rule.limits.contains(limit));
            if rules.iter().skip(position + 1).any(shares) {
                counts.to_mut().use_up(program, &gift, time);
            }
        }
        gifts
    }

    /// What rules give once a field is filled, tried out in a copy.
    fn gifts_of_field(&self, field: Id<Field>) -> Vec<(Id<Currency>, i64)> {
        let Progress { program, standing, .. } = self.progress;
        let Some(profile) = program.profile.as_ref().filter(|_| gives_for_fields(program)) else { return Vec::new() };
        let activity = self.activity(profile.on, Some(field));
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

    /// An activity of the member's own of which nothing is known but its kind and perhaps the field that it fills.
    fn activity(&self, kind: Id<Kind>, field: Option<Id<Field>>) -> Activity {
        let stamp = Stamp { source: "".into(), id: "".into(), time: self.progress.time, sequence: None, kind };
        Activity {
            origin: Arc::new(Origin::kept(self.progress.program, stamp)),
            actor: Some(self.member.clone()),
            owner: None,
            recipients: Vec::new(),
            object: None,
            attributes: Vec::new(),
            profile: field.into_iter().map(|field| (field, FieldState::Done)).collect(),
        }
    }
}

impl Tally {
    /// Whether a member adds to it by what they do.
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

/// Notes a kind where it is easier than the one before it.
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
