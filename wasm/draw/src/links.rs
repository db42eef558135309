//! Links: the addresses that the page's author gave for editors, deeds and people.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The shell's object of this shape (`elements/links.js`). Its methods return nothing if the page gave no address,
    /// or one that a link must not lead to.
    pub type Links;

    #[wasm_bindgen(method)]
    fn edit(this: &Links, field: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn doing(this: &Links, kind: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn person(this: &Links, member: &str) -> Option<String>;
}

impl knownfor_elements::Links for Links {
    fn edit(&self, field: &str) -> Option<String> {
        self.edit(field)
    }

    fn doing(&self, kind: &str) -> Option<String> {
        self.doing(kind)
    }

    fn person(&self, member: &str) -> Option<String> {
        self.person(member)
    }
}
