//! Pattern: what a badge's id chooses for its weave.

use super::{angle::TURN, shape::Outline};

/// The number of cloths to print on.
const CLOTHS: i64 = 6;
/// Waves in a turn, at least and at most. With more, the strands would leave no ground between them.
const WAVES: (i64, i64) = (6, 16);

/// How a badge's weave is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pattern {
    /// The cloth that it is printed on, from 0 to 5.
    pub(crate) cloth: i64,
    /// How often the weave repeats in a turn.
    pub(super) fold: i64,
    /// Waves in a turn, a multiple of the folds.
    pub(super) waves: i64,
    /// How far the inner edge swells at each fold, from 0 to 3.
    pub(super) swell: i64,
    /// How far the outer edge is pinched between folds, from 0 to 3.
    pub(super) pinch: i64,
    /// How much of a second wave is in the first, of 4.
    pub(super) second: i64,
    /// Whether there are two bands of strands, one around the other.
    pub(super) has_two_bands: bool,
    /// The angle by which the swelling is turned: it stands on the corners, or between them.
    pub(super) turned: i64,
}

impl Pattern {
    /// The pattern of a badge. The order of the choices is part of the format.
    pub(crate) fn of(id: &str, outline: &Outline) -> Self {
        let mut choices = Choices::of(id);
        let fold = outline.folds[choices.below(outline.folds.len() as i64) as usize];
        let cloth = choices.below(CLOTHS);
        let most = (WAVES.1 / fold).max(1);
        let least = most.min((WAVES.0 + fold - 1) / fold);
        Self {
            cloth,
            fold,
            waves: fold * (least + choices.below(most - least + 1)),
            swell: choices.below(4),
            pinch: choices.below(4),
            second: choices.below(3),
            has_two_bands: choices.below(3) == 2,
            turned: choices.below(2) * (TURN / (2 * fold)),
        }
    }
}

/// Choices made by a hash, each from what the earlier ones have left of it.
struct Choices(u32);

/// FNV-1a of an id, with one more round of mixing: its low bits are weak for short ids.
pub(super) fn hash(id: &str) -> u32 {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

impl Choices {
    fn of(id: &str) -> Self {
        Self(hash(id))
    }

    /// A number from 0 to below `count`.
    fn below(&mut self, count: i64) -> i64 {
        let count = count as u32;
        let chosen = self.0 % count;
        self.0 = ((self.0 / count) ^ 0x9e37_79b9).wrapping_mul(0x85eb_ca6b);
        i64::from(chosen)
    }
}
