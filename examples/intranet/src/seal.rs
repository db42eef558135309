//! Seal: the command and the daily task by which activities that are old enough become sums.

use crate::{
    Options,
    clock::Clock,
    config::program,
    intranet::Intranet,
    record::{
        offline,
        retention::{self, Older},
        store::Database,
    },
};
use anyhow::Result;
use std::{sync::Arc, time::Duration};

/// How long the daily task waits before it looks whether another day has begun.
const PAUSE: Duration = Duration::from_secs(15 * 60);

/// Seals what is older than the program keeps, and says what was done. No server may run on the database.
pub(crate) fn run(options: &Options) -> Result<()> {
    let location = &options.database;
    offline::check_exists(location)?;
    let program = program::load(options.program.as_deref())?.program;
    let clock = Clock::of(options.days_ahead, options.earliest, options.max_ahead_hours)?;
    let before = program.kept_from(clock.instant()?);
    let database = Database::open(location)?;
    database.empty_log()?;
    let (size_before, _) = database.sizes()?;
    let sealed = database.erase(|db| {
        offline::check_program(db, &program)?;
        retention::seal(db, &program, Older::find(db, before)?)
    })?;
    let (size, _) = database.sizes()?;
    println!(
        "Sealed {} activities from before {before}: of {} members, only sums are kept of that time. The database had \
         {} KB and has {} KB.",
        sealed.activities,
        sealed.members.len(),
        size_before / 1024,
        size / 1024
    );
    Ok(())
}

/// Seals once a day, as long as the server runs.
pub(crate) async fn daily(intranet: Arc<Intranet>) {
    let mut done = None;
    loop {
        let before = intranet.clock.instant().map(|now| intranet.rules.program.kept_from(now)).ok();
        if let Some(moment) = before.filter(|_| before != done) {
            match intranet.seal(moment).await {
                Ok(()) => done = before,
                Err(error) => error.log(),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
