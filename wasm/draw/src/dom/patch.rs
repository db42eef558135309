//! Patch: the fewest changes that turn the elements drawn before into those of a new [`Node`].
//!
//! Elements that stay the same are kept. So focus stays where it was, an open disclosure stays open, and a ring moves
//! from its last position.

use super::node::{Content, Namespace, Node};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";

impl Node {
    /// Makes a new element.
    pub(crate) fn build(&self, document: &Document) -> Result<Element, JsValue> {
        let element = match self.0.namespace {
            Namespace::Html => document.create_element(self.0.tag)?,
            Namespace::Svg => document.create_element_ns(Some(SVG), self.0.tag)?,
        };
        for (name, value) in &self.0.attributes {
            set(&element, name, Some(value))?;
        }
        match &self.0.content {
            Content::Text(text) => element.set_text_content(Some(text)),
            Content::Children(children) => {
                for child in children {
                    element.append_child(&*child.build(document)?)?;
                }
            }
        }
        Ok(element)
    }

    /// Changes `element`, which was drawn from `before`, into this node.
    pub(crate) fn patch(&self, before: &Node, element: &Element, document: &Document) -> Result<(), JsValue> {
        for (name, value) in &self.0.attributes {
            if before.attribute(name) != Some(value) {
                set(element, name, Some(value))?;
            }
        }
        for (name, _) in &before.0.attributes {
            if self.attribute(name).is_none() {
                set(element, name, None)?;
            }
        }
        match (&before.0.content, &self.0.content) {
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
        let mut elements = Vec::with_capacity(self.all_children().len());
        for child in self.all_children() {
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
            // An element that is already in place stays untouched, because moving it would take its focus away.
            let there = drawn.item(index);
            if there.as_ref() != Some(element) {
                parent.insert_before(element, there.as_deref())?;
            }
        }
        Ok(())
    }
}

fn set(element: &Element, name: &str, value: Option<&String>) -> Result<(), JsValue> {
    match (name.starts_with("--"), element.dyn_ref::<HtmlElement>(), value) {
        // A strict content security policy forbids the attribute `style`, but not the object behind it.
        (true, Some(element), Some(value)) => element.style().set_property(name, value),
        (true, Some(element), None) => element.style().remove_property(name).map(drop),
        (_, _, Some(value)) => element.set_attribute(name, value),
        (_, _, None) => element.remove_attribute(name),
    }
}
