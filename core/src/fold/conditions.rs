//! Conditions: whether they hold for an activity, and for its member before that activity.

use crate::{
    base::{day::Weekday, id_table::Id, number::capped, time::Timestamp},
    input::activity::Activity,
    program::{
        AttributeTest, EntrySet, Field, IndexBlock, Key, Program, Role, TestedValues,
        condition::{Expression, Operand, Predicate, Subject, Test},
        value::{Found, Value},
    },
    state::standing::Standing,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What a condition sees: an activity, and the member's standing before it.
#[derive(Clone, Copy)]
pub(crate) struct EvalContext<'a> {
    pub(crate) program: &'a Program,
    pub(crate) standing: &'a Standing,
    pub(crate) activity: &'a Activity,
}

impl IndexBlock {
    /// The entries that a member's roles and the attributes of an activity leave.
    pub(crate) fn candidates(&self, roles: usize, activity: &Activity) -> EntrySet {
        let all = self.by_roles.get(roles).copied().unwrap_or_default();
        let mut seek = activity.origin.content.seek();
        self.tests.iter().fold(all, |left, test| left & test.entries(seek.value(test.attribute)))
    }
}

impl AttributeTest {
    /// The entries that the attribute's value leaves.
    fn entries(&self, value: Option<Found<'_>>) -> EntrySet {
        match (&self.values, value) {
            (TestedValues::Numbers(starts, sets), Some(Found::Integer(number))) => {
                let range = starts.partition_point(|start| *start <= number);
                sets.get(range).copied().unwrap_or_default()
            }
            (TestedValues::Texts(known, sets), Some(Found::Text(text))) => {
                known.find(text).and_then(|index| sets.get(index)).copied().unwrap_or(self.unasked)
            }
            (TestedValues::Texts(known, sets), Some(Found::Texts(texts))) => {
                let found = texts.iter().filter_map(|text| sets.get(known.find(text)?));
                found.fold(self.unasked, |left, set| left | *set)
            }
            _ => self.unasked,
        }
    }
}

impl Expression {
    /// The answer, or `None` if it depends on something absent (Kleene's three-valued logic).
    pub(crate) fn answer(&self, context: EvalContext<'_>) -> Option<bool> {
        match self {
            Self::All(parts) => answer_of_parts(parts, false, context),
            Self::Any(parts) => answer_of_parts(parts, true, context),
            Self::Not(part) => part.answer(context).map(|holds| !holds),
            Self::Test(test) => test.answer(context),
        }
    }

    /// Whether the answer is yes. Faster than [`Expression::answer`], because any other answer ends `all` at once.
    pub(crate) fn holds(&self, context: EvalContext<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(context)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(context)),
            Self::Not(part) => part.answer(context) == Some(false),
            Self::Test(test) => test.answer(context) == Some(true),
        }
    }

    /// Adds the tests that keep the expression from holding, in the order written.
    pub(crate) fn failing<'c>(&'c self, context: EvalContext<'_>, out: &mut Vec<&'c Test>) {
        if self.holds(context) {
            return;
        }
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.failing(context, out)),
            Self::Not(part) => part.tests(out),
            Self::Test(test) => out.push(test),
        }
    }

    /// Adds all tests of the expression.
    pub(crate) fn tests<'c>(&'c self, out: &mut Vec<&'c Test>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.tests(out)),
            Self::Not(part) => part.tests(out),
            Self::Test(test) => out.push(test),
        }
    }
}

/// The answer of `all` or `any`: a part that answers `decides` decides it, and otherwise one unknown part makes it
/// unknown.
fn answer_of_parts(parts: &[Expression], decides: bool, context: EvalContext<'_>) -> Option<bool> {
    let mut answer = Some(!decides);
    for part in parts {
        match part.answer(context) {
            Some(holds) if holds == decides => return Some(decides),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}

impl Test {
    fn answer(&self, context: EvalContext<'_>) -> Option<bool> {
        if self.subject.is_standing() {
            return self.answer_of_standing(context);
        }
        let found = self.subject.find(context);
        if let Predicate::Missing(missing) = self.predicate {
            return Some(found.is_none() == missing);
        }
        let found = found?;
        match (&self.predicate, &found) {
            (Predicate::Is(operand), _) => operand.equals(&found, context),
            (Predicate::Not(operand), _) => operand.equals(&found, context).map(|same| !same),
            (Predicate::Min(min), Found::Integer(number)) => Some(number >= min),
            (Predicate::Max(max), Found::Integer(number)) => Some(number <= max),
            (Predicate::Any(values), Found::Texts(texts)) => {
                Some(values.iter().any(|value| matches!(value, Value::Text(text) if texts.contains(text))))
            }
            (Predicate::Any(values), _) => Some(values.iter().any(|value| value.as_found() == Some(found))),
            (Predicate::Contains(operand), Found::Texts(texts)) => {
                operand.text(context).map(|text| texts.contains(text))
            }
            (Predicate::Only(allowed), Found::Texts(texts)) => {
                Some(texts.iter().all(|text| allowed.iter().any(|allowed| allowed == text)))
            }
            (Predicate::After(operand, by), Found::Time(time)) => {
                operand.time(context).map(|than| *time > than.plus_seconds(*by))
            }
            (Predicate::Before(operand, by), Found::Time(time)) => {
                operand.time(context).map(|than| time.plus_seconds(*by) < than)
            }
            // `check` accepts no other pair of predicate and type.
            _ => None,
        }
    }

    fn answer_of_standing(&self, context: EvalContext<'_>) -> Option<bool> {
        let EvalContext { program, standing, activity } = context;
        let level = usize::from(standing.level);
        let holds = |badge| standing.has_badge(program, badge, activity.at());
        let done = |field: Id<Field>| {
            standing.counts.personal.fields.get(field.index()).is_some_and(|said| said.state.is_done())
        };
        match &self.predicate {
            Predicate::Has(badge) => Some(holds(*badge)),
            Predicate::HasNot(badge) => Some(!holds(*badge)),
            Predicate::Done(field) => Some(done(*field)),
            Predicate::NotDone(field) => Some(!done(*field)),
            Predicate::LevelMin(min) => Some(level > min.index()),
            Predicate::LevelIs(is) => Some(level == is.index() + 1),
            Predicate::LevelIsNot(not) => Some(level != not.index() + 1),
            ask => {
                let value = self.subject.number(context)?;
                match ask {
                    Predicate::Is(operand) => operand.integer(context).map(|number| value == number),
                    Predicate::Not(operand) => operand.integer(context).map(|number| value != number),
                    Predicate::Min(min) => Some(value >= *min),
                    Predicate::Max(max) => Some(value <= *max),
                    Predicate::Any(values) => Some(values.contains(&Value::Integer(value))),
                    _ => None,
                }
            }
        }
    }

    /// The side of the test that was absent, so that it had no answer: its subject, or `@…` on the right.
    pub(crate) fn absent(&self, context: EvalContext<'_>) -> Option<String> {
        let program = context.program;
        if !self.subject.is_there(context) {
            let is_asked = !matches!(self.predicate, Predicate::Missing(true));
            return is_asked.then(|| self.subject.name(program).into());
        }
        let (Predicate::Is(operand)
        | Predicate::Not(operand)
        | Predicate::Contains(operand)
        | Predicate::After(operand, _)
        | Predicate::Before(operand, _)) = &self.predicate
        else {
            return None;
        };
        let side = operand.subject().filter(|side| !side.is_there(context))?;
        Some(format!("@{}", side.name(program)))
    }

    /// The value of the subject in words, for an explanation of why a rule gave nothing.
    pub(crate) fn found(&self, context: EvalContext<'_>) -> Option<String> {
        match self.subject {
            Subject::Level => context.program.level(context.standing.level).map(|(_, level)| level.name.to_string()),
            // These tests ask only for one of two states, and the test has failed, so the state is the other one.
            Subject::Badge => {
                Some(if matches!(self.predicate, Predicate::HasNot(_)) { "held" } else { "not held" }.into())
            }
            Subject::Field => {
                Some(if matches!(self.predicate, Predicate::NotDone(_)) { "done" } else { "not done" }.into())
            }
            subject if subject.is_standing() => subject.number(context).map(|value| value.to_string()),
            subject => subject.find(context).map(|found| match found {
                Found::Integer(number) if self.subject == Subject::Weekday => {
                    Weekday::NAMES.get(capped::<_, usize>(number)).copied().unwrap_or_default().into()
                }
                Found::Integer(number) => number.to_string(),
                Found::Text(text) => text.to_string(),
                Found::Flag(flag) => flag.to_string(),
                Found::Time(instant) => instant.to_string(),
                Found::Texts(texts) => texts.iter().collect::<Vec<_>>().join(", "),
            }),
        }
    }
}

impl Subject {
    fn find(self, context: EvalContext<'_>) -> Option<Found<'_>> {
        let EvalContext { program, activity, .. } = context;
        match self {
            Self::Kind => Some(Found::Text(&program.kinds[activity.origin.kind].name)),
            Self::Object => activity.object().map(Found::Text),
            Self::At => Some(Found::Time(activity.at())),
            Self::Hour => Some(Found::Integer(program.local_hour(activity.origin.time).0)),
            Self::Weekday => Some(Found::Integer(program.local_hour(activity.origin.time).1)),
            Self::Role(Role::Recipient) => {
                let recipients = activity.keys(Key::Role(Role::Recipient));
                (!recipients.is_empty()).then_some(Found::Texts(recipients))
            }
            Self::Role(role) => activity.in_role(role).map(Found::Text),
            Self::Attribute(attribute) => activity.attribute(attribute),
            _ => None,
        }
    }

    /// Whether there is a value. Only a tally with a key can be absent of a standing.
    fn is_there(self, context: EvalContext<'_>) -> bool {
        match self {
            Self::Tally(_) => self.number(context).is_some(),
            _ => self.is_standing() || self.find(context).is_some(),
        }
    }

    /// What the program calls it.
    fn name(self, program: &Program) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Object => "object",
            Self::At => "at",
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Role(Role::Recipient) => "recipients",
            Self::Role(role) => program.role_name(role),
            Self::Attribute(attribute) => &program.attributes[attribute].name,
            Self::Level => "level",
            Self::Badge => "badge",
            Self::Field => "field",
            Self::Completeness => "completeness",
            Self::Total(currency) => &program.currencies[currency].name,
            Self::Tally(tally) => &program.tallies[tally].name,
        }
    }

    /// A number of the member's own standing. For a tally with a key it is the highest number among the activity's
    /// keys, or `None` if the activity has no key.
    fn number(self, context: EvalContext<'_>) -> Option<i64> {
        let EvalContext { program, standing, activity } = context;
        let (counts, time) = (&standing.counts, activity.origin.time);
        match self {
            Self::Completeness => Some(i64::from(counts.completeness(program))),
            Self::Total(currency) => Some(counts.total(program, currency, time)),
            Self::Tally(tally) => match program.tallies[tally].scope.key {
                None => Some(counts.tally(program, tally, None, time)),
                Some(key) => {
                    activity.keys(key).iter().map(|key| counts.tally(program, tally, Some(&key.into()), time)).max()
                }
            },
            _ => None,
        }
    }
}

impl Operand {
    fn find<'a>(&'a self, context: EvalContext<'a>) -> Option<Found<'a>> {
        match self {
            Self::Value(value) => value.as_found(),
            side => side.subject()?.find(context),
        }
    }

    /// The part of the activity that it stands for; `None` if it is a value.
    fn subject(&self) -> Option<Subject> {
        match self {
            Self::Value(_) => None,
            Self::Role(role) => Some(Subject::Role(*role)),
            Self::Object => Some(Subject::Object),
            Self::At => Some(Subject::At),
            Self::Attribute(attribute) => Some(Subject::Attribute(*attribute)),
        }
    }

    fn equals(&self, found: &Found<'_>, context: EvalContext<'_>) -> Option<bool> {
        self.find(context).map(|other| *found == other)
    }

    fn text<'a>(&'a self, context: EvalContext<'a>) -> Option<&'a str> {
        match self.find(context)? {
            Found::Text(text) => Some(text),
            _ => None,
        }
    }

    fn integer(&self, context: EvalContext<'_>) -> Option<i64> {
        match self.find(context)? {
            Found::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn time(&self, context: EvalContext<'_>) -> Option<Timestamp> {
        match self.find(context)? {
            Found::Time(instant) => Some(instant),
            _ => None,
        }
    }
}
