//! Router: admits what sources sent, once for all members, and sends each member named a delivery.
//!
//! A router may die at any moment and leave a chunk half done. The next one finds the positions of what was admitted,
//! and sends the same deliveries with the same ids. Several routers may run; the others wait until one is gone.

use crate::{
    database,
    delivery::Delivery,
    settings::Settings,
    streams::{Streams, take},
    submit::{FEED, LINE},
};
use anyhow::{Context, Result, ensure};
use async_nats::jetstream::Message;
use knownfor::{Activity, ApplyError, Batch, Feed, Incoming, Program};
use serde_json::Deserializer;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::time::sleep;
use tokio_postgres::{Client, Transaction};

/// A chunk has fewer lines than two to the power of this.
const LINE_BITS: u32 = 20;
/// The most bytes of a key of the record. An index of PostgreSQL takes a third of its page of 8,192 bytes.
const KEY_BYTES: usize = 2_000;

/// Admits chunks, for ever. Goes on after every error, because what is not acknowledged comes again.
///
/// # Errors
///
/// If the program cannot be read.
pub async fn run(settings: &Settings) -> Result<()> {
    let program = settings.program()?;
    let streams = Streams::connect(settings).await?;
    loop {
        if let Err(error) = serve(settings, &program, &streams).await {
            eprintln!("router: {error:#}");
            sleep(Duration::from_millis(200)).await;
        }
    }
}

async fn serve(settings: &Settings, program: &Program, streams: &Streams) -> Result<()> {
    let mut client = database::connect(settings).await?;
    let consumer = streams.router().await?;
    loop {
        for message in take(&consumer, 1).await? {
            let chunk = Chunk::read(&message)?;
            let deliveries = admit(&mut client, program, &chunk).await?;
            let outgoing = deliveries.iter().map(|(position, delivery)| streams.outgoing(*position, delivery));
            streams.publish(outgoing.collect::<Result<_>>()?).await;
            message.ack().await.map_err(|error| anyhow::anyhow!(error))?;
        }
    }
}

/// What a source sent at once.
struct Chunk {
    /// The position of its first line among all that was sent.
    position: i64,
    feed: String,
    first_line: u64,
    text: String,
}

impl Chunk {
    fn read(message: &Message) -> Result<Self> {
        let sequence = message.info().map_err(|error| anyhow::anyhow!(error))?.stream_sequence;
        let header =
            |name: &str| message.headers.as_ref().and_then(|headers| headers.get(name)).map(ToString::to_string);
        Ok(Self {
            position: i64::try_from(sequence)? << LINE_BITS,
            feed: header(FEED).unwrap_or_else(|| String::from("in")),
            first_line: header(LINE).and_then(|line| line.parse().ok()).unwrap_or(1),
            text: String::from_utf8_lossy(&message.payload).into_owned(),
        })
    }
}

/// What is decided about a source and id.
#[derive(Default)]
struct Row {
    content: Option<String>,
    members: Vec<String>,
    admitted: Option<i64>,
    voided: Option<i64>,
    is_new: bool,
}

/// A source and id.
type Key = (String, String);

/// Decides about a chunk, and writes it down in one transaction. Returns what to deliver, each with its position.
async fn admit(client: &mut Client, program: &Program, chunk: &Chunk) -> Result<Vec<(i64, Delivery)>> {
    let feed = Feed::new(&chunk.feed);
    let (mut lines, mut refusals) = (Vec::new(), Vec::new());
    for ((index, number), line) in (0_i64..).zip(chunk.first_line..).zip(chunk.text.lines()) {
        ensure!(index < 1 << LINE_BITS, "a chunk has too many lines");
        let position = chunk.position + index;
        match read(program, line, &feed.line(number)).and_then(storable) {
            Ok(Incoming::Ignored { .. }) => {}
            Ok(incoming) => lines.push((position, number, incoming)),
            Err(_) if line.trim().is_empty() => {}
            Err(error) => refusals.push((position, number, format!("{error:#}").replace('\0', "␀"))),
        }
    }

    let transaction = client.transaction().await?;
    // One router at a time. A second one that took the same chunk then sees what the first decided.
    transaction.batch_execute("LOCK TABLE admissions IN SHARE ROW EXCLUSIVE MODE").await?;
    let mut rows = load(&transaction, lines.iter().map(|(_, _, incoming)| key(incoming)).collect()).await?;
    let (mut batch, mut deliveries) = (Batch::new(program), Vec::new());
    for (position, number, incoming) in lines {
        let key = key(&incoming);
        let row = rows.entry(key.clone()).or_default();
        match decide(program, &mut batch, row, position, incoming) {
            Ok(()) => deliveries.extend(row.deliveries(&key, position)),
            Err(error) => refusals.push((position, number, error.to_string().replace('\0', "␀"))),
        }
    }
    rows.retain(|_, row| row.is_new);
    save(&transaction, &rows).await?;
    for (position, number, reason) in &refusals {
        let number = i64::try_from(*number)?;
        transaction
            .execute(
                "INSERT INTO refusals VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                &[position, &chunk.feed, &number, reason],
            )
            .await?;
    }
    transaction.commit().await?;
    Ok(deliveries)
}

fn read(program: &Program, line: &str, feed: &Feed) -> Result<Incoming> {
    let mut json = Deserializer::from_str(line);
    let incoming = program.read(&mut json, feed)?;
    json.end().context("not JSON")?;
    Ok(incoming)
}

/// Refuses what PostgreSQL would. Otherwise the chunk would come again for ever.
fn storable(incoming: Incoming) -> Result<Incoming> {
    let (source, id) = key(&incoming);
    let members: Vec<&str> = match &incoming {
        Incoming::Activity(activity) => activity.members().collect(),
        _ => Vec::new(),
    };
    for member in members.iter().chain(&[""]) {
        ensure!(source.len() + id.len() + member.len() <= KEY_BYTES, "source, id and a member are too long together");
    }
    Ok(incoming)
}

fn key(incoming: &Incoming) -> Key {
    match incoming {
        Incoming::Activity(activity) => (activity.source().into(), activity.id().into()),
        Incoming::Void { source, id } => (source.to_string(), id.to_string()),
        Incoming::Ignored { kind } => (String::new(), kind.to_string()),
    }
}

/// Lets the core decide, and notes the position of what is new.
fn decide(
    program: &Program,
    batch: &mut Batch,
    row: &mut Row,
    position: i64,
    incoming: Incoming,
) -> Result<(), ApplyError> {
    let activity = match &incoming {
        Incoming::Activity(activity) => Some(activity.clone()),
        _ => None,
    };
    let mut stored = row.content.as_deref().map(Deserializer::from_str);
    let known = program.known(stored.as_mut(), row.voided.is_some());
    if batch.add(incoming, known)?.is_new {
        row.is_new = true;
        match activity {
            Some(activity) => row.put(&activity, position),
            None => row.voided = Some(position),
        }
    }
    Ok(())
}

impl Row {
    fn put(&mut self, activity: &Activity, position: i64) {
        self.content = serde_json::to_string(&activity.to_tree()).ok();
        self.members = activity.members().map(ToString::to_string).collect();
        self.admitted = Some(position);
    }

    /// What follows from the line at a position, whether it was admitted now or by a router that did not finish.
    fn deliveries(&self, (source, id): &Key, position: i64) -> Vec<(i64, Delivery)> {
        let is_activity = self.admitted == Some(position) && self.voided.is_none_or(|voided| voided > position);
        let is_void = self.voided == Some(position) && self.admitted.is_some_and(|admitted| admitted < position);
        let members = self.members.iter().filter(|_| is_activity || is_void);
        let deliver = |member: &String| Delivery {
            member: member.clone(),
            source: source.clone(),
            id: id.clone(),
            content: self.content.clone().filter(|_| is_activity),
        };
        members.map(|member| (position, deliver(member))).collect()
    }
}

async fn load(transaction: &Transaction<'_>, keys: BTreeSet<Key>) -> Result<BTreeMap<Key, Row>> {
    let (sources, ids): (Vec<String>, Vec<String>) = keys.into_iter().unzip();
    let rows = transaction
        .query(
            "SELECT source, id, content, members, admitted, voided
             FROM admissions JOIN unnest($1::text[], $2::text[]) AS key (source, id) USING (source, id)",
            &[&sources, &ids],
        )
        .await?;
    let row = |row: &tokio_postgres::Row| {
        let found =
            Row { content: row.get(2), members: row.get(3), admitted: row.get(4), voided: row.get(5), is_new: false };
        ((row.get(0), row.get(1)), found)
    };
    Ok(rows.iter().map(row).collect())
}

async fn save(transaction: &Transaction<'_>, rows: &BTreeMap<Key, Row>) -> Result<()> {
    let (mut sources, mut ids) = (Vec::new(), Vec::new());
    let (mut contents, mut members) = (Vec::new(), Vec::new());
    let (mut admitted, mut voided) = (Vec::new(), Vec::new());
    for ((source, id), row) in rows {
        sources.push(source);
        ids.push(id);
        contents.push(row.content.as_deref());
        // PostgreSQL has no lists of lists of different lengths.
        members.push(serde_json::to_string(&row.members)?);
        admitted.push(row.admitted);
        voided.push(row.voided);
    }
    transaction
        .execute(
            "INSERT INTO admissions (source, id, content, members, admitted, voided)
             SELECT source, id, content, ARRAY(SELECT json_array_elements_text(members::json)), admitted, voided
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
                 AS new (source, id, content, members, admitted, voided)
             ON CONFLICT (source, id) DO UPDATE SET content = excluded.content, members = excluded.members,
                 admitted = excluded.admitted, voided = excluded.voided",
            &[&sources, &ids, &contents, &members, &admitted, &voided],
        )
        .await?;
    Ok(())
}
