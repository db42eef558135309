//! Shape: the outline of a badge, as a radius at each angle.

use super::{
    angle::{HALF, ONE, Point, TURN, cosine, point, share, sine},
    path,
};
use knownfor::Shape;

/// How far a star's valleys are below its points, in parts of [`ONE`].
const STAR_DEPTH: i64 = 2_700;
/// The corners of a star.
const STAR_POINTS: i64 = 8;

/// The outline of a badge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    corners: Corners,
    /// How much of a circle is in it, of 16. It rounds the sides.
    round: i64,
    /// Its radius at the corners, in parts of [`ONE`], so that all shapes look equally large.
    size: i64,
    /// How far up it stands: a shield has a long point below.
    lift: i64,
    /// How often a weave in it may repeat in a turn.
    pub(super) folds: &'static [i64],
}

#[derive(Clone, Copy, Debug)]
enum Corners {
    None,
    /// A regular polygon. The angle turns a corner away from the top.
    Polygon(i64, i64),
    Star,
}

impl Outline {
    /// The outline of a shape; a circle for a shape that only a newer server knows.
    pub(crate) fn of(shape: Shape) -> Self {
        let (corners, round, size, lift, folds): (_, _, _, _, &[i64]) = match shape {
            Shape::Hexagon => (Corners::Polygon(6, 0), 4, 16_384, 0, &[6, 12]),
            Shape::Square => (Corners::Polygon(4, TURN / 8), 7, 17_300, 0, &[4, 8]),
            Shape::Shield => (Corners::Polygon(3, TURN / 6), 9, 18_000, 36, &[3, 6, 9]),
            Shape::Star => (Corners::Star, 0, 16_000, 0, &[8]),
            _ => (Corners::None, 16, 15_200, 0, &[5, 8, 9, 10]),
        };
        Self { corners, round, size, lift, folds }
    }

    /// The radius at an angle, about [`ONE`]: the mean of seven angles near it, which rounds the corners.
    pub(super) fn radius(&self, angle: i64) -> i64 {
        let near = |distance: i64| move |step: i64| angle + step * distance;
        let sum: i64 = match self.corners {
            Corners::None => return self.size,
            Corners::Polygon(corners, turned) => (-3..=3)
                .map(near(14))
                .map(|angle| (side(corners, angle + turned) * (16 - self.round) + ONE * self.round).div_euclid(16))
                .sum(),
            Corners::Star => {
                let sector = TURN / STAR_POINTS;
                let valley = |angle: i64| ((angle + sector / 2).rem_euclid(sector) - sector / 2).abs();
                (-3..=3).map(near(7)).map(|angle| ONE - (valley(angle) * STAR_DEPTH).div_euclid(sector / 2)).sum()
            }
        };
        share(sum.div_euclid(7), self.size)
    }

    /// The point of the field at an angle and a distance from the shape's middle.
    pub(super) fn point(&self, angle: i64, radius: i64) -> Point {
        let (x, y) = point(angle, radius);
        (x, y - self.lift)
    }

    /// The outline itself, `reach` from the middle.
    pub(crate) fn line(&self, reach: i64) -> String {
        let points: Vec<Point> =
            (0..TURN).step_by(15).map(|angle| self.point(angle, share(reach, self.radius(angle)))).collect();
        path::closed(&points)
    }

    /// A rope along the outline: two strands about each other.
    pub(crate) fn rope(&self, reach: i64) -> [String; 2] {
        [0, HALF].map(|phase| {
            let swing = |angle: i64| reach + share(9, sine(48 * angle + phase));
            let points: Vec<Point> =
                (0..TURN).step_by(5).map(|angle| self.point(angle, share(swing(angle), self.radius(angle)))).collect();
            path::closed(&points)
        })
    }

    /// How far down the outline reaches, `reach` from the middle.
    pub(crate) fn bottom(&self, reach: i64) -> i64 {
        share(reach, self.radius(HALF)) - self.lift
    }

    /// How far up it stands in the field.
    pub(crate) fn lift(&self) -> i64 {
        self.lift
    }
}

/// The radius of a regular polygon at an angle from one of its corners, [`ONE`] at the corner.
fn side(corners: i64, angle: i64) -> i64 {
    let half = TURN / corners / 2;
    let from_corner = (angle + half).rem_euclid(2 * half) - half;
    (ONE * cosine(half)).div_euclid(cosine(from_corner.abs() - half))
}
