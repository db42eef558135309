//! The clock: the only code here that knows the time. The core receives the time with each activity and each
//! question.

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// The server's clock, and the times that it takes for true. A demonstration can set it some days ahead.
#[derive(Clone)]
pub(crate) struct Clock {
    ahead: SignedDuration,
    earliest: Timestamp,
    max_ahead: SignedDuration,
}

impl Clock {
    /// A clock some days ahead that takes times from `earliest` on, until some hours from now.
    pub(crate) fn of(days_ahead: u16, earliest: Date, max_ahead_hours: u16) -> Result<Self> {
        Ok(Self {
            ahead: SignedDuration::from_hours(24 * i64::from(days_ahead)),
            earliest: earliest.to_zoned(TimeZone::UTC)?.timestamp(),
            max_ahead: SignedDuration::from_hours(i64::from(max_ahead_hours)),
        })
    }

    pub(crate) fn now(&self) -> Result<Timestamp> {
        Ok(Timestamp::now().checked_add(self.ahead)?)
    }

    /// Checks that an activity may have happened at this time. In the far future it is a mistake: until that time comes,
    /// it would count as the member's latest. And in a distant past it is one, too: systems that know no time say 1970
    /// or the year 1.
    pub(crate) fn check(&self, at: knownfor::Timestamp) -> Result<()> {
        if at.unix_seconds() > self.now()?.checked_add(self.max_ahead)?.as_second() {
            let hours = self.max_ahead.as_hours();
            bail!(
                "the time {at} is more than {hours} hours in the future; check the clock of the system that sends it"
            );
        }
        if at.unix_seconds() < self.earliest.as_second() {
            let earliest = self.earliest.strftime("%Y-%m-%d");
            bail!("the time {at} is before {earliest}, and nothing older is taken in; check that the system knows it");
        }
        Ok(())
    }

    /// The present, in the core's own type.
    pub(crate) fn instant(&self) -> Result<knownfor::Timestamp> {
        let now = self.now()?;
        let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        knownfor::Timestamp::from_unix(now.as_second(), nanoseconds).context("the server's clock is out of range")
    }
}
