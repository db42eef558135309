//! Shell: what the host hands in beside the view.

mod answers;
mod links;
mod words;

pub use answers::{Answers, Question};
pub(crate) use answers::Subject;
pub use links::Links;
pub(crate) use links::button;
pub use words::{Value, Words};
