//! Fold: one activity changes one member.
//!
//! A member's activities, taken in their order, become a standing and a ledger. Each activity goes one way down,
//! through [`Fold::step`], [`advance`] and [`count_activity`]:
//!
//! 1. **Time** (`due`). Everything that fell due by time alone since the last activity is given first.
//! 2. **Matching** (`matching`, with `conditions`). All conditions are asked before anything changes. The answer is
//!    [`Matched`]: the tallies and rules that the activity concerns.
//! 3. **Counting**. Matching says what the activity adds to each tally, and `apply` records it. Then `preferences` and
//!    `challenge` record what the member states, and which steps are now done.
//! 4. **Points**, rule by rule in the order of the program. `pricing` works out a finished price: the points after
//!    limits and floor, and how far it moves each limit. `apply` records it. Pricing and applying take turns, because
//!    a later rule may share a limit or a floor with an earlier one.
//! 5. **Goals of rules** (`goals`). The counts that passed a threshold decide which goals are looked at. A goal that
//!    is met is priced and applied in the same way.
//! 6. **Levels and badges** (`badges`). They see the standing after everything else.
//!
//! Matching and pricing change nothing, so previews and explanations call the same functions. An activity that
//! reverses earlier ones takes another way: `recompute` counts again what is still alive.

pub(crate) mod apply;
pub(crate) mod badges;
pub(crate) mod challenge;
pub(crate) mod conditions;
pub(crate) mod due;
pub(crate) mod goals;
pub(crate) mod matching;
pub(crate) mod preferences;
pub(crate) mod pricing;
pub(crate) mod recompute;
mod savepoints;
pub(crate) mod sealed;

pub(crate) use self::due::{pass_time, standing_at};

use crate::{
    base::{id_table::Id, packed::Texts},
    fold::{
        apply::{Applier, EntryDetails},
        badges::{Occasion, award_levels_and_badges},
        conditions::EvalContext,
        goals::{GoalContext, Watchers},
        matching::{Answers, Matched, match_activity, tally_change},
        pricing::{price, price_fixed, price_within_limits},
        recompute::{Checkpoints, GivenPoints},
        savepoints::Savepoints,
    },
    input::activity::Activity,
    program::{FixedGift, Program, Rule, RuleEntry, Tally, TallyEntry, Trigger, Watcher},
    state::{
        counters::Change,
        ledger::{Entry, Moment},
        personal::DeferredAward,
        reversals::Reversals,
        standing::{Counts, Standing},
    },
};
use alloc::vec::Vec;

/// The fold over one member's activities, with everything that the next activity may need.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    /// How many activities it covers.
    length: usize,
    pub(crate) standing: Standing,
    pub(crate) ledger: Vec<Entry>,
    pub(crate) reversals: Reversals,
    /// The answers of conditions on the member's own standing, by the index of the activity that asked them.
    // INVARIANT: by rising index.
    answers: Vec<(usize, Answers)>,
    checkpoints: Checkpoints,
    /// The points of the ledger up to the last reversal.
    booked: GivenPoints,
    savepoints: Savepoints,
}

impl Fold {
    pub(crate) fn new(program: &Program) -> Self {
        Self {
            length: 0,
            standing: Standing::new(program),
            ledger: Vec::new(),
            reversals: Reversals::default(),
            answers: Vec::new(),
            checkpoints: Checkpoints::default(),
            booked: GivenPoints::default(),
            savepoints: Savepoints::default(),
        }
    }

    /// Folds on, until the fold covers `count` activities.
    pub(crate) fn replay(&mut self, program: &Program, member: &str, activities: &[Activity], count: usize) {
        while self.length < count.min(activities.len()) {
            self.step(program, member, activities);
        }
    }

    /// Folds the next activity.
    pub(crate) fn step(&mut self, program: &Program, member: &str, activities: &[Activity]) {
        let index = self.length;
        let Some(activity) = activities.get(index) else { return };
        pass_time(program, &mut self.standing, activity.at(), &mut self.ledger);
        let context = EvalContext { program, standing: &self.standing, activity };
        let matched = match_activity(context, member, None);
        if !matched.answers.is_empty() {
            self.answers.push((index, matched.answers.clone()));
        }
        match self.reversals.reverse(program, activities, index) {
            Some(first_changed) => self.recompute(program, member, activities, index, first_changed),
            None => advance(program, &mut self.standing, activity, &matched, &mut self.ledger),
        }
        self.standing.hide_account(member);
        self.length += 1;
        self.save();
    }

    /// The answers of conditions on the member's own standing at an activity.
    pub(crate) fn answers_at(&self, index: usize) -> Option<&Answers> {
        let position = self.answers.partition_point(|(earlier, _)| *earlier < index);
        self.answers.get(position).filter(|(at, _)| *at == index).map(|(_, answers)| answers)
    }
}

/// Folds an activity that reverses nothing and comes after all others. [`pass_time`] must have reached its time.
pub(crate) fn advance(
    program: &Program,
    standing: &mut Standing,
    activity: &Activity,
    matched: &Matched,
    ledger: &mut Vec<Entry>,
) {
    let first = ledger.len();
    let mut watchers = Watchers::default();
    count_activity(program, &mut standing.counts, activity, matched, &mut watchers, ledger);
    standing.monthly_points.add(program, &standing.counts.active, ledger.get(first..).unwrap_or_default());
    let moment = Moment::of(&activity.origin);
    award_levels_and_badges(program, standing, moment, &mut watchers, Occasion::Forward, ledger);
    standing.last = Some(activity.origin.stamp.clone());
}

/// Counts an activity and gives points for it, and collects the badges to look at.
fn count_activity(
    program: &Program,
    counts: &mut Counts,
    activity: &Activity,
    matched: &Matched,
    watchers: &mut Watchers,
    ledger: &mut Vec<Entry>,
) {
    let time = activity.origin.time;
    let kind = &program.kinds[activity.origin.kind];
    let day = challenge::member_day(program, time, matched.is_actor());
    if day.is_some() {
        challenge::begin_day(program, counts, activity.at());
        challenge::close_finished(program, counts, day);
    }
    let moment = Moment::of(&activity.origin);
    let mut applier = Applier { program, counts, moment, day, actor_day: None, watchers, ledger };
    for tallies in matched.tallies(program) {
        tallies.for_each(|entry| count_tally(&mut applier, *entry, activity));
    }
    if matched.is_actor() {
        applier.counts.act(program, kind, activity.at());
    }
    if kind.has_meaning {
        applier.take_in_meaning(activity, matched);
    }
    if day.is_some() {
        challenge::complete_steps(program, applier.counts, time, day, applier.watchers);
    }
    for rules in matched.rules(program) {
        for RuleEntry { rule, fixed } in rules {
            match fixed {
                Some(gift) => give_fixed(&mut applier, *rule, gift),
                None => give_for_activity(&mut applier, *rule, activity),
            }
        }
    }
    if kind.has_meaning {
        applier.redeem(activity, matched.is_actor());
    }
    give_for_goals(&mut applier);
}

/// Counts an activity in a tally.
// Not inlined, because its work takes longer than the call.
#[inline(never)]
fn count_tally(applier: &mut Applier<'_>, entry: TallyEntry, activity: &Activity) {
    let program = applier.program;
    let tally = &program.tallies[entry.tally];
    if !challenge::admits(program, applier.counts, tally, applier.day) {
        return;
    }
    let Some(change) = tally_change(program, tally, activity, entry.adds) else { return };
    let window = tally.scope.window(program, activity.origin.time, tally.to);
    match tally.scope.key {
        None => applier.count(entry.tally, None, window, &change),
        Some(key) => count_keys(applier, entry.tally, activity.keys(key), window, &change),
    }
}

/// Counts an activity in a tally with a key, for each of its keys.
#[inline(never)]
fn count_keys(applier: &mut Applier<'_>, tally: Id<Tally>, keys: Texts<'_>, window: i32, change: &Change<'_>) {
    keys.iter().for_each(|key| applier.count(tally, Some(&key.into()), window, change));
}

/// Gives the points of a rule whose gift is fixed when the program is checked.
fn give_fixed(applier: &mut Applier<'_>, rule: Id<Rule>, gift: &FixedGift) {
    let program = applier.program;
    let points = match gift.limit {
        Some(limit) => applier.use_plain_limit(rule, limit, |used| price_fixed(&program.limits[limit], gift, used)),
        None => i64::from(gift.points),
    };
    applier.give_bare(rule, gift.currency, points);
}

/// Gives the points of a rule for an activity, or defers them until the rule's time has come.
fn give_for_activity(applier: &mut Applier<'_>, rule: Id<Rule>, activity: &Activity) {
    let (program, time) = (applier.program, applier.moment.time);
    match program.rules[rule].version.due().filter(|due| activity.at() < *due) {
        None => {
            let Some(priced) = price(program, applier.counts, rule, time, Some(activity)) else { return };
            applier.give(applier.moment, rule, &priced, EntryDetails::default());
        }
        Some(due) => {
            let priced = price_within_limits(program, applier.counts, rule, time, Some(activity));
            let Some(priced) = priced else { return };
            let award = DeferredAward { due, rule, points: priced.points, origin: activity.origin.clone() };
            applier.defer(award, &priced);
        }
    }
}

/// Gives the points of rules whose goals are met now, among the goals to look at.
fn give_for_goals(applier: &mut Applier<'_>) {
    if !applier.watchers.list.is_empty() {
        look_at_goals(applier);
    }
}

// Apart and cold, because most activities pass no threshold.
#[cold]
fn look_at_goals(applier: &mut Applier<'_>) {
    let (program, time) = (applier.program, applier.moment.time);
    let rules = applier.watchers.sorted().iter().filter_map(|(watcher, scope)| match watcher {
        Watcher::Rule(id) => Some((*id, *scope)),
        _ => None,
    });
    for (id, scope) in rules.collect::<Vec<_>>() {
        let Trigger::When(goals) = &program.rules[id].trigger else { continue };
        if !goals.covers(time.instant) {
            continue;
        }
        // A rule's goals cannot ask for a level or badges.
        let context = GoalContext { program, counts: applier.counts, standing: None, time };
        let met = context.rule_goals(id, goals, scope, &applier.watchers.touched);
        applier.remember_goals(id, &met);
        for award in met.awards {
            let priced = price(program, applier.counts, id, time, None);
            applier.give_award(id, award, priced.as_ref());
        }
    }
}
