//! Sharing: clones of a program share its data, and things of two programs do not mix.

use super::Definition;
use alloc::sync::Arc;
use core::{fmt, ops::Deref};

/// A checked program: what counts, for whom, and what it gives. [`Program::check`] makes it from a
/// [`Tree`](crate::Tree).
///
/// A program never changes, and a clone shares its data: activities, standings and entries hold the program that made
/// them. Two programs are equal if their [fingerprints](Self::fingerprint) are.
///
/// Clones share one reference count. A host that folds on many threads checks the program once per thread, so that no
/// two threads contend for it.
///
/// ```
/// use knownfor::{Program, Tree};
///
/// let text = r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "blog.published" = {} }
///     currencies = { points = {} }
///     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// "#;
/// let program = Program::check(&toml::from_str(text)?, |_| None)?;
/// assert_eq!((program.id(), program.rules().count()), ("first-steps", 1));
/// assert_eq!(program, program.clone());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Program(pub(super) Arc<Definition>);

impl Deref for Program {
    type Target = Definition;

    fn deref(&self) -> &Definition {
        &self.0
    }
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.fingerprint == other.fingerprint
    }
}

impl Eq for Program {}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Program({}, {:016x})", self.id, self.fingerprint)
    }
}

/// Two programs were mixed: a standing, activity or entry comes from another program than the one used. Nothing has
/// changed. Read activities and fold records again with the program in use.
///
/// ```
/// use knownfor::{Experts, OtherProgram, Program, Standing};
///
/// let program = |id: &str| {
///     let text = format!(r#"{{"version": 1, "id": "{id}", "kinds": {{}}}}"#);
///     Program::check(&serde_json::from_str(&text).unwrap(), |_| None)
/// };
/// let mut experts = Experts::new(&program("first-steps")?);
/// let ada = Standing::new(&program("second-steps")?);
/// assert_eq!(experts.update("ada", &ada), Err(OtherProgram));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("made by another program; read activities and fold records again with the program in use")]
pub struct OtherProgram;
