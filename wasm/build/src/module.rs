//! Module: each piece of WebAssembly that a page may load, and what it may weigh.

/// One of the package's modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// What it is called in the package: `draw` stands for `draw.js` and `draw_bg.wasm`.
    pub name: &'static str,
    /// The crate that it is compiled from.
    pub(crate) package: &'static str,
    /// Its limit in bytes, brotli.
    pub(crate) max_brotli_bytes: usize,
}

/// The modules of the package.
pub(crate) const MODULES: [Module; 2] = [
    // Every page with an element loads it, before anything is seen.
    Module { name: "draw", package: "knownfor-draw", max_brotli_bytes: 60 * 1024 },
    // Only pages without a server: the whole language, in what a picture on an intranet page weighs. Trying each step in
    // a copy of the standing, to name who will see it, is most of what came on top of 220 KB.
    Module { name: "engine", package: "knownfor-engine", max_brotli_bytes: 230 * 1024 },
];

impl Module {
    /// The file that cargo makes of its crate.
    pub(crate) fn compiled(self) -> String {
        format!("{}.wasm", self.package.replace('-', "_"))
    }

    /// Its wasm in the package.
    pub(crate) fn wasm(self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// Its glue in the package, made by wasm-bindgen.
    pub(crate) fn glue(self) -> String {
        format!("{}.js", self.name)
    }
}
