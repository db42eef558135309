//! The command as its user meets it: its output, its files, and its messages about bad input.

mod mistakes;
mod output;
mod reading;
mod sheet;
mod sites;
mod stackexchange;
mod support;
mod ten_minutes;
