//! Limit: a limit on points, and how much of it was used, in words.

use crate::shell::Words;
use knownfor::{LimitLine, Window};

/// How many seconds each unit of a span has, and the key of its text, largest unit first.
const UNITS: [(i64, &str); 3] = [(86_400, "span-days"), (3_600, "span-hours"), (60, "span-minutes")];

/// A limit, and how much of it was used.
pub(crate) fn text(limit: &LimitLine, words: &dyn Words) -> String {
    let (key, most) = match (limit.times, limit.points) {
        (Some(times), _) => ("limit-times", times),
        (None, points) => ("limit-points", points.unwrap_or_default()),
    };
    let span = match limit.within_seconds {
        Some(seconds) => span_text(seconds, words),
        None => words.plain(window_key(limit.per)),
    };
    words.say(key, &[("n", most.into()), ("span", (&span).into()), ("used", limit.used.into())])
}

fn window_key(window: Window) -> &'static str {
    match window {
        Window::Day => "span-day",
        Window::Week => "span-week",
        Window::Month => "span-month",
        Window::Quarter => "span-quarter",
        Window::Year => "span-year",
        Window::Season => "span-season",
        _ => "span-ever",
    }
}

/// A span in the largest unit in which it is a whole number.
fn span_text(seconds: i64, words: &dyn Words) -> String {
    let exact = UNITS.iter().find(|(unit, _)| seconds % unit == 0);
    let (unit, key) = exact.unwrap_or(&(1, "span-seconds"));
    words.count(key, seconds / unit)
}
