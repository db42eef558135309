//! Retention: activities that are older than the program keeps them become sums, one for each member they name.

use super::{
    database::{self, Row},
    history, put_history, sums,
};
use crate::config::sources;
use crate::record::store::Db;
use anyhow::{Context, Result};
use knownfor::{Program, Timestamp};
use serde::Deserialize;
use std::collections::BTreeSet;

/// What became sums.
#[derive(Debug, Default)]
pub(crate) struct Sealed {
    /// How many activities are gone, voided ones included.
    pub(crate) activities: usize,
    /// Whose sums have grown.
    pub(crate) members: BTreeSet<String>,
}

/// When a stored activity happened.
#[derive(Deserialize)]
struct Dated {
    at: String,
}

/// The stored activities that lie before a moment. To find them, all are read, which may take long and holds nobody up
/// who writes in the meantime.
pub(crate) struct Older {
    before: Timestamp,
    numbers: Vec<i64>,
    /// The last activity that was read.
    last: i64,
}

impl Older {
    pub(crate) fn find(db: &Db<'_>, before: Timestamp) -> Result<Self> {
        let mut older = Self { before, numbers: Vec::new(), last: 0 };
        if !older.is_sealed(db)? {
            older.read_on(db)?;
        }
        Ok(older)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn is_sealed(&self, db: &Db<'_>) -> Result<bool> {
        Ok(sums::before(db)?.is_some_and(|earlier| earlier >= self.before))
    }

    /// Reads what came since.
    fn read_on(&mut self, db: &Db<'_>) -> Result<()> {
        database::each_activity_after(db, self.last, |row| {
            if at(&row)? < self.before {
                self.numbers.push(row.number);
            }
            self.last = row.number;
            Ok(())
        })
    }
}

/// Seals what lies before a moment. Every standing stays as it is. Nothing that came before that moment is taken in
/// any more once something of it was sealed.
pub(crate) fn seal(db: &Db<'_>, program: &Program, mut older: Older) -> Result<Sealed> {
    let mut sealed = Sealed::default();
    if older.is_sealed(db)? {
        return Ok(sealed);
    }
    // A sum takes in all that a member's record has from before the moment, so all of it must be dropped.
    older.read_on(db)?;
    let before = older.before;
    let rows = older.numbers.iter().map(|number| database::row(db, *number)).collect::<Result<Vec<_>>>()?;
    for row in &rows {
        sealed.members.extend(database::members_of(db, &row.source, &row.id)?);
    }
    for member in &sealed.members {
        let mut history = history(db, program, member)?;
        history.seal(before);
        put_history(db, program, &history)?;
    }
    for row in &rows {
        database::drop_activity(db, row)?;
        if row.source == sources::OWN {
            database::forget_report(db, &row.id)?;
        }
        sums::note_source(db, &row.source, before)?;
    }
    sealed.activities = rows.len();
    Ok(sealed)
}

fn at(row: &Row) -> Result<Timestamp> {
    // The errors of the parsers may quote a text.
    let dated = serde_json::from_str::<Dated>(&row.content).ok().and_then(|dated| dated.at.parse().ok());
    dated.with_context(|| format!("activity number {} is damaged", row.number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::program,
        record::{
            self,
            store::{Database, Location},
        },
    };
    use knownfor::Activity;

    #[test]
    fn what_comes_between_finding_and_sealing_is_sealed_once() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let database = Database::open(&Location::File(folder.path().join("db.sqlite")))?;
        database.write(seal_between, |()| {})
    }

    fn seal_between(db: &Db<'_>) -> Result<()> {
        let program = program::load(None)?.program;
        let shared = |day: u8| -> Result<Activity> {
            let text = format!(
                r#"{{"source": "social", "id": "{day}", "at": "2025-03-{day:02}T10:00:00Z",
                     "kind": "knowledge.shared", "actor": "ada"}}"#
            );
            Ok(program.read_own(&mut serde_json::Deserializer::from_str(&text))?)
        };
        let add = |day| record::add(db, &program, &[shared(day)?]).map(drop).map_err(|_| anyhow::anyhow!("refused"));
        [3, 20].into_iter().try_for_each(add)?;
        let older = Older::find(db, "2025-03-10T00:00:00Z".parse()?)?;
        [5, 21].into_iter().try_for_each(add)?;
        let standing = record::standing(db, &program, "ada")?;
        let sealed = seal(db, &program, older)?;
        assert_eq!((sealed.activities, database::record_of(db, "ada")?.len()), (2, 2));
        assert_eq!(record::standing(db, &program, "ada")?, standing);
        assert_eq!(record::differing(db, &program)?, (1, 0), "the standing does not follow from sum and record");
        assert!(Older::find(db, "2025-03-10T00:00:00Z".parse()?)?.is_empty());
        Ok(())
    }
}
