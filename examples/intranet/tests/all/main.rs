//! The intranet as its users meet it: the real binary, over HTTP.

mod actions;
mod backup;
mod erase;
mod export;
mod languages;
mod load;
mod looks;
mod members;
mod openapi;
mod operation;
mod ownership;
mod phase;
mod programme;
mod rename;
mod retention;
mod sheet;
mod side_channels;
mod sign_in;
mod sources;
mod support;
mod thanks;
mod time;
mod visibility;
