//! Difference: the entries that two ledgers of one member do not share.

use crate::{base::sort::sort_by, state::ledger::Entry};
use alloc::{sync::Arc, vec::Vec};
use core::cmp::Ordering;

/// The entries of `new` that are missing from `old`, and those of `old` that are missing from `new`, in the order of
/// their ledgers.
///
/// This is a merge, because a ledger is in order of time. It reads each ledger once and copies only the entries that
/// differ.
pub(crate) fn difference(old: &[Entry], new: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
    let (mut added, mut taken) = (Vec::new(), Vec::new());
    let (mut old, mut new) = (moments(old).peekable(), moments(new).peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some([old, ..]), Some([new, ..])) => by_moment(old, new),
            (Some(_), _) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return (added, taken),
        };
        let before = old.next_if(|_| order.is_le()).unwrap_or_default();
        let after = new.next_if(|_| order.is_ge()).unwrap_or_default();
        if before != after {
            added.extend(missing_from(before, after));
            taken.extend(missing_from(after, before));
        }
    }
}

/// The entries of each moment, which are next to each other in a ledger.
fn moments(ledger: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    ledger.chunk_by(|a, b| by_moment(a, b).is_eq())
}

/// The order of a ledger: by time, and at the same instant what fell due before the activities, as the fold gives
/// them.
///
/// Entries that fell due at one instant are of one moment, whatever their activity: those of a backfill belong to
/// many.
fn by_moment(a: &Entry, b: &Entry) -> Ordering {
    // The two ledgers usually share their activities.
    if Arc::ptr_eq(&a.origin, &b.origin) && a.due == b.due {
        return Ordering::Equal;
    }
    let activity = |entry: &Entry| entry.due.is_none();
    let order = a.at().cmp(&b.at()).then_with(|| activity(a).cmp(&activity(b)));
    order.then_with(|| match activity(a) {
        true => a.origin.order_key().cmp(&b.origin.order_key()),
        false => Ordering::Equal,
    })
}

/// The entries of one moment that other entries of that moment lack.
fn missing_from(others: &[Entry], entries: &[Entry]) -> impl Iterator<Item = Entry> {
    let mut others: Vec<&Entry> = others.iter().collect();
    sort_by(&mut others, |a, b| a.id().cmp(&b.id()));
    let is_missing = move |entry: &&Entry| {
        let found = others.binary_search_by(|other| other.id().cmp(&entry.id())).ok();
        found.and_then(|index| others.get(index)) != Some(entry)
    };
    entries.iter().filter(is_missing).cloned()
}
