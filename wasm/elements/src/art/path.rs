//! Path: points as the data of an SVG path, in relative whole numbers, because those are short.

use super::angle::Point;
use std::fmt::Write;

/// A smooth closed line through the middles between points; the points themselves pull it.
pub(super) fn closed(points: &[Point]) -> String {
    let mut line = Line::from(middle(points[points.len() - 1], points[0]));
    for (pull, next) in points.iter().zip(points.iter().cycle().skip(1)) {
        line.curve(*pull, middle(*pull, *next));
    }
    line.data.push('z');
    line.data
}

/// A smooth line that begins at the first point and ends at the last. Of fewer than three points it is empty.
pub(super) fn open(points: &[Point]) -> String {
    let [first, pulls @ .., last] = points else { return String::new() };
    let [.., nearest] = pulls else { return String::new() };
    let mut line = Line::from(*first);
    for pair in pulls.windows(2) {
        line.curve(pair[0], middle(pair[0], pair[1]));
    }
    line.curve(*nearest, *last);
    line.data
}

fn middle(a: Point, b: Point) -> Point {
    ((a.0 + b.0).div_euclid(2), (a.1 + b.1).div_euclid(2))
}

/// A line as far as it is drawn.
struct Line {
    data: String,
    end: Point,
}

impl Line {
    fn from(start: Point) -> Self {
        let mut line = Self { data: String::from("M"), end: start };
        line.numbers([start.0, start.1]);
        line
    }

    /// Goes on to a point, pulled by another.
    fn curve(&mut self, pull: Point, to: Point) {
        let (x, y) = self.end;
        self.data.push('q');
        self.numbers([pull.0 - x, pull.1 - y, to.0 - x, to.1 - y]);
        self.end = to;
    }

    /// Writes numbers; a minus sign separates as well as a space does.
    fn numbers<const N: usize>(&mut self, numbers: [i64; N]) {
        for (index, number) in numbers.into_iter().enumerate() {
            if index > 0 && number >= 0 {
                self.data.push(' ');
            }
            // Writing to a string cannot fail.
            let _ = write!(self.data, "{number}");
        }
    }
}
