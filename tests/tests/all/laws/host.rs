//! A host that keeps members in a database ends up with what an engine has, and with its answers, however what comes in
//! is spread over batches. What it told its members is what they have.

use super::{cases, regressions};
use crate::world::{activities, lines, program};
use knownfor::{Batch, Engine, Entry, History, Incoming, Program, Standing, Status, Timestamp};
use knownfor_tests::generate::{self, Case};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

/// What the database of a host holds.
struct Host {
    program: Program,
    /// Activities as text, by source and id.
    record: BTreeMap<(String, String), String>,
    voids: BTreeSet<(String, String)>,
    standings: BTreeMap<String, Vec<u8>>,
    /// What members were told and still have.
    news: BTreeMap<String, Vec<Entry>>,
    told: Timestamp,
}

impl Host {
    /// Takes a batch in. It looks everything up before it writes.
    fn take(&mut self, incoming: &[Incoming]) -> Vec<Status> {
        let mut batch = Batch::new(&self.program).told_until(self.told);
        let (mut statuses, mut activities, mut voids) = (Vec::new(), Vec::new(), Vec::new());
        for one in incoming {
            let key = key(one);
            let stored = self.record.get(&key).map(|text| text.as_str());
            let mut stored = stored.map(serde_json::Deserializer::from_str);
            let known = self.program.known(stored.as_mut(), self.voids.contains(&key));
            let admission = batch.add(one.clone(), known).expect("made-up activities are no conflicts");
            statuses.push(admission.status);
            match one {
                Incoming::Activity(activity) if admission.is_new => {
                    activities.push((key, serde_json::to_string(&activity.to_tree()).expect("a tree is JSON")));
                }
                Incoming::Void { .. } if admission.is_new => voids.push(key),
                _ => {}
            }
        }
        for (key, text) in activities {
            assert!(self.record.insert(key, text).is_none(), "an activity is new once");
        }
        for key in voids {
            assert!(self.voids.insert(key), "a void is new once");
        }
        let mut last = String::new();
        for part in batch.members() {
            assert!(*last < *part.member(), "members come in the order of their names");
            last = part.member().to_owned();
            let stored = self.standings.get(part.member());
            let stored = stored.map(|bytes| Standing::from_bytes(&self.program, bytes).expect("its own bytes"));
            let settled = match stored.map(|standing| part.apply(standing)) {
                Some(Ok(settled)) => settled,
                Some(Err(_)) | None => part.fold(self.history(part.member())).expect("one program"),
            };
            self.standings.insert(last.clone(), settled.standing.to_bytes());
            let news = self.news.entry(last.clone()).or_default();
            for taken in &settled.taken {
                news.remove(news.iter().rposition(|entry| entry == taken).expect("what is taken was told"));
            }
            news.extend(settled.added);
        }
        statuses
    }

    /// Tells members what time alone brought.
    fn tell(&mut self, until: Timestamp) {
        for (member, bytes) in &self.standings {
            let standing = Standing::from_bytes(&self.program, bytes).expect("its own bytes");
            let brought = standing.brought_between(self.told, until);
            self.news.get_mut(member).expect("who has a standing has news").extend(brought);
        }
        self.told = until;
    }

    fn history(&self, member: &str) -> History {
        let living = self.record.iter().filter(|(key, _)| !self.voids.contains(*key));
        let read = |text: &String| self.program.read_own(&mut serde_json::Deserializer::from_str(text));
        let own = living.map(|(_, text)| read(text).expect("what it wrote"));
        let own = own.filter(|activity| activity.members().any(|named| named == member));
        History::new(&self.program, member, own).expect("one program")
    }
}

fn key(incoming: &Incoming) -> (String, String) {
    match incoming {
        Incoming::Activity(activity) => (activity.source().into(), activity.id().into()),
        Incoming::Void { source, id } => (source.to_string(), id.to_string()),
        Incoming::Ignored { .. } => unreachable!("made-up activities are of known kinds"),
    }
}

/// What arrives in which order: the activities of a case, some of them again, and its voids.
fn arrivals(case: &Case, program: &Program, again: &[Index], order: &[Index]) -> Vec<Incoming> {
    let activities = activities(program, &case.record);
    let again = again.iter().map(|index| index.get(&activities).clone());
    let mut incoming: Vec<Incoming> = activities.iter().cloned().chain(again).map(Incoming::from).collect();
    let voids = case.voids.iter();
    incoming.extend(voids.map(|(source, id)| Incoming::Void { source: (&**source).into(), id: (&**id).into() }));
    for index in order {
        let from = index.index(incoming.len());
        let moved = incoming.remove(from);
        incoming.insert((from * 7 + 3) % (incoming.len() + 1), moved);
    }
    incoming
}

proptest! {
    #![proptest_config(cases(200, regressions!("host")))]

    #[test]
    fn a_host_with_a_database_has_what_an_engine_has(
        case in generate::cases(40),
        (again, order) in (vec(any::<Index>(), 0..5), vec(any::<Index>(), 0..30)),
        sizes in vec(1usize..8, 45),
        days in vec(0i64..40, 45),
    ) {
        let program = program(&case.program);
        let mut engine = Engine::new(program.clone());
        let incoming = arrivals(&case, &program, &again, &order);
        let told = activities(&program, &case.record).iter().map(|activity| activity.at()).min().expect("a case has some");
        let mut host = Host {
            program, told, record: BTreeMap::new(), voids: BTreeSet::new(), standings: BTreeMap::new(), news: BTreeMap::new()
        };
        let mut rest = &incoming[..];
        for (size, days) in sizes.into_iter().zip(days) {
            let (batch, after) = rest.split_at(size.min(rest.len()));
            rest = after;
            let statuses = host.take(batch);
            let theirs: Vec<_> = batch.iter().map(|one| engine.apply(one.clone()).expect("no conflict").status).collect();
            prop_assert_eq!(statuses, theirs);
            // On many days, nobody is told anything.
            if days > 20 {
                let until = host.told.to_string().parse::<jiff::Timestamp>().expect("a time") + jiff::SignedDuration::from_hours(24 * days);
                host.tell(until.to_string().parse().expect("a time"));
            }
        }
        prop_assert!(rest.is_empty());
        for (member, bytes) in &host.standings {
            let empty = Standing::new(engine.program());
            let standing = engine.standing(member).unwrap_or(&empty);
            prop_assert_eq!(&standing.to_bytes(), bytes, "{}", member);
            let ledger = engine.as_of(member, host.told).map(|folded| folded.ledger).unwrap_or_default();
            prop_assert_eq!(sorted(member, &host.news[member]), sorted(member, &ledger), "{}", member);
        }
        prop_assert!(engine.members().all(|member| host.standings.contains_key(member)));
    }
}

/// The lines of entries, sorted.
fn sorted(member: &str, entries: &[Entry]) -> Vec<String> {
    let mut lines: Vec<String> = lines(member, entries).lines().map(String::from).collect();
    lines.sort();
    lines
}
