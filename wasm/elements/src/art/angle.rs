//! Angle: sines in whole numbers, and points around the middle of the field.

/// A full turn. Angle 0 is up, and angles go clockwise.
pub(crate) const TURN: i64 = 1440;
/// Half a turn.
pub(super) const HALF: i64 = TURN / 2;
/// The sine of a quarter turn: sines and shares of a whole are counted in this unit.
pub(super) const ONE: i64 = 16_384;

/// A point of the field: to the right and down.
pub(super) type Point = (i64, i64);

/// The sine of an angle by Bhaskara's formula, which is exact at multiples of 30 and 90 degrees and within 0.2 % between.
pub(super) fn sine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(TURN);
    let x = angle % HALF;
    let y = x * (HALF - x);
    let sine = (16 * y * ONE).div_euclid(5 * HALF * HALF - 4 * y);
    if angle < HALF { sine } else { -sine }
}

/// The cosine of an angle.
pub(super) fn cosine(angle: i64) -> i64 {
    sine(angle + TURN / 4)
}

/// The point at an angle and a distance from the middle.
pub(super) fn point(angle: i64, radius: i64) -> Point {
    let round = |value: i64| (value + ONE / 2).div_euclid(ONE);
    (round(radius * sine(angle)), -round(radius * cosine(angle)))
}

/// A share of a number, in parts of [`ONE`].
pub(super) fn share(of: i64, part: i64) -> i64 {
    (of * part).div_euclid(ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_close_to_those_of_floats() {
        for angle in -TURN..2 * TURN {
            let exact = (angle as f64 / TURN as f64 * std::f64::consts::TAU).sin() * ONE as f64;
            assert!((sine(angle) as f64 - exact).abs() < 0.002 * ONE as f64, "{angle}");
        }
        assert_eq!([0, 120, 360, 600, 720, 840, 1080].map(sine), [0, ONE / 2, ONE, ONE / 2, 0, -ONE / 2, -ONE]);
    }
}
