//! Weave: strands that swing between an inner and an outer edge, each a little later than the last.

use super::{
    angle::{ONE, Point, TURN, share, sine},
    path,
    pattern::Pattern,
    shape::Outline,
};

/// The distance of the inner edge from the middle. The icon stands within it.
const INNER: i64 = 216;
/// The distance of the outer edge from the middle, before the outline shapes it.
const OUTER: i64 = 398;
/// How far two bands reach into each other.
const OVERLAP: i64 = 4;

/// The strands of a weave from the top to the angle `until`, each as the data of a path. A point every `step` of angle
/// suffices for a small picture; a large one needs more.
pub(crate) fn weave(pattern: &Pattern, outline: &Outline, strands: i64, until: i64, step: usize) -> Vec<String> {
    let is_whole = until >= TURN;
    let last = if is_whole { TURN - 1 } else { until };
    let strand = |strand: i64| {
        let phase = TURN * strand / strands;
        let at = |angle: i64| {
            let (low, high) = edges(pattern, outline, strand, angle);
            outline.point(angle, low + ((high - low) * (ONE + wave(pattern, angle, phase))).div_euclid(2 * ONE))
        };
        let points: Vec<Point> = (0..=last).step_by(step).map(at).collect();
        if is_whole { path::closed(&points) } else { path::open(&points) }
    };
    (0..strands).map(strand).filter(|data| !data.is_empty()).collect()
}

/// The edges between which a strand swings at an angle.
fn edges(pattern: &Pattern, outline: &Outline, strand: i64, angle: i64) -> (i64, i64) {
    let fold = sine(pattern.fold * (angle + pattern.turned) + TURN / 4);
    let low = INNER + (pattern.swell * 16 * (ONE + fold)).div_euclid(2 * ONE);
    let high = share(OUTER, outline.radius(angle)) - (pattern.pinch * 13 * (ONE - fold)).div_euclid(2 * ONE);
    // The inner band has two fifths of the way.
    let between = low + (2 * (high - low)).div_euclid(5);
    match (pattern.has_two_bands, strand % 2) {
        (false, _) => (low, high),
        (true, 0) => (between - OVERLAP, high),
        (true, _) => (low, between + OVERLAP),
    }
}

/// Where a strand is on its way from the inner edge, -[`ONE`], to the outer, [`ONE`].
fn wave(pattern: &Pattern, angle: i64, phase: i64) -> i64 {
    let first = sine(pattern.waves * angle + phase);
    let second = sine((pattern.waves + pattern.fold) * angle + 2 * phase);
    (first * (4 - pattern.second) + second * pattern.second).div_euclid(4)
}
