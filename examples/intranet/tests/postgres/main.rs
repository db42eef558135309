//! The same suite with databases on a server of PostgreSQL, apart from what only a
//! file has and from the figures of large companies; and what only a server has.

#[path = "../all/actions.rs"]
mod actions;
mod cluster_more;
mod encryption;
#[path = "../all/erase.rs"]
mod erase;
#[path = "../all/export.rs"]
mod export;
mod faults;
#[path = "../all/kills.rs"]
mod kills;
#[path = "kills.rs"]
mod kills_on_server;
#[path = "../all/languages.rs"]
mod languages;
#[path = "../all/log.rs"]
mod log;
#[path = "../all/looks.rs"]
mod looks;
#[path = "../all/members.rs"]
mod members;
#[path = "../all/metrics.rs"]
mod metrics;
#[path = "../all/openapi.rs"]
mod openapi;
#[path = "../all/operation.rs"]
mod operation;
#[path = "../all/ownership.rs"]
mod ownership;
#[path = "../all/phase.rs"]
mod phase;
#[path = "../all/programme.rs"]
mod programme;
#[path = "../all/reload.rs"]
mod reload;
#[path = "../all/rename.rs"]
mod rename;
#[path = "../all/retention.rs"]
mod retention;
mod servers;
#[path = "../all/shared.rs"]
mod shared;
#[path = "../all/sheet.rs"]
mod sheet;
#[path = "../all/side_channels.rs"]
mod side_channels;
#[path = "../all/sign_in.rs"]
mod sign_in;
#[path = "../all/sources.rs"]
mod sources;
#[path = "../all/support/mod.rs"]
mod support;
#[path = "../all/thanks.rs"]
mod thanks;
#[path = "../all/time.rs"]
mod time;
#[path = "../all/unknown.rs"]
mod unknown;
#[path = "../all/verify.rs"]
mod verify;
#[path = "../all/visibility.rs"]
mod visibility;

/// Whether the databases are on a server of PostgreSQL.
const ON_POSTGRES: bool = true;
