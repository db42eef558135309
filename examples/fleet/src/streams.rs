//! Streams: what NATS JetStream carries.
//!
//! `fleet-in` has chunks of lines as sources sent them, and one reader, who takes one after the other. `fleet-ev` has
//! deliveries, in one subject for each partition, and one durable consumer for each. A message leaves a stream when it
//! is acknowledged, so what is in a stream is what is still to do.

use crate::{
    delivery::{Delivery, partition_of},
    settings::Settings,
};
use anyhow::{Context, Result, anyhow};
use async_nats::{
    ConnectOptions,
    jetstream::{
        self, Message,
        consumer::{AckPolicy, PullConsumer, pull},
        context::PublishAckFuture,
        message::PublishMessage,
        stream::{Config, RetentionPolicy, StorageType},
    },
};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

const IN: &str = "fleet-in";
const EVENTS: &str = "fleet-ev";
/// After so long an acknowledgement no longer comes: a message that is not acknowledged is delivered again, and one that
/// is not confirmed as stored is sent again. Both are dropped where they came before.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long a message's id is remembered. It saves work only, because the record drops what comes twice for ever.
const REMEMBERED: Duration = Duration::from_secs(30);
/// How many deliveries of a partition may be on their way. More than one batch, so that a partition does not stand still
/// until the batch of a killed worker is delivered again.
const MOST_UNDERWAY: i64 = 1_000;

/// A connection to JetStream.
#[derive(Clone, Debug)]
pub struct Streams {
    jetstream: jetstream::Context,
    partitions: u64,
}

/// A message to be stored by JetStream.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The same for the same content, however often it is sent.
    pub id: String,
    /// Where it goes.
    pub subject: String,
    /// Headers, by name.
    pub headers: Vec<(&'static str, String)>,
    /// What it says.
    pub payload: String,
}

impl Streams {
    /// Connects, and keeps connecting whatever happens to the servers.
    ///
    /// # Errors
    ///
    /// If an address cannot be read.
    pub async fn connect(settings: &Settings) -> Result<Self> {
        let options = ConnectOptions::new()
            .name("fleet")
            .retry_on_initial_connect()
            .connection_timeout(Duration::from_secs(2))
            .ping_interval(Duration::from_secs(2))
            .reconnect_delay_callback(|tries| Duration::from_millis(50 * tries.min(20) as u64));
        let urls: Vec<&str> = settings.nats.iter().map(String::as_str).collect();
        let client = options.connect(urls).await.with_context(|| format!("cannot use NATS at {:?}", settings.nats))?;
        let jetstream = jetstream::context::ContextBuilder::new()
            .timeout(PATIENCE)
            .max_ack_inflight(20_000)
            .backpressure_on_inflight(true)
            .build(client);
        Ok(Self { jetstream, partitions: settings.partitions })
    }

    /// Creates the streams and consumers, where there are none yet.
    ///
    /// # Errors
    ///
    /// If JetStream refuses, for example because there are fewer nodes than copies.
    pub async fn create(&self, copies: usize) -> Result<()> {
        for (name, subject) in [(IN, "in"), (EVENTS, "ev.*")] {
            let config = Config {
                name: name.into(),
                subjects: vec![subject.into()],
                retention: RetentionPolicy::WorkQueue,
                storage: StorageType::File,
                num_replicas: copies,
                duplicate_window: REMEMBERED,
                ..Config::default()
            };
            self.jetstream.create_or_update_stream(config).await.with_context(|| format!("cannot create {name}"))?;
        }
        // One chunk at a time, so that chunks are admitted in the order in which they came.
        self.create_consumer(IN, "router", "in", 1).await?;
        for partition in 0..self.partitions {
            let subject = format!("ev.{partition}");
            self.create_consumer(EVENTS, &format!("p{partition}"), &subject, MOST_UNDERWAY).await?;
        }
        Ok(())
    }

    async fn create_consumer(&self, stream: &str, name: &str, subject: &str, most_underway: i64) -> Result<()> {
        let config = pull::Config {
            durable_name: Some(name.into()),
            filter_subject: subject.into(),
            ack_policy: AckPolicy::Explicit,
            ack_wait: PATIENCE,
            max_ack_pending: most_underway,
            ..pull::Config::default()
        };
        self.jetstream
            .create_consumer_on_stream(config, stream)
            .await
            .map(drop)
            .with_context(|| format!("cannot create the consumer {name} of {stream}"))
    }

    /// The consumer of what sources sent.
    ///
    /// # Errors
    ///
    /// If JetStream does not have it, or does not answer.
    pub async fn router(&self) -> Result<PullConsumer> {
        self.jetstream
            .get_consumer_from_stream("router", IN)
            .await
            .context("cannot read fleet-in; was `fleet setup` run?")
    }

    /// The consumer of a partition.
    ///
    /// # Errors
    ///
    /// If JetStream does not have it, or does not answer.
    pub async fn partition(&self, partition: u64) -> Result<PullConsumer> {
        let consumer = self.jetstream.get_consumer_from_stream(format!("p{partition}"), EVENTS).await;
        consumer.with_context(|| format!("cannot read partition {partition}; was `fleet setup` run?"))
    }

    /// How many chunks and deliveries wait to be processed.
    ///
    /// # Errors
    ///
    /// If JetStream does not answer.
    pub async fn waiting(&self) -> Result<(u64, u64)> {
        let messages = async |name: &str| -> Result<u64> {
            Ok(self.jetstream.get_stream(name).await?.get_info().await?.state.messages)
        };
        Ok((messages(IN).await?, messages(EVENTS).await?))
    }

    /// Makes messages of deliveries. The position is where the activity or void stands among all that was sent.
    ///
    /// # Errors
    ///
    /// None in practice: see [`Delivery::to_text`].
    pub fn outgoing(&self, position: i64, delivery: &Delivery) -> Result<Outgoing> {
        let partition = partition_of(&delivery.member, self.partitions);
        Ok(Outgoing {
            id: format!("{position}.{}", delivery.member),
            subject: format!("ev.{partition}"),
            headers: Vec::new(),
            payload: delivery.to_text()?,
        })
    }

    /// Sends messages, again and again, until JetStream has confirmed that each is stored.
    pub async fn publish(&self, mut messages: Vec<Outgoing>) {
        while !messages.is_empty() {
            let mut sent = Vec::with_capacity(messages.len());
            for message in messages {
                let future = self.send(&message).await;
                sent.push((message, future));
            }
            // One deadline for all, because the time of each begins when it is awaited.
            let deadline = Instant::now() + PATIENCE;
            let mut unconfirmed = Vec::new();
            let mut last = None;
            for (message, future) in sent {
                let confirmed = match future {
                    Ok(future) => match timeout_at(deadline, future).await {
                        Ok(answer) => answer.map(drop).map_err(|error| anyhow!(error)),
                        Err(_) => Err(anyhow!("not confirmed in time")),
                    },
                    Err(error) => Err(error),
                };
                if let Err(error) = confirmed {
                    last = Some(error);
                    unconfirmed.push(message);
                }
            }
            if let Some(error) = last {
                eprintln!("sending {} messages again: {error:#}", unconfirmed.len());
                sleep(Duration::from_millis(100)).await;
            }
            messages = unconfirmed;
        }
    }

    async fn send(&self, message: &Outgoing) -> Result<PublishAckFuture> {
        let mut publish = PublishMessage::build().payload(message.payload.clone().into()).message_id(&message.id);
        for (name, value) in &message.headers {
            publish = publish.header(*name, value.as_str());
        }
        Ok(self.jetstream.send_publish(message.subject.clone(), publish).await?)
    }
}

/// Takes up to `count` messages. Waits a moment for the first, and for no other.
///
/// # Errors
///
/// If JetStream does not answer, or answers that it cannot.
pub async fn take(consumer: &PullConsumer, count: usize) -> Result<Vec<Message>> {
    let begin = Instant::now();
    let fetch = consumer.fetch().max_messages(count).expires(Duration::from_secs(1));
    let mut batch = fetch.messages().await.context("cannot take messages")?;
    let mut messages = Vec::new();
    // A node that stops answers with an error in place of a message. What came before it is good.
    while let Ok(Some(Ok(message))) = timeout_at(begin + PATIENCE / 2, batch.next()).await {
        messages.push(message);
    }
    if messages.is_empty() && begin.elapsed() < Duration::from_millis(100) {
        sleep(Duration::from_millis(100)).await;
    }
    Ok(messages)
}
