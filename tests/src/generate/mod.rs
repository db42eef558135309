//! Made-up programs and records: small worlds in which limits hold, reverses hit and conditions feed back.
//!
//! All names are fixed (tallies `t0` to `t8`, limits `m0` to `m2` …) and only what stands under them varies, so that every
//! reference stays valid while a failing case shrinks. Moments of a program are made up as minutes from the day around which the
//! record lies, and become texts at the end (`moment.rs`).

mod challenge;
mod condition;
mod extreme;
mod goal;
mod moment;
mod program;
mod record;
mod tally;
mod tree;

pub use extreme::extremes;
pub use program::programs;
pub use record::{Case, cases, records};
pub use tree::{broken_programs, trees};

/// The kinds that carry attributes.
const DEEDS: [&str; 4] = ["post", "like", "dislike", "thank"];
/// All kinds, deeds first.
const KINDS: [&str; 25] = [
    "post",
    "like",
    "dislike",
    "thank",
    "unlike",
    "unthank",
    "unpost",
    "relike",
    "remove",
    "restore",
    "profile",
    "published",
    "hidden",
    "joined",
    "left",
    "leave",
    "unleave",
    "redeem",
    "unredeem",
    "approved",
    "accepted",
    "hid",
    "enrolled",
    "quit",
    "unenroll",
];
/// What each kind that reverses may reverse.
const REVERSES: [(&str, &[&str]); 9] = [
    ("unlike", &["like"]),
    ("unthank", &["thank"]),
    ("unpost", &["post"]),
    ("relike", &["unlike"]),
    ("restore", &["remove"]),
    ("unleave", &["leave"]),
    ("unredeem", &["redeem"]),
    ("unenroll", &["enrolled"]),
    ("remove", &DEEDS),
];
const MEMBERS: [&str; 3] = ["ada", "bob", "cleo"];
const OBJECTS: [&str; 2] = ["o1", "o2"];
const TOPICS: [&str; 3] = ["go", "rust", "sql"];
const AUDIENCES: [&str; 3] = ["ada", "public", "team"];
const FIELDS: [&str; 3] = ["about", "headline", "known-for"];
const REWARDS: [&str; 2] = ["mug", "pin"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
