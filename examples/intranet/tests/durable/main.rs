//! Durable activities a second: what a server acknowledges, after it is on disk, from a load generator beside it.
//!
//! `cargo test --release -p intranet --test durable -- --ignored --nocapture` prints the figures of both stores.

#[path = "../all/support/http.rs"]
mod http;
#[path = "../all/support/large.rs"]
mod large;
mod load;
mod size;
#[path = "../all/support/mod.rs"]
mod support;
#[path = "../all/support/times.rs"]
mod times;

/// Whether the databases that belong to folders are on a server of PostgreSQL.
const ON_POSTGRES: bool = false;
