//! Rule index: built for each kind once the whole program is checked.

use crate::{
    base::{day::Window, id_table::Id, interner::Interner},
    program::{
        Amount, Attribute, AttributeTest, Currency, Definition, FixedGift, IndexBlock, Kind, Links, Role, Rule,
        RuleEntry, TallyEntry, Trigger, Version,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
};
use alloc::vec::Vec;

/// A tally or rule to index, and the tests in its condition.
struct Candidate {
    entry: Entry,
    /// The bit of the role that the member must have.
    role: u64,
    tests: Vec<(Id<Attribute>, AttributeTest)>,
    /// The condition asks something that is not in `tests`.
    asks_more: bool,
}

#[derive(Clone, Copy)]
enum Entry {
    Tally(TallyEntry),
    Rule(RuleEntry),
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
    fn candidates(&self, kind: &Kind) -> Vec<Candidate> {
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

impl Candidate {
    fn new(entry: Entry, to: Role, is_timed: bool, condition: Option<&Condition>) -> Self {
        let (role, is_named) = match to {
            Role::Actor => (IndexBlock::ACTOR, false),
            Role::Owner => (IndexBlock::OWNER, false),
            Role::Recipient => (IndexBlock::RECIPIENT, false),
            Role::Attribute(_) => (0, true),
        };
        let mut candidate = Self { entry, role, tests: Vec::new(), asks_more: is_timed || is_named };
        if let Some(condition) = condition {
            candidate.add_tests(&condition.test);
        }
        if candidate.tests.len() > IndexBlock::MAX_TESTS {
            candidate.tests.clear();
            candidate.asks_more = true;
        }
        candidate
    }

    /// Adds the tests that must all hold for an expression to hold.
    fn add_tests(&mut self, expression: &Expression) {
        match expression {
            Expression::All(parts) => parts.iter().for_each(|part| self.add_tests(part)),
            Expression::Test(test) => match attribute_test(test) {
                Some(test) => self.tests.push(test),
                None => self.asks_more = true,
            },
            Expression::Any(_) | Expression::Not(_) => self.asks_more = true,
        }
    }
}

/// The test in the form that the index has, if there is one.
fn attribute_test(test: &Test) -> Option<(Id<Attribute>, AttributeTest)> {
    let Subject::Attribute(attribute) = test.subject else { return None };
    let indexed = match &test.predicate {
        Predicate::Min(min) => AttributeTest::Within(Vec::from([(*min, i64::MAX)])),
        Predicate::Max(max) => AttributeTest::Within(Vec::from([(i64::MIN, *max)])),
        Predicate::Is(Operand::Value(Value::Integer(number))) => AttributeTest::Within(Vec::from([(*number, *number)])),
        Predicate::Is(Operand::Value(Value::Text(text))) | Predicate::Contains(Operand::Value(Value::Text(text))) => {
            let mut texts = Interner::new();
            texts.add(text);
            AttributeTest::Text(texts)
        }
        _ => return None,
    };
    Some((attribute, indexed))
}

/// Adds one block for all candidates, or blocks for each half of them if they do not fit into one.
fn build_blocks(candidates: &[Candidate], index_blocks: &mut Vec<IndexBlock>) {
    let mut index_block = IndexBlock::default();
    for (attribute, test) in candidates.iter().flat_map(|candidate| &candidate.tests) {
        index_block.bit(*attribute, test);
    }
    let tests = index_block.tests.iter().map(|(_, test)| test.len()).sum::<usize>();
    if tests > IndexBlock::MAX_TESTS || candidates.len() > IndexBlock::MAX_ENTRIES {
        let (first, second) = candidates.split_at(candidates.len() / 2);
        build_blocks(first, index_blocks);
        build_blocks(second, index_blocks);
        return;
    }
    for Candidate { entry, role, tests, asks_more } in candidates {
        let needs = tests.iter().fold(*role, |needs, (attribute, test)| needs | index_block.bit(*attribute, test));
        match *entry {
            Entry::Tally(tally) => index_block.tallies.push(needs, *asks_more, tally),
            Entry::Rule(rule) => index_block.rules.push(needs, *asks_more, rule),
        }
    }
    index_blocks.push(index_block);
}

impl IndexBlock {
    /// The bit of a test, which is added if it is not there yet. An added test moves the bits of later attributes, so
    /// bits are final only once all tests are in.
    fn bit(&mut self, attribute: Id<Attribute>, test: &AttributeTest) -> u64 {
        let mut bits = Self::ROLES;
        let bit = |bits: usize| 1_u64.checked_shl(bits as u32).unwrap_or(0);
        for (other, tests) in &mut self.tests {
            if *other == attribute
                && let Some(index) = tests.index_or_add(test)
            {
                return bit(bits + index);
            }
            bits += tests.len();
        }
        self.tests.push((attribute, test.clone()));
        bit(bits)
    }
}

impl AttributeTest {
    /// The index of a single test among these, which is added if it is missing. `None` if these are tests of the other
    /// sort.
    fn index_or_add(&mut self, test: &Self) -> Option<usize> {
        match (self, test) {
            (Self::Within(ranges), Self::Within(single)) => index_or_add(ranges, single.first()?),
            (Self::Text(texts), Self::Text(single)) => single.texts().next().map(|text| texts.add(text)),
            _ => None,
        }
    }
}

fn index_or_add<T: Clone + PartialEq>(items: &mut Vec<T>, item: &T) -> Option<usize> {
    items.iter().position(|other| other == item).or_else(|| {
        items.push(item.clone());
        Some(items.len() - 1)
    })
}
