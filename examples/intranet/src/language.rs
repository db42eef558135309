//! Language: which language a page is written in, its words, and how it writes dates and numbers.
//!
//! The texts stand in the templates in English. `german.toml` has the German of each; a test compares the two.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::CookieJar;
use jiff::civil::Date;
use std::{collections::BTreeMap, convert::Infallible, sync::LazyLock};

/// The cookie that keeps the language that a visitor chose.
pub(crate) const COOKIE: &str = "language";

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
}

static GERMAN: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../german.toml")).unwrap_or_default());

const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const GERMAN_SHORT_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
const GERMAN_WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::German];

    /// The tag that the program and the widget know it by.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The tag of the pages, whose English is British.
    pub(crate) fn page_tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de",
        }
    }

    /// Its own name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as `de-AT`, if pages are written in it.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language that a visitor chose, or else the first of their browser's that pages are written in.
    fn of(headers: &HeaderMap) -> Self {
        let chosen = CookieJar::from_headers(headers);
        let chosen = chosen.get(COOKIE).and_then(|cookie| Self::of_tag(cookie.value()));
        chosen.or_else(|| accepted(headers).iter().find_map(|tag| Self::of_tag(tag))).unwrap_or(Self::English)
    }

    /// A text in this language. The English one names it, and `{name}`s are filled in from `values`. A text that has
    /// no translation stays English.
    pub(crate) fn say(self, english: &str, values: &[(&str, String)]) -> String {
        let text = match self {
            Self::English => english,
            Self::German => GERMAN.get(english).map_or(english, String::as_str),
        };
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A day without its year: `7 March`.
    pub(crate) fn day(self, date: Date) -> String {
        match self {
            Self::English => date.strftime("%-d %B").to_string(),
            Self::German => format!("{}. {}", date.day(), nth(&GERMAN_MONTHS, date.month())),
        }
    }

    /// A month with its year: `March 2026`.
    pub(crate) fn month(self, date: Date) -> String {
        match self {
            Self::English => date.strftime("%B %Y").to_string(),
            Self::German => format!("{} {}", nth(&GERMAN_MONTHS, date.month()), date.year()),
        }
    }

    /// A month in little space: `Mar`.
    pub(crate) fn short_month(self, date: Date) -> String {
        match self {
            Self::English => date.strftime("%b").to_string(),
            Self::German => nth(&GERMAN_SHORT_MONTHS, date.month()).to_owned(),
        }
    }

    /// The day of the week: `Saturday`.
    pub(crate) fn weekday(self, date: Date) -> String {
        match self {
            Self::English => date.strftime("%A").to_string(),
            Self::German => nth(&GERMAN_WEEKDAYS, date.weekday().to_monday_one_offset()).to_owned(),
        }
    }

    /// A whole number, its thousands kept apart.
    pub(crate) fn number(self, number: i64) -> String {
        let separator = match self {
            Self::English => ',',
            Self::German => '.',
        };
        let digits = number.unsigned_abs().to_string();
        let mut grouped = String::from(if number < 0 { "−" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// The nth name of a list, counted from 1.
fn nth<'a>(names: &[&'a str], n: i8) -> &'a str {
    usize::try_from(n - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// The tags of `Accept-Language`, the preferred one first. Tags that are equally welcome keep their order.
pub(crate) fn accepted(headers: &HeaderMap) -> Vec<String> {
    let list = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags: Vec<(String, f32)> = list
        .split(',')
        .filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            (weight > 0.0).then(|| (tag.to_owned(), weight))
        })
        .collect();
    tags.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    tags.into_iter().map(|(tag, _)| tag).collect()
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use jiff::civil::date;

    fn language(cookie: &'static str, accept: &'static str) -> Language {
        let headers = [(header::COOKIE, cookie), (header::ACCEPT_LANGUAGE, accept)];
        Language::of(&headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect())
    }

    #[test]
    fn a_choice_goes_before_the_browser_and_english_comes_last() {
        for (cookie, accept, expected) in [
            ("", "de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("", "fr;q=0.9, en-US;q=0.5, de;q=0.7", Language::German),
            ("", "en;q=0.8,de;q=0.8", Language::English),
            ("", "de;q=0, *", Language::English),
            ("", "fr", Language::English),
            ("", "", Language::English),
            ("", "de;q=much", Language::English),
            ("language=en", "de", Language::English),
            ("language=de", "en", Language::German),
            ("language=xx", "de", Language::German),
        ] {
            assert_eq!(language(cookie, accept), expected, "`{cookie}`, `{accept}`");
        }
    }

    #[test]
    fn dates_and_numbers_are_those_of_the_language() {
        let saturday = date(2026, 3, 7);
        let said = |language: Language| {
            let dates = [language.day(saturday), language.month(saturday), language.weekday(saturday)];
            [dates.join("; "), language.short_month(date(2026, 9, 1)), language.number(-1_234_567)].join("; ")
        };
        assert_eq!(said(Language::English), "7 March; March 2026; Saturday; Sep; −1,234,567");
        assert_eq!(said(Language::German), "7. März; März 2026; Samstag; Sept.; −1.234.567");
        assert_eq!([0, 12, 999, 1000].map(|n| Language::German.number(n)), ["0", "12", "999", "1.000"]);
    }

    #[test]
    fn a_text_without_a_translation_stays_english() {
        assert_eq!(Language::German.say("No such text, {name}", &[("name", "Ada".into())]), "No such text, Ada");
    }
}
