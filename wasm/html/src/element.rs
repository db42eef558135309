//! Element: one of knownfor's elements as HTML.

use crate::{Links, write};
use knownfor_elements::{Node, TITLE};
use std::fmt;

/// An element with its drawing. Displayed, it is HTML.
#[derive(Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    stylesheet: String,
    forms: Vec<(Deed, String)>,
    node: Node,
}

/// What a button in a drawing does. With scripts, the element does it. Without, it takes the address of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Joins the challenge or the board.
    Join,
    /// Leaves it.
    Leave,
    /// Says that steps are not for the member. `{id}` is their keys, one per line.
    Decline,
    /// Takes that back.
    TakeBack,
}

impl Deed {
    /// The attribute of the buttons that do it. Its value says what is joined, left or declined.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Join => "data-join",
            Self::Leave => "data-leave",
            Self::Decline => "data-decline",
            Self::TakeBack => "data-take-back",
        }
    }
}

impl Element {
    pub(crate) fn new(name: &'static str, node: Node, stylesheet: &str) -> Self {
        Self { name, attributes: Vec::new(), stylesheet: stylesheet.into(), forms: Vec::new(), node }
    }

    /// Sets an attribute of the element, such as `id` or `source`.
    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Makes the title a heading of a level, 1 to 6.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.node.make_heading(TITLE, level);
        self.attribute("heading-level", level.to_string())
    }

    /// Lets the buttons of a deed work before scripts and without them: they post a form to this address, in which
    /// `{id}` is filled in. Buttons without an address are hidden where scripts are off.
    pub fn form(mut self, deed: Deed, address: impl Into<String>) -> Self {
        self.forms.push((deed, address.into()));
        self
    }

    pub(crate) fn links(self, links: &Links) -> Self {
        links.attributes().fold(self, |element, (name, value)| element.attribute(name, value))
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, attributes, stylesheet, forms, node } = self;
        write!(f, "<{name}")?;
        for (attribute, value) in attributes {
            write::attribute(attribute, value, f)?;
        }
        f.write_str("><template shadowrootmode=\"open\"><link rel=\"stylesheet\"")?;
        write::attribute("href", stylesheet, f)?;
        f.write_str(">")?;
        write::node(node, forms, f)?;
        if !forms.is_empty() {
            write!(f, "<form id=\"{}\" method=\"post\"></form>", write::FORM)?;
        }
        write!(f, "</template></{name}>")
    }
}
