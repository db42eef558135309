//! Order: where an activity stands in a record, whatever the order of arrival.

use crate::{
    base::time::Timestamp,
    input::{
        activity::Activity,
        origin::{Origin, Stamp},
    },
    program::Definition,
};
use core::cmp::Ordering;

/// The sort key of a record. No two activities of a record have the same one.
// The order of the fields is the order of the comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OrderKey<'a> {
    instant: Timestamp,
    sequence: Option<i64>,
    /// What undoes comes after what it can undo.
    undoes: u16,
    source: &'a str,
    id: OrderedId<'a>,
}

/// An id. Whole numbers come first, by their value; all other ids follow as bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct OrderedId<'a>(&'a str);

impl Stamp {
    /// The sort key of an activity in a record of the program that read it.
    pub(crate) fn order_key(&self, program: &Definition) -> OrderKey<'_> {
        OrderKey {
            instant: self.time.instant,
            sequence: self.sequence,
            undoes: program.kinds.lookup(self.kind).map_or(0, |kind| kind.undoes),
            source: &self.source,
            id: OrderedId(&self.id),
        }
    }
}

impl Origin {
    pub(crate) fn order_key(&self) -> OrderKey<'_> {
        self.stamp.order_key(&self.program)
    }
}

impl Activity {
    /// Whether its kind reverses other activities.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// assert!(!post("1", 2, "ada")?.reverses());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reverses(&self) -> bool {
        self.program().kinds[self.origin.kind].reverses.is_some()
    }
}

impl Ord for OrderedId<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_value = match (number(self.0), number(other.0)) {
            (Some(number), Some(other)) => compare_numbers(number, other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        // `7` and `007` are the same number and two ids.
        by_value.then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for OrderedId<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a whole number is negative, and its digits without leading zeros; `None` for any other text. The digits are
/// kept as text, because ids may have more than 64 bits.
fn number(id: &str) -> Option<(bool, &str)> {
    let digits = id.strip_prefix('-').unwrap_or(id);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = digits.trim_start_matches('0');
    is_number.then_some((digits.len() < id.len() && !value.is_empty(), value))
}

fn compare_numbers((is_negative, digits): (bool, &str), (other_is_negative, others): (bool, &str)) -> Ordering {
    let by_size = digits.len().cmp(&others.len()).then_with(|| digits.cmp(others));
    match (is_negative, other_is_negative) {
        (false, false) => by_size,
        (true, true) => by_size.reverse(),
        (is_negative, other) => other.cmp(&is_negative),
    }
}

#[cfg(test)]
mod tests {
    use super::OrderedId;

    #[test]
    fn ids_are_in_one_total_order() {
        let order = [
            "-10",
            "-9",
            "-0",
            "0",
            "007",
            "7",
            "9",
            "10",
            "18446744073709551616",
            "18446744073709551617",
            "100000000000000000000",
            "",
            "+5",
            "-",
            "10a",
            "9a",
            "a",
            "٣",
        ];
        for (index, id) in order.iter().enumerate() {
            for (other_index, other) in order.iter().enumerate() {
                assert_eq!(OrderedId(id).cmp(&OrderedId(other)), index.cmp(&other_index), "`{id}` and `{other}`");
            }
        }
    }
}
