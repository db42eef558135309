//! JSON as a value: how a statement is told of many rows at once. Both databases read it by `json_each`, the items of an
//! object with `key` and `value`, and a text in an item by `->>`.

use anyhow::Result;
use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::ToSqlOutput;
use serde::Serialize;
use std::error::Error;

/// An object of JSON as a value for a `$1` in `json_each($1)`.
#[derive(Debug)]
pub(crate) struct Json(String);

impl Json {
    /// An object with these items.
    pub(crate) fn object(items: &impl Serialize) -> Result<Self> {
        Ok(Self(serde_json::to_string(items)?))
    }
}

impl rusqlite::ToSql for Json {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_str().into())
    }
}

impl ToSql for Json {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(of: &Type) -> bool {
        *of == Type::JSON
    }

    to_sql_checked!();
}
