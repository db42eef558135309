//! Tables of a server: those of `schema-postgres.sql`, with their version in the table `intranet`.

use super::{Db, file_tables::VERSION, location::Address};
use anyhow::{Result, bail};

/// Makes the tables of a new database, or checks those that are there.
pub(super) fn run(db: &Db<'_>, address: &Address) -> Result<()> {
    let tables: Vec<String> = db.all(
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')",
        &[],
    )?;
    if tables.is_empty() {
        let encoding: String = db.one("SELECT current_setting('server_encoding')", &[])?;
        if encoding != "UTF8" {
            bail!("{address} keeps texts in {encoding}; create the database with ENCODING 'UTF8'");
        }
        db.run(include_str!("../../../schema-postgres.sql"))?;
        db.execute("INSERT INTO intranet (\"only\", version) VALUES (1, $1)", &[&VERSION])?;
        return Ok(());
    }
    let version =
        match tables.iter().any(|table| table == "intranet") && tables.iter().any(|table| table == "standings") {
            true => db.first("SELECT version FROM intranet", &[])?,
            false => None,
        };
    match version {
        Some(VERSION) => Ok(()),
        Some(version) => {
            bail!("{address} has tables of version {version}; this program needs version {VERSION}")
        }
        None => bail!("{address} is a database of another program; say which one it is with --database"),
    }
}
