//! knownfor's elements as HTML, which a server writes before any script runs.
//!
//! It is the drawing that pages load as WebAssembly, compiled into the server. [`Page`] has a method for each element
//! that shows a view. Its result is the element's whole HTML: the attributes, and the drawing in a declarative shadow
//! root. So a page is complete at its first paint, also without scripts. Once scripts and data are there, the element
//! takes the drawing over as it stands.
//!
//! No style and no script stands in the HTML, so the strictest content security policy allows it. The style comes from
//! `elements.css` of the npm package.
//!
//! - [`Page`]: the elements of a page
//! - [`Element`]: one of them, and its HTML
//! - [`Words`]: the texts of a language, and its numbers and dates, by ICU4X
//! - [`Links`]: the page's own addresses

mod element;
mod links;
mod page;
mod texts;
mod words;
mod write;

pub use element::{Deed, Element};
pub use knownfor_elements::{Answers, Question};
pub use links::Links;
pub use page::Page;
pub use texts::LANGUAGES;
pub use words::{LocaleError, Words};
