//! Database: connections to PostgreSQL, and the tables.

use crate::settings::Settings;
use anyhow::{Context, Result};
use tokio_postgres::{Client, NoTls};

/// Connects to the database.
///
/// # Errors
///
/// Says what PostgreSQL answered. The password is in no message.
pub async fn connect(settings: &Settings) -> Result<Client> {
    let (client, connection) =
        tokio_postgres::connect(&settings.postgres, NoTls).await.context("cannot use PostgreSQL")?;
    // Ends with the client, whose user hears of every error.
    tokio::spawn(connection);
    Ok(client)
}

/// Creates the tables, where there are none yet.
///
/// # Errors
///
/// If PostgreSQL refuses.
pub async fn create(client: &Client) -> Result<()> {
    client.batch_execute(include_str!("schema.sql")).await.context("cannot create the tables")
}
