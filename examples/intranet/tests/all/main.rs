//! The intranet as its users meet it: the real binary, over HTTP, with a database in a file.

mod actions;
mod backup;
mod crowd;
mod deploy;
mod durable;
mod erase;
mod export;
mod faults;
mod file;
#[path = "support/http.rs"]
mod http;
mod kills;
mod languages;
#[path = "support/large.rs"]
mod large;
mod load;
mod log;
mod looks;
mod members;
mod metrics;
mod openapi;
mod operation;
mod ownership;
mod phase;
mod programme;
mod reload;
mod rename;
mod retention;
mod shared;
mod sheet;
mod side_channels;
mod sign_in;
mod size;
mod sources;
mod support;
mod thanks;
mod time;
#[path = "support/times.rs"]
mod times;
mod unknown;
mod verify;
mod visibility;

/// Whether the databases are on a server of PostgreSQL.
const ON_POSTGRES: bool = false;
