//! Looks: on which days somebody looked at what only a few may see. Everyone can read who it was.

use super::database;
use crate::record::store::Db;
use anyhow::Result;
use jiff::{Span, civil::Date};

/// For how many months a look is kept.
const KEPT_MONTHS: i64 = 13;

/// What somebody looked at.
#[derive(Clone, Copy)]
pub(crate) enum Sight {
    /// The figures of groups, and the thanks that were reported.
    Programme,
    /// The file with all that is kept about its member, by that member.
    Export,
}

impl Sight {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Export => "export",
        }
    }
}

/// Whether it is written down already that somebody looked on a day.
pub(crate) fn is_noted(db: &Db<'_>, day: Date, viewer: &str, sight: Sight) -> Result<bool> {
    Ok(database::looks_of(db, sight.name(), viewer)?.contains(&day.to_string()))
}

/// Writes down that somebody looked on a day, and drops what is older than is kept.
pub(crate) fn note(db: &Db<'_>, day: Date, viewer: &str, sight: Sight) -> Result<()> {
    let oldest = day.checked_sub(Span::new().months(KEPT_MONTHS))?;
    database::add_look(db, [sight.name(), viewer, &day.to_string()], &oldest.to_string())
}
