//! The log: lines for people in a terminal, and JSON, one object a line, for whatever collects them elsewhere.

use std::io::{IsTerminal, stderr};
use tracing::Level;
use tracing_subscriber::fmt;

/// Begins to log to standard error. Panics are lines of the log, too, and so have the id of their request.
pub(crate) fn begin() {
    let lines = fmt().with_max_level(Level::INFO).with_writer(stderr).with_target(false);
    if stderr().is_terminal() {
        lines.init();
    } else {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).init();
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
}
