//! Record: what PostgreSQL keeps of members. A batch of deliveries changes record, standings and ledger at once, or
//! nothing.

use crate::{database, delivery::Delivery, settings::Settings};
use anyhow::{Context, Result, ensure};
use knownfor::{Activity, ApplyError, Entry, Folded, History, MemberBatch, Program, Settled, Standing};
use serde_json::Deserializer;
use std::{collections::BTreeMap, env};
use tokio_postgres::{Client, Transaction, error::SqlState};

/// If this variable is set, a standing is written even if another worker wrote it in the meantime. It exists for a test,
/// which proves that the comparison notices what the guard prevents.
const UNGUARDED: &str = "FLEET_TEST_WITHOUT_COMPARE_AND_SWAP";

/// If this variable is set, workers settle batches of one partition at the same time. It exists for a test, which proves
/// that the revision alone keeps them from spoiling each other's work.
const UNCLAIMED: &str = "FLEET_TEST_WITHOUT_CLAIMS";

/// A connection that settles deliveries.
pub struct Record {
    client: Client,
    program: Program,
    fingerprint: String,
    is_guarded: bool,
    claims: bool,
}

/// One member's part of a batch of deliveries.
#[derive(Default)]
struct Part {
    arrived: Vec<Activity>,
    voided: Vec<Activity>,
}

/// A member's standing as it is stored.
struct Stored {
    revision: i64,
    /// `None` if another program wrote it.
    standing: Option<Standing>,
}

/// What to write for a member.
pub(crate) struct Change {
    pub(crate) member: String,
    pub(crate) revision: i64,
    pub(crate) standing: Standing,
    /// Whether `added` is the whole ledger.
    pub(crate) is_whole: bool,
    pub(crate) added: Vec<String>,
    pub(crate) taken: Vec<String>,
}

impl Record {
    /// Connects to the database.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn open(settings: &Settings, program: &Program) -> Result<Self> {
        let client = database::connect(settings).await?;
        let fingerprint = format!("{:016x}", program.fingerprint());
        let is_unset = |name: &str| env::var_os(name).is_none();
        let (is_guarded, claims) = (is_unset(UNGUARDED), is_unset(UNCLAIMED));
        Ok(Self { client, program: program.clone(), fingerprint, is_guarded, claims })
    }

    /// Waits until no other worker has the partition, and has it until [`release`](Self::release), or until the connection
    /// ends. It spares work, because batches of a partition are then settled one after the other: in order, and without
    /// a collision. What is right does not rest on it.
    pub(crate) async fn claim(&self, partition: u64) -> Result<()> {
        if self.claims {
            self.client.execute("SELECT pg_advisory_lock($1)", &[&i64::try_from(partition)?]).await?;
        }
        Ok(())
    }

    pub(crate) async fn release(&self, partition: u64) -> Result<()> {
        if self.claims {
            self.client.execute("SELECT pg_advisory_unlock($1)", &[&i64::try_from(partition)?]).await?;
        }
        Ok(())
    }

    /// Settles deliveries. Begins anew when another worker was faster with one of the members, and then waits for such
    /// workers.
    pub(crate) async fn settle(&mut self, deliveries: &[Delivery]) -> Result<()> {
        let mut waits = false;
        while !self.try_settle(What::Deliveries(deliveries), waits).await? {
            waits = true;
        }
        Ok(())
    }

    /// Folds anew the standings that another program wrote, and returns how many there were. Workers may work meanwhile.
    ///
    /// # Errors
    ///
    /// If the database does not answer.
    pub async fn refold(&mut self) -> Result<usize> {
        let mut count = 0;
        loop {
            let sql = "SELECT member FROM standings WHERE program <> $1 LIMIT 200";
            let rows = self.client.query(sql, &[&self.fingerprint]).await?;
            let members: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
            if members.is_empty() {
                return Ok(count);
            }
            if self.try_settle(What::Members(&members), true).await? {
                count += members.len();
            }
        }
    }

    /// Writes standings that were folded elsewhere. Keeps those of `folded` that it wrote: a standing that has changed
    /// since, or is of this program already, stays as it is.
    pub(crate) async fn load(&mut self, folded: &mut Vec<Change>) -> Result<()> {
        loop {
            match self.begin(true).await?.load(folded).await {
                Err(error) if is_deadlock(&error) => {}
                loaded => return loaded,
            }
        }
    }

    /// Returns whether it is settled. If not, nothing has changed.
    async fn try_settle(&mut self, what: What<'_>, waits: bool) -> Result<bool> {
        match self.begin(waits).await?.run(what).await {
            Err(error) if is_deadlock(&error) => Ok(false),
            settled => settled,
        }
    }

    async fn begin(&mut self, waits: bool) -> Result<Settling<'_>> {
        Ok(Settling {
            transaction: self.client.transaction().await?,
            program: &self.program,
            fingerprint: &self.fingerprint,
            is_guarded: self.is_guarded,
            waits,
        })
    }
}

/// What a transaction is about.
enum What<'a> {
    Deliveries(&'a [Delivery]),
    /// Members whose standing is to be of this program.
    Members(&'a [String]),
}

/// Whether two workers waited for each other, and this one was chosen to begin anew.
fn is_deadlock(error: &anyhow::Error) -> bool {
    let code = error.downcast_ref::<tokio_postgres::Error>().and_then(tokio_postgres::Error::code);
    code == Some(&SqlState::T_R_DEADLOCK_DETECTED)
}

struct Settling<'a> {
    transaction: Transaction<'a>,
    program: &'a Program,
    fingerprint: &'a str,
    is_guarded: bool,
    /// Whether it waits for workers who have the same members, instead of beginning anew.
    waits: bool,
}

impl Settling<'_> {
    async fn run(self, what: What<'_>) -> Result<bool> {
        let parts = match what {
            What::Deliveries(deliveries) => self.file(deliveries).await?,
            What::Members(members) => members.iter().map(|member| (member.clone(), Part::default())).collect(),
        };
        if !parts.is_empty() {
            let members: Vec<&str> = parts.keys().map(String::as_str).collect();
            let mut stored = self.standings(&members).await?;
            let (mut changes, mut to_fold) = (Vec::new(), Vec::new());
            for (member, Part { arrived, voided }) in parts {
                let batch = MemberBatch::of(self.program, &member, arrived, voided)?;
                let (revision, standing) = match stored.remove(&member) {
                    Some(Stored { revision, standing }) => (revision, standing),
                    None => (0, None),
                };
                let is_whole = standing.is_none();
                match standing.map(|standing| batch.apply(standing)) {
                    Some(Ok(settled)) => changes.push(Change::of(&batch, revision, settled)?),
                    _ => to_fold.push((batch, revision, is_whole)),
                }
            }
            self.fold(to_fold, &mut changes).await?;
            changes.sort_by(|a, b| a.member.cmp(&b.member));
            if !self.write(&changes).await? {
                return Ok(false);
            }
        }
        self.transaction.commit().await?;
        Ok(true)
    }

    /// Files deliveries in the record. Returns those that change something, by member. What this program cannot read is
    /// filed too, and its member has a part without it: if a newer program wrote the standing, it is out of date now.
    async fn file(&self, deliveries: &[Delivery]) -> Result<BTreeMap<String, Part>> {
        let of = |is_void: bool| -> BTreeMap<(&str, &str, &str), &str> {
            let chosen = deliveries.iter().filter(|delivery| delivery.content.is_none() == is_void);
            chosen.map(|delivery| (key(delivery), delivery.content.as_deref().unwrap_or_default())).collect()
        };
        let mut parts: BTreeMap<String, Part> = BTreeMap::new();
        let (activities, voids) = (of(false), of(true));

        // Both are sorted, so that two workers lock rows in the same order.
        let [members, sources, ids] = columns(activities.keys());
        let contents: Vec<&str> = activities.values().copied().collect();
        let new = self
            .transaction
            .query(
                "INSERT INTO record (member, source, id, content)
                 SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
                 ON CONFLICT DO NOTHING RETURNING member, source, id",
                &[&members, &sources, &ids, &contents],
            )
            .await?;
        let mut arrived: BTreeMap<(String, String, String), Activity> = BTreeMap::new();
        for row in &new {
            let key: (String, String, String) = (row.get(0), row.get(1), row.get(2));
            let content = activities.get(&(&*key.0, &*key.1, &*key.2)).context("a row that was not inserted")?;
            match read(self.program, content) {
                Some(activity) => drop(arrived.insert(key, activity)),
                None => drop(parts.entry(key.0).or_default()),
            }
        }
        if !voids.is_empty() {
            let [members, sources, ids] = columns(voids.keys());
            let void = self
                .transaction
                .query(
                    "INSERT INTO record (member, source, id, void)
                     SELECT member, source, id, true
                     FROM unnest($1::text[], $2::text[], $3::text[]) AS new (member, source, id)
                     ON CONFLICT (member, source, id) DO UPDATE SET void = true WHERE NOT record.void
                     RETURNING member, source, id, content",
                    &[&members, &sources, &ids],
                )
                .await?;
            for row in &void {
                let key: (String, String, String) = (row.get(0), row.get(1), row.get(2));
                // One that came with its void was never in the standing.
                let is_counted = arrived.remove(&key).is_none();
                if let Some(content) = row.get::<_, Option<&str>>(3).filter(|_| is_counted) {
                    parts.entry(key.0).or_default().voided.extend(read(self.program, content));
                }
            }
        }
        for ((member, ..), activity) in arrived {
            parts.entry(member).or_default().arrived.push(activity);
        }
        Ok(parts)
    }

    async fn load(self, folded: &mut Vec<Change>) -> Result<()> {
        let members: Vec<&str> = folded.iter().map(|change| &*change.member).collect();
        let stored = self.standings(&members).await?;
        let is_same =
            |stored: &Stored, change: &Change| stored.revision == change.revision && stored.standing.is_none();
        folded.retain(|change| stored.get(&change.member).is_some_and(|stored| is_same(stored, change)));
        ensure!(self.write(folded).await?, "a standing was written although its row is locked");
        Ok(self.transaction.commit().await?)
    }

    async fn standings(&self, members: &[&str]) -> Result<BTreeMap<String, Stored>> {
        let lock = if self.waits { "ORDER BY member FOR UPDATE" } else { "" };
        let sql = format!("SELECT member, revision, program, bytes FROM standings WHERE member = ANY($1) {lock}");
        let rows = self.transaction.query(&sql, &[&members]).await?;
        let stored = |row: &tokio_postgres::Row| {
            let is_ours = row.get::<_, &str>(2) == self.fingerprint;
            let standing = is_ours.then(|| Standing::from_bytes(self.program, row.get(3)).ok()).flatten();
            (row.get(0), Stored { revision: row.get(1), standing })
        };
        Ok(rows.iter().map(stored).collect())
    }

    /// Folds the records of members whose standing cannot go on: something came late or is reversed or void, or the
    /// standing is of another program.
    async fn fold(&self, to_fold: Vec<(MemberBatch, i64, bool)>, changes: &mut Vec<Change>) -> Result<()> {
        let members: Vec<&str> = to_fold.iter().map(|(batch, ..)| batch.member()).collect();
        if members.is_empty() {
            return Ok(());
        }
        let mut histories = histories(&self.transaction, self.program, &members).await?;
        for (batch, revision, is_whole) in to_fold {
            let history = histories.remove(batch.member());
            let history = history.map_or_else(|| History::new(self.program, batch.member(), []), Ok)?;
            if is_whole {
                changes.push(Change::whole(&batch, revision, history.fold())?);
                continue;
            }
            match batch.fold(history) {
                Ok(settled) => changes.push(Change::of(&batch, revision, settled)?),
                // The record has everything; the standing stays as it is.
                Err(error @ ApplyError::Full { .. }) => eprintln!("{error}"),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Writes standings and ledger. Returns `false` if another worker wrote one of the standings since it was read.
    async fn write(&self, changes: &[Change]) -> Result<bool> {
        let members: Vec<&str> = changes.iter().map(|change| change.member.as_str()).collect();
        let revisions: Vec<i64> = changes.iter().map(|change| change.revision).collect();
        let bytes: Vec<Vec<u8>> = changes.iter().map(|change| change.standing.to_bytes()).collect();
        let guard = if self.is_guarded { "standings.revision = excluded.revision - 1" } else { "true" };
        let sql = format!(
            "INSERT INTO standings (member, program, revision, bytes)
             SELECT member, $1, revision + 1, bytes
             FROM unnest($2::text[], $3::bigint[], $4::bytea[]) AS new (member, revision, bytes)
             ON CONFLICT (member) DO UPDATE
             SET program = excluded.program, revision = excluded.revision, bytes = excluded.bytes WHERE {guard}"
        );
        let written = self.transaction.execute(&sql, &[&self.fingerprint, &members, &revisions, &bytes]).await?;
        if written != changes.len() as u64 {
            return Ok(false);
        }
        self.write_ledger(changes).await?;
        Ok(true)
    }

    async fn write_ledger(&self, changes: &[Change]) -> Result<()> {
        let whole: Vec<&str> = changes.iter().filter(|change| change.is_whole).map(|change| &*change.member).collect();
        if !whole.is_empty() {
            self.transaction.execute("DELETE FROM ledger WHERE member = ANY($1)", &[&whole]).await?;
        }
        let (members, lines) = lines_of(changes, |change| &change.taken);
        if !members.is_empty() {
            // Two entries may have the same line: each that is taken takes one of them.
            let sql = "DELETE FROM ledger USING (
                SELECT number FROM (
                    SELECT number, member, line, row_number() OVER (PARTITION BY member, line ORDER BY number) AS copy
                    FROM ledger WHERE member = ANY($1) AND line = ANY($2)
                ) AS entry JOIN (
                    SELECT member, line, row_number() OVER (PARTITION BY member, line) AS copy
                    FROM unnest($1::text[], $2::text[]) AS taken (member, line)
                ) AS taken USING (member, line, copy)
            ) AS gone WHERE ledger.number = gone.number";
            let deleted = self.transaction.execute(sql, &[&members, &lines]).await?;
            let is_right = deleted == members.len() as u64 || !self.is_guarded;
            ensure!(is_right, "the ledger lacks an entry that is to be taken from one of {members:?}");
        }
        let (members, lines) = lines_of(changes, |change| &change.added);
        let sql = "INSERT INTO ledger (member, line) SELECT * FROM unnest($1::text[], $2::text[])";
        self.transaction.execute(sql, &[&members, &lines]).await?;
        Ok(())
    }
}

impl Change {
    fn of(batch: &MemberBatch, revision: i64, settled: Settled) -> Result<Self> {
        let member = batch.member();
        let (added, taken) = (lines(member, &settled.added)?, lines(member, &settled.taken)?);
        Ok(Self { member: member.into(), revision, standing: settled.standing, is_whole: false, added, taken })
    }

    fn whole(batch: &MemberBatch, revision: i64, folded: Folded) -> Result<Self> {
        let (added, taken) = (lines(batch.member(), &folded.ledger)?, Vec::new());
        Ok(Self { member: batch.member().into(), revision, standing: folded.standing, is_whole: true, added, taken })
    }
}

/// Entries as the ledger stores them.
pub(crate) fn lines(member: &str, entries: &[Entry]) -> Result<Vec<String>> {
    entries.iter().map(|entry| Ok(serde_json::to_string(&entry.line(member))?)).collect()
}

fn key(delivery: &Delivery) -> (&str, &str, &str) {
    (&delivery.member, &delivery.source, &delivery.id)
}

/// Some lines of all changes, each beside its member.
fn lines_of(changes: &[Change], of: impl Fn(&Change) -> &Vec<String>) -> (Vec<&str>, Vec<&str>) {
    changes.iter().flat_map(|change| of(change).iter().map(|line| (&*change.member, &**line))).unzip()
}

/// Keys of the record, as a list for each column.
fn columns<'a>(keys: impl Iterator<Item = &'a (&'a str, &'a str, &'a str)>) -> [Vec<&'a str>; 3] {
    let mut columns = [const { Vec::new() }; 3];
    for (member, source, id) in keys {
        columns.iter_mut().zip([member, source, id]).for_each(|(column, value)| column.push(*value));
    }
    columns
}

/// The records of members, as far as this program can read them.
async fn histories(
    transaction: &Transaction<'_>,
    program: &Program,
    members: &[&str],
) -> Result<BTreeMap<String, History>> {
    let sql = "SELECT member, content FROM record WHERE member = ANY($1) AND NOT void AND content IS NOT NULL";
    let mut activities: BTreeMap<String, Vec<Activity>> = BTreeMap::new();
    for row in transaction.query(sql, &[&members]).await? {
        activities.entry(row.get(0)).or_default().extend(read(program, row.get(1)));
    }
    let history = |(member, activities): (String, Vec<Activity>)| {
        let history = History::new(program, &member, activities)?;
        Ok((member, history))
    };
    activities.into_iter().map(history).collect()
}

/// Reads a stored activity. `None` if it is of a kind that this program does not have.
pub(crate) fn read(program: &Program, content: &str) -> Option<Activity> {
    program.read_own(&mut Deserializer::from_str(content)).ok()
}
