//! Shell: what the host hands in beside the view.

mod answers;
mod links;
mod words;

pub(crate) use answers::Subject;
pub use answers::{Answers, Question};
pub use links::Links;
pub(crate) use links::button;
pub use words::{Value, Words};
