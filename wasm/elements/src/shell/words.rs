//! Words: the texts of the elements, filled in and written as the reader's language does.

/// The texts of one reader: their language, and how it writes numbers and dates. A page has `Intl` for it, and a server
/// a library.
pub trait Words {
    /// The text of a key, its `{name}`s filled in from `values`. If it has plural forms, the number `n` chooses one.
    /// `{count}` is that number in words, or as digits if it is more than ten.
    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String;
    /// A whole number in the reader's writing.
    fn say_number(&self, number: i64) -> String;
    /// A percentage in the reader's writing.
    fn say_percent(&self, percent: i64) -> String;
    /// A whole number with its sign.
    fn signed(&self, number: i64) -> String;
    /// A date, or the date of a time in RFC 3339, in the reader's writing.
    fn date(&self, at: &str) -> String;
    /// Several texts as one list, with commas and *and* as in the reader's language.
    fn list(&self, texts: &[String]) -> String;
}

/// What fills in a `{name}` of a text.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A number, written as the reader writes numbers.
    Number(i64),
    /// A text, written as it is.
    Text(&'a str),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl dyn Words + '_ {
    /// The text of a key that has nothing to fill in.
    pub(crate) fn plain(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The text of a key, with the number `n` filled in.
    pub(crate) fn count(&self, key: &str, n: impl Into<i64>) -> String {
        self.say(key, &[("n", Value::Number(n.into()))])
    }

    /// A whole number in the reader's writing.
    pub(crate) fn number(&self, number: impl Into<i64>) -> String {
        self.say_number(number.into())
    }

    /// A percentage in the reader's writing.
    pub(crate) fn percent(&self, percent: impl Into<i64>) -> String {
        self.say_percent(percent.into())
    }
}
