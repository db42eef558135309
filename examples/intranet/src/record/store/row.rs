//! Rows: what a query answers, from either database.

use super::session::plain;
use anyhow::Result;

/// One row of an answer.
pub(crate) enum Row<'r> {
    File(&'r rusqlite::Row<'r>),
    Server(&'r postgres::Row),
}

/// A type that a column has in both databases.
pub(crate) trait Cell: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a> {}

impl<T: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>> Cell for T {}

impl Row<'_> {
    /// The value in a column, counted from 0.
    pub(crate) fn get<T: Cell>(&self, column: usize) -> Result<T> {
        match self {
            Self::File(row) => Ok(row.get(column)?),
            Self::Server(row) => row.try_get(column).map_err(plain),
        }
    }
}

/// What a row says: the value of its only column, or of all two or three.
pub(crate) trait FromRow: Sized {
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

macro_rules! only_column {
    ($($of:ty),*) => {$(
        impl FromRow for $of {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                row.get(0)
            }
        }
    )*};
}

only_column!(String, Option<String>, Vec<u8>, i64);

impl<A: Cell, B: Cell> FromRow for (A, B) {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?))
    }
}

impl<A: Cell, B: Cell, C: Cell> FromRow for (A, B, C) {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    }
}
