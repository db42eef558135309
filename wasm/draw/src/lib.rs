//! The drawing of knownfor's elements, as WebAssembly: from a view to the page. It knows the view and nothing behind it.
//!
//! One class crosses the border, [`Drawing`], and views as JSON text, wherever they come from. Each element has a file that turns
//! a view into `Node`s, plain data; [`Drawing`] makes a shadow root equal to them. What is clicked is read by the shell from
//! `data-…` attributes, so nothing here listens, and nothing makes markup of data.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

extern crate alloc;

mod ask;
mod badges;
mod board;
mod card;
mod celebration;
mod challenge;
mod data;
mod days;
mod entries;
mod experts;
mod face;
mod gains;
mod kudos;
mod links;
mod node;
mod profile;
mod reason;
mod standing;
mod steps;
mod topics;
mod words;

use alloc::{string::String, vec::Vec};
use ask::Asked;
use data::Data;
use knownfor::Tree;
use knownfor_crossing::{Failure, parse};
use links::Links;
use node::Node;
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

    /// Draws a member view's standing. `asked` holds what can be asked here and what was answered, as of all that take it:
    /// `{"can": ["why"], "answers": [{"ask": "why", "badge": "guide", "answer": …}]}`.
    pub fn standing(&mut self, view: &str, words: &Words, asked: &str) -> Result<(), JsValue> {
        let asked = parse(asked, WHAT)?;
        self.draw(view, &|view, before| standing::draw(view, before, Asked(Data(&asked)), words))
    }

    /// Draws a member view's profile.
    pub fn profile(&mut self, view: &str, words: &Words, links: &Links) -> Result<(), JsValue> {
        self.draw(view, &|view, before| profile::draw(view, before, links, words))
    }

    /// Draws a member view's badges.
    pub fn badges(&mut self, view: &str, words: &Words, asked: &str) -> Result<(), JsValue> {
        let asked = parse(asked, WHAT)?;
        self.draw(view, &|view, before| badges::draw(view, before, Asked(Data(&asked)), words))
    }

    /// Draws a board; without the button that joins or leaves it where the page has its own.
    pub fn board(&mut self, view: &str, words: &Words, hide_join: bool) -> Result<(), JsValue> {
        self.draw(view, &|view, before| board::draw(view, before, hide_join, words))
    }

    /// Draws a member view's next steps.
    pub fn steps(&mut self, view: &str, words: &Words, links: &Links, asked: &str) -> Result<(), JsValue> {
        let asked = parse(asked, WHAT)?;
        self.draw(view, &|view, _| steps::draw(steps::With { view, asked: Asked(Data(&asked)), links, words }))
    }

    /// Draws a member view's topics; `suggested` is a list of topics to choose from.
    pub fn topics(&mut self, view: &str, words: &Words, suggested: &str) -> Result<(), JsValue> {
        let suggested: Tree<'_> = parse(suggested, WHAT)?;
        let suggested: Vec<Data<'_>> = suggested.items().iter().map(Data).collect();
        self.draw(view, &|view, before| topics::draw(view, before, &suggested, words))
    }

    /// Draws the search for experts, and what it found.
    pub fn experts(&mut self, search: &str, words: &Words, links: &Links) -> Result<(), JsValue> {
        self.draw(search, &|search, _| experts::draw(search, links, words))
    }

    /// Draws a challenge.
    pub fn challenge(&mut self, shown: &str, words: &Words) -> Result<(), JsValue> {
        self.draw(shown, &|shown, before| challenge::draw(shown, before, words))
    }

    /// Draws what it takes to thank somebody.
    pub fn kudos(&mut self, thanks: &str, words: &Words) -> Result<(), JsValue> {
        self.draw(thanks, &|thanks, _| kudos::draw(thanks, words))
    }

    /// Draws what is new.
    pub fn celebration(&mut self, news: &str, words: &Words) -> Result<(), JsValue> {
        self.draw(news, &|news, _| celebration::draw(news, words))
    }

    /// Draws a member view's gains.
    pub fn gains(&mut self, view: &str, words: &Words) -> Result<(), JsValue> {
        self.draw(view, &|view, before| gains::draw(view, before, words))
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
