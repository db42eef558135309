//! Never: conditions that cannot hold, goals that cannot be reached, and tests that hold anyway.

use super::lint::{Linter, Owner, Warning};
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{
        Definition, Kind, Measure, Part, Role,
        condition::{Expression, Operand, Predicate, Subject, Test},
        value::{AttributeType, Value},
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl Linter<'_> {
    /// Warns about conditions that cannot hold, and about tests that always do.
    pub(super) fn contradictions(&mut self) {
        for (owner, condition) in self.conditions() {
            let kinds = self.program.kinds_of(owner);
            let mut search = Search { program: self.program, kinds, known: Vec::new(), found: Vec::new() };
            search.never_holds(&condition.test, true);
            self.warnings.append(&mut search.found);
        }
    }

    /// Warns about a part of a goal that no member can reach, or that everybody has reached.
    pub(super) fn out_of_reach(&mut self, part: &Part, path: &Path<'_>) {
        let (subject, name) = match part.measure {
            Measure::Tally(tally) => (Subject::Tally(tally), &self.program.tallies[tally].name),
            Measure::Total(currency) => (Subject::Total(currency), &self.program.currencies[currency].name),
        };
        let asked = [part.min.map(Predicate::Min), part.max.map(Predicate::Max)];
        let always = self.program.always(subject, &[]);
        for (always, because) in &always {
            if asked.iter().flatten().any(|asked| contradict(asked, always, false)) {
                self.warnings.push(never(path.key(name).to_string(), because));
            }
        }
        // A part that always holds asks for nothing.
        let kept = |asked: &Predicate| always.iter().find(|(always, _)| implies(always, asked));
        let kept: Option<Vec<_>> = asked.iter().flatten().map(kept).collect();
        if let Some((_, because)) = kept.as_deref().and_then(|kept| kept.first()) {
            self.warnings.push(always_holds(path.key(name).to_string(), because));
        }
    }
}

fn never(path: String, because: &str) -> Warning {
    let reason = format!("can never hold, because {because}");
    Warning { path, reason, fix: "change one of the two, or leave it out".into() }
}

fn always_holds(path: String, because: &str) -> Warning {
    let reason = format!("always holds, because {because}");
    Warning { path, reason, fix: "leave it out, or ask for more".into() }
}

/// The tests that must hold together, on the way through a condition.
struct Search<'a> {
    program: &'a Definition,
    kinds: Vec<Id<Kind>>,
    known: Vec<Test>,
    found: Vec<Warning>,
}

impl Search<'_> {
    /// Whether an expression, or its opposite, can never hold beside what is known. Reports each test that cannot.
    fn never_holds(&mut self, expression: &Expression, holds: bool) -> bool {
        match expression {
            Expression::Not(part) => self.never_holds(part, !holds),
            Expression::Test(test) => opposite(test, holds).is_some_and(|test| self.add(test)),
            Expression::All(parts) if holds => self.never_all(parts, holds),
            Expression::Any(parts) if !holds => self.never_all(parts, holds),
            Expression::All(parts) | Expression::Any(parts) => {
                let known = self.known.len();
                let mut never = true;
                for part in parts {
                    never &= self.never_holds(part, holds);
                    self.known.truncate(known);
                }
                never
            }
        }
    }

    fn never_all(&mut self, parts: &[Expression], holds: bool) -> bool {
        let mut never = false;
        // Single tests first: alternatives are looked at beside all of them.
        for is_single in [true, false] {
            for part in parts.iter().filter(|part| matches!(part, Expression::Test(_)) == is_single) {
                never |= self.never_holds(part, holds);
            }
        }
        never
    }

    /// Adds a test to what is known. Reports it if it cannot hold beside that.
    fn add(&mut self, test: Test) -> bool {
        let of_texts = self.program.is_of_texts(test.subject);
        let always = self.program.always(test.subject, &self.kinds);
        if test.subject.is_never_absent()
            && let Some((_, because)) = always.iter().find(|(always, _)| implies(always, &test.predicate))
        {
            self.found.push(always_holds(test.path.clone(), because));
        }
        let mut known = self.known.iter().filter(|known| known.subject == test.subject);
        let because = if is_never_itself(&test) {
            Some("both sides are the same".into())
        } else if let Some((_, because)) =
            always.into_iter().find(|(always, _)| contradict(&test.predicate, always, of_texts))
        {
            Some(because)
        } else {
            let other = known.find(|known| contradict(&test.predicate, &known.predicate, of_texts));
            other.map(|other| format!("`{}` excludes it", other.path))
        };
        let is_never = because.is_some();
        self.found.extend(because.map(|because| never(test.path.clone(), &because)));
        self.known.push(test);
        is_never
    }
}

/// The test itself, or the test that holds if this one fails and its sides are present. `None` if no single test says
/// that.
fn opposite(test: &Test, holds: bool) -> Option<Test> {
    if holds {
        return Some(test.clone());
    }
    let predicate = match &test.predicate {
        Predicate::Is(operand) => Predicate::Not(operand.clone()),
        Predicate::Not(operand) => Predicate::Is(operand.clone()),
        Predicate::Min(min) => Predicate::Max(min.checked_sub(1)?),
        Predicate::Max(max) => Predicate::Min(max.checked_add(1)?),
        Predicate::Missing(missing) => Predicate::Missing(!missing),
        Predicate::Has(badge) => Predicate::HasNot(*badge),
        Predicate::HasNot(badge) => Predicate::Has(*badge),
        Predicate::Done(field) => Predicate::NotDone(*field),
        Predicate::NotDone(field) => Predicate::Done(*field),
        Predicate::LevelIs(level) => Predicate::LevelIsNot(*level),
        Predicate::LevelIsNot(level) => Predicate::LevelIs(*level),
        _ => return None,
    };
    Some(Test { predicate, ..test.clone() })
}

/// Whether a test compares a part of an activity with itself in a way that never holds.
fn is_never_itself(test: &Test) -> bool {
    let (Predicate::Not(operand) | Predicate::After(operand, _) | Predicate::Before(operand, _)) = &test.predicate
    else {
        return false;
    };
    match operand {
        Operand::Value(_) => false,
        Operand::Role(role) => test.subject == Subject::Role(*role),
        Operand::Object => test.subject == Subject::Object,
        Operand::At => test.subject == Subject::At,
        Operand::Attribute(attribute) => test.subject == Subject::Attribute(*attribute),
    }
}

/// Whether two tests of one subject never hold together. `of_texts` says that the subject is a set of texts.
fn contradict(one: &Predicate, other: &Predicate, of_texts: bool) -> bool {
    contradicts(one, other, of_texts) || contradicts(other, one, of_texts)
}

fn contradicts(one: &Predicate, other: &Predicate, of_texts: bool) -> bool {
    use Operand::Value as Literal;
    match (one, other) {
        (Predicate::Missing(true), other) => !matches!(other, Predicate::Missing(true)),
        (Predicate::Only(only), Predicate::Contains(Literal(Value::Text(text)))) => !only.contains(text),
        (Predicate::Only(only), Predicate::Any(any)) => {
            !any.iter().any(|value| matches!(value, Value::Text(text) if only.contains(text)))
        }
        _ if of_texts => false,
        (Predicate::Is(Literal(value)), other) => !allows(other, value),
        (Predicate::Any(values), other) => !values.iter().any(|value| allows(other, value)),
        (Predicate::Is(one), Predicate::Not(other)) => one == other,
        (Predicate::Min(min), Predicate::Max(max)) => min > max,
        (Predicate::After(Literal(Value::Time(after)), by), Predicate::Before(Literal(Value::Time(before)), than)) => {
            after.plus_seconds(*by) >= before.plus_seconds(-than)
        }
        (Predicate::After(after, _), Predicate::Before(before, _)) => after == before,
        (Predicate::Has(one), Predicate::HasNot(other)) => one == other,
        (Predicate::Done(one), Predicate::NotDone(other)) => one == other,
        (Predicate::LevelIs(one), Predicate::LevelIs(other)) => one != other,
        (Predicate::LevelIs(one), Predicate::LevelIsNot(other)) => one == other,
        // Levels are in order of their totals.
        (Predicate::LevelIs(one), Predicate::LevelMin(min)) => one < min,
        _ => false,
    }
}

/// Whether each value that meets one test meets another.
fn implies(one: &Predicate, other: &Predicate) -> bool {
    match (one, other) {
        (Predicate::Min(least), Predicate::Min(asked)) => least >= asked,
        (Predicate::Max(most), Predicate::Max(asked)) => most <= asked,
        (Predicate::Any(values), Predicate::Any(asked)) => values.iter().all(|value| asked.contains(value)),
        (Predicate::Any(values), Predicate::Is(Operand::Value(asked))) => values.iter().all(|value| value == asked),
        _ => false,
    }
}

/// Whether a value may meet a test.
pub(super) fn allows(test: &Predicate, value: &Value) -> bool {
    match (test, value) {
        (Predicate::Is(Operand::Value(other)), _) => other == value,
        (Predicate::Not(Operand::Value(other)), _) => other != value,
        (Predicate::Any(values), _) => values.contains(value),
        (Predicate::Min(min), Value::Integer(number)) => number >= min,
        (Predicate::Max(max), Value::Integer(number)) => number <= max,
        _ => true,
    }
}

impl Definition {
    fn kinds_of(&self, owner: Owner<'_>) -> Vec<Id<Kind>> {
        let concerns = |kind: &Kind| match owner {
            Owner::Rule(id, _) => kind.rules.contains(&id),
            Owner::Tally(id, _) => kind.tallies.iter().any(|(tally, _)| *tally == id),
        };
        self.kinds.iter().filter(|(_, kind)| concerns(kind)).map(|(id, _)| id).collect()
    }

    fn is_of_texts(&self, subject: Subject) -> bool {
        match subject {
            Subject::Attribute(attribute) => self.attributes[attribute].value_type == AttributeType::Texts,
            Subject::Role(Role::Recipient) => true,
            _ => false,
        }
    }
}
