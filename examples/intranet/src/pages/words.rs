//! Words: what templates say in the language of their page.

use crate::language::Language;
use jiff::civil::Date;
use minijinja::{
    Environment, Error, ErrorKind, context,
    value::{Kwargs, Value},
};

/// Templates to be added to, in which `t("…")` is a text in this language and filters write dates and numbers.
pub(super) fn templates(language: Language) -> Environment<'static> {
    let mut templates = Environment::new();
    templates.add_global("language", named(language));
    templates.add_global("languages", Value::from_iter(Language::ALL.map(named)));
    templates.add_function("t", move |text: &str, values: Kwargs| say(language, text, &values));
    templates.add_filter("number", move |number: i64| language.number(number));
    templates.add_filter("day", move |date: &str| Ok::<_, Error>(language.day(read(date)?)));
    templates.add_filter("day_number", |date: &str| Ok::<_, Error>(read(date)?.day()));
    templates.add_filter("month", move |date: &str| Ok::<_, Error>(language.month(read(date)?)));
    templates.add_filter("short_month", move |date: &str| Ok::<_, Error>(language.short_month(read(date)?)));
    templates.add_filter("weekday", move |date: &str| Ok::<_, Error>(language.weekday(read(date)?)));
    templates
}

fn named(language: Language) -> Value {
    context! { tag => language.tag(), page_tag => language.page_tag(), name => language.name() }
}

fn say(language: Language, text: &str, values: &Kwargs) -> Result<String, Error> {
    let values: Vec<(&str, String)> =
        values.args().map(|name| Ok((name, values.get::<Value>(name)?.to_string()))).collect::<Result<_, Error>>()?;
    Ok(language.say(text, &values))
}

/// A date, as pages hand it to their template.
fn read(date: &str) -> Result<Date, Error> {
    date.parse().map_err(|error| Error::new(ErrorKind::InvalidOperation, format!("`{date}` is no date: {error}")))
}
