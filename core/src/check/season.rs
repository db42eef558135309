//! Seasons: where weeks and seasons begin, and windows that need a season.

use super::{Check, integer_at, text_at};
use crate::{
    base::{
        day::{Cadence, Day, Season, SeasonLength, Weekday, Window},
        number::capped,
    },
    language::problem::Path,
};

/// The last day that every month has.
const LAST_OF_EVERY_MONTH: i64 = 28;

impl Check<'_> {
    /// Where weeks and seasons begin.
    pub(super) fn cadence(&mut self) -> Cadence {
        let week_start = Weekday::from_name(self.text("/week/starts")).unwrap_or(Weekday::Monday);
        Cadence { week_start, season: self.season() }
    }

    fn season(&mut self) -> Option<Season> {
        let tree = self.tree.get("season")?;
        let path = Path::Root.key("season");
        let lengths = ["days", "weeks", "months"].map(|unit| integer_at(tree, unit));
        let length = match lengths {
            [Some(days), None, None] => SeasonLength::Days(capped(days)),
            [None, Some(weeks), None] => SeasonLength::Days(capped(weeks * 7)),
            [None, None, Some(months)] => SeasonLength::Months(capped(months)),
            [None, None, None] => {
                self.found.add_missing(&path, "has no length; expected `days`, `weeks` or `months`");
                return None;
            }
            _ => {
                self.found.add(&path, "has two lengths; expected one of `days`, `weeks` and `months`");
                return None;
            }
        };
        let text = text_at(tree, "starts")?;
        let starts = Day::parse(text).ok()?;
        let day = text.rsplit('-').next().and_then(|day| day.parse::<i64>().ok());
        if matches!(length, SeasonLength::Months(_)) && day.is_some_and(|day| day > LAST_OF_EVERY_MONTH) {
            let message = "not every month has this day; with `months`, expected the 28th or earlier";
            self.found.add(&path.key("starts"), message);
        }
        Some(Season { starts, length })
    }

    /// Reports a window of seasons in a program that does not say how long they are.
    pub(super) fn has_season(&mut self, window: Window, path: &Path<'_>) {
        if window == Window::Season && self.tree.get("season").is_none() {
            let message = "the program has no seasons; add `season` with `starts` and `days`, `weeks` or `months`";
            self.found.add(path, message);
        }
    }
}
