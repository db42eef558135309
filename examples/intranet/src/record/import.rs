//! Import: a record kept elsewhere, read from a file at the start.
//!
//! The operator vouches for the file. So it may hold what members said in another system, such as who sees what, which
//! no token may send.

use crate::{
    clock::Clock,
    record::{self, AddError, Status, store::Database},
};
use anyhow::{Context, Result, anyhow};
use knownfor::{Activity, Feed, Incoming, Program, Tree};
use std::path::Path;

/// The source of activities that name none.
const SOURCE: &str = "import";

/// Adds the activities and voids of a file of JSON lines, all or none, and returns how many activities are new. Those
/// that the record has already change nothing.
pub(crate) fn file(database: &Database, program: &Program, clock: &Clock, path: &Path) -> Result<usize> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let at = |line: usize| format!("{}:{line}", path.display());
    let (mut activities, mut lines, mut voids): (Vec<Activity>, Vec<usize>, Vec<_>) = Default::default();
    for (index, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let line = index + 1;
        let tree: Tree<'_> = serde_json::from_str(text).map_err(|error| anyhow!("{}: {error}", at(line)))?;
        let read = program.read(&tree, &Feed::new(SOURCE).line(line as u64));
        match read.map_err(|error| anyhow!("{}: {error}", at(line)))? {
            Incoming::Activity(activity) => {
                clock.check(activity.at()).map_err(|error| anyhow!("{}: {error}", at(line)))?;
                activities.push(activity);
                lines.push(line);
            }
            Incoming::Void { source, id } => voids.push((source.to_string(), id.to_string())),
            Incoming::Ignored { .. } => {}
        }
    }
    database.write(
        |db| {
            let added = record::add(db, program, &activities).map_err(|error| match error {
                AddError::Database(error) => error,
                AddError::Conflict(index, _) => anyhow!(
                    "{}: the record has activity `{}` with other content",
                    at(lines[index]),
                    activities[index].id()
                ),
            })?;
            for (source, id) in &voids {
                record::void(db, program, source, id)?;
            }
            Ok(added.statuses.iter().filter(|status| **status == Status::Applied).count())
        },
        |_| {},
    )
}
