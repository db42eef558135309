//! Nearest: the known name that is meant by a misspelt one.

use crate::base::sort::sort;
use alloc::{format, string::String, vec::Vec};
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
    sort(&mut names);
    names.dedup();
    match names.len() {
        0 => "; the program has none".into(),
        1..=20 => format!("; expected one of: {}", names.join(", ")),
        many => format!("; none of the {many} known names is similar"),
    }
}

/// The known name with the smallest edit distance, if that is at most one edit and another for each three letters.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let letters = Some(name.chars().count()).filter(|letters| *letters <= MAX_MISTYPED_CHARS)?;
    let most = (letters / 3 + 1) * EDIT;
    let near = known.iter().map(|other| (edit_distance(name, other), *other)).filter(|(edits, _)| *edits <= most);
    near.min().map(|(_, other)| other)
}

/// Longer names are not compared: a name from a feed may be long, and every known name is measured against it.
const MAX_MISTYPED_CHARS: usize = 64;

/// What it costs to insert, remove or replace a letter.
const EDIT: usize = 2;
/// What it costs to swap two neighbours: less, because it is one slip, and both letters are there.
const SWAP: usize = 1;

/// The edit distance, ignoring case (optimal string alignment).
fn edit_distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let same = |a: Option<&char>, b: Option<&char>| a.zip(b).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    let cost = |row: &[usize], at: usize, more: usize| row.get(at).map_or(usize::MAX, |cost| cost + more);
    // A row has the costs from so far in `from` to each length of `to`.
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).map(|inserted| inserted * EDIT).collect();
    for a in 0..from.len() {
        let mut row = Vec::from([(a + 1) * EDIT]);
        for b in 0..to.len() {
            let replaced = if same(from.get(a), to.get(b)) { 0 } else { EDIT };
            let mut least = cost(&last, b, replaced).min(cost(&row, b, EDIT)).min(cost(&last, b + 1, EDIT));
            if let (Some(a_before), Some(b_before)) = (a.checked_sub(1), b.checked_sub(1))
                && same(from.get(a), to.get(b_before))
                && same(from.get(a_before), to.get(b))
            {
                least = least.min(cost(&before_last, b_before, SWAP));
            }
            row.push(least);
        }
        before_last = last;
        last = row;
    }
    cost(&last, to.len(), 0)
}
