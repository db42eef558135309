//! Phrases: conditions, goals, amounts and limits in words.

use super::{SheetOptions, texts::Texts};
use crate::{
    base::{
        day::{DAY_SECONDS, Season, SeasonLength, Window},
        id_table::Id,
        text::Text,
    },
    language::audience::Audience,
    program::{
        Definition, Goal, Goals, Key, Kind, Measure, Program, Role, Scope, Span, Version, Words,
        condition::{Condition, Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A program and the language in which it is told.
pub(super) struct Phrases<'a> {
    pub(super) program: &'a Program,
    pub(super) texts: &'static Texts,
    pub(super) locale: &'static str,
}

/// A text with each `{name}` replaced by its value. What a value says is not looked at again.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out += before;
        out += values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        rest = after;
    }
    out + rest
}

impl<'a> Phrases<'a> {
    pub(super) fn new(program: &'a Program, options: &SheetOptions<'_>) -> Self {
        Self { program, texts: Texts::of(options.language), locale: options.language.code() }
    }

    /// The words of something, with its name in the program behind them if that is another.
    pub(super) fn label(&self, words: &Words, name: &Text) -> String {
        match words.in_locale(self.locale) {
            Some(words) if words != name.as_str() => format!("{words} ({name})"),
            _ => name.to_string(),
        }
    }

    pub(super) fn yes(&self, flag: bool) -> String {
        if flag { self.texts.yes } else { self.texts.no }.into()
    }

    /// A list, or the word for nothing.
    pub(super) fn listed(&self, items: impl IntoIterator<Item = String>) -> String {
        let items: Vec<String> = items.into_iter().collect();
        if items.is_empty() { self.texts.none.into() } else { items.join(", ") }
    }

    pub(super) fn audience(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Private => self.texts.audiences[0],
            Audience::Team => self.texts.audiences[1],
            Audience::Company => self.texts.audiences[2],
            Audience::Public => self.texts.audiences[3],
        }
    }

    pub(super) fn role(&self, role: Role) -> String {
        match role {
            Role::Actor => self.texts.actor.into(),
            Role::Owner => self.texts.owner.into(),
            Role::Recipient => self.texts.recipient.into(),
            Role::Attribute(attribute) => self.program.attributes[attribute].name.to_string(),
        }
    }

    /// A window in which something is counted. Of a season, how long it is.
    pub(super) fn window(&self, window: Window) -> String {
        let name = of_window(&self.texts.windows, window);
        let Some(Season { starts, length }) = self.program.cadence.season.filter(|_| window == Window::Season) else {
            return name.into();
        };
        let (text, number) = match length {
            SeasonLength::Days(days) => (self.texts.season_of_days, days),
            SeasonLength::Months(months) => (self.texts.season_of_months, months),
        };
        let values = [("season", name), ("number", &*number.to_string()), ("date", &*starts.to_string())];
        fill(text, &values)
    }

    /// The windows themselves, as something that is counted.
    pub(super) fn calendar_unit(&self, window: Window) -> &'static str {
        of_window(&self.texts.calendar_units, window)
    }

    /// A length of time in the largest unit that divides it.
    pub(super) fn duration(&self, seconds: i64) -> String {
        let units = [DAY_SECONDS, 3_600, 60, 1].iter().zip(self.texts.units);
        let unit = units.into_iter().find(|(unit, _)| seconds % **unit == 0);
        unit.map_or_else(String::new, |(unit, name)| format!("{} {name}", seconds / unit))
    }

    pub(super) fn key(&self, key: Key) -> String {
        match key {
            Key::Object => self.texts.object.into(),
            Key::Role(role) => self.role(role),
            Key::Attribute(attribute) => self.program.attributes[attribute].name.to_string(),
        }
    }

    /// What is counted apart: a window and a key.
    pub(super) fn scope(&self, scope: Scope) -> String {
        let span = match scope.span {
            Span::Per(window) => self.window(window),
            Span::Within(seconds) => fill(self.texts.within, &[("time", &self.duration(seconds))]),
        };
        match scope.key {
            Some(key) => format!("{span}, {}", fill(self.texts.apart, &[("key", &self.key(key))])),
            None => span,
        }
    }

    /// The kinds that a test holds for, in the order of the program.
    pub(super) fn kinds(&self, is: impl Fn(&Kind) -> bool) -> String {
        let kinds = self.program.kinds.values().filter(|kind| is(kind));
        self.listed(kinds.map(|kind| String::from(kind.words.or(self.locale, &kind.name))))
    }

    pub(super) fn version(&self, version: Version) -> String {
        let mut said = String::new();
        for (moment, text) in [(version.from, self.texts.from), (version.until, self.texts.until)] {
            if let Some(moment) = moment {
                said += &format!(", {}", fill(text, &[("moment", &moment.to_string())]));
            }
        }
        if version.backfill { said + ", " + self.texts.backfill } else { said }
    }

    pub(super) fn goals(&self, goals: &Goals) -> String {
        let goals: Vec<String> = goals.any.iter().map(|goal| self.goal(goal)).collect();
        goals.join(self.texts.or)
    }

    pub(super) fn goal(&self, goal: &Goal) -> String {
        let Definition { currencies, tallies, fields, levels, badges, challenges, .. } = &**self.program;
        let mut parts: Vec<String> = Vec::new();
        for part in &goal.parts {
            let name = match part.measure {
                Measure::Tally(id) => tallies[id].words.or(self.locale, &tallies[id].name),
                Measure::Total(id) => currencies[id].words.or(self.locale, &currencies[id].name),
            };
            let bounds = [(part.min, self.texts.least), (part.max, self.texts.most_of)].into_iter();
            let bounds = bounds.filter_map(|(bound, text)| Some(fill(text, &[("n", &bound?.to_string())])));
            parts.push(format!("{name}: {}", bounds.collect::<Vec<_>>().join(", ")));
        }
        for id in &goal.fields {
            let question = fields[*id].ask.or(self.locale, &fields[*id].name);
            parts.push(fill(self.texts.answered, &[("question", question)]));
        }
        if let Some(percent) = goal.completeness {
            parts.push(fill(self.texts.complete, &[("n", &percent.to_string())]));
        }
        if let Some(id) = goal.level {
            let level = levels[id].words.or(self.locale, &levels[id].name);
            parts.push(fill(self.texts.reached_level, &[("level", level)]));
        }
        for id in &goal.badges {
            let badge = badges[*id].words.or(self.locale, &badges[*id].name);
            parts.push(fill(self.texts.has_badge, &[("badge", badge)]));
        }
        if let Some(id) = goal.challenge {
            let challenge = challenges[id].words.or(self.locale, &challenges[id].name);
            parts.push(fill(self.texts.did_challenge, &[("challenge", challenge)]));
        }
        parts.join(self.texts.and) + &self.version(goal.version)
    }

    /// The condition behind a comma, or nothing.
    pub(super) fn condition(&self, condition: Option<&Condition>) -> String {
        let said = condition.map(|condition| fill(self.texts.only_if, &[("test", &self.expression(&condition.test))]));
        said.map_or_else(String::new, |said| format!(", {said}"))
    }

    fn expression(&self, expression: &Expression) -> String {
        let all = |parts: &[Expression], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.expression(part)).collect();
            if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(word)) }
        };
        match expression {
            Expression::All(parts) => all(parts, self.texts.and),
            Expression::Any(parts) => all(parts, self.texts.or),
            Expression::Not(part) => {
                let test = self.expression(part);
                let test = if test.starts_with('(') { test } else { format!("({test})") };
                fill(self.texts.not, &[("test", &test)])
            }
            Expression::Test(test) => self.test(test),
        }
    }

    fn test(&self, test: &Test) -> String {
        let subject = self.subject(test.subject);
        let texts = &self.texts.tests;
        let said = |text: &str, value: &str| fill(text, &[("subject", &subject), ("value", value)]);
        let later = |text: &str, operand: &Operand, by: i64| {
            let value = self.operand(operand, test.subject);
            let by = match by {
                0 => String::new(),
                1.. => format!(" + {}", self.duration(by)),
                _ => format!(" − {}", self.duration(by.saturating_neg())),
            };
            said(text, &(value + &by))
        };
        match &test.predicate {
            Predicate::Is(operand) => said(texts.is, &self.operand(operand, test.subject)),
            Predicate::Not(operand) => said(texts.is_not, &self.operand(operand, test.subject)),
            Predicate::Min(least) => said(texts.min, &least.to_string()),
            Predicate::Max(most) => said(texts.max, &most.to_string()),
            Predicate::Any(values) => {
                let values = values.iter().map(|value| self.value(value, test.subject));
                said(texts.any, &values.collect::<Vec<_>>().join(", "))
            }
            Predicate::Contains(operand) => said(texts.contains, &self.operand(operand, test.subject)),
            Predicate::Only(values) => {
                said(texts.only, &values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            Predicate::Missing(true) => said(texts.missing, ""),
            Predicate::Missing(false) => said(texts.there, ""),
            Predicate::After(operand, by) => later(texts.after, operand, *by),
            Predicate::Before(operand, by) => later(texts.before, operand, -*by),
            Predicate::Has(id) => said(texts.is, &self.program.badges[*id].name),
            Predicate::HasNot(id) => said(texts.is_not, &self.program.badges[*id].name),
            Predicate::Done(id) => said(texts.is, &self.program.fields[*id].name),
            Predicate::NotDone(id) => said(texts.is_not, &self.program.fields[*id].name),
            Predicate::LevelMin(id) => said(texts.min, &self.program.levels[*id].name),
            Predicate::LevelIs(id) => said(texts.is, &self.program.levels[*id].name),
            Predicate::LevelIsNot(id) => said(texts.is_not, &self.program.levels[*id].name),
        }
    }

    fn subject(&self, subject: Subject) -> String {
        let subjects = &self.texts.subjects;
        match subject {
            Subject::Kind => subjects.kind.into(),
            Subject::Object => self.texts.object.into(),
            Subject::At => subjects.at.into(),
            Subject::Hour => subjects.hour.into(),
            Subject::Weekday => subjects.weekday.into(),
            Subject::Role(role) => self.role(role),
            Subject::Attribute(id) => self.program.attributes[id].name.to_string(),
            Subject::Level => subjects.level.into(),
            Subject::Badge => subjects.badge.into(),
            Subject::Field => subjects.field.into(),
            Subject::Completeness => subjects.completeness.into(),
            Subject::Total(id) => self.label_of_total(id),
            Subject::Tally(id) => {
                let tally = &self.program.tallies[id];
                format!("“{}”", tally.words.or(self.locale, &tally.name))
            }
        }
    }

    fn label_of_total(&self, id: Id<crate::program::Currency>) -> String {
        let currency = &self.program.currencies[id];
        format!("“{}”", currency.words.or(self.locale, &currency.name))
    }

    fn operand(&self, operand: &Operand, subject: Subject) -> String {
        match operand {
            Operand::Value(value) => self.value(value, subject),
            Operand::Role(role) => self.role(*role),
            Operand::Object => self.texts.object.into(),
            Operand::At => self.texts.subjects.at.into(),
            Operand::Attribute(id) => self.program.attributes[*id].name.to_string(),
        }
    }

    fn value(&self, value: &Value, subject: Subject) -> String {
        match (value, subject) {
            (Value::Integer(day), Subject::Weekday) => {
                let day = usize::try_from(*day).ok().and_then(|day| self.texts.weekdays.get(day));
                day.map_or_else(|| value_text(value), |day| (*day).into())
            }
            (Value::Flag(flag), _) => self.yes(*flag),
            _ => value_text(value),
        }
    }
}

fn of_window(texts: &[&'static str; 7], window: Window) -> &'static str {
    match window {
        Window::Day => texts[0],
        Window::Week => texts[1],
        Window::Month => texts[2],
        Window::Quarter => texts[3],
        Window::Year => texts[4],
        Window::Season => texts[5],
        Window::Ever => texts[6],
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => format!("“{text}”"),
        Value::Flag(flag) => flag.to_string(),
        Value::Time(moment) => moment.to_string(),
        Value::Texts(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
