//! Links: the addresses that the page's author gave for editors, deeds and people.

use crate::dom::{Node, html};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The shell's object of this shape (`elements/links.js`). Its methods return nothing if the page gave no address,
    /// or one that a link must not lead to.
    pub type Links;

    /// The address of a profile field's editor.
    #[wasm_bindgen(method)]
    pub(crate) fn edit(this: &Links, field: &str) -> Option<String>;

    /// The address at which an activity of a kind is done.
    #[wasm_bindgen(method)]
    pub(crate) fn doing(this: &Links, kind: &str) -> Option<String>;

    /// The address of a member's page.
    #[wasm_bindgen(method)]
    pub(crate) fn person(this: &Links, member: &str) -> Option<String>;
}

impl Links {
    /// A link to an address; without one, a button that the shell answers.
    pub(crate) fn opener(&self, href: Option<String>, class: &'static str) -> Node {
        match href {
            Some(href) => html("a", class).set("href", href),
            None => button(class),
        }
    }

    /// A member's name, as a link if there is an address for it.
    pub(crate) fn name(&self, member: &str, name: &str) -> Node {
        match self.person(member) {
            Some(href) => html("a", "").key("name").set("href", href).text(name),
            None => html("span", "").key("name").text(name),
        }
    }
}

/// A button that does not submit a form.
pub(crate) fn button(class: &'static str) -> Node {
    html("button", class).set("type", "button")
}
