//! Weigh: what a page has to load, and the line it must not cross.

use crate::assemble::MODULE;
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{fmt, fs, io::Write, path::Path};

/// The wasm's limit in bytes, brotli: what loads unnoticed beside an intranet page's own pictures.
const MAX_WASM_BROTLI_BYTES: usize = 128 * 1024;

/// What the package weighs, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The module as it is.
    pub wasm_bytes: usize,
    /// The module as servers send it.
    pub wasm_brotli_bytes: usize,
    /// The glue made by wasm-bindgen, gzip.
    pub glue_gzip_bytes: usize,
    /// The shell written by hand, gzip.
    pub shell_gzip_bytes: usize,
}

impl Sizes {
    /// Whether the module is within its limit.
    ///
    /// # Errors
    ///
    /// It is heavier; the error says by what.
    pub fn check(self) -> Result<()> {
        if self.wasm_brotli_bytes > MAX_WASM_BROTLI_BYTES {
            bail!(
                "the wasm is {} bytes brotli, over its limit of {MAX_WASM_BROTLI_BYTES}; look for what the last change made it carry",
                self.wasm_brotli_bytes
            );
        }
        Ok(())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = Kilobytes(MAX_WASM_BROTLI_BYTES);
        writeln!(
            f,
            "wasm   {} raw, {} brotli (limit {limit})",
            Kilobytes(self.wasm_bytes),
            Kilobytes(self.wasm_brotli_bytes)
        )?;
        writeln!(f, "glue   {} gzip", Kilobytes(self.glue_gzip_bytes))?;
        write!(f, "shell  {} gzip", Kilobytes(self.shell_gzip_bytes))
    }
}

/// Weighs the package in a folder.
pub(crate) fn weigh(folder: &Path) -> Result<Sizes> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let wasm = read(&folder.join(format!("{MODULE}_bg.wasm")))?;
    let glue = read(&folder.join(format!("{MODULE}.js")))?;
    let mut shell_gzip_bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_script = path.extension().is_some_and(|extension| extension == "js");
        if is_script && path.file_stem().is_some_and(|stem| stem != MODULE) {
            shell_gzip_bytes += gzip_bytes(&read(&path)?)?;
        }
    }
    Ok(Sizes {
        wasm_bytes: wasm.len(),
        wasm_brotli_bytes: brotli_bytes(&wasm)?,
        glue_gzip_bytes: gzip_bytes(&glue)?,
        shell_gzip_bytes,
    })
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
