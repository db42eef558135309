//! Recognition past one machine: NATS JetStream carries activities to workers, PostgreSQL keeps the record and the
//! standings, and the host's part of knownfor ([`knownfor::Batch`], [`knownfor::MemberBatch`]) decides.
//!
//! README.md draws the arrangement.

pub mod backfill;
pub mod database;
pub mod demo;
pub mod generate;
pub mod local;
pub mod record;
pub mod router;
pub mod streams;
pub mod submit;
pub mod verify;
pub mod views;
pub mod worker;

mod delivery;
mod settings;

pub use delivery::{Delivery, partition_of};
pub use settings::Settings;
