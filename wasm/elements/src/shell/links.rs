//! Links: the addresses that the page's author gave for editors, deeds and people.

use crate::node::{Node, html};

/// The addresses of a page. Each is `None` if the page gave no address, or one that a link must not lead to.
pub trait Links {
    /// The address of a profile field's editor.
    fn edit(&self, field: &str) -> Option<String>;
    /// The address at which an activity of a kind is done.
    fn doing(&self, kind: &str) -> Option<String>;
    /// The address of a member's page.
    fn person(&self, member: &str) -> Option<String>;
}

impl dyn Links + '_ {
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
