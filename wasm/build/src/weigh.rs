//! Weigh: what a page has to load, and the lines it must not cross.

use crate::{module::Module, node::SCRIPT};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{fmt, fs, io::Write, path::Path};

/// What the package weighs.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Each module with its glue.
    pub modules: Vec<ModuleSize>,
    /// The script that a page without a bundler loads, brotli: the shell and the glue of the drawing.
    pub script_brotli_bytes: usize,
}

/// What one module weighs, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct ModuleSize {
    /// Which one.
    pub module: Module,
    /// The wasm as it is.
    pub wasm_bytes: usize,
    /// The wasm as servers send it.
    pub wasm_brotli_bytes: usize,
    /// The glue made by wasm-bindgen, gzip.
    pub glue_gzip_bytes: usize,
}

impl Sizes {
    /// Whether each module is within its limit.
    ///
    /// # Errors
    ///
    /// One is heavier; the error says which and by what.
    pub fn check(&self) -> Result<()> {
        for ModuleSize { module, wasm_brotli_bytes, .. } in &self.modules {
            let limit = module.max_brotli_bytes;
            if *wasm_brotli_bytes > limit {
                bail!(
                    "the module `{}` is {wasm_brotli_bytes} bytes brotli, over its limit of {limit}; look for what the last change \
                     made it carry",
                    module.name
                );
            }
        }
        Ok(())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for size in &self.modules {
            let [raw, brotli, limit, glue] =
                [size.wasm_bytes, size.wasm_brotli_bytes, size.module.max_brotli_bytes, size.glue_gzip_bytes]
                    .map(Kilobytes);
            writeln!(f, "{:<12}{raw} raw, {brotli} brotli (limit {limit}); its glue {glue} gzip", size.module.name)?;
        }
        write!(f, "{:<12}{} brotli", "script", Kilobytes(self.script_brotli_bytes))
    }
}

/// Weighs the package in a folder.
pub(crate) fn weigh(modules: &[Module], folder: &Path) -> Result<Sizes> {
    let sizes = modules.iter().map(|module| weigh_module(*module, folder)).collect::<Result<_>>()?;
    Ok(Sizes { modules: sizes, script_brotli_bytes: brotli_bytes(&read(&folder.join(SCRIPT))?)? })
}

fn weigh_module(module: Module, folder: &Path) -> Result<ModuleSize> {
    let wasm = read(&folder.join(module.wasm()))?;
    let glue = read(&folder.join(module.glue()))?;
    Ok(ModuleSize {
        module,
        wasm_bytes: wasm.len(),
        wasm_brotli_bytes: brotli_bytes(&wasm)?,
        glue_gzip_bytes: gzip_bytes(&glue)?,
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn brotli_bytes(data: &[u8]) -> Result<usize> {
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*data, &mut packed, &best).context("brotli failed")?;
    Ok(packed.len())
}

fn gzip_bytes(data: &[u8]) -> Result<usize> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(data)?;
    Ok(packed.finish()?.len())
}

/// A size for people, to a tenth of a kilobyte (1,024 bytes).
struct Kilobytes(usize);

impl fmt::Display for Kilobytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10).div_ceil(1024);
        write!(f, "{}.{} KB", tenths / 10, tenths % 10)
    }
}
