//! Holdings: what a host asks a standing, by the names of its program.

use crate::{
    base::time::{Time, Timestamp},
    program::value::FieldState,
    state::standing::Standing,
};
use alloc::vec::Vec;

/// A badge that a member holds. [`Standing::badges`] lists them.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/levels.rs"));
/// let ada = engine.standing("ada").unwrap();
/// let writer = ada.badges()[0];
/// assert_eq!((writer.name, writer.grade, writer.times), ("writer", Some("silver"), 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EarnedBadge<'a> {
    /// The badge's name in the program.
    pub name: &'a str,
    /// The highest grade held, if the badge has grades.
    pub grade: Option<&'a str>,
    /// How often the badge was given, over all its keys.
    pub times: u32,
}

impl Standing {
    /// The points earned in a currency, including those that were spent. `None` if the program has no such currency.
    ///
    /// For a currency with a window, these are the points of the window of the last activity.
    /// [`total_at`](Self::total_at) has those of another window.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// // Ada has written two posts, at 5 points each.
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!((ada.total("points"), ada.total("money")), (Some(10), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total(&self, currency: &str) -> Option<i64> {
        self.total_at(currency, self.last_time().instant)
    }

    /// The points earned in a currency, as of a moment. For a currency with a window, these are the points of the
    /// window that the moment falls into. Points that time alone brings are not in it; [`Standing::as_of`] has them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/monthly.rs"));
    /// // Ada has written two posts in March, at 5 points each. The currency begins anew every month.
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!(ada.total_at("points", "2026-03-31T12:00:00Z".parse()?), Some(10));
    /// assert_eq!(ada.total_at("points", "2026-04-01T12:00:00Z".parse()?), Some(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total_at(&self, currency: &str, now: Timestamp) -> Option<i64> {
        let id = self.program.currencies.find(currency)?;
        Some(self.counts.total(&self.program, id, Time::utc(now)))
    }

    /// The points of a currency that are left to spend. `None` if the program has no such currency.
    ///
    /// The number is below 0 after a void or a reverse took back points that had been spent. Members are not shown
    /// that debt.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug_redeemed.rs"));
    /// // Ada had 10 points and redeemed a mug for 10.
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!((ada.total("points"), ada.spendable("points")), (Some(10), Some(0)));
    ///
    /// engine.void("wiki", "1");
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!(ada.spendable("points"), Some(-5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn spendable(&self, currency: &str) -> Option<i64> {
        let id = self.program.currencies.find(currency)?;
        Some(self.counts.spendable(&self.program, id, self.last_time()))
    }

    /// The name of the level that the member holds; `None` below the first level.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/levels.rs"));
    /// // The first level begins at 10 points. Ada has 10, Bob has 5.
    /// assert_eq!(engine.standing("ada").unwrap().level(), Some("contributor"));
    /// assert_eq!(engine.standing("bob").unwrap().level(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn level(&self) -> Option<&str> {
        self.program.level(self.level).map(|(_, level)| level.name.as_str())
    }

    /// The badges held after the last activity, in the order of the program.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/levels.rs"));
    /// // One post is bronze, two are silver.
    /// let bob = engine.standing("bob").unwrap();
    /// assert_eq!((bob.badges()[0].name, bob.badges()[0].grade), ("writer", Some("bronze")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn badges(&self) -> Vec<EarnedBadge<'_>> {
        let now = self.last_time().instant;
        let badges = self.program.badges.iter();
        let held = badges.filter_map(|(id, badge)| {
            let held = self.held(&self.program, id, now).map(|(_, held)| (held.grade, held.times));
            let (grade, times) = held.reduce(|a, b| (a.0.max(b.0), a.1.saturating_add(b.1)))?;
            Some(EarnedBadge { name: &badge.name, grade: badge.grade_name(grade).map(|name| name.as_str()), times })
        });
        held.collect()
    }

    /// How complete the profile is, in percent from 0 to 100, rounded down: the weight of the fields that are done,
    /// out of the weight of all fields.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/profile_fields.rs"));
    /// // Ada has filled in her motto, of weight 1, but not her photo, of weight 3.
    /// assert_eq!(engine.standing("ada").unwrap().completeness(), 25);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn completeness(&self) -> u8 {
        self.counts.completeness(&self.program)
    }

    /// The name and state of each profile field, in the order of the program.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/profile_fields.rs"));
    /// let ada = engine.standing("ada").unwrap();
    /// let fields: Vec<_> = ada.fields().collect();
    /// assert_eq!(fields, [("motto", FieldState::Done), ("photo", FieldState::Missing)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fields(&self) -> impl Iterator<Item = (&str, FieldState)> {
        self.program.fields().zip(self.counts.personal.fields.iter().map(|said| said.state))
    }

    /// Whether the member has published the profile.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/profile_fields.rs"));
    /// assert!(engine.standing("ada").unwrap().is_published());
    /// assert!(!Standing::new(engine.program()).is_published());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_published(&self) -> bool {
        self.counts.personal.consent.published
    }

    /// When the last activity happened that names the member; `None` before any.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!(ada.last_at().map(|at| at.to_string()), Some("2026-03-02T09:30:00Z".into()));
    /// assert_eq!(Standing::new(engine.program()).last_at(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last.as_ref().map(|last| last.time.instant)
    }
}
