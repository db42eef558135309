//! All tests of knownfor from outside: laws, scenarios, bad programs, limits and house rules.

mod bad_programs;
mod border;
mod cookbook;
mod dead_parts;
mod doors;
mod experts;
mod feeds;
mod house;
mod kitchen;
mod language;
mod laws;
mod limits;
mod matrix;
mod mixing;
mod news;
mod plain_data;
mod positions;
mod profile;
mod programmes;
mod reversals;
mod scenarios;
mod time_alone;
mod typings;
mod warnings;
mod workload;
mod world;
