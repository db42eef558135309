//! Decide: what an activity means for one of its members. It knows the rules and changes nothing.

use crate::{
    base::{
        id_table::Id,
        one_vec::OneVec,
        text::Text,
        time::{Day, Time},
    },
    fold::conditions::EvalContext,
    input::activity::Activity,
    program::{
        Amount, Counted, Counter, Distinct, IndexBlock, Kind, Limit, Program, Role, Rule, RuleEntry, Scope, Tally,
        TallyEntry, Trigger, Version, condition::Condition, rule_index::set_bits, value::Value,
    },
    state::{
        counters::{Change, Slot},
        standing::{Counts, PricedPoints},
    },
};
use alloc::{borrow::Cow, format, vec::Vec};

/// The answers of conditions that ask about the member's own standing, by the number of the condition.
pub(crate) type Answers = Vec<(u16, bool)>;

/// Which tallies and rules an activity is for, all asked before it changes anything.
pub(crate) struct Matched {
    kind: Id<Kind>,
    /// The bits of the roles that the member has.
    roles: u64,
    /// Who of each of the kind's sieves.
    through: OneVec<Through>,
    pub(crate) answers: Answers,
}

/// The bits of those whom an activity got through to.
#[derive(Clone, Copy)]
struct Through {
    tallies: u64,
    rules: u64,
}

impl Matched {
    /// Whether it is the member who does it.
    pub(crate) fn acts(&self) -> bool {
        self.roles & IndexBlock::ACTOR != 0
    }

    /// Whether it is about what the member owns.
    pub(crate) fn owns(&self) -> bool {
        self.roles & IndexBlock::OWNER != 0
    }

    /// The tallies of each sieve, in order.
    pub(crate) fn tallies<'a>(
        &'a self,
        program: &'a Program,
    ) -> impl Iterator<Item = impl Iterator<Item = &'a TallyEntry>> {
        self.through(program).map(|(index_block, through)| index_block.tallies.of(through.tallies))
    }

    /// The rules of each sieve, in order.
    pub(crate) fn rules<'a>(
        &'a self,
        program: &'a Program,
    ) -> impl Iterator<Item = impl Iterator<Item = &'a RuleEntry>> {
        self.through(program).map(|(index_block, through)| index_block.rules.of(through.rules))
    }

    /// How many rules.
    pub(crate) fn rule_count(&self) -> usize {
        self.through.iter().map(|through| through.rules.count_ones() as usize).sum()
    }

    fn through<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = (&'a IndexBlock, &'a Through)> {
        let index_blocks = program.kinds[self.kind].index_blocks.iter().enumerate();
        index_blocks.filter_map(|(index, index_block)| Some((index_block, self.through.get(index)?)))
    }
}

/// Finds the tallies and rules of the activity's kind whose role the member holds and whose conditions hold. `remembered` are the
/// answers given when the activity was new, where it is worked out again.
pub(crate) fn matched(context: EvalContext<'_>, member: &str, remembered: Option<&Answers>) -> Matched {
    let kind = context.activity.origin.kind;
    let roles = roles(context.activity, member);
    let mut answers = Answers::new();
    let mut asking = Asking { context, member, remembered, answers: &mut answers };
    let mut through = OneVec::new();
    context.program.kinds[kind]
        .index_blocks
        .iter()
        .for_each(|index_block| through.push(asking.through(index_block, roles)));
    Matched { kind, roles, through, answers }
}

/// The bits of the roles that a member has in an activity.
fn roles(activity: &Activity, member: &str) -> u64 {
    let bit = |role, bit| if activity.names(member, role) { bit } else { 0 };
    bit(Role::Actor, IndexBlock::ACTOR)
        | bit(Role::Owner, IndexBlock::OWNER)
        | bit(Role::Recipient, IndexBlock::RECIPIENT)
}

/// What is asked, and the answers so far.
struct Asking<'a> {
    context: EvalContext<'a>,
    member: &'a str,
    remembered: Option<&'a Answers>,
    answers: &'a mut Answers,
}

impl Asking<'_> {
    fn through(&mut self, index_block: &IndexBlock, roles: u64) -> Through {
        let holds = index_block.tested(self.context.activity) | roles;
        let IndexBlock { tallies, rules, .. } = index_block;
        let mut through = Through { tallies: tallies.met(holds), rules: rules.met(holds) };
        for index in set_bits(through.tallies & tallies.ask_more) {
            let holds = tallies.who.get(index).is_some_and(|who| self.tally(who.tally));
            through.tallies &= !(u64::from(!holds) << index);
        }
        for index in set_bits(through.rules & rules.ask_more) {
            let holds = rules.who.get(index).is_some_and(|who| self.rule(who.rule));
            through.rules &= !(u64::from(!holds) << index);
        }
        through
    }

    /// Asks all that a tally asks, as it is written.
    fn tally(&mut self, id: Id<Tally>) -> bool {
        let EvalContext { program, activity, .. } = self.context;
        let Tally { from, to, condition, .. } = &program.tallies[id];
        from.is_none_or(|from| activity.at() >= from)
            && activity.names(self.member, *to)
            && self.holds(condition.as_deref())
    }

    /// Asks all that a rule asks, as it is written.
    fn rule(&mut self, id: Id<Rule>) -> bool {
        let EvalContext { program, activity, .. } = self.context;
        let Rule { trigger, version, to, .. } = &program.rules[id];
        let Trigger::On(condition) = trigger else { return false };
        counts_for(version, activity) && activity.names(self.member, *to) && self.holds(condition.as_ref())
    }

    fn holds(&mut self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else { return true };
        let Some(answer_slot) = condition.answer_slot else { return condition.test.holds(self.context) };
        let said = self.remembered.and_then(|answers| answers.iter().find(|(number, _)| *number == answer_slot));
        let answer = match said {
            Some((_, answer)) => *answer,
            None => condition.test.holds(self.context),
        };
        self.answers.push((answer_slot, answer));
        answer
    }
}

/// Whether an activity is for a rule of some version, at once or, with a backfill, later.
pub(crate) fn counts_for(version: &Version, activity: &Activity) -> bool {
    version.covers(activity.at()) || version.due().is_some_and(|due| activity.at() < due)
}

/// The slots of a tally that an activity counts in; none for a tally with a key that it has none of.
// On the way of every activity, and called for in one place there.
#[inline(always)]
pub(crate) fn tally_slots<'a>(
    program: &Program,
    id: Id<Tally>,
    activity: &'a Activity,
) -> impl Iterator<Item = Slot> + use<'a> {
    let tally = &program.tallies[id];
    let window = tally.scope.window(program, activity.origin.time, tally.to);
    let keys = tally.scope.key.map_or(&[][..], |key| activity.keys(key));
    let count = if tally.scope.key.is_some() { keys.len() } else { 1 };
    (0..count).map(move |index| Slot { of: Counter::Tally(id), key: keys.get(index).cloned(), window })
}

/// What an activity adds to a tally, wherever it counts; nothing where it lacks what is counted. `adds` is for sums by kind.
// As above.
#[inline(always)]
pub(crate) fn change<'a>(program: &Program, tally: &Tally, activity: &'a Activity, adds: i64) -> Option<Change<'a>> {
    let day = || program.day(activity.origin.time, tally.to);
    let texts = match tally.counts {
        Counted::ByKind => return Some(Change::Add(adds)),
        Counted::Sum(attribute) => {
            return match activity.attribute(attribute) {
                Some(Value::Integer(number)) => Some(Change::Add(*number)),
                _ => None,
            };
        }
        Counted::Streak { unit, .. } => return Some(Change::Unit(unit.number(day(), program.week_start))),
        Counted::Since(_) => return Some(Change::Begin(program.zone.day(activity.at()))),
        // Rules bring these, not activities.
        Counted::Points(_) => return None,
        Counted::Distinct(Distinct::Day) => {
            let Day(day) = day();
            Cow::Owned(Vec::from([Text::from(format!("{day}"))]))
        }
        Counted::Distinct(Distinct::Key(key)) => Cow::Borrowed(activity.keys(key)),
    };
    (!texts.is_empty()).then_some(Change::Insert(texts))
}

/// What a rule gives at a time, given what has reached its limits so far; nothing at all where its amount hangs on something
/// absent. Goals that time alone brings about have no activity.
pub(crate) fn gift(
    program: &Program,
    counts: &Counts,
    id: Id<Rule>,
    time: Time,
    activity: Option<&Activity>,
) -> Option<PricedPoints> {
    let rule = &program.rules[id];
    let points = amount(program, counts, id, time, activity)?;
    let mut gift = PricedPoints::new(rule.currency, points);
    if points == 0 {
        return Some(gift);
    }
    for limit in &rule.limits {
        pass(program, counts, *limit, rule.to, time, activity, &mut gift);
        if gift.held_by.is_some() && !program.limits[*limit].bound.is_points() {
            break;
        }
    }
    Some(gift)
}

/// Leads points through one limit.
fn pass(
    program: &Program,
    counts: &Counts,
    id: Id<Limit>,
    to: Role,
    time: Time,
    activity: Option<&Activity>,
    gift: &mut PricedPoints,
) {
    let limit = &program.limits[id];
    for slot in limit_slots(program, id, to, time, activity) {
        let before = counts.used(limit.scope, &slot, time.instant);
        let (through, reaches) = limit.bound.pass(before, gift.points);
        if through == 0 && gift.points != 0 {
            gift.held_by = Some(id);
        }
        // Limits in times come first: where one has no room, none is used up.
        if reaches == 0 && !limit.bound.is_points() {
            *gift = PricedPoints { held_by: Some(id), ..PricedPoints::new(gift.currency, 0) };
            return;
        }
        gift.uses.push((slot, reaches));
        gift.points = through;
    }
}

/// The places in which a limit counts something: one for each key, or one of its own where there is none.
pub(crate) fn limit_slots<'a>(
    program: &Program,
    id: Id<Limit>,
    to: Role,
    time: Time,
    activity: Option<&'a Activity>,
) -> impl Iterator<Item = Slot> + use<'a> {
    let Scope { key, .. } = program.limits[id].scope;
    let window = program.limits[id].scope.window(program, time, to);
    let keys = key.zip(activity).map_or(&[][..], |(key, activity)| activity.keys(key));
    (0..keys.len().max(1)).map(move |index| Slot { of: Counter::Limit(id), key: keys.get(index).cloned(), window })
}

/// The points of a rule before its limits.
fn amount(program: &Program, counts: &Counts, id: Id<Rule>, time: Time, activity: Option<&Activity>) -> Option<i64> {
    match &program.rules[id].amount {
        Amount::Fixed(points) => Some(*points),
        Amount::Nth(steps, _) => {
            let so_far = nth_slot(program, id, time).map_or(0, |slot| counts.number(&slot));
            let index = usize::try_from(so_far).unwrap_or(usize::MAX).min(steps.len().saturating_sub(1));
            steps.get(index).copied()
        }
        Amount::By { attribute, times, every, max } => match activity?.attribute(*attribute)? {
            Value::Integer(number) => Some((number / every).saturating_mul(*times).clamp(-max, *max)),
            _ => None,
        },
    }
}

/// Where a rule counts how many activities of a window it was for, if that matters.
pub(crate) fn nth_slot(program: &Program, id: Id<Rule>, time: Time) -> Option<Slot> {
    let rule = &program.rules[id];
    match &rule.amount {
        Amount::Nth(_, per) => {
            Some(Slot { of: Counter::Nth(id), key: None, window: program.window(time, rule.to, *per) })
        }
        _ => None,
    }
}

/// What is left of points when the floor of their currency has been seen to.
pub(crate) fn above_floor(program: &Program, counts: &Counts, gift: &PricedPoints, time: Time) -> i64 {
    match program.currencies[gift.currency].floor {
        Some(floor) => gift.points.max(floor - counts.total(program, gift.currency, time)),
        None => gift.points,
    }
}
