//! Erase: the command that takes one member out of the database, while no server runs on it.

use crate::{
    Options,
    config::{self, directory::Directory, program},
    record::{
        erasure::{self, Erasure},
        offline,
        store::{Database, Location},
    },
};
use anyhow::{Result, bail};

/// Erases a member and says what was done. Without the id given a second time it says what would be done, and does
/// nothing.
pub(crate) fn run(options: &Options, member: &str) -> Result<()> {
    if let Some(confirmed) = options.confirm.as_deref().filter(|confirmed| *confirmed != member) {
        bail!("--erase says `{member}` and --confirm says `{confirmed}`; nothing was changed");
    }
    let location = &options.database;
    offline::check_exists(location)?;
    let rules = program::load(options.program.as_deref())?;
    if Directory::load(options.people.as_deref())?.person(member).is_some() {
        bail!(
            "`{member}` is still listed in {}, so the next start would add them again; remove them there and say \
             which file it is with --people",
            config::file_name(options.people.as_deref(), "the demonstration's people.json")
        );
    }
    let database = Database::open(location)?;
    let erasure = database.erase(|db| {
        offline::check_program(db, &rules.program)?;
        let Some(erasure) = erasure::erase(db, &rules, member)? else {
            bail!("nothing is kept about `{member}` in {}; nothing was changed", location);
        };
        if options.confirm.is_none() {
            bail!(
                "nothing was changed. {} `{member}` and nobody else, and {} colleagues, too. To erase them for good, \
                 add --confirm {member}",
                counted(erasure.dropped, "activity names", "activities name"),
                counted(erasure.renamed, "names", "name"),
            );
        }
        Ok(erasure)
    })?;
    say(&erasure, location);
    Ok(())
}

/// Says what was done, without a word of the member's.
fn say(erasure: &Erasure, location: &Location) {
    match location {
        Location::File(_) => {
            println!("Erased one member. Nothing that was deleted is left in the database or in the files beside it.");
        }
        Location::Server(_) => println!(
            "Erased one member. Nothing of what was deleted can be queried. PostgreSQL keeps its bytes until it writes \
             over them: in its tables, which VACUUM FULL rewrites, in its log and in replicas."
        ),
    }
    println!(
        "Dropped {} that named nobody else, and {} of what only they had: profile, standing, reports.",
        counted(erasure.dropped, "activity", "activities"),
        counted(erasure.own_rows as usize, "row", "rows")
    );
    if erasure.unreadable > 0 {
        println!(
            "The program cannot read {} of these activities. They counted for nobody, whomever they named.",
            erasure.unreadable
        );
    }
    println!(
        "Kept {} with a pseudonym in place of the name, because what colleagues have rests on them.",
        counted(erasure.renamed, "activity", "activities")
    );
    if erasure.related > 0 {
        println!(
            "Changed {} of colleagues about something of theirs, which has another name now.",
            counted(erasure.related, "activity", "activities")
        );
    }
    println!(
        "Computed the standings of {} anew: {}.",
        counted(erasure.colleagues, "colleague", "colleagues"),
        match erasure.changed {
            0 => "everybody has what they had".into(),
            changed => format!(
                "{} something else than before, because the program asks for a name or an order",
                counted(changed, "has", "have")
            ),
        }
    );
    if erasure.mentions > 0 {
        println!(
            "Left {} of colleagues that have the id as a word. They are the colleagues' to change.",
            counted(erasure.mentions, "text", "texts")
        );
    }
    println!("Copies that were made before, such as backups, still have everything. Delete them.");
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
