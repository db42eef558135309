//! Looks: who looked at what only a few may see, as everyone can read it.

use crate::record::store::Db;
use crate::{
    intranet::Intranet,
    record::{database, looks::Sight},
};
use anyhow::Result;
use serde::Serialize;

/// On which days somebody who runs the programme looked at its figures.
#[derive(Serialize)]
pub(crate) struct Looker {
    name: String,
    /// On how many days.
    days: usize,
    /// The last of these days.
    last: String,
}

/// Who looked at the programme's figures, by name.
pub(crate) fn at_programme(intranet: &Intranet, db: &Db<'_>) -> Result<Vec<Looker>> {
    let looks = database::looks_at(db, Sight::Programme.name())?;
    let by_viewer = looks.chunk_by(|(viewer, _), (other, _)| viewer == other);
    let lookers = by_viewer.filter_map(|looks| {
        let (viewer, last) = looks.last()?;
        Some(Looker { name: intranet.directory.name(viewer).into(), days: looks.len(), last: last.clone() })
    });
    let mut lookers: Vec<Looker> = lookers.collect();
    lookers.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(lookers)
}

/// The last day on which a member saved the file about themselves.
pub(crate) fn last_export(db: &Db<'_>, member: &str) -> Result<Option<String>> {
    Ok(database::looks_of(db, Sight::Export.name(), member)?.pop())
}
