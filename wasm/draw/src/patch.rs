//! Patch: the fewest changes that turn the elements drawn before into those of a new [`Node`].
//!
//! Elements that stay the same are kept. So focus stays where it was, an open disclosure stays open, and a ring moves
//! from its last position. That holds for the elements that a server has drawn, too: [`adopt`] takes them over.

use knownfor_elements::{Content, Namespace, Node};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Makes a new element of a node.
pub(crate) fn build(node: &Node, document: &Document) -> Result<Element, JsValue> {
    let element = match node.namespace() {
        Namespace::Html => document.create_element(node.tag())?,
        Namespace::Svg => document.create_element_ns(Some(SVG), node.tag())?,
    };
    for (name, value) in node.attributes() {
        element.set_attribute(name, value)?;
    }
    match node.content() {
        Content::Text(text) => element.set_text_content(Some(text)),
        Content::Children(children) => {
            for child in children {
                element.append_child(&*build(child, document)?)?;
            }
        }
    }
    Ok(element)
}

/// Changes `element`, which was drawn from `before`, into a node.
pub(crate) fn patch(node: &Node, before: &Node, element: &Element, document: &Document) -> Result<(), JsValue> {
    for (name, value) in node.attributes() {
        if before.attribute(name) != Some(value) {
            element.set_attribute(name, value)?;
        }
    }
    for (name, _) in before.attributes() {
        if node.attribute(name).is_none() {
            element.remove_attribute(name)?;
        }
    }
    match (before.content(), node.content()) {
        (Content::Text(before), Content::Text(text)) if before == text => Ok(()),
        (_, Content::Text(text)) => {
            element.set_text_content(Some(text));
            Ok(())
        }
        (Content::Text(_), Content::Children(_)) => {
            element.set_text_content(None);
            patch_children(node, &[], element, document)
        }
        (Content::Children(before), Content::Children(_)) => patch_children(node, before, element, document),
    }
}

/// Takes over an element that a server has drawn from a node like this one, and changes only what differs. What was
/// drawn from is not known, so the element itself is compared, and its children by their order.
pub(crate) fn adopt(node: &Node, element: &Element, document: &Document) -> Result<(), JsValue> {
    for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        // A reader may have opened a drawer.
        if node.attribute(&name).is_none() && name != "open" {
            element.remove_attribute(&name)?;
        }
    }
    for (name, value) in node.attributes() {
        if element.get_attribute(name).as_ref() != Some(value) {
            element.set_attribute(name, value)?;
        }
    }
    let children = match node.content() {
        Content::Text(text) => {
            if element.text_content().as_ref() != Some(text) {
                element.set_text_content(Some(text));
            }
            return Ok(());
        }
        Content::Children(children) => children,
    };
    let drawn = element.children();
    if drawn.length() == 0 {
        element.set_text_content(None);
    }
    for (child, index) in children.iter().zip(0..) {
        match drawn.item(index) {
            Some(there) if there.local_name() == child.tag() => adopt(child, &there, document)?,
            Some(there) => {
                element.replace_child(&*build(child, document)?, &there)?;
            }
            None => {
                element.append_child(&*build(child, document)?)?;
            }
        }
    }
    while let Some(more) = drawn.item(children.len() as u32) {
        more.remove();
    }
    Ok(())
}

fn patch_children(node: &Node, before: &[Node], parent: &Element, document: &Document) -> Result<(), JsValue> {
    let drawn = parent.children();
    let mut spare: Vec<Option<(&Node, Element)>> =
        before.iter().zip(0..).map(|(node, index)| drawn.item(index).map(|element| (node, element))).collect();
    let mut elements = Vec::with_capacity(node.all_children().len());
    for child in node.all_children() {
        let kept = spare.iter_mut().find(|slot| slot.as_ref().is_some_and(|(node, _)| child.is_same_element_as(node)));
        match kept.and_then(Option::take) {
            Some((before, element)) => {
                patch(child, before, &element, document)?;
                elements.push(element);
            }
            None => elements.push(build(child, document)?),
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
