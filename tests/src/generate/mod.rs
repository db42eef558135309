//! Generated programs and records: small worlds in which limits hold, reverses hit and conditions feed back.
//!
//! All names are fixed (tallies `t0` to `t13`, limits `m0` to `m2` …) and only the things behind them vary, so every
//! reference stays valid while a failing case shrinks. Moments in a program are minutes from the day around which the
//! record lies, and become texts at the end (`moment.rs`). What people read and how a list of one is written is put
//! over a finished program (`dress.rs`).

mod activity;
mod challenge;
mod condition;
mod dress;
mod extreme;
mod forms;
mod goal;
mod instant;
mod level;
mod mapping;
mod moment;
mod people;
mod program;
mod record;
mod tally;
mod tree;

pub use extreme::extremes;
pub use mapping::{Mapping, Sent, mappings};
pub use program::programs;
pub use record::{Case, borderline, cases, records, undone};
pub use tree::{broken_programs, trees};

use proptest::{prelude::*, sample::select};

/// The kinds that carry attributes.
const DEEDS: [&str; 4] = ["post", "like", "dislike", "thank"];
/// All kinds, deeds first.
const KINDS: [&str; 43] = [
    "post",
    "like",
    "dislike",
    "thank",
    "unlike",
    "retract",
    "unthank",
    "unpost",
    "relike",
    "unrelike",
    "remove",
    "purge",
    "restore",
    "unpurge",
    "profile",
    "published",
    "hidden",
    "joined",
    "left",
    "leave",
    "week",
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
    "declined",
    "unaccept",
    "wipe",
    "recall",
    "revoke",
    "skipped",
];
/// The kinds by which members say who sees them and what they want to be known for, and by which others say that a
/// member departed.
const CONSENT: [&str; 21] = [
    "published",
    "published",
    "claimed",
    "claimed",
    "claimed",
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
    "declined",
    "skipped",
];
/// The kinds of statements that a door may number.
const NUMBERED: [&str; 14] = [
    "published",
    "hidden",
    "joined",
    "left",
    "shared",
    "gone",
    "back",
    "agreed",
    "ended",
    "claimed",
    "declined",
    "skipped",
    "accepted",
    "hid",
];
/// The parts that a member shares separately, and the audiences of each.
const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];
const CIRCLES: [&str; 3] = ["private", "team", "company"];
/// The kinds that reverse, and what each may reverse.
const REVERSES: [(&str, &[&str]); 18] = [
    ("unlike", &["like"]),
    ("retract", &["like"]),
    ("unthank", &["thank"]),
    ("unpost", &["post"]),
    ("relike", &["unlike"]),
    ("unrelike", &["relike"]),
    ("restore", &["remove"]),
    ("unpurge", &["purge"]),
    ("unleave", &["leave", "week"]),
    ("unredeem", &["redeem"]),
    ("unenroll", &["enrolled"]),
    ("unshared", &["shared"]),
    ("remove", &DEEDS),
    ("purge", &DEEDS),
    ("unaccept", &["like"]),
    ("wipe", &["like", "post"]),
    ("recall", &DEEDS),
    ("revoke", &DEEDS),
];
/// The kinds that reverse what somebody else did, as moderators do.
const BY_ANYONE: [&str; 2] = ["unaccept", "revoke"];
/// The kinds that reverse the activity whose id they name.
const BY_ID: [&str; 2] = ["recall", "revoke"];
/// The kinds that end something, and what each ends.
const ENDS: [(&str, &[&str]); 5] = [
    ("quit", &["enrolled"]),
    ("hidden", &["published"]),
    ("back", &["gone"]),
    ("left", &["joined"]),
    ("ended", &["agreed"]),
];
const MEMBERS: [&str; 6] = ["ada", "bob", "cleo", "dev", "eli", "fay"];
/// One of them begins with a sign that a condition must write twice.
const OBJECTS: [&str; 5] = ["o1", "o2", "o3", "@o4", "o5"];
const TOPICS: [&str; 5] = ["go", "rust", "sql", "c++", "law"];
const AUDIENCES: [&str; 3] = ["ada", "public", "team"];
const FIELDS: [&str; 3] = ["about", "headline", "known-for"];
const REWARDS: [&str; 2] = ["mug", "pin"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
/// What members decline, as statements name it.
const STEPS: [&str; 9] = [
    "challenge/c0/s0",
    "challenge/c0/s1",
    "challenge/c1/s0",
    "challenge/c1/s1",
    "badge/b0",
    "publish",
    "level",
    "claim/go",
    "topic/go",
];
const LEVELS: [&str; 4] = ["l0", "l1", "l2", "l3"];

/// One of several names. The first ones are chosen more often, because many cases need the same name twice.
fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => Just(names[0]), 2 => select(&names[..names.len().min(3)]), 1 => select(names)]
}
