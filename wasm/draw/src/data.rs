//! Data: a view as it came, asked by name.
//!
//! The views' own structs (`knownfor::view`) say what there is. Reading them with derived readers would be a tenth of all bytes a
//! page loads; asking by name costs next to nothing, and a server that says more than this version knows is understood.

use knownfor::Tree;

/// A table of a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Data<'t>(pub(crate) &'t Tree<'t>);

impl<'t> Data<'t> {
    /// The text of a name, empty where there is none.
    pub(crate) fn text(self, name: &str) -> &'t str {
        self.some_text(name).unwrap_or_default()
    }

    /// The text of a name, where there is one.
    pub(crate) fn some_text(self, name: &str) -> Option<&'t str> {
        self.0.get(name).and_then(Tree::as_text)
    }

    /// The number of a name, 0 where there is none.
    pub(crate) fn number(self, name: &str) -> i64 {
        self.some_number(name).unwrap_or_default()
    }

    /// The number of a name, where there is one.
    pub(crate) fn some_number(self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Tree::as_integer)
    }

    /// Whether a name is said to be so.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.0.get(name).and_then(Tree::as_flag).unwrap_or_default()
    }

    /// The table of a name, where there is one.
    pub(crate) fn part(self, name: &str) -> Option<Data<'t>> {
        self.0.get(name).filter(|tree| matches!(tree, Tree::Table(_))).map(Data)
    }

    /// The tables of the list of a name, none where there is no list.
    pub(crate) fn list(self, name: &str) -> impl DoubleEndedIterator<Item = Data<'t>> + ExactSizeIterator + use<'t> {
        self.0.get(name).map_or(&[][..], Tree::items).iter().map(Data)
    }
}
