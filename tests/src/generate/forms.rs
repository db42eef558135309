//! Forms: how different systems write a time, a number, a member or a list.

use jiff::Timestamp;
use serde_json::{Value, json};

/// The format of a feed, or none of the known ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Style {
    Own,
    CloudEvents,
    ActivityStreams,
    Xapi,
    /// Accounts of one home page are known by their name alone.
    XapiAtHome,
    /// The same, of two.
    XapiAtHomes,
}

/// What a number counts that is a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Seconds,
    Milliseconds,
}

impl Unit {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
        }
    }

    /// An instant as a count of this unit, a whole number if it is one.
    fn count(self, at: Timestamp) -> Result<i64, String> {
        let digits = if self == Self::Seconds { 9 } else { 6 };
        let (nanos, unit) = (at.as_nanosecond(), 10_i128.pow(digits));
        if nanos % unit == 0 {
            return Ok(i64::try_from(nanos / unit).expect("few years"));
        }
        Err(decimal(nanos, digits as usize))
    }
}

const HOME: &str = "https://intranet.example";

impl Style {
    pub(super) fn format(self) -> Option<Value> {
        let format = match self {
            Self::Own => return None,
            Self::CloudEvents => "cloudevents",
            Self::ActivityStreams => "activitystreams",
            Self::Xapi | Self::XapiAtHome | Self::XapiAtHomes => "xapi",
        };
        Some(format.into())
    }

    pub(super) fn home(self) -> Option<Value> {
        match self {
            Self::XapiAtHome => Some(HOME.into()),
            Self::XapiAtHomes => Some(json!(["https://wiki.example", HOME])),
            _ => None,
        }
    }

    /// What a line of this format has besides the parts of an activity.
    pub(super) fn line(self) -> Value {
        match self {
            Self::Own | Self::ActivityStreams => json!({}),
            Self::CloudEvents => json!({ "specversion": "1.0" }),
            _ => json!({ "actor": { "mbox": "mailto:x@y.example" }, "object": { "id": "x" } }),
        }
    }

    /// The name of a kind; in ActivityStreams, perhaps among others.
    pub(super) fn kind(self, called: String, form: u8) -> Value {
        match (self, form % 3) {
            (Self::ActivityStreams, 0) => json!(["Something", called]),
            (Self::ActivityStreams, 1) => json!([called]),
            _ => called.into(),
        }
    }

    /// A member, as this format names one.
    pub(super) fn member(self, member: &Value, form: u8) -> Value {
        match (self, form % 4) {
            (Self::Own | Self::CloudEvents, _) => member.clone(),
            (Self::ActivityStreams, 0) => json!({ "type": "Person", "id": member }),
            (Self::ActivityStreams, 1) => json!({ "type": "Link", "href": member }),
            (Self::ActivityStreams, 2) => json!([member]),
            (Self::ActivityStreams, _) => member.clone(),
            (_, 0) => json!({ "mbox": format!("mailto:{}", member.as_str().unwrap_or_default()) }),
            (_, 1) => json!({ "objectType": "Agent", "openid": member }),
            (Self::XapiAtHome | Self::XapiAtHomes, 2) => json!({ "account": { "homePage": HOME, "name": member } }),
            _ => member.clone(),
        }
    }
}

/// A time in some form that keeps what it says of local time. With a unit, it can be a count.
pub(super) fn time(at: &str, form: u8, unit: Option<Unit>, is_text: bool) -> Value {
    let Ok(instant) = at.parse::<Timestamp>() else { return at.into() };
    // Only the offset has a `Z`, or a sign after the date.
    let (local, offset) = at.split_at(at.rfind(['Z', '+', '-']).unwrap_or(at.len()));
    let is_unknown = ["Z", "-00:00"].contains(&offset);
    match (form % 6, unit) {
        (0, _) if is_unknown => format!("{} UTC", local.replace('T', " ")).into(),
        (0, _) => format!("{local}{}", offset.replace(':', "")).into(),
        (1, _) if is_unknown => format!("{}Z", with_comma(local)).into(),
        (1, _) => format!("{} {offset}", with_comma(&local.replace('T', " "))).into(),
        (2 | 3, Some(unit)) if is_unknown => count(instant, unit, form, is_text),
        (2, _) if offset.ends_with(":00") => format!("{local}{}", &offset[..3]).into(),
        (3, _) if local.len() == 19 && local.ends_with(":00") => format!("{}{offset}", &local[..16]).into(),
        _ => at.into(),
    }
}

/// The moment of a time in some form, whatever its local time. A date stays one.
pub(super) fn moment(at: &str, form: u8, unit: Option<Unit>, is_text: bool) -> Value {
    match (at.parse::<Timestamp>(), unit) {
        (Ok(instant), Some(unit)) if form % 4 < 3 => count(instant, unit, form, is_text),
        _ => time(at, form / 4, unit, is_text),
    }
}

/// A count since 1970: a number, or a text.
fn count(at: Timestamp, unit: Unit, form: u8, is_text: bool) -> Value {
    match (unit.count(at), form % 3) {
        (Ok(whole), 0) if !is_text => whole.into(),
        (Ok(whole), 1) if !is_text => (whole as f64).into(),
        (Ok(whole), _) => format!("{whole}.00").into(),
        (Err(fraction), _) => fraction.into(),
    }
}

/// A local time with a comma before its fraction, and a fraction if it has none.
fn with_comma(local: &str) -> String {
    if local.contains('.') { local.replace('.', ",") } else { format!("{local},000") }
}

/// A number of which the last digits are its fraction.
fn decimal(number: i128, digits: usize) -> String {
    let (sign, number) = (if number < 0 { "-" } else { "" }, format!("{:0>1$}", number.unsigned_abs(), digits + 1));
    let (whole, fraction) = number.split_at(number.len() - digits);
    format!("{sign}{whole}.{fraction}")
}

/// A whole number in some form.
pub(super) fn number(number: i64, form: u8) -> Value {
    match form % 4 {
        0 => number.to_string().into(),
        1 => format!("{number}.000").into(),
        2 => (number as f64).into(),
        _ => number.into(),
    }
}

/// A number of which 100 times itself is meant, in some form.
pub(super) fn hundredths(number: i64, form: u8) -> Value {
    let digits = decimal(number.into(), 2);
    match form % 3 {
        0 => digits.into(),
        // What comes after is cut.
        1 => (digits + "9999").into(),
        _ => digits.parse::<f64>().expect("digits").into(),
    }
}

/// Each text as the name of a table, between items that have none.
pub(super) fn named(texts: &Value) -> Value {
    let texts = texts.as_array().into_iter().flatten();
    texts.flat_map(|text| [json!({ "name": text, "other": 1 }), json!({ "name": null }), json!({})]).collect()
}
