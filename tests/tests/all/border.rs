//! What crosses the border of the WebAssembly modules, and what is refused there.

use crate::doors;

#[test]
fn the_border_reads_views_and_refuses_what_has_another_shape() {
    assert_ne!(doors::succeeds("border.mjs"), Some(false), "see the lines of Node above");
}
