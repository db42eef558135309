//! Module: each piece of WebAssembly that a page may load, and what it may weigh.

/// One of the package's modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// What it is called in the package: `draw` stands for `draw.js` and `draw_bg.wasm`.
    pub name: &'static str,
    /// The crate that it is compiled from.
    pub(crate) package: &'static str,
    /// The crate's features, or none.
    pub(crate) features: &'static str,
    /// The profile of the workspace that it is compiled with.
    pub(crate) profile: &'static str,
    /// Its limit in bytes, brotli.
    pub(crate) max_brotli_bytes: usize,
}

/// The modules of the package.
pub(crate) const MODULES: [Module; 3] = [
    // Every page with an element loads it, before anything is seen.
    Module { name: "draw", package: "knownfor-draw", features: "", profile: "wasm", max_brotli_bytes: 60 * 1024 },
    // Only pages without a server: the whole language, in what a picture on an intranet page weighs. What came on top
    // of 220 KB tries each step in a copy of the standing, to name who will see it, and counts the best attempt, badges
    // that need badges, hours, allowances, streaks of other shapes, steps that a member declines, undoing by others,
    // levels by goals, weeks of one's own, and records that begin with a sum. The last 20 KB keep boards in order,
    // savepoints and the targets of reverses, so that nothing in a page grows with the square of its record.
    Module { name: "engine", package: "knownfor-engine", features: "", profile: "wasm", max_brotli_bytes: 280 * 1024 },
    // Only servers, which read it once; a fourth of it are time zones. Hosts that limit a script allow a megabyte or
    // more, so it is compiled for speed, which costs 150 KB. What came on top of 384 KB otherwise is what the page's
    // engine gained, warnings about dead parts, bounds, members who are renamed or erased, and sums that another program
    // goes on from.
    Module {
        name: "engine-host",
        package: "knownfor-engine",
        features: "host",
        profile: "wasm-server",
        max_brotli_bytes: 640 * 1024,
    },
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
