//! Backup: the commands that copy the database, bring a copy back, and check that a database says what it should.

use crate::{
    Options,
    config::{private_file, program},
    record::{
        self, offline,
        store::{Database, Db, Location, copy},
    },
};
use anyhow::{Context, Result, bail};
use knownfor::Program;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Copies the database as it is at this moment, also while a server writes to it. The copy is one file, complete or
/// absent.
pub(crate) fn back_up(options: &Options, to: &Path) -> Result<()> {
    let from = match &options.database {
        Location::File(path) => path,
        Location::Server(address) => bail!(
            "--backup copies a file; a server's database is copied by: pg_dump -Fc -f {} {}",
            to.display(),
            address.options()
        ),
    };
    offline::check_exists(&options.database)?;
    if to.exists() {
        bail!("{} exists; a backup replaces no file, so say another name", to.display());
    }
    let activities = copied(from, to)?;
    println!("Copied {activities} activities to {}. An erasure does not reach this copy.", to.display());
    Ok(())
}

/// Brings a backup back in the place of a database that is gone.
pub(crate) fn restore(options: &Options, from: &Path) -> Result<()> {
    let to = match &options.database {
        Location::File(path) => path,
        Location::Server(address) => bail!(
            "--restore brings a file back; a server's database, which must be empty, is brought back by: pg_restore \
             --no-owner {} {}",
            address.options(),
            from.display()
        ),
    };
    if to.exists() {
        bail!("{} exists; move it and the files beside it away first", to.display());
    }
    if !from.exists() {
        bail!("there is no backup {}", from.display());
    }
    let activities = copied(from, to)?;
    println!("Restored {activities} activities from {} to {}.", from.display(), to.display());
    Ok(())
}

/// Checks a database that no server uses: the file itself, that each activity is what its row says, and that each
/// standing follows from the record. Fails if anything is wrong, after it has said what.
pub(crate) fn verify(options: &Options) -> Result<()> {
    let location = &options.database;
    offline::check_exists(location)?;
    let rules = program::load(options.program.as_deref())?;
    let wrong = Database::open(location)?.read(|db| wrong_in(db, &rules.program))?;
    for line in &wrong {
        eprintln!("{line}");
    }
    if !wrong.is_empty() {
        bail!("{location} has {} faults; restore it from a backup", wrong.len());
    }
    println!("{location} is sound: every standing follows from the record.");
    Ok(())
}

/// What is wrong with a database, without a word of its content.
fn wrong_in(db: &Db<'_>, program: &Program) -> Result<Vec<String>> {
    let mut wrong = copy::faults(db)?;
    offline::check_program(db, program)?;
    let misfiled = record::misfiled(db, program)?;
    wrong.extend(misfiled.into_iter().map(|number| format!("activity {number} is not what its row says")));
    let (members, differ) = record::differing(db, program)?;
    if differ > 0 {
        wrong.push(format!("{differ} of {members} standings do not follow from the record"));
    }
    Ok(wrong)
}

/// Copies a database into a new file that only its owner may read, and returns how many activities it has. If that
/// fails, there is no such file.
fn copied(from: &Path, to: &Path) -> Result<i64> {
    let unfinished = unfinished(to);
    let made = fill(from, &unfinished).and_then(|activities| {
        fs::rename(&unfinished, to)?;
        sync_folder(to)?;
        Ok(activities)
    });
    if made.is_err() && unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    made.with_context(|| format!("{} was not made", to.display()))
}

fn fill(from: &Path, to: &Path) -> Result<i64> {
    private_file::create(to)?;
    let activities = copy::fill(from, to)?;
    File::open(to)?.sync_all()?;
    Ok(activities)
}

/// Makes sure that a new name survives a power cut.
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The file beside a copy that it has until it is complete.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    name.into()
}
