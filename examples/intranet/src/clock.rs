//! The clock: the only code here that knows the time. The core receives the time with each activity and each
//! question.

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};

/// How far the clock of another system may be ahead of the server's.
const MAX_AHEAD_SECONDS: i64 = 24 * 3_600;

/// The server's clock. A demonstration can set it some days ahead.
pub(crate) struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    pub(crate) fn ahead_by(days: u16) -> Self {
        Self { ahead: SignedDuration::from_hours(24 * i64::from(days)) }
    }

    pub(crate) fn now(&self) -> Result<Timestamp> {
        Ok(Timestamp::now().checked_add(self.ahead)?)
    }

    /// Checks that a time is at most a day ahead. Further in the future it is a mistake: until that time comes, the
    /// activity would count as the member's latest.
    pub(crate) fn check(&self, at: knownfor::Timestamp) -> Result<()> {
        if at.unix_seconds() > self.instant()?.unix_seconds() + MAX_AHEAD_SECONDS {
            bail!("the time {at} is more than a day in the future");
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
