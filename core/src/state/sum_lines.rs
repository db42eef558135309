//! Sum lines: everything that a standing counts, in words that its member can read.

use crate::{
    base::{day::Weekday, from_tree::plain_data},
    program::{Counter, Definition, value::FieldState},
    state::{
        counters::Count,
        standing::{Counts, Standing},
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::iter;
use serde::Serialize;

/// One number or list that is kept of a member: a line of [`SealedSum::lines`](crate::SealedSum::lines).
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
/// history.seal("2026-03-05T00:00:00Z".parse()?);
/// let lines = history.sum().unwrap().lines();
/// let line = serde_json::to_value(&lines[0])?;
/// assert_eq!(line, serde_json::json!({"of": "currency", "name": "points", "number": 5}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SumLine {
    /// What it is of: `currency`, `spent`, `tally`, `limit`, `rule`, `goal`, `reward`, `badge`, `level`, `field`,
    /// `shown`, `approved`, `claims`, `declined`, `declined-steps`, `leave`, `week` (a day, and the weekdays of rest from then
    /// on) or `challenge`.
    pub of: String,
    /// The name of the currency, tally and so on. Empty for lists that have no name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The object, topic or member that it is counted for, if it is counted for each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// The different values, moments or days that it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

plain_data! { SumLine { of, name: optional, key, number, values: optional } }

impl SumLine {
    fn new(of: &str, name: &str, number: i64) -> Self {
        Self { of: of.into(), name: name.into(), number: Some(number), ..Self::default() }
    }

    fn list(of: &str, name: &str, values: impl IntoIterator<Item = impl ToString>) -> Self {
        let values = values.into_iter().map(|value| value.to_string()).collect();
        Self { of: of.into(), name: name.into(), values, ..Self::default() }
    }
}

impl Standing {
    /// Everything that it counts.
    pub(crate) fn lines(&self) -> Vec<SumLine> {
        let (program, counts) = (&*self.program, &self.counts);
        let mut lines = counts.totals(program);
        lines.extend(self.counts.counters.all().into_iter().map(|(slot, count)| {
            let (of, name) = slot.counter.called(program);
            SumLine { key: slot.key.map(|key| key.to_string()), ..count.line(of, name) }
        }));
        lines.extend(self.badges.iter().filter(|(_, held)| held.times > 0).map(|((badge, key), held)| {
            let badge = &program.badges[*badge];
            let grade = badge.grade_name(held.grade).into_iter().map(ToString::to_string);
            let values = grade.chain([held.at.to_string()]).collect();
            let key = key.as_ref().map(ToString::to_string);
            SumLine { key, values, ..SumLine::new("badge", &badge.name, i64::from(held.times)) }
        }));
        lines.extend(self.level().map(|level| SumLine::new("level", level, i64::from(self.level))));
        lines.extend(counts.stated(program));
        lines
    }
}

impl Counts {
    fn totals(&self, program: &Definition) -> Vec<SumLine> {
        let totals = program.currencies.values().zip(self.totals.iter());
        let lines = totals.flat_map(|(currency, total)| {
            let points = SumLine::new("currency", &currency.name, total.points);
            let spent = (total.spent != 0).then(|| SumLine::new("spent", &currency.name, total.spent));
            [points].into_iter().chain(spent)
        });
        lines.collect()
    }

    /// What the member has stated.
    fn stated(&self, program: &Definition) -> Vec<SumLine> {
        let personal = &*self.personal;
        let done =
            program.fields.values().zip(&personal.fields).filter(|(_, said)| said.state != FieldState::default());
        let mut lines: Vec<_> = done
            .map(|(field, said)| {
                let state = [said.state.name().to_string()].into_iter();
                SumLine::list("field", &field.name, state.chain(said.at.map(|at| at.to_string())))
            })
            .collect();
        for (of, texts) in [
            ("claims", &personal.claims),
            ("declined", &personal.declined),
            ("declined-steps", &personal.declined_steps),
        ] {
            lines.extend((!texts.is_empty()).then(|| SumLine::list(of, "", texts)));
        }
        lines.extend(personal.leave.iter().map(|(from, until)| SumLine::list("leave", "", [from, until])));
        lines.extend(personal.weeks.iter().map(|(from, rest)| {
            let resting = Weekday::NAMES.iter().zip(rest).filter(|(_, rests)| **rests).map(|(name, _)| (*name).into());
            SumLine::list("week", "", iter::once(from.to_string()).chain(resting))
        }));
        lines.extend(personal.enrolments.iter().map(|enrolment| {
            let name = &program.challenges[enrolment.challenge].name;
            SumLine::list("challenge", name, [enrolment.first].iter().chain(&enrolment.active))
        }));
        lines
    }
}

impl Counter {
    /// What it counts: the sort of thing, and its name.
    fn called(self, program: &Definition) -> (&'static str, &str) {
        match self {
            Self::Tally(id) => ("tally", &program.tallies[id].name),
            Self::Limit(id) => ("limit", &program.limits[id].name),
            Self::Nth(id) => ("rule", &program.rules[id].name),
            Self::Goal(id) | Self::WasTrue(id) => ("goal", &program.rules[id].name),
            Self::Shown(id) => ("shown", &program.badges[id].name),
            Self::Reward(id) => ("reward", &program.rewards[id].name),
            Self::Approved => ("approved", ""),
        }
    }
}

impl Count {
    fn line(&self, of: &str, name: &str) -> SumLine {
        match self {
            Self::Number(number) => SumLine::new(of, name, *number),
            Self::Distinct(seen) => SumLine::list(of, name, seen.iter().map(|(text, _)| text)),
            Self::Recent(recent) => SumLine::list(of, name, recent.came().map(|(at, _)| at)),
            Self::Streak(streak) => SumLine::new(of, name, streak.run),
            Self::Since(day) => SumLine::list(of, name, [day]),
        }
    }
}
