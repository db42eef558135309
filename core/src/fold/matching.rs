//! Matching: which tallies and rules an activity concerns, and what it adds to a tally.
//!
//! Nothing here changes a standing. All conditions are asked before the activity changes anything, so the order of
//! rules and tallies cannot change an answer.

use crate::{
    base::{id_table::Id, one_vec::OneVec, packed::Texts, text::Text},
    fold::conditions::EvalContext,
    input::activity::Activity,
    program::{
        Counted, Counter, Distinct, EntrySet, IndexBlock, Kind, Program, Rule, RuleEntry, Tally, TallyEntry, Trigger,
        Version,
        condition::Condition,
        rule_index::{SetBits, select},
        value::Found,
    },
    state::counters::{Change, Slot},
};
use alloc::vec::Vec;

/// The answers of the conditions that ask about the member's own standing, each with the condition's answer slot.
pub(crate) type Answers = Vec<(u16, bool)>;

/// The tallies and rules that an activity concerns, for one of its members.
pub(crate) struct Matched {
    kind: Id<Kind>,
    /// The bits of the roles that the member has in the activity.
    roles: usize,
    /// One for each index block of the kind.
    blocks: OneVec<EntrySet>,
    pub(crate) answers: Answers,
}

impl Matched {
    fn nothing(activity: &Activity) -> Self {
        Self { kind: activity.origin.kind, roles: 0, blocks: OneVec::new(), answers: Answers::new() }
    }

    /// Whether the member is the activity's actor.
    pub(crate) fn is_actor(&self) -> bool {
        self.roles & IndexBlock::ACTOR != 0
    }

    /// Whether the member is the activity's owner.
    pub(crate) fn is_owner(&self) -> bool {
        self.roles & IndexBlock::OWNER != 0
    }

    /// The matched tallies of each index block, in the order of the program.
    // Nested, because a flat iterator would cost one test for each entry, and a kind has one block in nearly all
    // programs.
    pub(crate) fn tallies<'a>(
        &'a self,
        program: &'a Program,
    ) -> impl Iterator<Item = impl Iterator<Item = &'a TallyEntry>> {
        self.blocks(program).map(|(index_block, matched)| select(&index_block.tallies, matched.tallies))
    }

    /// The matched rules of each index block, in the order of the program.
    pub(crate) fn rules<'a>(
        &'a self,
        program: &'a Program,
    ) -> impl Iterator<Item = impl Iterator<Item = &'a RuleEntry>> {
        self.blocks(program).map(|(index_block, matched)| select(&index_block.rules, matched.rules))
    }

    pub(crate) fn rule_count(&self) -> usize {
        // Without `popcnt`, counting takes longer than looking whether there is anything to count.
        let with_rules = self.blocks.iter().map(|matched| matched.rules).filter(|rules| *rules != 0);
        with_rules.map(|rules| rules.count_ones() as usize).sum()
    }

    fn blocks<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = (&'a IndexBlock, &'a EntrySet)> {
        let index_blocks = program.kinds[self.kind].index_blocks.iter().enumerate();
        index_blocks.filter_map(|(index, index_block)| Some((index_block, self.blocks.get(index)?)))
    }
}

/// Finds the tallies and rules of the activity's kind whose role the member has and whose condition holds. None for an
/// account that earns nothing.
///
/// `remembered` has the answers from the time when the activity was new. A recount after a reversal reuses them,
/// because the standing that the conditions saw then is gone.
#[inline(always)]
pub(crate) fn match_activity(context: EvalContext<'_>, member: &str, remembered: Option<&Answers>) -> Matched {
    if context.program.sharing.earns_nothing(member) {
        return Matched::nothing(context.activity);
    }
    match_anyone(context, member, remembered)
}

/// The same, even for an account that earns nothing.
pub(crate) fn match_anyone(context: EvalContext<'_>, member: &str, remembered: Option<&Answers>) -> Matched {
    let kind = context.activity.origin.kind;
    let roles = role_bits(context.activity, member);
    let mut answers = Answers::new();
    let mut matcher = Matcher { context, member, remembered, answers: &mut answers };
    let mut blocks = OneVec::new();
    let index_blocks = &context.program.kinds[kind].index_blocks;
    index_blocks.iter().for_each(|index_block| blocks.push(matcher.match_block(index_block, roles)));
    Matched { kind, roles, blocks, answers }
}

/// Every tally and rule that an activity of this kind may concern for a member, whatever else it says. Nothing is
/// known of it yet but its kind and its time.
pub(crate) fn match_whatever_it_says(program: &Program, activity: &Activity, member: &str) -> Matched {
    if program.sharing.earns_nothing(member) {
        return Matched::nothing(activity);
    }
    let kind = activity.origin.kind;
    let may_count = |entry: &TallyEntry| {
        let Tally { from, to, .. } = &program.tallies[entry.tally];
        activity.names(member, *to) && from.is_none_or(|from| activity.at() >= from)
    };
    let may_give = |entry: &RuleEntry| {
        let Rule { to, version, .. } = &program.rules[entry.rule];
        activity.names(member, *to) && counts_for(version, activity)
    };
    let mut blocks = OneVec::new();
    for index_block in &program.kinds[kind].index_blocks {
        let (tallies, rules) = (index_block.tallies.iter().map(may_count), index_block.rules.iter().map(may_give));
        blocks.push(EntrySet { tallies: bits(tallies), rules: bits(rules) });
    }
    Matched { kind, roles: role_bits(activity, member), blocks, answers: Answers::new() }
}

fn bits(set: impl Iterator<Item = bool>) -> u128 {
    set.enumerate().fold(0, |bits, (index, is_set)| bits | u128::from(is_set) << index)
}

/// The bits of the roles that a member has in an activity.
fn role_bits(activity: &Activity, member: &str) -> usize {
    let [actor, owner, _, recipients] = activity.origin.content.parts();
    let bit = |members: Texts<'_>, bit| if members.contains(member) { bit } else { 0 };
    bit(actor, IndexBlock::ACTOR) | bit(owner, IndexBlock::OWNER) | bit(recipients, IndexBlock::RECIPIENT)
}

/// Asks the conditions of one activity and collects the answers to remember.
struct Matcher<'a> {
    context: EvalContext<'a>,
    member: &'a str,
    remembered: Option<&'a Answers>,
    answers: &'a mut Answers,
}

impl Matcher<'_> {
    fn match_block(&mut self, index_block: &IndexBlock, roles: usize) -> EntrySet {
        let IndexBlock { tallies, rules, ask_more, .. } = index_block;
        let mut matched = index_block.candidates(roles, self.context.activity);
        for index in SetBits::of(matched.tallies & ask_more.tallies) {
            let holds = tallies.get(index).is_some_and(|entry| self.matches_tally(entry.tally));
            matched.tallies &= !(u128::from(!holds) << index);
        }
        for index in SetBits::of(matched.rules & ask_more.rules) {
            let holds = rules.get(index).is_some_and(|entry| self.matches_rule(entry.rule));
            matched.rules &= !(u128::from(!holds) << index);
        }
        matched
    }

    /// Asks everything that the program says about a tally, not only what the index covers.
    fn matches_tally(&mut self, id: Id<Tally>) -> bool {
        let EvalContext { program, activity, .. } = self.context;
        let Tally { from, to, condition, .. } = &program.tallies[id];
        from.is_none_or(|from| activity.at() >= from)
            && activity.names(self.member, *to)
            && self.holds(condition.as_deref())
    }

    /// Asks everything that the program says about a rule, not only what the index covers.
    fn matches_rule(&mut self, id: Id<Rule>) -> bool {
        let EvalContext { program, activity, .. } = self.context;
        let Rule { trigger, version, to, .. } = &program.rules[id];
        let Trigger::On(condition) = trigger else { return false };
        counts_for(version, activity) && activity.names(self.member, *to) && self.holds(condition.as_ref())
    }

    fn holds(&mut self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else { return true };
        let Some(answer_slot) = condition.answer_slot else { return condition.test.holds(self.context) };
        let remembered = self.remembered.and_then(|answers| answers.iter().find(|(slot, _)| *slot == answer_slot));
        let answer = match remembered {
            Some((_, answer)) => *answer,
            None => condition.test.holds(self.context),
        };
        self.answers.push((answer_slot, answer));
        answer
    }
}

/// Whether a rule of this version gives points for an activity: at once or, with a backfill, later.
pub(crate) fn counts_for(version: &Version, activity: &Activity) -> bool {
    version.covers(activity.at()) || version.due().is_some_and(|due| activity.at() < due)
}

/// The slots in which an activity counts for a tally: one for each of its keys if the tally has a key, else a single
/// one.
pub(crate) fn tally_slots<'a>(
    program: &Program,
    id: Id<Tally>,
    activity: &'a Activity,
) -> impl Iterator<Item = Slot> + use<'a> {
    let tally = &program.tallies[id];
    let window = tally.scope.window(program, activity.origin.time, tally.to);
    let keys = tally.scope.key.map_or(Texts::NONE, |key| activity.keys(key));
    let without = tally.scope.key.is_none().then_some(None);
    let keys = keys.iter().map(|key| Some(Text::from(key))).chain(without);
    keys.map(move |key| Slot { counter: Counter::Tally(id), key, window })
}

/// What an activity adds to a tally, the same in each slot; `None` if it lacks what the tally counts. `adds` is for
/// sums by kind.
// Inlined, because every activity passes through it.
#[inline(always)]
pub(crate) fn tally_change<'a>(
    program: &Program,
    tally: &Tally,
    activity: &'a Activity,
    adds: i64,
) -> Option<Change<'a>> {
    let day = || program.day(activity.origin.time, tally.to);
    let texts = match tally.counts {
        Counted::ByKind => return Some(Change::Add(adds)),
        Counted::Sum(attribute) => {
            return match activity.attribute(attribute) {
                Some(Found::Integer(number)) => Some(Change::Add(number)),
                _ => None,
            };
        }
        Counted::Highest(attribute) => {
            return match activity.attribute(attribute) {
                Some(Found::Integer(number)) => Some(Change::Raise(number)),
                _ => None,
            };
        }
        Counted::Streak(_) => return Some(Change::On(day())),
        Counted::Since(_) => return Some(Change::Begin(program.zone.day(activity.at()))),
        // Rules add to these, not activities.
        Counted::Points(_) => return None,
        Counted::Distinct(Distinct::Day) => return Some(Change::InsertDay(day())),
        Counted::Distinct(Distinct::Key(key)) => activity.keys(key),
    };
    (!texts.is_empty()).then_some(Change::Insert(texts))
}
