//! Thread: strands about each other below a word, one more for each thing that speaks for it.

use super::{
    angle::{HALF, ONE, Point, TURN, share, sine},
    path,
    pattern::hash,
};

/// The width of the field, which a page stretches to the width of the word.
const WIDTH: i64 = 1000;
/// The height of the field. The strands swing about its middle.
const HEIGHT: i64 = 64;
/// How far from both ends the strands part and meet.
const ENDS: i64 = 220;
/// The distance between two points of a strand.
const STEP: usize = 10;

/// The strands, each as the data of a path in a field of 1000 by 64. A single strand is a straight line. The more
/// there are, the longer their waves, so that each can still be counted.
pub(crate) fn thread(id: &str, strands: i64) -> Vec<String> {
    let middle = HEIGHT / 2;
    if strands < 2 {
        return vec![format!("M0 {middle}H{WIDTH}")];
    }
    let hash = i64::from(hash(id));
    let waves = ((22 + hash % 5) / strands).max(3);
    let strand = |strand: i64| {
        let at = |x: i64| -> Point {
            let angle = x * TURN * waves / WIDTH + TURN * strand / strands;
            let ends = sine(x.min(WIDTH - x).min(ENDS) * (HALF / 2) / ENDS);
            // Wider and narrower along the way, as a thread in the hand is.
            let swell = 12 * ONE + 4 * sine(x * TURN * (2 + hash / 8 % 2) / WIDTH + hash / 64 % TURN);
            let reach = share(swell / 16, ends) * (middle - 4) / ONE;
            (x, middle + share(reach, sine(angle)))
        };
        let points: Vec<Point> = (0..=WIDTH).step_by(STEP).map(at).collect();
        path::open(&points)
    };
    (0..strands).map(strand).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_has_as_many_strands_as_asked_for() {
        assert_eq!(thread("rust", 1), ["M0 32H1000"]);
        for strands in 2..=7 {
            let paths = thread("rust", strands);
            assert_eq!(paths.len() as i64, strands);
            assert!(paths.iter().all(|path| path.starts_with("M0 32q")), "strands meet at the beginning: {paths:?}");
        }
        assert_ne!(thread("rust", 3), thread("sql", 3));
    }
}
