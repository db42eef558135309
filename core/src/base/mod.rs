//! Base: texts, times, zones, trees and collections. Nothing here knows what recognition is.

pub(crate) mod codec;
pub(crate) mod content;
pub(crate) mod day;
pub(crate) mod decimal;
pub(crate) mod few_map;
pub(crate) mod fraction;
pub(crate) mod from_tree;
pub(crate) mod hash;
pub(crate) mod hash_table;
pub(crate) mod id_table;
pub(crate) mod interner;
pub(crate) mod keyword;
pub(crate) mod number;
pub(crate) mod one_vec;
pub(crate) mod packed;
#[cfg(feature = "schema")]
pub(crate) mod schema;
pub(crate) mod sort;
pub(crate) mod sorted;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod time_error;
pub(crate) mod tree;
pub(crate) mod zone;
