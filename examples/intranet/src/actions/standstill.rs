//! Standstill: nothing is taken in while the programme is frozen, or once it has ended.

use crate::{
    error::{Error, Message},
    intranet::Intranet,
    record::phase::Phase,
};
use axum::http::StatusCode;

/// Checks that activities are taken in.
pub(crate) fn check(intranet: &Intranet) -> Result<(), Error> {
    let refused = |message: Message| Error::new(StatusCode::CONFLICT, message);
    match intranet.phase() {
        Phase::Running => Ok(()),
        Phase::Frozen => {
            let message = Message::with("the programme is frozen, and nothing is taken in until it goes on", []);
            Err(refused(message).hint("keep it, and send it again then"))
        }
        Phase::Ended => Err(refused(Message::with("the programme has ended, and nothing is taken in any more", []))),
    }
}
