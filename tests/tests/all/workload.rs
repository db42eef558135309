//! The workload: its programs reach the checksums that other engines reach with the same stream and rules.

use knownfor_speed::{Standings, Stream, program};

#[track_caller]
fn reaches(rules: usize, activities: usize, sum: &str) {
    let mut standings = Standings::new(program(rules));
    standings.take(&Stream::of(100_000).take(activities).collect::<Vec<_>>());
    assert_eq!(standings.checksum(), sum);
}

#[test]
fn the_stream_is_the_same_everywhere() {
    assert_eq!(
        Stream::of(100_000).next().as_deref(),
        Some(
            r#"{"id":0,"ts":1704067200,"member":"m016066","kind":"chatter.posted","topics":["t27"],"words":278,"audience":"team","counterpart":null}"#
        )
    );
}

#[test]
fn ten_rules() {
    reaches(10, 20_000, "f7d310d04a45c9f3");
}

#[test]
fn a_hundred_rules() {
    reaches(100, 20_000, "cb8d8c5d6dfbccbf");
}

#[test]
fn a_thousand_rules() {
    reaches(1_000, 1_000, "6a3167c6100338b0");
}

/// Streaks are reached only later in the stream than the prefixes above go. Without optimisation that takes too long,
/// so only `cargo test --release` runs this.
#[cfg(not(debug_assertions))]
#[test]
fn ten_rules_to_the_end_of_the_stream() {
    reaches(10, 1_000_000, "e974abf1c594c326");
}
