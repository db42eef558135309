//! Renaming: a member gets another id, in everything that is kept. If somebody has that id already, the two become one.

use super::{database, read, read_sum, refold, sums, write};
use crate::record::store::Db;
use anyhow::{Result, bail};
use knownfor::Program;
use std::collections::BTreeSet;

/// What a new id did, in numbers.
#[derive(Debug, Default)]
pub(crate) struct Renaming {
    /// Activities in which the new id stands now.
    pub(crate) activities: usize,
    /// Whether somebody had the new id already.
    pub(crate) merged: bool,
    /// Colleagues whose standings were computed anew.
    pub(crate) colleagues: usize,
}

/// Gives a member another id. Returns `None`, and has changed nothing, if nothing is kept about them.
pub(crate) fn rename(db: &Db<'_>, program: &Program, member: &str, to: &str) -> Result<Option<Renaming>> {
    let rows = database::rows_of(db, member)?;
    if rows.is_empty() && !database::knows(db, member)? {
        return Ok(None);
    }
    let mut renaming = Renaming { merged: database::knows(db, to)?, ..Renaming::default() };
    if sums::of(db, member)?.is_some() && sums::of(db, to)?.is_some() {
        bail!(
            "of both, only the sum of their old activities is kept, and two sums cannot become one; wait until you \
             can do without one of them, and erase it"
        );
    }
    let mut affected = BTreeSet::from([to.to_owned()]);
    for row in &rows {
        let Some(activity) = read(program, &row.content) else {
            bail!("the program cannot read activity number {}, so the id in it cannot be changed", row.number);
        };
        affected.extend(activity.members().map(ToString::to_string));
        database::replace_activity(db, row, &row.id, &write(&activity.renamed(member, to)?)?)?;
    }
    renaming.activities = rows.len();
    for (other, bytes) in sums::all(db)? {
        let sum = read_sum(program, &bytes)?;
        let renamed = sum.renamed(member, to);
        if renamed != sum {
            sums::put(db, &other, &renamed.to_bytes())?;
            affected.insert(other);
        }
    }
    sums::rename(db, member, to)?;
    database::rename_member(db, member, to)?;
    database::rename_own(db, member, to)?;
    affected.remove(member);
    for other in &affected {
        refold(db, program, other)?;
    }
    renaming.colleagues = affected.len() - 1;
    Ok(Some(renaming))
}
