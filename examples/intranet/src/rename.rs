//! Rename: the command that gives a member another id, while no server runs on the database.

use crate::{
    Options,
    config::{self, directory::Directory, program},
    record::{offline, renaming, store::Database},
};
use anyhow::{Result, bail};

/// Gives a member another id and says what was done. Without the new id given a second time it says what would be
/// done, and does nothing.
pub(crate) fn run(options: &Options, member: &str, to: &str) -> Result<()> {
    if let Some(confirmed) = options.confirm.as_deref().filter(|confirmed| *confirmed != to) {
        bail!("--rename says `{to}` and --confirm says `{confirmed}`; nothing was changed");
    }
    if member == to {
        bail!("`{to}` is the id already; nothing was changed");
    }
    let location = &options.database;
    offline::check_exists(location)?;
    let rules = program::load(options.program.as_deref())?;
    if Directory::load(options.people.as_deref())?.person(member).is_some() {
        bail!(
            "`{member}` is still listed in {}, so the next start would add them again; list `{to}` there instead, and \
             say which file it is with --people",
            config::file_name(options.people.as_deref(), "the demonstration's people.json")
        );
    }
    let database = Database::open(location)?;
    let renaming = database.erase(|db| {
        offline::check_program(db, &rules.program)?;
        let Some(renaming) = renaming::rename(db, &rules.program, member, to)? else {
            bail!("nothing is kept about `{member}` in {}; nothing was changed", location);
        };
        if options.confirm.is_none() {
            bail!(
                "nothing was changed. {} activities name `{member}`{}. To change the id, add --confirm {to}",
                renaming.activities,
                if renaming.merged {
                    format!(", and `{to}` is somebody already: the two would become one for good")
                } else {
                    String::new()
                }
            );
        }
        Ok(renaming)
    })?;
    println!(
        "Changed the id in {} activities, and computed the standings of the member and of {} colleagues anew.{}",
        renaming.activities,
        renaming.colleagues,
        if renaming.merged { " The two are one now." } else { "" }
    );
    println!("Systems must send the new id from now on. Texts that people wrote are theirs to change.");
    Ok(())
}
