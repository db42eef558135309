//! The intranet as its users meet it: the real binary, over HTTP.

mod matrix;
mod members;
mod own;
mod programme;
mod server;
mod sources;
mod world;
