//! Sieves: once all is checked, what the tallies and rules of each kind ask is laid out for asking.

use crate::{
    base::{id_table::Id, interner::Interner, time::Window},
    program::{
        Amount, Attribute, AttributeTest, Currency, Definition, FixedGift, IndexBlock, Kind, Links, Role, Rule,
        RuleEntry, TallyEntry, Trigger, Version,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
};
use alloc::vec::Vec;

/// A tally or rule, and what it asks, taken apart.
struct Asked {
    who: Who,
    /// The bit of its role.
    role: u64,
    tests: Vec<(Id<Attribute>, AttributeTest)>,
    asks_more: bool,
}

#[derive(Clone, Copy)]
enum Who {
    Tally(TallyEntry),
    Rule(RuleEntry),
}

impl Definition {
    /// Lays out what the tallies and rules of each kind ask.
    pub(super) fn lay_out_sieves(&mut self) {
        let kinds = self.kinds.values().map(|kind| {
            let mut index_blocks = Vec::new();
            lay_out(&self.asked(kind), &mut index_blocks);
            index_blocks
        });
        let kinds: Vec<_> = kinds.collect();
        for (kind, index_blocks) in self.kinds.values_mut().zip(kinds) {
            kind.index_blocks = index_blocks;
        }
    }

    /// What a kind's tallies ask, then what its rules do.
    fn asked(&self, kind: &Kind) -> Vec<Asked> {
        let tallies = kind.tallies.iter().map(|(id, adds)| {
            let tally = &self.tallies[*id];
            let who = Who::Tally(TallyEntry { tally: *id, adds: *adds });
            Asked::new(who, tally.to, tally.from.is_some(), tally.condition.as_deref())
        });
        let rules = kind.rules.iter().filter_map(|id| {
            let rule = &self.rules[*id];
            let Trigger::On(condition) = &rule.trigger else { return None };
            let is_timed = rule.version != Version::default();
            let always = self.always(rule).filter(|_| !is_timed);
            let who = Who::Rule(RuleEntry { rule: *id, always });
            Some(Asked::new(who, rule.to, is_timed, condition.as_ref()))
        });
        tallies.chain(rules).collect()
    }

    /// What a rule always gives.
    fn always(&self, rule: &Rule) -> Option<FixedGift> {
        let Rule { amount: Amount::Fixed(points), currency, .. } = *rule else { return None };
        let limit = match rule.limits[..] {
            [] => None,
            [limit] if self.limits[limit].is_plain() => Some(limit),
            _ => return None,
        };
        // Points of none reach no limit.
        let points = i32::try_from(points).ok().filter(|points| *points != 0 && self.is_bare(currency))?;
        Some(FixedGift { currency, points, limit })
    }

    /// Whether points of a currency add to its total and do nothing else.
    fn is_bare(&self, id: Id<Currency>) -> bool {
        let Currency { floor, per, .. } = self.currencies[id];
        let Links { of_points, on_total, .. } = &self.links;
        let is_counted = of_points.iter().any(|(its, _)| *its == id) || on_total.iter().any(|(its, _)| *its == id);
        floor.is_none() && per == Window::Ever && !is_counted
    }
}

impl Asked {
    fn new(who: Who, to: Role, is_timed: bool, condition: Option<&Condition>) -> Self {
        let (role, is_named) = match to {
            Role::Actor => (IndexBlock::ACTOR, false),
            Role::Owner => (IndexBlock::OWNER, false),
            Role::Recipient => (IndexBlock::RECIPIENT, false),
            Role::Attribute(_) => (0, true),
        };
        let mut asked = Self { who, role, tests: Vec::new(), asks_more: is_timed || is_named };
        if let Some(condition) = condition {
            asked.take_apart(&condition.test);
        }
        if asked.tests.len() > IndexBlock::MOST_TESTS {
            asked.tests.clear();
            asked.asks_more = true;
        }
        asked
    }

    /// Adds the tests that must all hold for an expression to hold.
    fn take_apart(&mut self, expression: &Expression) {
        match expression {
            Expression::All(parts) => parts.iter().for_each(|part| self.take_apart(part)),
            Expression::Test(test) => match wanted(test) {
                Some(wanted) => self.tests.push(wanted),
                None => self.asks_more = true,
            },
            Expression::Any(_) | Expression::Not(_) => self.asks_more = true,
        }
    }
}

/// A test of an attribute, if it is of a sort that sieves have.
fn wanted(test: &Test) -> Option<(Id<Attribute>, AttributeTest)> {
    let Subject::Attribute(attribute) = test.subject else { return None };
    let wanted = match &test.predicate {
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
    Some((attribute, wanted))
}

/// One sieve, or where that has no room for all, some for each half.
fn lay_out(asked: &[Asked], index_blocks: &mut Vec<IndexBlock>) {
    let mut index_block = IndexBlock::default();
    for (attribute, wanted) in asked.iter().flat_map(|asked| &asked.tests) {
        index_block.bit(*attribute, wanted);
    }
    let tests = index_block.tests.iter().map(|(_, wanted)| wanted.len()).sum::<usize>();
    if tests > IndexBlock::MOST_TESTS || asked.len() > IndexBlock::MOST_ASKERS {
        let (first, second) = asked.split_at(asked.len() / 2);
        lay_out(first, index_blocks);
        lay_out(second, index_blocks);
        return;
    }
    for Asked { who, role, tests, asks_more } in asked {
        let needs = tests.iter().fold(*role, |needs, (attribute, wanted)| needs | index_block.bit(*attribute, wanted));
        match *who {
            Who::Tally(tally) => index_block.tallies.push(needs, *asks_more, tally),
            Who::Rule(rule) => index_block.rules.push(needs, *asks_more, rule),
        }
    }
    index_blocks.push(index_block);
}

impl IndexBlock {
    /// The bit of a test, which is put with others of its attribute if it is not there yet. Bits move until all tests are in.
    fn bit(&mut self, attribute: Id<Attribute>, wanted: &AttributeTest) -> u64 {
        let mut bits = Self::ROLES;
        let bit = |bits: usize| 1_u64.checked_shl(bits as u32).unwrap_or(0);
        for (its, others) in &mut self.tests {
            if *its == attribute
                && let Some(index) = others.place_of(wanted)
            {
                return bit(bits + index);
            }
            bits += others.len();
        }
        self.tests.push((attribute, wanted.clone()));
        bit(bits)
    }
}

impl AttributeTest {
    /// The place of a test among others, if they are of its sort.
    fn place_of(&mut self, wanted: &Self) -> Option<usize> {
        match (self, wanted) {
            (Self::Within(others), Self::Within(its)) => place_of(others, its.first()?),
            (Self::Text(others), Self::Text(its)) => its.texts().next().map(|text| others.add(text)),
            _ => None,
        }
    }
}

fn place_of<T: Clone + PartialEq>(others: &mut Vec<T>, wanted: &T) -> Option<usize> {
    let index = others.iter().position(|other| other == wanted);
    index.or_else(|| {
        others.push(wanted.clone());
        Some(others.len() - 1)
    })
}
