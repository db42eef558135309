//! The way from `wasm/` to the npm package: compile, bind, assemble, weigh.
//!
//! A library as well as a command, so that an example which serves the package can build it first.

mod assemble;
mod compile;
mod module;
mod node;
mod stamp;
mod weigh;

use anyhow::Result;
use module::MODULES;
use stamp::Stamp;
use std::path::{Path, PathBuf};

pub use module::Module;
pub use node::install;
pub use weigh::{ModuleSize, Sizes};

/// The package as built.
#[derive(Debug)]
pub struct Package {
    /// Where it stands: `wasm/pkg` of the workspace.
    pub folder: PathBuf,
    /// What is missing if it is not complete: pages work with it, but it must not be published.
    pub missing: Option<String>,
    /// What it weighs.
    pub sizes: Sizes,
}

/// Builds the package from the sources of this workspace. If nothing has changed since the last build, there is
/// nothing to do.
///
/// # Errors
///
/// The wasm target cannot be had, the wasm does not compile, or a file cannot be written.
pub fn build() -> Result<Package> {
    let wasm = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = wasm.join("pkg");
    compile::compile(&wasm, &MODULES)?;
    let stamp = Stamp::of_sources(&wasm, &MODULES)?;
    if let Some(sizes) = stamp.sizes(&MODULES, &folder) {
        return Ok(Package { folder, missing: None, sizes });
    }
    let missing = assemble::assemble(&wasm, &MODULES, &folder)?;
    let sizes = weigh::weigh(&MODULES, &folder)?;
    if missing.is_none() {
        stamp.write(&folder, &sizes)?;
    }
    Ok(Package { folder, missing, sizes })
}
