//! Words: fills in texts, and writes numbers, percentages, dates and lists as one locale does, as `Intl` in a page.

use crate::texts::{self, Table, Text};
use icu_calendar::{Date, Iso};
use icu_datetime::{DateTimeFormatter, fieldsets::YMD};
use icu_decimal::{
    DecimalFormatter,
    input::{Decimal, SignDisplay},
    options::DecimalFormatterOptions,
};
use icu_experimental::dimension::percent::{formatter::PercentFormatter, options::PercentFormatterOptions};
use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use jiff::{Timestamp, civil, tz::TimeZone};
use knownfor_elements::Value;
use std::{borrow::Cow, fmt};
use thiserror::Error;
use writeable::Writeable;

/// The texts of one locale, and how it writes numbers and dates.
///
/// # Examples
///
/// ```
/// use jiff::tz::TimeZone;
/// use knownfor_elements::Words as _;
///
/// let german = knownfor_html::Words::new("de-DE", TimeZone::UTC)?;
/// assert_eq!(german.say_number(12_000), "12.000");
/// assert_eq!(german.date("2026-03-07"), "07.03.2026");
/// # Ok::<(), knownfor_html::LocaleError>(())
/// ```
pub struct Words {
    texts: Option<&'static Table>,
    plurals: PluralRules,
    english: PluralRules,
    number: DecimalFormatter,
    percent: PercentFormatter<DecimalFormatter>,
    list: ListFormatter,
    date: DateTimeFormatter<YMD>,
    zone: TimeZone,
}

/// A locale that has no data, or is no tag.
#[derive(Debug, Error)]
#[error("there are no numbers and dates for the locale `{locale}`: {reason}; expected a BCP 47 tag such as `de-CH`")]
pub struct LocaleError {
    locale: String,
    reason: String,
}

impl Words {
    /// The texts of a locale, a BCP 47 tag such as `de-CH`. Moments are written as days of this time zone. A page
    /// takes the reader's, so if that differs, the element corrects the day when it takes over.
    ///
    /// # Errors
    ///
    /// The locale is no such tag.
    pub fn new(tag: &str, zone: TimeZone) -> Result<Self, LocaleError> {
        let error = |reason: &dyn fmt::Display| LocaleError { locale: tag.into(), reason: reason.to_string() };
        let locale: Locale = tag.parse().map_err(|reason| error(&reason))?;
        Self::of(&locale, zone).map_err(|reason| error(&reason))
    }

    fn of(locale: &Locale, zone: TimeZone) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            texts: texts::of(&locale.to_string()),
            plurals: PluralRules::try_new(locale.into(), PluralRulesOptions::default())?,
            english: PluralRules::try_new((&locale!("en")).into(), PluralRulesOptions::default())?,
            number: DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())?,
            percent: PercentFormatter::try_new(locale.into(), PercentFormatterOptions::default())?,
            list: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
            date: DateTimeFormatter::try_new(locale.into(), YMD::medium())?,
            zone,
        })
    }

    /// The text of a key, and the plural rules of the language in which it is written. A text that a language does not
    /// have is English.
    fn text(&self, key: &str) -> Option<(&'static Text, &PluralRules)> {
        let own = self.texts.and_then(|texts| texts.get(key)).map(|text| (text, &self.plurals));
        own.or_else(|| Some((texts::of("en")?.get(key)?, &self.english)))
    }

    /// A moment's day in the zone, or a date, which no zone changes.
    fn day_of(&self, at: &str) -> Option<Date<Iso>> {
        let date: civil::Date = match at.parse::<Timestamp>() {
            Ok(moment) => moment.to_zoned(self.zone.clone()).date(),
            Err(_) => at.parse().ok()?,
        };
        Date::try_new_iso(date.year().into(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("zone", &self.zone).finish_non_exhaustive()
    }
}

impl knownfor_elements::Words for Words {
    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let n = values.iter().find_map(|value| match value {
            ("n", Value::Number(n)) => Some(*n),
            _ => None,
        });
        let text = self.text(key).and_then(|(text, plurals)| match text {
            Text::Plain(text) => Some(text),
            Text::Forms(forms) => {
                let category = plurals.category_for(n.unwrap_or_default());
                forms.get(name(category)).or_else(|| forms.get("other"))
            }
        });
        self.fill(text.map_or(key, String::as_str), values)
    }

    fn say_number(&self, number: i64) -> String {
        self.number.format(&Decimal::from(number)).write_to_string().into_owned()
    }

    fn say_percent(&self, percent: i64) -> String {
        self.percent.format(&Decimal::from(percent)).write_to_string().into_owned()
    }

    fn signed(&self, number: i64) -> String {
        let number = Decimal::from(number).with_sign_display(SignDisplay::ExceptZero);
        self.number.format(&number).write_to_string().into_owned()
    }

    fn date(&self, at: &str) -> String {
        let date = self.day_of(at).map(|day| self.date.format(&day).write_to_string().replace(' ', "\u{a0}"));
        date.unwrap_or_else(|| at.into())
    }

    fn list(&self, texts: &[String]) -> String {
        let list = self.list.format(texts.iter()).write_to_string().into_owned();
        if !list.contains(is_right_to_left) {
            return list;
        }
        self.list.format(texts.iter().map(|text| isolated(text, true))).write_to_string().into_owned()
    }
}

impl Words {
    /// A number from one to ten as a word; `None` for others.
    fn word_of(&self, number: i64) -> Option<String> {
        use knownfor_elements::Words as _;
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.say("numbers", &[]).split(' ').nth(index).map(String::from)
    }

    /// Fills in the `{name}`s of a text. One that has no value stays.
    fn fill(&self, text: &str, values: &[(&str, Value<'_>)]) -> String {
        use knownfor_elements::Words as _;
        let is_mixed = text.contains(is_right_to_left);
        let mut parts = text.split('{');
        let mut filled = String::from(parts.next().unwrap_or_default());
        for part in parts {
            let value = part.split_once('}').and_then(|(name, rest)| {
                let known = if name == "count" { "n" } else { name };
                let (_, value) = values.iter().find(|(other, _)| *other == known)?;
                Some((name, value, rest))
            });
            let rest = match value {
                Some((name, Value::Number(number), rest)) => {
                    match self.word_of(*number).filter(|_| name == "count") {
                        Some(word) => filled.push_str(&isolated(&word, is_mixed)),
                        None => filled.push_str(&self.say_number(*number)),
                    }
                    rest
                }
                Some((_, Value::Text(text), rest)) => {
                    filled.push_str(&isolated(text, is_mixed));
                    rest
                }
                None => {
                    filled.push('{');
                    part
                }
            };
            filled.push_str(rest);
        }
        filled
    }
}

/// What `Intl.PluralRules` calls a category.
fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// A value between the characters that isolate it, if it or the text around it runs from right to left.
fn isolated(value: &str, is_mixed: bool) -> Cow<'_, str> {
    match is_mixed || value.contains(is_right_to_left) {
        true => format!("\u{2068}{value}\u{2069}").into(),
        false => value.into(),
    }
}

/// Whether a letter or a mark is written from right to left.
fn is_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use knownfor_elements::Words as _;

    #[test]
    fn threads_share_words() {
        fn shared<T: Send + Sync>(_: T) {}
        shared(Words::new("en", TimeZone::UTC));
    }

    #[test]
    fn a_text_takes_its_values_and_keeps_what_has_none() {
        let english = Words::new("en", TimeZone::UTC).expect("English is there");
        let filled = |text: &str| english.fill(text, &[("n", 1234_i64.into()), ("who", "Ada {n}".into())]);
        assert_eq!(filled("{n} of {who}"), "1,234 of Ada {n}");
        assert_eq!(filled("{other} {n"), "{other} {n");
        assert_eq!(filled("\u{200f}{who}"), "\u{200f}\u{2068}Ada {n}\u{2069}");
        assert_eq!(english.say("level-to-go", &[("n", 1_i64.into()), ("level", "Gold".into())]), "1 point to Gold");
        assert_eq!(english.say("confirmed", &[("n", 4_i64.into())]), "So say four colleagues.");
        assert_eq!(english.say("confirmed", &[("n", 1_200_i64.into())]), "So say 1,200 colleagues.");
        assert_eq!(english.say("no such key", &[]), "no such key");
    }

    #[test]
    fn a_moment_is_the_day_of_the_zone() {
        let berlin = Words::new("en-GB", TimeZone::get("Europe/Berlin").expect("a zone")).expect("a locale");
        assert_eq!(berlin.date("2026-03-07T23:30:00Z"), "8\u{a0}Mar\u{a0}2026");
        assert_eq!(berlin.date("2026-03-07"), "7\u{a0}Mar\u{a0}2026");
        assert_eq!(berlin.date("soon"), "soon");
    }

    #[test]
    fn a_locale_that_is_no_tag_is_refused() {
        let error = Words::new("not a tag", TimeZone::UTC).expect_err("no tag");
        assert!(error.to_string().contains("`not a tag`"), "{error}");
    }
}
