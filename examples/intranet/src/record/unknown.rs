//! Unknown members: ids that systems send and that the directory has never listed. Mostly a system knows people by other
//! names.
//!
//! Who has been in the directory and is gone from it is not among them: nothing shows that they ever took part.

use super::erasure;
use crate::config::{directory::Directory, sources::Sources};
use crate::record::store::Db;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The ids that these sources have sent and that no directory has had so far, each with the sources that sent it.
pub(crate) fn members(
    db: &Db<'_>,
    directory: &Directory,
    sources: &Sources,
) -> Result<BTreeMap<String, BTreeSet<String>>> {
    // Everyone whom the directory has listed has had a profile since then.
    let named: Vec<(String, String)> = db.all(
        "WITH unknown AS (SELECT member FROM standings EXCEPT SELECT member FROM profiles)
         SELECT DISTINCT u.member, a.source
         FROM unknown u JOIN names n ON n.member = u.member JOIN activities a ON a.number = n.activity",
        &[],
    )?;
    let systems = sources.systems();
    let mut unknown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (member, source) in named {
        if systems.contains_key(&*source) && directory.person(&member).is_none() && !erasure::is_pseudonym(&member) {
            unknown.entry(member).or_default().insert(source);
        }
    }
    Ok(unknown)
}
