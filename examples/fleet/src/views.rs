//! Views: boards and experts, from the standings that workers wrote.
//!
//! Each question here reads all standings. A server that answers many keeps [`Boards`] and [`Experts`] and passes them
//! the standings that changed. Boards and experts of single partitions cannot be merged: a viewer's own place, and the
//! spelling of a topic, depend on everyone.

use crate::{database, settings::Settings};
use anyhow::{Context, Result};
use knownfor::{Boards, Experts, Program, Standing, Timestamp, ViewContext};
use serde_json::Value;
use std::time::{SystemTime, UNIX_EPOCH};

/// The most rows of an answer.
const ROWS: usize = 20;

/// A board as a viewer sees it now.
///
/// # Errors
///
/// If the program has no such board, or the database does not answer.
pub async fn board(settings: &Settings, board: &str, viewer: &str) -> Result<Value> {
    let program = settings.program()?;
    let (now, mut boards) = (now()?, Boards::new(&program));
    for (member, standing) in standings(settings, &program).await? {
        boards.update(&member, &standing, now)?;
    }
    let view = boards.board(board, &ViewContext::of(viewer, "en", now), ROWS);
    Ok(serde_json::to_value(view.with_context(|| format!("the program has no board `{board}`"))?)?)
}

/// Who is known for a topic, as a viewer sees it now.
///
/// # Errors
///
/// If the database does not answer.
pub async fn experts(settings: &Settings, topic: &str, viewer: &str) -> Result<Value> {
    let program = settings.program()?;
    let mut experts = Experts::new(&program);
    for (member, standing) in standings(settings, &program).await? {
        experts.update(&member, &standing)?;
    }
    Ok(serde_json::to_value(experts.known_for(topic, &ViewContext::of(viewer, "en", now()?), ROWS))?)
}

/// All standings of this program.
async fn standings(settings: &Settings, program: &Program) -> Result<Vec<(String, Standing)>> {
    let client = database::connect(settings).await?;
    let fingerprint = format!("{:016x}", program.fingerprint());
    let sql = "SELECT member, bytes FROM standings WHERE program = $1";
    let rows = client.query(sql, &[&fingerprint]).await?;
    rows.iter().map(|row| Ok((row.get(0), Standing::from_bytes(program, row.get(1))?))).collect()
}

fn now() -> Result<Timestamp> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Timestamp::from_unix(i64::try_from(seconds)?, 0).context("the clock is wrong")
}
