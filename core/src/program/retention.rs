//! Retention: how long activities are kept, before only their sum is.

use super::Program;
use crate::base::{day::Window, time::Timestamp};

impl Program {
    /// How many months activities are kept: `retention.months`, and 13 for a program that does not say.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// assert_eq!(program.retention_months(), 13);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn retention_months(&self) -> i64 {
        self.retention_months
    }

    /// The moment from which activities are kept at `now`: the beginning of the day, in the program's zone, that lies
    /// [`retention_months`](Self::retention_months) back. A host hands it to [`Engine::seal`](crate::Engine::seal) or
    /// [`History::seal`](crate::History::seal) once a day.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// let before = program.kept_from("2027-04-15T09:30:00Z".parse()?);
    /// assert_eq!(before.to_string(), "2026-03-15T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn kept_from(&self, now: Timestamp) -> Timestamp {
        let day = self.zone.day(now).after(Window::Month, -self.retention_months);
        self.zone.start_of(day)
    }
}
