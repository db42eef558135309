//! Access: who sends a request, and what they may ask for.

pub(crate) mod proxy;
pub(crate) mod safety;
pub(crate) mod security;
pub(crate) mod sender;
pub(crate) mod sign_in;
