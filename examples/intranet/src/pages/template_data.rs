//! Data for templates: people, profiles, news and dates, in words ready to print.

use crate::{
    config::directory::Person,
    language::Language,
    record::profiles::{Profile, Value, known_for},
};
use anyhow::Result;
use jiff::{ToSpan, Zoned, civil::Weekday};
use knownfor::{FieldState, view::FieldView};
use serde::{Deserialize, Serialize};

/// The number of background colours for initials in `intranet.css`.
const TONES: u32 = 6;

/// A person as the directory lists them.
#[derive(Serialize)]
pub(super) struct Card {
    pub(super) id: String,
    name: String,
    first_name: String,
    initials: String,
    tone: u32,
    role: String,
    team: String,
    office: String,
    headline: Option<String>,
    known_for: Vec<String>,
}

impl Card {
    /// A person with the part of their profile that the viewer may see.
    pub(super) fn of(person: &Person, profile: &Profile) -> Self {
        let headline = match profile.get("headline") {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        Self { headline, known_for: known_for(profile).to_vec(), ..Self::contact(person) }
    }

    /// A person as the phone book has them.
    pub(super) fn contact(person: &Person) -> Self {
        let words: Vec<&str> = person.name.split_whitespace().collect();
        let ends = words.first().into_iter().chain(words.get(1..).and_then(<[&str]>::last));
        Self {
            id: person.id.clone(),
            name: person.name.clone(),
            first_name: words.first().map_or_else(|| person.name.clone(), ToString::to_string),
            initials: ends.filter_map(|word| word.chars().next()).collect(),
            tone: person.id.bytes().fold(7, |tone: u32, byte| tone.wrapping_mul(31).wrapping_add(byte.into())) % TONES,
            role: person.role.clone(),
            team: person.team.clone(),
            office: person.office.clone(),
            headline: None,
            known_for: Vec::new(),
        }
    }
}

/// A section of a profile.
#[derive(Serialize)]
pub(super) struct Section<T> {
    title: Option<String>,
    fields: Vec<T>,
}

/// Groups fields by their section, both in the program's order.
pub(super) fn sections<T>(fields: &[FieldView], item: impl Fn(&FieldView) -> Option<T>) -> Vec<Section<T>> {
    let mut sections: Vec<Section<T>> = Vec::new();
    for field in fields {
        let Some(item) = item(field) else { continue };
        match sections.iter_mut().find(|section| section.title == field.section) {
            Some(section) => section.fields.push(item),
            None => sections.push(Section { title: field.section.clone(), fields: vec![item] }),
        }
    }
    sections
}

/// A profile as its page shows it. The headline and the topics are shown elsewhere on the page.
#[derive(Serialize)]
pub(super) struct ProfileText {
    sections: Vec<Section<FieldText>>,
}

#[derive(Serialize)]
struct FieldText {
    ask: String,
    text: Option<String>,
    items: Vec<String>,
    /// The text again, if it is an address to link to.
    link: Option<String>,
}

impl ProfileText {
    pub(super) fn of(profile: &Profile, fields: &[FieldView]) -> Self {
        Self {
            sections: sections(fields, |field| {
                if matches!(field.field.as_str(), "headline" | "known-for") {
                    return None;
                }
                FieldText::of(field, profile.get(&field.field)?)
            }),
        }
    }
}

impl FieldText {
    fn of(field: &FieldView, value: &Value) -> Option<Self> {
        let (text, items) = match value {
            Value::Text(text) => (Some(text.clone()), Vec::new()),
            Value::Items(items) => (None, items.clone()),
            Value::State { .. } => return None,
        };
        let link = text
            .clone()
            .filter(|text| field.needs.link && ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)));
        Some(Self { ask: field.ask.clone(), text, items, link })
    }
}

/// A field in the editor.
#[derive(Serialize)]
pub(super) struct Input {
    field: String,
    ask: String,
    help: Option<String>,
    /// What an answer needs, as a text of the templates.
    needs: Option<&'static str>,
    /// The number in that text.
    least: u32,
    value: String,
    /// `line`, `text`, `list` or `link`.
    control: &'static str,
    state: FieldState,
}

/// A text that needs at least this many characters gets several lines.
const LONG_TEXT: u32 = 40;

impl Input {
    pub(super) fn of(field: &FieldView, value: Option<&Value>) -> Self {
        let needs = match (field.needs.items, field.needs.length) {
            (Some(1), _) => Some("One per line"),
            (Some(_), _) => Some("One per line, at least {n}"),
            (None, Some(_)) => Some("At least {n} characters"),
            (None, None) if field.needs.link => Some("An address that begins with https:// or http://"),
            (None, None) => None,
        };
        let (value, state) = match value {
            None => (String::new(), FieldState::Missing),
            Some(Value::Text(text)) => (text.clone(), FieldState::Done),
            Some(Value::Items(items)) => (items.join("\n"), FieldState::Done),
            Some(Value::State { state }) => (String::new(), *state),
        };
        Self {
            field: field.field.clone(),
            ask: field.ask.clone(),
            help: field.help.clone(),
            needs,
            least: field.needs.items.or(field.needs.length).unwrap_or_default(),
            value,
            control: match field.needs.length {
                _ if field.needs.items.is_some() => "list",
                _ if field.needs.link => "link",
                Some(length) if length >= LONG_TEXT => "text",
                _ => "line",
            },
            state,
        }
    }
}

/// News and calendar, which a company would take from elsewhere. Dates are relative to today.
#[derive(Deserialize)]
pub(super) struct News {
    news: Vec<Story>,
    calendar: Vec<Appointment>,
}

/// A text in each language of the pages.
#[derive(Deserialize)]
struct Texts {
    en: String,
    de: String,
}

impl Texts {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::German => &self.de,
        }
    }
}

#[derive(Deserialize)]
struct Story {
    title: Texts,
    text: Texts,
    topic: Texts,
    by: Texts,
    days_ago: i64,
}

#[derive(Deserialize)]
struct Appointment {
    title: Texts,
    time: String,
    place: Texts,
    days_ahead: i64,
}

/// A story or an appointment, with its date.
#[derive(Serialize)]
pub(super) struct Dated<'n> {
    title: &'n str,
    text: &'n str,
    /// A story's topic, or an appointment's place.
    about: &'n str,
    /// A story's author, or an appointment's time of day.
    by: &'n str,
    date: String,
}

impl<'n> Dated<'n> {
    fn new([title, text, about, by]: [&'n str; 4], at: &Zoned) -> Self {
        Self { title, text, about, by, date: at.date().to_string() }
    }
}

/// The day itself if it is a weekday, or else the nearest weekday in this direction.
fn workday(day: &Zoned, direction: i64) -> Result<Zoned, jiff::Error> {
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => workday(&day.checked_add(direction.days())?, direction),
        _ => Ok(day.clone()),
    }
}

impl News {
    pub(super) fn stories(&self, today: &Zoned, language: Language) -> Result<Vec<Dated<'_>>> {
        let date = |story: &Story| workday(&today.checked_sub(story.days_ago.days())?, -1);
        let stories = self.news.iter();
        let dated = stories.map(|story| {
            let texts = [&story.title, &story.text, &story.topic, &story.by].map(|text| text.of(language));
            Ok(Dated::new(texts, &date(story)?))
        });
        dated.collect()
    }

    pub(super) fn appointments(&self, today: &Zoned, language: Language) -> Result<Vec<Dated<'_>>> {
        let date = |entry: &Appointment| workday(&today.checked_add(entry.days_ahead.days())?, 1);
        let entries = self.calendar.iter();
        let dated = entries.map(|entry| {
            let texts = [entry.title.of(language), "", entry.place.of(language), &entry.time];
            Ok(Dated::new(texts, &date(entry)?))
        });
        dated.collect()
    }
}
