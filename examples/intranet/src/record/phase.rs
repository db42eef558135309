//! Phase: whether the programme runs, is frozen for a while, or has ended.

use super::store::Db;
use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// Where the programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Phase {
    /// Activities are taken in.
    Running,
    /// Nothing is taken in, and everything can be read. It can run again.
    Frozen,
    /// It is over: each member reads what they are known for, and can save their file.
    Ended,
}

impl Phase {
    /// The phase that the database says.
    pub(crate) fn of(db: &Db<'_>) -> Result<Self> {
        let phase: Option<String> = db.first("SELECT phase FROM phase", &[])?;
        Ok(match phase.as_deref() {
            None => Self::Running,
            Some("frozen") => Self::Frozen,
            Some("ended") => Self::Ended,
            Some(other) => bail!("the programme is in a phase that this server does not know: `{other}`"),
        })
    }

    /// Puts the programme into this phase. What has ended does not run again.
    pub(crate) fn set(self, db: &Db<'_>) -> Result<Self> {
        let before = Self::of(db)?;
        if before == Self::Ended && self != Self::Ended {
            bail!("the programme has ended, and does not run again; begin a new one with a database of its own");
        }
        db.note_phase();
        db.execute("DELETE FROM phase", &[])?;
        let name = match self {
            Self::Running => return Ok(before),
            Self::Frozen => "frozen",
            Self::Ended => "ended",
        };
        db.execute("INSERT INTO phase (\"only\", phase) VALUES (1, $1)", &[&name])?;
        Ok(before)
    }
}
