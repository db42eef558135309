//! Generated programs and records: small worlds in which limits hold, reverses hit and conditions feed back.
//!
//! All names are fixed (tallies `t0` to `t10`, limits `m0` to `m2` …) and only the things behind them vary, so every
//! reference stays valid while a failing case shrinks. Moments in a program are minutes from the day around which the
//! record lies, and become texts at the end (`moment.rs`).

mod challenge;
mod condition;
mod extreme;
mod goal;
mod mapping;
mod moment;
mod program;
mod record;
mod tally;
mod tree;

pub use extreme::extremes;
pub use mapping::{Mapping, Sent, mappings};
pub use program::programs;
pub use record::{Case, cases, records};
pub use tree::{broken_programs, trees};

/// The kinds that carry attributes.
const DEEDS: [&str; 4] = ["post", "like", "dislike", "thank"];
/// All kinds, deeds first.
const KINDS: [&str; 32] = [
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
    "shared",
    "unshared",
    "gone",
    "back",
    "agreed",
    "ended",
    "claimed",
];
/// The kinds by which members say who sees them and what they want to be known for, and by which others say that a
/// member departed.
const CONSENT: [&str; 15] = [
    "published",
    "published",
    "published",
    "hidden",
    "joined",
    "left",
    "shared",
    "shared",
    "unshared",
    "gone",
    "back",
    "agreed",
    "ended",
    "claimed",
    "claimed",
];
/// The parts that a member shares separately, and the audiences of each.
const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];
const CIRCLES: [&str; 3] = ["private", "team", "company"];
/// The kinds that reverse, and what each may reverse.
const REVERSES: [(&str, &[&str]); 10] = [
    ("unlike", &["like"]),
    ("unthank", &["thank"]),
    ("unpost", &["post"]),
    ("relike", &["unlike"]),
    ("restore", &["remove"]),
    ("unleave", &["leave"]),
    ("unredeem", &["redeem"]),
    ("unenroll", &["enrolled"]),
    ("unshared", &["shared"]),
    ("remove", &DEEDS),
];
/// The kinds that end something, and what each ends.
const ENDS: [(&str, &[&str]); 5] = [
    ("quit", &["enrolled"]),
    ("hidden", &["published"]),
    ("back", &["gone"]),
    ("left", &["joined"]),
    ("ended", &["agreed"]),
];
const MEMBERS: [&str; 3] = ["ada", "bob", "cleo"];
const OBJECTS: [&str; 2] = ["o1", "o2"];
const TOPICS: [&str; 3] = ["go", "rust", "sql"];
const AUDIENCES: [&str; 3] = ["ada", "public", "team"];
const FIELDS: [&str; 3] = ["about", "headline", "known-for"];
const REWARDS: [&str; 2] = ["mug", "pin"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
