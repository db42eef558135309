//! Eval: whether a condition holds of an activity and of its member before it.

use crate::{
    base::{id_table::Id, text::Text, time::Timestamp},
    input::activity::Activity,
    program::{
        AttributeTest, Field, IndexBlock, Key, Program, Role,
        condition::{Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
    state::standing::Standing,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// What a condition looks at: an activity, and the member's standing before it.
#[derive(Clone, Copy)]
pub(crate) struct EvalContext<'a> {
    pub(crate) program: &'a Program,
    pub(crate) standing: &'a Standing,
    pub(crate) activity: &'a Activity,
}

/// What a test reads, borrowed from the activity where it can be.
enum Read<'a> {
    Integer(i64),
    Text(&'a Text),
    Flag(bool),
    Time(Timestamp),
    Texts(&'a [Text]),
}

impl IndexBlock {
    /// The bits of the tests that hold for an activity.
    pub(crate) fn tested(&self, activity: &Activity) -> u64 {
        let (mut holds, mut first) = (0, Self::ROLES);
        for (attribute, wanted) in &self.tests {
            match wanted {
                AttributeTest::Within(ranges) => {
                    if let Some(Value::Integer(number)) = activity.attribute(*attribute) {
                        let bit = |(min, max): &(i64, i64)| u64::from(min <= number && number <= max);
                        holds |= ranges.iter().rev().fold(0, |bits, range| bits << 1 | bit(range)) << first;
                    }
                }
                AttributeTest::Text(texts) => {
                    let positions =
                        activity.keys(Key::Attribute(*attribute)).iter().filter_map(|text| texts.find(text));
                    holds |= positions.fold(0, |bits, position| bits | 1 << position) << first;
                }
            }
            first += wanted.len();
        }
        holds
    }
}

impl Expression {
    /// Its answer; `None` where it depends on something absent (Kleene's three-valued logic).
    pub(crate) fn answer(&self, context: EvalContext<'_>) -> Option<bool> {
        match self {
            Self::All(parts) => parts.iter().try_fold_all(false, context),
            Self::Any(parts) => parts.iter().try_fold_all(true, context),
            Self::Not(part) => part.answer(context).map(|holds| !holds),
            Self::Test(test) => test.answer(context),
        }
    }

    /// Whether it holds: its answer is yes.
    pub(crate) fn holds(&self, context: EvalContext<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(context)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(context)),
            Self::Not(part) => part.answer(context) == Some(false),
            Self::Test(test) => test.answer(context) == Some(true),
        }
    }

    /// The tests that keep it from holding, in the order written.
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

    /// All tests in it.
    pub(crate) fn tests<'c>(&'c self, out: &mut Vec<&'c Test>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.tests(out)),
            Self::Not(part) => part.tests(out),
            Self::Test(test) => out.push(test),
        }
    }
}

/// `all` and `any` are one fold: the first part that decides ends it, and an unknown part stays unknown.
trait FoldAll {
    fn try_fold_all(self, decides: bool, context: EvalContext<'_>) -> Option<bool>;
}

impl<'c, I: Iterator<Item = &'c Expression>> FoldAll for I {
    fn try_fold_all(self, decides: bool, context: EvalContext<'_>) -> Option<bool> {
        let mut answer = Some(!decides);
        for part in self {
            match part.answer(context) {
                Some(holds) if holds == decides => return Some(decides),
                Some(_) => {}
                None => answer = None,
            }
        }
        answer
    }
}

impl Test {
    fn answer(&self, context: EvalContext<'_>) -> Option<bool> {
        if self.subject.is_standing() {
            return self.answer_of_standing(context);
        }
        let read = self.subject.read(context);
        if let Predicate::Missing(missing) = self.predicate {
            return Some(read.is_none() == missing);
        }
        let read = read?;
        match (&self.predicate, &read) {
            (Predicate::Is(operand), _) => operand.equals(&read, context),
            (Predicate::Not(operand), _) => operand.equals(&read, context).map(|same| !same),
            (Predicate::Min(min), Read::Integer(number)) => Some(number >= min),
            (Predicate::Max(max), Read::Integer(number)) => Some(number <= max),
            (Predicate::Any(values), Read::Texts(texts)) => {
                Some(values.iter().any(|value| matches!(value, Value::Text(text) if texts.contains(text))))
            }
            (Predicate::Any(values), _) => Some(values.iter().any(|value| read.is(value))),
            (Predicate::Contains(operand), Read::Texts(texts)) => {
                operand.text(context).map(|text| texts.contains(text))
            }
            (Predicate::Only(allowed), Read::Texts(texts)) => Some(texts.iter().all(|text| allowed.contains(text))),
            (Predicate::After(operand, by), Read::Time(time)) => {
                operand.time(context).map(|than| *time > than.plus_seconds(*by))
            }
            (Predicate::Before(operand, by), Read::Time(time)) => {
                operand.time(context).map(|than| time.plus_seconds(*by) < than)
            }
            // Check lets no other pair through.
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

    /// What the subject is, in words, for one who asks why not.
    pub(crate) fn found(&self, context: EvalContext<'_>) -> Option<String> {
        match self.subject {
            Subject::Level => context.program.level(context.standing.level).map(|(_, level)| level.name.to_string()),
            // Whether it is held or done decides these tests, so the one that failed says which it is.
            Subject::Badge => {
                Some(if matches!(self.predicate, Predicate::HasNot(_)) { "held" } else { "not held" }.into())
            }
            Subject::Field => {
                Some(if matches!(self.predicate, Predicate::NotDone(_)) { "done" } else { "not done" }.into())
            }
            subject if subject.is_standing() => subject.number(context).map(|value| value.to_string()),
            subject => subject.read(context).map(|read| match read {
                Read::Integer(number) => number.to_string(),
                Read::Text(text) => text.to_string(),
                Read::Flag(flag) => flag.to_string(),
                Read::Time(instant) => instant.to_string(),
                Read::Texts(texts) => texts.iter().map(Text::as_str).collect::<Vec<_>>().join(", "),
            }),
        }
    }
}

impl Subject {
    fn read(self, context: EvalContext<'_>) -> Option<Read<'_>> {
        let EvalContext { program, activity, .. } = context;
        match self {
            Self::Kind => Some(Read::Text(&program.kinds[activity.origin.kind].name)),
            Self::Object => activity.object.as_ref().map(Read::Text),
            Self::At => Some(Read::Time(activity.at())),
            Self::Role(Role::Recipient) => {
                (!activity.recipients.is_empty()).then_some(Read::Texts(&activity.recipients))
            }
            Self::Role(role) => activity.in_role(role).map(Read::Text),
            Self::Attribute(attribute) => activity.attribute(attribute).map(Value::read),
            _ => None,
        }
    }

    /// A number of the member's own standing. A tally with a key has none for an activity without one, and of an activity with
    /// several the highest.
    fn number(self, context: EvalContext<'_>) -> Option<i64> {
        let EvalContext { program, standing, activity } = context;
        let (counts, time) = (&standing.counts, activity.origin.time);
        match self {
            Self::Completeness => Some(i64::from(counts.completeness(program))),
            Self::Total(currency) => Some(counts.total(program, currency, time)),
            Self::Tally(tally) => match program.tallies[tally].scope.key {
                None => Some(counts.tally(program, tally, None, time)),
                Some(key) => activity.keys(key).iter().map(|key| counts.tally(program, tally, Some(key), time)).max(),
            },
            _ => None,
        }
    }
}

impl Value {
    fn read(&self) -> Read<'_> {
        match self {
            Value::Integer(number) => Read::Integer(*number),
            Value::Text(text) => Read::Text(text),
            Value::Flag(flag) => Read::Flag(*flag),
            Value::Time(instant) => Read::Time(*instant),
            Value::Texts(texts) => Read::Texts(texts),
        }
    }
}

impl Read<'_> {
    fn is(&self, value: &Value) -> bool {
        self.same(&value.read())
    }

    fn same(&self, other: &Read<'_>) -> bool {
        match (self, other) {
            (Read::Integer(a), Read::Integer(b)) => a == b,
            (Read::Text(a), Read::Text(b)) => a == b,
            (Read::Flag(a), Read::Flag(b)) => a == b,
            (Read::Time(a), Read::Time(b)) => a == b,
            (Read::Texts(a), Read::Texts(b)) => a == b,
            _ => false,
        }
    }
}

impl Operand {
    fn read<'a>(&'a self, context: EvalContext<'a>) -> Option<Read<'a>> {
        match self {
            Self::Value(value) => Some(value.read()),
            Self::Role(role) => Subject::Role(*role).read(context),
            Self::Object => Subject::Object.read(context),
            Self::At => Subject::At.read(context),
            Self::Attribute(attribute) => Subject::Attribute(*attribute).read(context),
        }
    }

    fn equals(&self, read: &Read<'_>, context: EvalContext<'_>) -> Option<bool> {
        self.read(context).map(|other| read.same(&other))
    }

    fn text<'a>(&'a self, context: EvalContext<'a>) -> Option<&'a Text> {
        match self.read(context)? {
            Read::Text(text) => Some(text),
            _ => None,
        }
    }

    fn integer(&self, context: EvalContext<'_>) -> Option<i64> {
        match self.read(context)? {
            Read::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn time(&self, context: EvalContext<'_>) -> Option<Timestamp> {
        match self.read(context)? {
            Read::Time(instant) => Some(instant),
            _ => None,
        }
    }
}
