//! Workload: the work that speed is measured with, the same bytes on every machine.
//!
//! A stream of made-up activities of an intranet, and sets of 10, 100 or 1,000 rules as programs with nothing made for them. What
//! comes of it is known to the last digit: [`checksum`] of all standings must be the number that whoever folds this stream by
//! these rules must reach. And a company in which to ask who is known for what.

mod company;
mod draws;
mod rules;
mod standings;
mod stream;

pub use company::{COMMON_TOPIC, company, company_program};
pub use rules::{program, program_text};
pub use standings::{Standings, checksum};
pub use stream::Stream;

/// The kinds of activity, each with its share of the stream in percent.
const KINDS: [(&str, u64); 12] = [
    ("chatter.posted", 20),
    ("chatter.commented", 20),
    ("kudos.given", 12),
    ("community.engaged", 12),
    ("content.shared", 10),
    ("blog.commented", 8),
    ("blog.published", 5),
    ("profile.updated", 4),
    ("question.answered", 4),
    ("event.attended", 2),
    ("survey.completed", 2),
    ("video.posted", 1),
];
/// Those of them that are towards somebody, by their place in [`KINDS`].
const TOWARDS_SOMEBODY: [usize; 6] = [1, 2, 3, 4, 5, 8];
const AUDIENCES: [&str; 4] = ["public", "team", "org", "friends"];
const TOPICS: u64 = 32;
