//! The tests of `tests/frameworks`, run by Node: the packed package with frameworks and bundlers, in a browser.

#[path = "../browser/node.rs"]
mod node;

use std::path::Path;

#[test]
fn frameworks_and_bundlers() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tests.join("frameworks");
    if !node::is_ready(&[&tests.join("browser"), &folder]) {
        return;
    }
    let package = knownfor_build::build().expect("the package is built");
    assert_eq!(package.missing, None);
    node::run_tests(&folder, 1, &[], &[]);
}
