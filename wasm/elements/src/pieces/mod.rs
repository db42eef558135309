//! Pieces: what several elements draw.

pub(crate) mod badge_face;
pub(crate) mod badges;
pub(crate) mod card;
pub(crate) mod days;
pub(crate) mod decline;
pub(crate) mod explanation;
pub(crate) mod goal_part;
pub(crate) mod icon;
pub(crate) mod latest_entries;
pub(crate) mod level;
pub(crate) mod limit;
pub(crate) mod rows;
pub(crate) mod rungs;
pub(crate) mod topics;
