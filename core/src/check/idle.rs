//! Idle: what a program declares and nothing uses, limits that always cut, and activities that a `not` leaves out.

use super::lint::{Linter, Owner};
use crate::{
    base::{id_table::Id, time::Timestamp},
    language::problem::Path,
    program::{
        Amount, Bound, Counted, Days, Definition, Distinct, Key, Kind, Reverses, Role, Tally, Trigger,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

impl Linter<'_> {
    /// Warns about what has no effect.
    pub(super) fn idle(&mut self) {
        let program = self.program;
        let (kinds, tallies, limits) = (Path::Root.key("kinds"), Path::Root.key("tallies"), Path::Root.key("limits"));
        for (_, kind) in program.kinds.iter().filter(|(id, _)| !program.is_used(*id)) {
            let reason =
                "is used by no rule, no tally and no other part of the program, so its activities give nothing";
            let fix = "use it, or leave it out and set `unknown_kinds = \"ignore\"` in `input` if the feed has it";
            self.add(&kinds.key(&kind.name), reason, fix);
        }
        let used = program.used_tallies();
        // Variants come after all tallies that the program names.
        let named = program.tallies.values().zip(&used).filter(|(tally, used)| !tally.is_variant() && !**used);
        for (tally, _) in named {
            let reason =
                "is asked for by no goal, condition, topic, gain or challenge, so what it counts is never used";
            self.add(&tallies.key(&tally.name), reason, "ask for it, for example in a badge's `when`, or leave it out");
        }
        let own = |limit| program.rules.values().any(|rule| rule.limits.contains(&limit));
        for (_, limit) in program.limits.iter().filter(|(id, _)| !own(*id)) {
            let reason = "is named by no rule, so it limits nothing";
            let fix = format!("name it in a rule: `limit = \"{}\"`, or leave it out", limit.name);
            self.add(&limits.key(&limit.name), reason, &fix);
        }
        self.narrow_limits();
    }

    /// Warns about limits that cut every amount of a rule.
    fn narrow_limits(&mut self) {
        let section = Path::Root.key("rules");
        for rule in self.program.rules.values() {
            let path = section.key(&rule.name);
            let least = rule.amount.least_gift();
            let give = path.key("give");
            let amount = give.key(&self.program.currencies[rule.currency].name);
            let limits = rule.limits.iter().filter_map(|limit| match self.program.limits[*limit].bound {
                Bound::Points(cap) => Some((cap, path.key("limit"))),
                Bound::Times(_) => None,
            });
            let max = match rule.amount {
                Amount::By { max, .. } => Some((max, amount.key("max"))),
                _ => None,
            };
            for (cap, path) in limits.chain(max) {
                let Some(least) = least.filter(|least| cap < *least) else { continue };
                let reason = format!(
                    "lets at most {cap} points through, and the rule gives {least} at once, so each amount is cut"
                );
                self.warn(path.to_string(), reason, format!("give {cap} or less, or allow {least} or more"));
            }
        }
    }

    /// Warns about tests that neither hold nor fail if a side is absent, where people expect that they hold.
    pub(super) fn absences(&mut self) {
        for (owner, condition) in self.conditions() {
            let mut thought_of = self.program.needed(owner);
            let mut tests = Vec::new();
            negatives(&condition.test, false, &mut tests, &mut thought_of);
            for test in tests {
                for side in sides(test).filter(|side| !thought_of.contains(side)) {
                    let Some(name) = self.program.absent_name(side) else { continue };
                    let reason = format!(
                        "neither holds nor fails if `{name}` is absent, so activities without it silently do not count"
                    );
                    let fix = format!(
                        "add `{name} = {{ missing = false }}` to say that they do not count; or to count them, list \
                        `{{ {name} = {{ missing = true }} }}` and this test under `any`"
                    );
                    self.warn(test.path.clone(), reason, fix);
                }
            }
        }
    }
}

/// The tests that hold for all values but some, `not` among them. The sides of all other tests are thought of: those
/// tests hold only if their sides are present, or ask whether they are.
fn negatives<'c>(expression: &'c Expression, inverted: bool, tests: &mut Vec<&'c Test>, thought_of: &mut Vec<Subject>) {
    match expression {
        Expression::All(parts) | Expression::Any(parts) => {
            parts.iter().for_each(|part| negatives(part, inverted, tests, thought_of));
        }
        Expression::Not(part) => negatives(part, !inverted, tests, thought_of),
        Expression::Test(test) => match test.predicate {
            Predicate::Missing(_) => thought_of.push(test.subject),
            Predicate::Not(_) if !inverted => tests.push(test),
            Predicate::Not(_) => thought_of.extend(sides(test)),
            _ if inverted => tests.push(test),
            _ => thought_of.extend(sides(test)),
        },
    }
}

/// The two sides of a test.
fn sides(test: &Test) -> impl Iterator<Item = Subject> {
    let other = match &test.predicate {
        Predicate::Is(operand)
        | Predicate::Not(operand)
        | Predicate::Contains(operand)
        | Predicate::After(operand, _)
        | Predicate::Before(operand, _) => match operand {
            Operand::Value(_) => None,
            Operand::Role(role) => Some(of_role(*role)),
            Operand::Object => Some(Subject::Object),
            Operand::At => Some(Subject::At),
            Operand::Attribute(attribute) => Some(Subject::Attribute(*attribute)),
        },
        _ => None,
    };
    [of_subject(test.subject)].into_iter().chain(other)
}

/// A role that is an attribute is that attribute.
fn of_role(role: Role) -> Subject {
    match role {
        Role::Attribute(attribute) => Subject::Attribute(attribute),
        role => Subject::Role(role),
    }
}

fn of_subject(subject: Subject) -> Subject {
    if let Subject::Role(role) = subject { of_role(role) } else { subject }
}

fn of_key(key: Key) -> Subject {
    match key {
        Key::Object => Subject::Object,
        Key::Role(role) => of_role(role),
        Key::Attribute(attribute) => Subject::Attribute(attribute),
    }
}

impl Definition {
    /// The parts of an activity without which a rule gives nothing and a tally counts nothing, whatever the condition.
    fn needed(&self, owner: Owner<'_>) -> Vec<Subject> {
        match owner {
            Owner::Rule(_, rule) => {
                let amount = rule.amount.attribute().map(Subject::Attribute);
                [of_role(rule.to)].into_iter().chain(amount).collect()
            }
            Owner::Tally(_, tally) => {
                let counted = match tally.counts {
                    Counted::Sum(attribute) | Counted::Highest(attribute) => Some(Subject::Attribute(attribute)),
                    Counted::Distinct(Distinct::Key(key)) => Some(of_key(key)),
                    _ => None,
                };
                [of_role(tally.to)].into_iter().chain(counted).chain(tally.scope.key.map(of_key)).collect()
            }
        }
    }

    /// The name of a part that an activity may lack. Every activity has a kind and a time, and somebody did it.
    fn absent_name(&self, side: Subject) -> Option<&str> {
        match side {
            Subject::Attribute(attribute) => Some(&self.attributes[attribute].name),
            Subject::Object => Some("object"),
            Subject::Role(Role::Owner) => Some("owner"),
            // Without recipients, the set is empty.
            _ => None,
        }
    }

    fn is_used(&self, kind: Id<Kind>) -> bool {
        let mut seen = Vec::from([kind]);
        let mut index = 0;
        while let Some(id) = seen.get(index).copied() {
            let kind = &self.kinds[id];
            if kind.has_meaning || !kind.rules.is_empty() || !kind.tallies.is_empty() {
                return true;
            }
            match &kind.reverses {
                Some(Reverses { kinds, .. }) if kinds.is_empty() => return true,
                Some(Reverses { kinds, .. }) => {
                    let new: Vec<_> = kinds.iter().copied().filter(|kind| !seen.contains(kind)).collect();
                    seen.extend(new);
                }
                None => {}
            }
            index += 1;
        }
        false
    }

    /// Whether each tally is asked for.
    fn used_tallies(&self) -> Vec<bool> {
        let mut used = vec![false; self.tallies.len()];
        let mut mark = |tally: Id<Tally>| {
            if let Some(used) = used.get_mut(tally.index()) {
                *used = true;
            }
        };
        let tests = |condition: &Condition, mark: &mut dyn FnMut(Id<Tally>)| {
            let mut tests = Vec::new();
            condition.test.tests(&mut tests);
            for test in tests {
                if let Subject::Tally(tally) = test.subject {
                    mark(tally);
                }
            }
        };
        for rule in self.rules.values() {
            if let Trigger::On(Some(condition)) = &rule.trigger {
                tests(condition, &mut mark);
            }
        }
        self.tallies.values().filter_map(|tally| tally.condition.as_deref()).for_each(|its| tests(its, &mut mark));
        self.gains.iter().copied().for_each(&mut mark);
        self.allowances.values().for_each(|allowance| mark(allowance.tally));
        let topics = self.topics.iter().flat_map(|topics| &topics.evidence);
        let shared = self.challenges.values().flat_map(|challenge| &challenge.shared);
        topics.chain(shared).for_each(|(tally, _)| mark(*tally));
        self.topics.iter().filter_map(|topics| topics.named_by).for_each(&mut mark);
        self.each_goal(&mut |goal, _, _| goal.tallies().for_each(&mut mark));
        self.variants_count_for_their_tally(&mut used);
        used
    }

    /// Where the program says that something ends which had ended when the first activity happened.
    pub(crate) fn ended_before(&self, first: Timestamp) -> Vec<String> {
        let mut ended = Vec::new();
        let (rules, challenges) = (Path::Root.key("rules"), Path::Root.key("challenges"));
        for rule in self.rules.values().filter(|rule| rule.version.ends_by(first)) {
            ended.push(rules.key(&rule.name).key("until").to_string());
        }
        self.each_goal(&mut |goal, _, path| {
            if goal.version.ends_by(first) {
                ended.push(path.key("until").to_string());
            }
        });
        let day = self.zone.day(first);
        for challenge in self.challenges.values() {
            if matches!(challenge.days, Days::Between(_, last) if last < day) {
                ended.push(challenges.key(&challenge.name).key("until").to_string());
            }
        }
        ended
    }

    /// A tally is asked for if a variant of it is.
    fn variants_count_for_their_tally(&self, used: &mut [bool]) {
        for (index, variant) in self.tallies.values().enumerate().filter(|(_, tally)| tally.is_variant()) {
            let its = self.tallies.find(&variant.name).map(Id::index);
            if used.get(index) == Some(&true)
                && let Some(used) = its.and_then(|its| used.get_mut(its))
            {
                *used = true;
            }
        }
    }
}

impl Amount {
    /// The fewest points above 0 that it gives before any limit; `None` if it may take points or give none.
    pub(super) fn least_gift(&self) -> Option<i64> {
        let least = match self {
            Self::Fixed(points) => *points,
            Self::Nth(steps, _) => steps.iter().copied().min()?,
            // What is above the best so far may be a single point.
            Self::By { best: Some(_), .. } => return None,
            Self::By { times, .. } => *times,
        };
        (least > 0).then_some(least)
    }
}
