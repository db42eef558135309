//! Worker: takes deliveries of a partition and settles them, one transaction for each batch.
//!
//! A worker may die at any moment. What it did not acknowledge is delivered again, to whichever worker asks, and the
//! record drops what is in it.

use crate::{
    delivery::Delivery,
    record::Record,
    settings::Settings,
    streams::{Streams, take},
};
use anyhow::{Result, anyhow};
use async_nats::jetstream::{Message, consumer::PullConsumer};
use knownfor::Program;
use std::{str, time::Duration};
use tokio::{task::JoinSet, time::sleep};

/// The most deliveries of a batch.
const BATCH: usize = 200;

/// Settles deliveries of all partitions, for ever. Other workers may do the same.
///
/// # Errors
///
/// If the program cannot be read.
pub async fn run(settings: &Settings) -> Result<()> {
    let program = settings.program()?;
    let streams = Streams::connect(settings).await?;
    let mut tasks = JoinSet::new();
    for partition in 0..settings.partitions {
        let (settings, program, streams) = (settings.clone(), program.clone(), streams.clone());
        tasks.spawn(async move {
            loop {
                if let Err(error) = serve(&settings, &program, &streams, partition).await {
                    eprintln!("worker, partition {partition}: {error:#}");
                    sleep(Duration::from_millis(200)).await;
                }
            }
        });
    }
    // None ends but by a panic.
    tasks.join_next().await.transpose()?;
    Ok(())
}

async fn serve(settings: &Settings, program: &Program, streams: &Streams, partition: u64) -> Result<()> {
    let mut record = Record::open(settings, program).await?;
    let consumer = streams.partition(partition).await?;
    loop {
        record.claim(partition).await?;
        turn(&mut record, &consumer).await?;
        record.release(partition).await?;
    }
}

/// Settles one batch. Acknowledges it once it is committed.
async fn turn(record: &mut Record, consumer: &PullConsumer) -> Result<()> {
    let messages = take(consumer, BATCH).await?;
    if messages.is_empty() {
        return Ok(());
    }
    let deliveries = messages.iter().map(delivery).collect::<Result<Vec<_>>>()?;
    record.settle(&deliveries).await?;
    for message in messages {
        message.ack().await.map_err(|error| anyhow!(error))?;
    }
    Ok(())
}

fn delivery(message: &Message) -> Result<Delivery> {
    Delivery::from_text(str::from_utf8(&message.payload)?)
}
