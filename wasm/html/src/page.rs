//! Page: what the elements of a page have in common, and a method for each element.

use crate::{Element, Links, Words};
use knownfor::view::{BoardView, CohortView, EvidenceView, MemberView, News, TopicNameView};
use knownfor_elements::{
    Answers,
    elements::{badges, board, challenge, gains, profile, standing, steps, topics},
    nothing,
};

/// What the elements of a page have in common.
///
/// # Examples
///
/// ```
/// # use knownfor::{Standing, ViewContext};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/doctests/posts.rs"));
/// # let ada = ViewContext::of("ada", "de", "2026-03-09T12:00:00Z".parse()?);
/// # let view = Standing::new(&program).view("ada", &ada).ok_or("no view")?;
/// use jiff::tz::TimeZone;
/// use knownfor_html::{Answers, Page, Words};
///
/// let words = Words::new("de", TimeZone::UTC)?;
/// let page = Page { words: &words, stylesheet: "/known-for/elements.css" };
/// let html = page.standing(&view, &Answers::to(&[])).heading_level(2).to_string();
/// assert!(html.starts_with("<known-for-standing heading-level=\"2\"><template shadowrootmode=\"open\">"));
/// assert!(html.contains("Dein Stand"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The texts, in the language of the page.
    pub words: &'a Words,
    /// The address of `elements.css` of the npm package.
    pub stylesheet: &'a str,
}

impl Page<'_> {
    /// `<known-for-standing>` of a member. `answers` says what the page's source can be asked.
    pub fn standing(&self, view: &MemberView, answers: &Answers) -> Element {
        let node = standing::draw(view, &News::default(), answers, self.words);
        Element::new("known-for-standing", node, self.stylesheet)
    }

    /// `<known-for-profile>` of a member.
    pub fn profile(&self, view: &MemberView, links: &Links) -> Element {
        let node = profile::draw(view, &News::default(), links, self.words);
        Element::new("known-for-profile", node, self.stylesheet).links(links)
    }

    /// `<known-for-badges>` of a member. `answers` says what the page's source can be asked.
    pub fn badges(&self, view: &MemberView, answers: &Answers) -> Element {
        let node = badges::draw(view, &News::default(), answers, self.words);
        Element::new("known-for-badges", node, self.stylesheet)
    }

    /// `<known-for-steps>` of a member.
    pub fn steps(&self, view: &MemberView, links: &Links) -> Element {
        let node = steps::draw(0, steps::Done::default(), steps::Context { view, links, words: self.words });
        Element::new("known-for-steps", node.unwrap_or_else(nothing), self.stylesheet).links(links)
    }

    /// `<known-for-topics>` of a member. `known` are topics to choose from, as the page's source answers before
    /// anything is written.
    pub fn topics(&self, view: &MemberView, known: &[TopicNameView]) -> Element {
        let node = topics::draw(view, &News::default(), known, self.words);
        Element::new("known-for-topics", node, self.stylesheet)
    }

    /// `<known-for-topics lead>` of a member: the sentence that leads a page. `known` are topics to choose from.
    pub fn lead(&self, view: &MemberView, known: &[TopicNameView]) -> Element {
        let node = topics::draw_lead(view, &News::default(), known, self.words);
        Element::new("known-for-topics", node, self.stylesheet).attribute("lead", "")
    }

    /// What speaks for a topic, in the sentences of the elements and without faces: how many colleagues say so, and the
    /// deeds that show it. Empty if nothing does.
    ///
    /// ```
    /// use jiff::tz::TimeZone;
    /// use knownfor_html::{Page, Words};
    ///
    /// let words = Words::new("en", TimeZone::UTC)?;
    /// let page = Page { words: &words, stylesheet: "/known-for/elements.css" };
    /// assert_eq!(page.evidence(4, &[]), "So say four colleagues.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evidence(&self, confirmed: u32, evidence: &[EvidenceView]) -> String {
        topics::in_words(confirmed, evidence, self.words)
    }

    /// `<known-for-challenge>` with this id, of a member. `cohort` is what the page's source answers, if it can be
    /// asked.
    pub fn challenge(&self, view: &MemberView, id: &str, cohort: Option<&CohortView>) -> Element {
        let node = challenge::draw(id, &News::default(), challenge::Context { view, cohort, words: self.words });
        Element::new("known-for-challenge", node, self.stylesheet).attribute("challenge", id)
    }

    /// `<known-for-gains>` of a member.
    pub fn gains(&self, view: &MemberView) -> Element {
        let node = gains::draw(view, &News::default(), self.words);
        Element::new("known-for-gains", node, self.stylesheet)
    }

    /// `<known-for-board>`.
    pub fn board(&self, view: &BoardView) -> Element {
        Element::new("known-for-board", board::draw(view, None, false, 0, self.words), self.stylesheet)
    }
}
