//! Rule index: built for each kind once the whole program is checked.

use crate::{
    base::{day::Window, id_table::Id, interner::Interner, sort::sort, text::Text},
    program::{
        Amount, Attribute, AttributeTest, Currency, Definition, EntrySet, FixedGift, IndexBlock, Kind, Links, Role,
        Rule, RuleEntry, TallyEntry, TestedValues, Trigger, Version,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
};
use alloc::{collections::BTreeSet, vec::Vec};

/// A tally or rule to index, and the tests in its condition.
struct Candidate<'p> {
    entry: Entry,
    to: Role,
    tests: Vec<(Id<Attribute>, IndexedTest<'p>)>,
    /// The condition asks something that is not in `tests`.
    asks_more: bool,
}

#[derive(Clone, Copy)]
enum Entry {
    Tally(TallyEntry),
    Rule(RuleEntry),
}

/// A test that the index can make.
#[derive(Clone, Copy)]
enum IndexedTest<'p> {
    /// Whether the number lies between these two, both included.
    Within(i64, i64),
    /// Whether the value is this text or, for a set of texts, contains it.
    Text(&'p Text),
}

impl Definition {
    /// Builds the rule index of each kind.
    pub(super) fn build_rule_index(&mut self) {
        let kinds = self.kinds.values().map(|kind| {
            let mut index_blocks = Vec::new();
            build_blocks(&self.candidates(kind), &mut index_blocks);
            index_blocks
        });
        let kinds: Vec<_> = kinds.collect();
        for (kind, index_blocks) in self.kinds.values_mut().zip(kinds) {
            kind.index_blocks = index_blocks;
        }
    }

    /// The tallies of a kind, then its rules.
    fn candidates(&self, kind: &Kind) -> Vec<Candidate<'_>> {
        let tallies = kind.tallies.iter().map(|(id, adds)| {
            let tally = &self.tallies[*id];
            let entry = Entry::Tally(TallyEntry { tally: *id, adds: *adds });
            Candidate::new(entry, tally.to, tally.from.is_some(), tally.condition.as_deref())
        });
        let rules = kind.rules.iter().filter_map(|id| {
            let rule = &self.rules[*id];
            let Trigger::On(condition) = &rule.trigger else { return None };
            let is_timed = rule.version != Version::default();
            let fixed = self.fixed_gift(rule).filter(|_| !is_timed);
            let entry = Entry::Rule(RuleEntry { rule: *id, fixed });
            Some(Candidate::new(entry, rule.to, is_timed, condition.as_ref()))
        });
        tallies.chain(rules).collect()
    }

    /// The gift of a rule that is the same each time.
    fn fixed_gift(&self, rule: &Rule) -> Option<FixedGift> {
        let Rule { amount: Amount::Fixed(points), currency, .. } = *rule else { return None };
        let limit = match rule.limits[..] {
            [] => None,
            [limit] if self.limits[limit].is_plain() => Some(limit),
            _ => return None,
        };
        // 0 points use up no limit, but the short way would use it up.
        let points = i32::try_from(points).ok().filter(|points| *points != 0 && self.is_bare(currency))?;
        Some(FixedGift { currency, points, limit })
    }

    /// Whether points of a currency add to its total and do nothing else.
    fn is_bare(&self, id: Id<Currency>) -> bool {
        let Currency { floor, per, .. } = self.currencies[id];
        let Links { of_points, on_total, .. } = &self.links;
        let is_watched =
            of_points.iter().any(|(other, _)| *other == id) || on_total.iter().any(|(other, _)| *other == id);
        floor.is_none() && per == Window::Ever && !is_watched
    }
}

impl<'p> Candidate<'p> {
    fn new(entry: Entry, to: Role, is_timed: bool, condition: Option<&'p Condition>) -> Self {
        let is_named = matches!(to, Role::Attribute(_));
        let mut candidate = Self { entry, to, tests: Vec::new(), asks_more: is_timed || is_named };
        if let Some(condition) = condition {
            candidate.add_tests(&condition.test);
        }
        candidate
    }

    /// Adds the tests that must all hold for an expression to hold.
    fn add_tests(&mut self, expression: &'p Expression) {
        match expression {
            Expression::All(parts) => parts.iter().for_each(|part| self.add_tests(part)),
            Expression::Test(test) => match IndexedTest::of(test) {
                Some((attribute, test)) if self.can_add(attribute, test) => self.tests.push((attribute, test)),
                _ => self.asks_more = true,
            },
            Expression::Any(_) | Expression::Not(_) => self.asks_more = true,
        }
    }

    /// Whether the index can make a test beside those before. It cannot ask a set for two texts at once.
    fn can_add(&self, attribute: Id<Attribute>, test: IndexedTest<'_>) -> bool {
        let mut before = self.of(attribute);
        match test {
            IndexedTest::Within(..) => before.all(|before| matches!(before, IndexedTest::Within(..))),
            IndexedTest::Text(_) => before.next().is_none(),
        }
    }

    /// The tests of an attribute.
    fn of(&self, attribute: Id<Attribute>) -> impl Iterator<Item = IndexedTest<'p>> {
        self.tests.iter().filter(move |(of, _)| *of == attribute).map(|(_, test)| *test)
    }

    /// Whether the roles of a member, as bits, are enough for it.
    fn is_for(&self, roles: usize) -> bool {
        match self.to {
            Role::Actor => roles & IndexBlock::ACTOR != 0,
            Role::Owner => roles & IndexBlock::OWNER != 0,
            Role::Recipient => roles & IndexBlock::RECIPIENT != 0,
            // It asks more.
            Role::Attribute(_) => true,
        }
    }
}

impl<'p> IndexedTest<'p> {
    /// The test of an attribute in the form that the index has, if there is one.
    fn of(test: &'p Test) -> Option<(Id<Attribute>, Self)> {
        let Subject::Attribute(attribute) = test.subject else { return None };
        let indexed = match &test.predicate {
            Predicate::Min(min) => Self::Within(*min, i64::MAX),
            Predicate::Max(max) => Self::Within(i64::MIN, *max),
            Predicate::Is(Operand::Value(Value::Integer(number))) => Self::Within(*number, *number),
            Predicate::Is(Operand::Value(Value::Text(text)))
            | Predicate::Contains(Operand::Value(Value::Text(text))) => Self::Text(text),
            _ => return None,
        };
        Some((attribute, indexed))
    }

    fn holds_for_number(self, number: i64) -> bool {
        matches!(self, Self::Within(min, max) if (min..=max).contains(&number))
    }

    fn holds_for_text(self, text: &Text) -> bool {
        matches!(self, Self::Text(asked) if asked == text)
    }
}

/// Adds one block for all candidates, or blocks for each half of them if they do not fit into one.
fn build_blocks(candidates: &[Candidate<'_>], index_blocks: &mut Vec<IndexBlock>) {
    let tallies = candidates.iter().filter(|candidate| matches!(candidate.entry, Entry::Tally(_))).count();
    if tallies.max(candidates.len() - tallies) > EntrySet::MAX {
        let (first, second) = candidates.split_at(candidates.len() / 2);
        build_blocks(first, index_blocks);
        build_blocks(second, index_blocks);
    } else if !candidates.is_empty() {
        index_blocks.push(build_block(candidates));
    }
}

fn build_block(candidates: &[Candidate<'_>]) -> IndexBlock {
    let mut index_block = IndexBlock::default();
    for candidate in candidates {
        match candidate.entry {
            Entry::Tally(tally) => index_block.tallies.push(tally),
            Entry::Rule(rule) => index_block.rules.push(rule),
        }
    }
    let those = |holds: &dyn Fn(&Candidate<'_>) -> bool| those(candidates, holds);
    for (roles, set) in index_block.by_roles.iter_mut().enumerate() {
        *set = those(&|candidate| candidate.is_for(roles));
    }
    index_block.ask_more = those(&|candidate| candidate.asks_more);
    let tests = candidates.iter().flat_map(|candidate| &candidate.tests);
    let attributes: BTreeSet<_> = tests.clone().map(|(attribute, _)| *attribute).collect();
    for attribute in attributes {
        let unasked = those(&|candidate| candidate.of(attribute).next().is_none());
        let tests = tests.clone().filter(|(of, _)| *of == attribute).map(|(_, test)| *test);
        let (mut starts, mut texts) = (Vec::new(), Interner::new());
        for test in tests {
            match test {
                IndexedTest::Within(min, max) => starts.extend([Some(min), max.checked_add(1)].into_iter().flatten()),
                IndexedTest::Text(text) => drop(texts.add(text)),
            }
        }
        sort(&mut starts);
        starts.dedup();
        let values = if starts.is_empty() {
            let set =
                |text| unasked | those(&|candidate| candidate.of(attribute).any(|test| test.holds_for_text(text)));
            let sets = texts.texts().map(set).collect();
            TestedValues::Texts(texts, sets)
        } else {
            let set = |number| those(&|candidate| candidate.of(attribute).all(|test| test.holds_for_number(number)));
            let sets = [i64::MIN].iter().chain(&starts).map(|start| set(*start)).collect();
            TestedValues::Numbers(starts, sets)
        };
        index_block.tests.push(AttributeTest { attribute, unasked, values });
    }
    index_block
}

/// The set of the candidates of a block that fulfil something.
fn those(candidates: &[Candidate<'_>], holds: &dyn Fn(&Candidate<'_>) -> bool) -> EntrySet {
    let bits = |is_of_sort: fn(&Entry) -> bool| {
        let sort = candidates.iter().filter(|candidate| is_of_sort(&candidate.entry));
        sort.enumerate().fold(0, |bits, (index, candidate)| bits | u128::from(holds(candidate)) << index)
    };
    EntrySet {
        tallies: bits(|entry| matches!(entry, Entry::Tally(_))),
        rules: bits(|entry| matches!(entry, Entry::Rule(_))),
    }
}
