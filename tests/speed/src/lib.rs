//! Workload: the data with which speed is measured. It has the same bytes on every machine.
//!
//! It has a stream of generated intranet activities, and sets of 10, 100 or 1,000 rules written as ordinary programs.
//! The result is known exactly: the [`checksum`] of all standings must match the one that other engines reach with the
//! same stream and rules. It also has a company in which to search for experts, and
//! members on boards.

mod boards;
mod company;
mod draws;
mod rules;
mod standings;
mod stream;
mod ways;

pub use boards::{board_program, did_on_boards};
pub use company::{COMMON_TOPIC, company, company_program};
pub use rules::{program, program_text};
pub use standings::{Named, Standings, checksum};
pub use stream::Stream;
pub use ways::{COUNTED, MEMBERS, way_apply, way_record};

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
/// The kinds that are directed at somebody, by their index in [`KINDS`].
const TOWARDS_SOMEBODY: [usize; 6] = [1, 2, 3, 4, 5, 8];
const AUDIENCES: [&str; 4] = ["public", "team", "org", "friends"];
const TOPICS: u64 = 32;
