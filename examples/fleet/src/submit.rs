//! Submit: a feed's lines become chunks in the stream that the router reads.

use crate::streams::{Outgoing, Streams};
use anyhow::{Context, Result, ensure};
use std::{io::BufRead, time::Duration};
use tokio::time::{Instant, sleep_until};

/// The most lines of a chunk. A chunk is admitted in one transaction.
pub const CHUNK_LINES: usize = 500;
/// The most bytes of a chunk, unless one line is longer. JetStream takes a million bytes.
const CHUNK_BYTES: usize = 500_000;
/// The most bytes of a line, so that JetStream takes the chunk.
const LINE_BYTES: usize = 900_000;
/// The header that names the feed.
pub(crate) const FEED: &str = "Feed";
/// The header with the number of a chunk's first line.
pub(crate) const LINE: &str = "Line";

/// Sends a feed, one chunk after the other, and returns how many lines it had. With a pace, it sends no more lines a
/// second than that.
///
/// A feed that is sent again changes nothing: what the record has is dropped.
///
/// # Errors
///
/// If a line cannot be read or is too long. The lines before it may have been sent.
pub async fn submit(streams: &Streams, feed: &str, lines: impl BufRead, pace: Option<f64>) -> Result<u64> {
    let (begin, mut number) = (Instant::now(), 0_u64);
    let mut chunk = Chunk { first: 1, lines: 0, text: String::new() };
    for line in lines.lines() {
        let line = line.with_context(|| format!("{feed}, line {}: cannot be read", number + 1))?;
        ensure!(line.len() <= LINE_BYTES, "{feed}, line {}: longer than {LINE_BYTES} bytes", number + 1);
        if chunk.lines == CHUNK_LINES || (chunk.lines > 0 && chunk.text.len() + line.len() > CHUNK_BYTES) {
            chunk.send(streams, feed).await;
            if let Some(pace) = pace {
                sleep_until(begin + Duration::from_secs_f64(number as f64 / pace)).await;
            }
            chunk = Chunk { first: number + 1, lines: 0, text: String::new() };
        }
        number += 1;
        chunk.lines += 1;
        chunk.text.push_str(&line);
        chunk.text.push('\n');
    }
    if chunk.lines > 0 {
        chunk.send(streams, feed).await;
    }
    Ok(number)
}

struct Chunk {
    first: u64,
    lines: usize,
    text: String,
}

impl Chunk {
    async fn send(&self, streams: &Streams, feed: &str) {
        let message = Outgoing {
            id: format!("{feed}:{}", self.first),
            subject: "in".into(),
            headers: vec![(FEED, feed.into()), (LINE, self.first.to_string())],
            payload: self.text.clone(),
        };
        streams.publish(vec![message]).await;
    }
}
