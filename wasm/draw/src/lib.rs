//! The drawing of knownfor's elements, as WebAssembly: from a view to the page. It knows the view and nothing behind it.
//!
//! One class crosses the border, [`Drawing`], and views as JSON text, wherever they come from. Each element has a file that turns
//! a view into [`Node`]s, plain data; [`Drawing`] makes a shadow root equal to them. What is clicked is read by the shell from
//! `data-…` attributes, so nothing here listens, and nothing makes markup of data.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

extern crate alloc;

mod badges;
mod board;
mod data;
mod face;
mod node;
mod profile;
mod reason;
mod standing;
mod words;

use alloc::string::String;
use data::Data;
use js_sys::Function;
use knownfor::Tree;
use knownfor_crossing::{Failure, parse};
use node::{Node, html};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use words::Words;

/// What one element has drawn into its shadow root.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Drawing {
    root: ShadowRoot,
    drawn: Option<(Node, Element)>,
    /// The view that is drawn, as JSON, and the other one that was drawn before it.
    shown: Option<String>,
    before: Option<String>,
}

#[wasm_bindgen]
impl Drawing {
    /// A drawing in this shadow root.
    #[wasm_bindgen(constructor)]
    pub fn new(root: ShadowRoot) -> Drawing {
        Drawing { root, drawn: None, shown: None, before: None }
    }

    /// Draws a member view's standing.
    pub fn standing(&mut self, view: &str, words: &Words) -> Result<(), JsValue> {
        self.draw(view, &|view, before| standing::draw(view, before, words))
    }

    /// Draws a member view's profile. `edit_href`, where given, makes the address of a field's editor from the field's id.
    pub fn profile(&mut self, view: &str, words: &Words, edit_href: Option<Function>) -> Result<(), JsValue> {
        self.draw(view, &|view, before| profile::draw(view, before, edit_href.as_ref(), words))
    }

    /// Draws a member view's badges. `reasons` holds, by the badge's id, the explanation of each that was asked about, or null
    /// where there is none; without `reasons` none can be asked for.
    pub fn badges(&mut self, view: &str, words: &Words, reasons: Option<String>) -> Result<(), JsValue> {
        let reasons: Option<Tree<'_>> = reasons.as_deref().map(|text| parse(text, WHAT)).transpose()?;
        self.draw(view, &|view, before| badges::draw(view, before, reasons.as_ref().map(Data), words))
    }

    /// Draws a board; without the button that joins or leaves it where the page has its own.
    pub fn board(&mut self, view: &str, words: &Words, hide_join: bool) -> Result<(), JsValue> {
        self.draw(view, &|view, before| board::draw(view, before, hide_join, words))
    }

    fn draw(&mut self, view: &str, make: &dyn Fn(Data<'_>, Option<Data<'_>>) -> Node) -> Result<(), JsValue> {
        let tree: Tree<'_> = parse(view, WHAT)?;
        // The same view again, with other words or a reason that has come, leaves the news as they are.
        if self.shown.as_deref() != Some(view) {
            self.before = self.shown.take();
        }
        let before: Option<Tree<'_>> = self.before.as_deref().map(|text| parse(text, WHAT)).transpose()?;
        let node = make(Data(&tree), before.as_ref().map(Data));
        self.shown = Some(view.into());
        self.put(node)
    }

    fn put(&mut self, node: Node) -> Result<(), JsValue> {
        let document = web_sys::window().and_then(|window| window.document()).ok_or(Failure("there is no document"))?;
        let element = match self.drawn.take() {
            Some((before, element)) => {
                node.patch(&before, &element, &document)?;
                element
            }
            None => {
                let element = node.build(&document)?;
                self.root.replace_children_with_node_1(&element);
                element
            }
        };
        self.drawn = Some((node, element));
        Ok(())
    }
}

/// What a drawing is made of, in errors.
const WHAT: &str = "a view";

/// The card that an element draws, labelled by its title.
fn card(class: &'static str) -> Node {
    html("div", class).part("card").set("role", "group").set("aria-labelledby", "title")
}

/// The name of a card, which also labels the group for those who hear the page.
fn title(text: &str) -> Node {
    html("p", "title").part("title").set("id", "title").text(text)
}

/// Where a change is told politely. It is there from the first drawing, empty: only then is what comes into it read out.
fn status(text: &str) -> Node {
    html("p", "unseen").key("status").set("role", "status").text(text)
}

/// A bar that is so many percent full.
fn bar(percent: i64, label: &str, words: &Words) -> Node {
    progress("bar", label, percent)
        .set("aria-valuetext", words.percent(percent))
        .set_number("--percent", percent)
        .child(html("span", "fill"))
}

/// What says how far something has come, also to those who hear the page; `name` is its class and part.
fn progress(name: &'static str, label: &str, percent: i64) -> Node {
    html("div", name)
        .part(name)
        .set("role", "progressbar")
        .set("aria-label", label)
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", 100)
        .set_number("aria-valuenow", percent)
}
