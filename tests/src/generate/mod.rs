//! Made-up programs and records: small worlds in which limits hold, reverses hit and conditions feed back.
//!
//! All names are fixed (tallies `t0` to `t4`, limits `m0` to `m2` …) and only what stands under them varies, so that every
//! reference stays valid while a failing case shrinks.

mod condition;
mod extreme;
mod program;
mod record;
mod tree;

pub use extreme::extremes;
pub use program::programs;
pub use record::{Case, cases, records};
pub use tree::{broken_programs, trees};

/// The kinds that carry attributes.
const DEEDS: [&str; 4] = ["post", "like", "dislike", "thank"];
/// All kinds, deeds first.
const KINDS: [&str; 14] = [
    "post",
    "like",
    "dislike",
    "thank",
    "unlike",
    "unthank",
    "relike",
    "remove",
    "restore",
    "profile",
    "published",
    "hidden",
    "joined",
    "left",
];
const MEMBERS: [&str; 3] = ["ada", "bob", "cleo"];
const OBJECTS: [&str; 2] = ["o1", "o2"];
const TOPICS: [&str; 3] = ["go", "rust", "sql"];
const AUDIENCES: [&str; 3] = ["ada", "public", "team"];
const FIELDS: [&str; 3] = ["about", "headline", "known-for"];
