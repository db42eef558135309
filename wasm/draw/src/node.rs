//! Node: what should stand in the page, as plain data, and the fewest changes that make it so.
//!
//! Drawing anew changes only what differs from the last time, so that focus stays, an open disclosure stays open and a ring moves
//! from where it was. Nothing here takes markup: names are ours, data becomes text or the value of an attribute.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element to be drawn.
#[derive(Debug, PartialEq)]
pub(crate) struct Node {
    tag: &'static str,
    space: Space,
    /// Tells children of one parent and tag apart, so that each keeps its element when others come and go.
    key: String,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Space {
    Html,
    Svg,
}

#[derive(Debug, PartialEq)]
enum Content {
    Text(String),
    Children(Vec<Node>),
}

/// An HTML element with a class, the hook of our own style sheet.
pub(crate) fn html(tag: &'static str, class: &'static str) -> Node {
    let attributes = if class.is_empty() { Vec::new() } else { vec![("class", class.to_owned())] };
    Node { tag, space: Space::Html, key: String::new(), attributes, content: Content::Children(Vec::new()) }
}

/// An SVG element.
pub(crate) fn svg(tag: &'static str) -> Node {
    Node { tag, space: Space::Svg, key: String::new(), attributes: Vec::new(), content: Content::Children(Vec::new()) }
}

impl Node {
    /// With this key.
    pub(crate) fn key(mut self, key: &str) -> Self {
        self.key = key.to_owned();
        self
    }

    /// With this attribute. A name that begins with `--` is a custom property of the element's style.
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With this whole number as attribute.
    pub(crate) fn set_number(self, name: &'static str, value: i64) -> Self {
        self.set(name, value.to_string())
    }

    /// With this attribute where there is a value.
    pub(crate) fn set_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// With this `part`, the hook of the page's style sheet.
    pub(crate) fn part(self, part: &'static str) -> Self {
        self.set("part", part)
    }

    /// With this text as its whole content.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.content = Content::Text(text.into());
        self
    }

    /// With one more child.
    pub(crate) fn child(mut self, child: Node) -> Self {
        match &mut self.content {
            Content::Children(children) => children.push(child),
            Content::Text(_) => self.content = Content::Children(vec![child]),
        }
        self
    }

    /// With one more child where there is one.
    pub(crate) fn child_some(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With more children.
    pub(crate) fn children(self, more: impl IntoIterator<Item = Node>) -> Self {
        more.into_iter().fold(self, Node::child)
    }

    fn is_same_element_as(&self, other: &Node) -> bool {
        self.tag == other.tag && self.key == other.key
    }

    fn kids(&self) -> &[Node] {
        match &self.content {
            Content::Children(children) => children,
            Content::Text(_) => &[],
        }
    }

    /// Makes a new element of it.
    pub(crate) fn build(&self, document: &Document) -> Result<Element, JsValue> {
        let element = match self.space {
            Space::Html => document.create_element(self.tag)?,
            Space::Svg => document.create_element_ns(Some(SVG), self.tag)?,
        };
        for (name, value) in &self.attributes {
            set(&element, name, Some(value))?;
        }
        match &self.content {
            Content::Text(text) => element.set_text_content(Some(text)),
            Content::Children(children) => {
                for child in children {
                    element.append_child(&*child.build(document)?)?;
                }
            }
        }
        Ok(element)
    }

    /// Changes `element`, drawn from `before`, into what this says.
    pub(crate) fn patch(&self, before: &Node, element: &Element, document: &Document) -> Result<(), JsValue> {
        for (name, value) in &self.attributes {
            if before.attribute(name) != Some(value) {
                set(element, name, Some(value))?;
            }
        }
        for (name, _) in &before.attributes {
            if self.attribute(name).is_none() {
                set(element, name, None)?;
            }
        }
        match (&before.content, &self.content) {
            (Content::Text(before), Content::Text(text)) if before == text => Ok(()),
            (_, Content::Text(text)) => {
                element.set_text_content(Some(text));
                Ok(())
            }
            (Content::Text(_), Content::Children(_)) => {
                element.set_text_content(None);
                self.patch_children(&[], element, document)
            }
            (Content::Children(before), Content::Children(_)) => self.patch_children(before, element, document),
        }
    }

    fn patch_children(&self, before: &[Node], parent: &Element, document: &Document) -> Result<(), JsValue> {
        let drawn = parent.children();
        let mut spare: Vec<Option<(&Node, Element)>> =
            before.iter().zip(0..).map(|(node, index)| drawn.item(index).map(|element| (node, element))).collect();
        let mut elements = Vec::with_capacity(self.kids().len());
        for child in self.kids() {
            let kept =
                spare.iter_mut().find(|slot| slot.as_ref().is_some_and(|(node, _)| child.is_same_element_as(node)));
            match kept.and_then(Option::take) {
                Some((node, element)) => {
                    child.patch(node, &element, document)?;
                    elements.push(element);
                }
                None => elements.push(child.build(document)?),
            }
        }
        for (_, element) in spare.into_iter().flatten() {
            element.remove();
        }
        for (element, index) in elements.iter().zip(0..) {
            // Moved only where it is not there already: moving takes the focus away.
            let there = drawn.item(index);
            if there.as_ref() != Some(element) {
                parent.insert_before(element, there.as_deref())?;
            }
        }
        Ok(())
    }

    fn attribute(&self, name: &str) -> Option<&String> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

fn set(element: &Element, name: &str, value: Option<&String>) -> Result<(), JsValue> {
    match (name.starts_with("--"), element.dyn_ref::<HtmlElement>(), value) {
        // The attribute `style` is what a strict content security policy forbids; the object behind it is not.
        (true, Some(element), Some(value)) => element.style().set_property(name, value),
        (true, Some(element), None) => element.style().remove_property(name).map(drop),
        (_, _, Some(value)) => element.set_attribute(name, value),
        (_, _, None) => element.remove_attribute(name),
    }
}
