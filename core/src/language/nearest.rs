//! Nearest: the known name that is meant by a misspelt one.

use crate::base::sort::sort;
use alloc::{format, string::String, vec, vec::Vec};
use core::iter;

/// The message for an unknown name: the nearest known one, or all of them.
pub(crate) fn unknown<'n>(what: &str, name: &str, mut known: impl Iterator<Item = &'n str>) -> String {
    // Not generic, so the code exists once for all iterators.
    unknown_among(what, name, &mut || known.next())
}

fn unknown_among<'n>(what: &str, name: &str, next: &mut dyn FnMut() -> Option<&'n str>) -> String {
    format!("there is no {what} `{name}`{}", instead(name, &iter::from_fn(next).collect::<Vec<_>>()))
}

/// What to write instead of an unknown name.
pub(crate) fn instead(name: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(name, known) {
        return format!("; did you mean `{near}`?");
    }
    let mut names = known.to_vec();
    // Sorting many names for each of many mistakes would take long, and they are not listed.
    if names.len() <= 2 * MAX_LISTED {
        sort(&mut names);
        names.dedup();
    }
    match names.len() {
        0 => "; the program has none".into(),
        1..=MAX_LISTED => format!("; expected one of: {}", names.join(", ")),
        many => format!("; none of the {many} known names is similar"),
    }
}

/// The most names that a message lists.
const MAX_LISTED: usize = 20;

/// The known name that is meant by another: the word that the language has for it; or the one with the smallest edit
/// distance, if that is at most one edit and another for each three letters; or the only one that begins so.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let is = |word: &&str| word.eq_ignore_ascii_case(name);
    let meant = MEANT.iter().filter(|(_, others)| others.iter().any(is));
    let meant = meant.filter_map(|(word, _)| known.iter().find(|known| *known == word)).next().copied();
    meant.or_else(|| misspelt(name, known)).or_else(|| {
        let begins = |known: &&&str| known.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let mut beginning = known.iter().filter(begins).filter(|_| name.len() >= MIN_BEGINNING);
        beginning.next().copied().filter(|_| beginning.next().is_none())
    })
}

/// Words of the language, each with what other languages and people call it.
const MEANT: [(&str, &[&str]); 21] = [
    ("integer", &["number", "int", "float", "decimal"]),
    ("text", &["string", "str"]),
    ("flag", &["bool", "boolean"]),
    ("time", &["date", "datetime", "timestamp"]),
    ("member", &["user", "person"]),
    ("texts", &["list", "array", "strings"]),
    ("min", &[">=", "gte", "ge", "at_least", "least", "minimum"]),
    ("max", &["<=", "lte", "le", "at_most", "most", "maximum"]),
    ("is", &["=", "==", "eq", "equals"]),
    ("not", &["!=", "ne", "neq"]),
    ("any", &["in", "one_of"]),
    ("times", &["max", "count"]),
    ("on", &["kind", "kinds", "event", "activity", "trigger"]),
    ("give", &["points", "amount", "gives", "reward"]),
    ("if", &["condition", "conditions", "where"]),
    ("when", &["goal", "goals", "criteria"]),
    ("count", &["kind", "kinds"]),
    ("name", &["title", "label"]),
    ("actor", &["user", "member"]),
    ("owner", &["author", "creator"]),
    ("company", &["everyone", "all"]),
];

/// The fewest letters by which a name is known from its beginning: `sun` is sunday.
const MIN_BEGINNING: usize = 3;

/// The known name with the smallest edit distance.
///
/// Names are measured in the order of a lower bound that costs next to nothing, until no other can be nearer. So a
/// program with a thousand names and a thousand mistakes is checked at once.
fn misspelt<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let letters = Some(Letters::of(name)).filter(|letters| letters.count <= MAX_MISTYPED_CHARS)?;
    let most = (letters.count / 3 + 1) * EDIT;
    let bounds: Vec<usize> = known.iter().map(|other| letters.least_edits(&Letters::of(other)) * EDIT).collect();
    let mut best: Option<(usize, &str)> = None;
    let mut measured = 0;
    for least in (0..=most).step_by(EDIT) {
        if best.is_some_and(|(edits, _)| edits < least) {
            break;
        }
        for (other, _) in known.iter().zip(&bounds).filter(|(_, bound)| **bound == least) {
            measured += 1;
            if measured > MAX_MEASURED {
                return best.map(|(_, other)| other);
            }
            let near = (edit_distance(name, other, best.map_or(most, |(edits, _)| edits)), *other);
            if near.0 <= most && best.is_none_or(|best| near < best) {
                best = Some(near);
            }
        }
    }
    best.map(|(_, other)| other)
}

/// Longer names are not compared: a name from a feed may be long.
const MAX_MISTYPED_CHARS: usize = 64;
/// The most names that one name is measured against: a mistake is near to few names, and there may be many of both.
const MAX_MEASURED: usize = 100;

/// How many letters a name has, and which, as a set of 64 sorts. Upper and lower case are one sort.
struct Letters {
    count: usize,
    sorts: u64,
}

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Self { count: 0, sorts: 0 };
        for byte in name.bytes() {
            let sort = match byte {
                b'a'..=b'z' => byte - b'a',
                b'A'..=b'Z' => byte - b'A',
                b'0'..=b'9' => byte - b'0' + 26,
                // The first byte of a letter in UTF-8 stands for all of it.
                0x80..=0xBF => continue,
                other => other % 28 + 36,
            };
            letters.count += 1;
            letters.sorts |= 1 << sort;
        }
        letters
    }

    /// A lower bound of the edits between two names: one edit adds or removes at most one letter, and so one sort.
    fn least_edits(&self, other: &Self) -> usize {
        let missing = |sorts: u64, others: u64| (sorts & !others).count_ones() as usize;
        let sorts = missing(self.sorts, other.sorts).max(missing(other.sorts, self.sorts));
        self.count.abs_diff(other.count).max(sorts)
    }
}

/// What it costs to insert, remove or replace a letter.
const EDIT: usize = 2;
/// What it costs to swap two neighbours: less, because it is one slip, and both letters are there.
const SWAP: usize = 1;

/// The edit distance, ignoring case (optimal string alignment). Above `most` it is any number above `most`.
fn edit_distance(from: &str, to: &str, most: usize) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let same = |a: Option<&char>, b: Option<&char>| a.zip(b).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    let cost = |row: &[usize], at: usize, more: usize| row.get(at).map_or(usize::MAX, |cost| cost.saturating_add(more));
    // Each letter that is ahead or behind was inserted or removed.
    let ahead = most / EDIT;
    // A row has the costs from so far in `from` to each length of `to`.
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).map(|inserted| inserted * EDIT).collect();
    for a in 0..from.len() {
        let mut row = vec![usize::MAX; to.len() + 1];
        if let Some(removed) = row.first_mut() {
            *removed = (a + 1) * EDIT;
        }
        for b in a.saturating_sub(ahead)..(a + ahead + 1).min(to.len()) {
            let replaced = if same(from.get(a), to.get(b)) { 0 } else { EDIT };
            let mut least = cost(&last, b, replaced).min(cost(&row, b, EDIT)).min(cost(&last, b + 1, EDIT));
            if let (Some(a_before), Some(b_before)) = (a.checked_sub(1), b.checked_sub(1))
                && same(from.get(a), to.get(b_before))
                && same(from.get(a_before), to.get(b))
            {
                least = least.min(cost(&before_last, b_before, SWAP));
            }
            if let Some(cost) = row.get_mut(b + 1) {
                *cost = least;
            }
        }
        before_last = last;
        last = row;
    }
    cost(&last, to.len(), 0)
}
