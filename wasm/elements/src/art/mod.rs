//! Art: the picture of a badge, woven from its id, and the thread below what a member is known for.
//!
//! The id alone decides how a badge looks, so a program that adds a badge has its picture at once, and the same picture
//! everywhere. All arithmetic is in whole numbers: no float, no table, no random number. The same id gives the same
//! path in every browser and on every server.
//!
//! - `angle`: sines and points around the middle
//! - `shape`: the outline of a badge, as a radius at each angle
//! - `pattern`: what the id chooses
//! - `weave`: the strands between an inner and an outer edge
//! - `thread`: strands about each other below a word
//! - `path`: points as the data of an SVG path
//!
//! The field is 960 by 960 with its middle at 0, 0. [`FORMAT`] numbers the way from an id to a picture. A change to it
//! changes the badges that people have earned, so it needs a new number.

mod angle;
mod path;
mod pattern;
mod shape;
mod thread;
mod weave;

pub(crate) use angle::TURN;
pub(crate) use pattern::Pattern;
pub(crate) use shape::Outline;
pub(crate) use thread::thread;
pub(crate) use weave::weave;

/// The number of the way from an id to a picture.
pub(crate) const FORMAT: i64 = 1;

#[cfg(test)]
mod tests {
    use super::*;
    use knownfor::Shape;
    use std::collections::{BTreeMap, BTreeSet};

    const SHAPES: [Shape; 5] = [Shape::Circle, Shape::Hexagon, Shape::Square, Shape::Shield, Shape::Star];

    /// A hundred ids of badges, in scripts of several kinds.
    fn ids() -> Vec<String> {
        let named = ["storyteller", "guide", "bridge", "well-read", "введение", "紹介", "مرشد", "a", "A", ""];
        named.map(String::from).into_iter().chain((0..90).map(|number| format!("badge-{number}"))).collect()
    }

    /// Everything that is drawn for a badge, as the data of its paths.
    fn paths(id: &str, shape: Shape) -> Vec<String> {
        let outline = Outline::of(shape);
        let pattern = Pattern::of(id, &outline);
        let weaves = [(3, TURN, 12), (5, TURN, 10), (8, TURN, 10), (16, TURN, 6), (5, 288, 12), (5, 1152, 10)];
        let weaves = weaves.map(|(strands, until, step)| weave(&pattern, &outline, strands, until, step)).concat();
        weaves.into_iter().chain(outline.rope(416)).chain([outline.line(440)]).collect()
    }

    /// FNV-1a in 64 bits.
    fn hash(paths: &[String]) -> u64 {
        let bytes = paths.iter().flat_map(|path| path.bytes().chain([b'\n']));
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    }

    /// If this fails, the badges that people have earned look different. Do not change the file: give the way from an
    /// id to a picture a new number, and keep the old way for the badges that have it.
    #[test]
    fn pictures_of_format_1_never_change() {
        assert_eq!(FORMAT, 1);
        let mut lines = String::new();
        for id in ids() {
            for shape in SHAPES {
                let cloth = Pattern::of(&id, &Outline::of(shape)).cloth;
                lines += &format!(
                    "{id:?} {} {cloth} {:016x}\n",
                    format!("{shape:?}").to_lowercase(),
                    hash(&paths(&id, shape))
                );
            }
        }
        assert!(lines == include_str!("format_1.txt"), "{lines}");
    }

    #[test]
    fn badges_look_different_from_each_other() {
        for shape in SHAPES {
            let mut seen = BTreeSet::new();
            let mut cloths = BTreeMap::new();
            for number in 0..3_000 {
                let pattern = Pattern::of(&format!("badge {number}"), &Outline::of(shape));
                seen.insert(format!("{pattern:?}"));
                *cloths.entry(pattern.cloth).or_insert(0) += 1;
            }
            assert!(seen.len() > 1_500, "{shape:?}: {} patterns", seen.len());
            assert!(cloths.len() == 6 && cloths.values().all(|count| (400..600).contains(count)), "{cloths:?}");
        }
    }

    #[test]
    fn paths_stay_within_the_field_and_are_valid() {
        for id in ids().into_iter().take(20) {
            for shape in SHAPES {
                for path in paths(&id, shape) {
                    assert!(path.starts_with('M') && !path.contains("--"), "{path}");
                    let (mut x, mut y) = (0, 0);
                    for command in path.trim_end_matches('z').split(['M', 'q']).skip(1) {
                        let numbers = command.replace('-', " -");
                        let numbers: Vec<i64> =
                            numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
                        assert!(numbers.len() == 2 || numbers.len() == 4, "{path}");
                        (x, y) = (x + numbers[numbers.len() - 2], y + numbers[numbers.len() - 1]);
                        assert!(x.abs() <= 480 && y.abs() <= 480, "{id} {shape:?}: {x}, {y}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_badge_that_has_hardly_begun_has_no_strand() {
        let outline = Outline::of(Shape::Circle);
        let pattern = Pattern::of("guide", &outline);
        assert!(weave(&pattern, &outline, 5, 0, 10).is_empty());
        assert_eq!(weave(&pattern, &outline, 5, 20, 10).len(), 5);
    }
}
