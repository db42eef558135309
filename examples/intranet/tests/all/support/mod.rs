//! What the tests share: a running server, and companies to run it for.

pub mod cluster;
pub mod company;
pub mod northwind;
pub mod server;
pub mod store;
