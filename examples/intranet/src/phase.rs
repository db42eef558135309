//! Phase: the commands that freeze the programme, let it run again, and end it, while no server runs on the database.

use crate::{
    Options,
    record::{offline, phase::Phase, store::Database},
};
use anyhow::{Result, bail};

/// What has to be repeated to end the programme.
pub(crate) const END: &str = "end";

/// The phase that the options ask for.
pub(crate) fn asked(options: &Options) -> Option<Phase> {
    match (options.freeze, options.resume, options.end) {
        (true, ..) => Some(Phase::Frozen),
        (_, true, _) => Some(Phase::Running),
        (.., true) => Some(Phase::Ended),
        _ => None,
    }
}

/// Puts the programme into a phase, and says what that means.
pub(crate) fn run(options: &Options, phase: Phase) -> Result<()> {
    let location = &options.database;
    offline::check_exists(location)?;
    if phase == Phase::Ended && options.confirm.as_deref() != Some(END) {
        bail!(
            "nothing was changed. Once the programme has ended, it does not run again. To end it for good, add \
             --confirm {END}"
        );
    }
    let database = Database::open(location)?;
    database.write(|db| phase.set(db), |_| {})?;
    println!(
        "{}",
        match phase {
            Phase::Running => "The programme runs. Systems can send what they have kept in the meantime.",
            Phase::Frozen =>
                "The programme is frozen. Nothing is taken in, and everything can be read. --resume lets it run.",
            Phase::Ended => {
                "The programme has ended. Each member's home page thanks them, says what they are known for, and offers \
             their file. Nothing is taken in, and boards and steps are gone."
            }
        }
    );
    Ok(())
}
