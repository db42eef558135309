//! The drawing of knownfor's elements, as WebAssembly: from a view to the page. It knows the view and nothing behind
//! it.
//!
//! One class crosses the border, [`Drawing`]. A view comes in as a JavaScript object and is read as the type that
//! `knownfor::view` has for it. `knownfor_elements` turns it into nodes, which are plain data, and `patch` makes a
//! shadow root equal to them.
//!
//! - `words`, `links`: what the JavaScript hands in beside the view
//! - `patch`: the fewest changes that bring a page up to date
//! - `shown`: the view drawn, and the one before it
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

mod links;
mod patch;
mod shown;
mod words;

use js_sys::Array;
use knownfor::view::{BoardView, CohortView, MemberView, Seen, TopicNameView};
use knownfor_crossing::{read, write_tree};
use knownfor_elements::{
    Answers, Node, TITLE,
    elements::{badges, board, celebration, challenge, experts, gains, kudos, profile, standing, steps, topics},
    nothing,
};
use links::Links;
use shown::Shown;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use words::Words;

/// What one element has drawn into its shadow root.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Drawing {
    root: ShadowRoot,
    heading_level: Option<u8>,
    /// What a server has drawn, until the first drawing takes it over.
    found: Option<Element>,
    drawn: Option<(Node, Element)>,
    member: Shown<MemberView>,
    board: Shown<BoardView>,
}

#[wasm_bindgen]
impl Drawing {
    /// A drawing in this shadow root. It goes on from what a server has drawn there, if that is `found`.
    #[wasm_bindgen(constructor)]
    pub fn new(root: ShadowRoot, found: Option<Element>) -> Drawing {
        Drawing { root, heading_level: None, found, drawn: None, member: Shown::default(), board: Shown::default() }
    }

    /// Says which level of heading the title is in the page's outline. By default it is a label of its group and no
    /// heading.
    #[wasm_bindgen(setter, js_name = headingLevel)]
    pub fn set_heading_level(&mut self, level: Option<u8>) {
        self.heading_level = level;
    }

    /// Draws the standing in a member view. `answers` holds what can be asked, and what was answered.
    pub fn standing(&mut self, view: JsValue, words: &Words, answers: JsValue) -> Result<(), JsValue> {
        let answers = read_answers(answers)?;
        let (view, news) = self.member.member(read_member(view)?);
        let node = standing::draw(view, &news, &answers, words);
        self.put(node)
    }

    /// Draws the profile in a member view.
    pub fn profile(&mut self, view: JsValue, words: &Words, links: &Links) -> Result<(), JsValue> {
        let (view, news) = self.member.member(read_member(view)?);
        let node = profile::draw(view, &news, links, words);
        self.put(node)
    }

    /// Draws the badges in a member view.
    pub fn badges(&mut self, view: JsValue, words: &Words, answers: JsValue) -> Result<(), JsValue> {
        let answers = read_answers(answers)?;
        let (view, news) = self.member.member(read_member(view)?);
        let node = badges::draw(view, &news, &answers, words);
        self.put(node)
    }

    /// Draws a page of a board view, the one that has the row with the index `from`, without the button that joins or
    /// leaves if the page has its own.
    pub fn board(&mut self, view: JsValue, words: &Words, hide_join: bool, from: usize) -> Result<(), JsValue> {
        let (view, news) = self.board.board(read(view, "a board view")?);
        let node = board::draw(view, news, hide_join, from, words);
        self.put(node)
    }

    /// Draws a next step in a member view, after the member has `asked` so often for something else, and says whether
    /// there is anything to draw. `declined` are the keys of the steps that the member has declined just now, one per
    /// line, and `claimed` is the topic that they have claimed.
    pub fn steps(
        &mut self,
        view: JsValue,
        words: &Words,
        links: &Links,
        asked: usize,
        declined: Option<String>,
        claimed: Option<String>,
    ) -> Result<bool, JsValue> {
        let view = &read_member(view)?;
        let done = steps::Done { declined: declined.as_deref(), claimed: claimed.as_deref() };
        let node = steps::draw(asked, done, steps::Context { view, links, words });
        let is_drawn = node.is_some();
        self.put(node.unwrap_or_else(nothing))?;
        Ok(is_drawn)
    }

    /// Draws the topics in a member view, or as the `lead` of a page the one that most speaks for; `known` is a list of
    /// topics to choose from.
    pub fn topics(&mut self, view: JsValue, words: &Words, known: JsValue, lead: bool) -> Result<(), JsValue> {
        let known: Vec<TopicNameView> = read(known, "a list of topics")?;
        let (view, news) = self.member.member(read_member(view)?);
        let draw = if lead { topics::draw_lead } else { topics::draw };
        let node = draw(view, &news, &known, words);
        self.put(node)
    }

    /// Draws the search for experts, and what it found.
    pub fn experts(&mut self, search: JsValue, words: &Words, links: &Links) -> Result<(), JsValue> {
        self.put(experts::draw(&read(search, "a search for experts")?, links, words))
    }

    /// Draws the challenge with this id in a member view, with what all who joined reach together if `cohort` has it.
    pub fn challenge(&mut self, view: JsValue, words: &Words, id: &str, cohort: JsValue) -> Result<(), JsValue> {
        let cohort: Option<CohortView> = read(cohort, "a cohort view")?;
        let (view, news) = self.member.member(read_member(view)?);
        let node = challenge::draw(id, &news, challenge::Context { view, cohort: cohort.as_ref(), words });
        self.put(node)
    }

    /// Draws what it takes to thank a colleague.
    pub fn kudos(&mut self, thanks: JsValue, words: &Words) -> Result<(), JsValue> {
        self.put(kudos::draw(&read(thanks, "thanks")?, words))
    }

    /// Draws the badges and the level in a member view that are more than the member has `seen`, and says whether
    /// there are any. Without `seen` there are none: on the first visit everything is history.
    /// `accepted` is the badge that the member has put on their profile just now.
    pub fn celebration(
        &mut self,
        view: JsValue,
        seen: JsValue,
        words: &Words,
        accepted: Option<String>,
    ) -> Result<bool, JsValue> {
        let view = read_member(view)?;
        let news = read_seen(seen).map(|seen| seen.news_in(&view)).unwrap_or_default();
        self.put(celebration::draw(&view, &news, accepted.as_deref(), words))?;
        Ok(!news.badges.is_empty() || news.level.is_some())
    }

    /// What a member has seen who had `seen` this and now sees a member view: data for the next
    /// [`Drawing::celebration`].
    pub fn seen(&self, view: JsValue, seen: JsValue) -> Result<JsValue, JsValue> {
        let mut seen = read_seen(seen).unwrap_or_default();
        seen.add(&read_member(view)?);
        Ok(write_tree(&(&seen).into()))
    }

    /// Draws the gains in a member view.
    pub fn gains(&mut self, view: JsValue, words: &Words) -> Result<(), JsValue> {
        let (view, news) = self.member.member(read_member(view)?);
        let node = gains::draw(view, &news, words);
        self.put(node)
    }

    fn put(&mut self, mut node: Node) -> Result<(), JsValue> {
        if let Some(level) = self.heading_level {
            node.make_heading(TITLE, level);
        }
        let document = web_sys::window()
            .and_then(|window| window.document())
            .ok_or_else(|| JsError::new("there is no document to draw in"))?;
        let element = match (self.drawn.take(), self.found.take()) {
            (Some((before, element)), _) => {
                patch::patch(&node, &before, &element, &document)?;
                element
            }
            (None, Some(element)) => {
                patch::adopt(&node, &element, &document)?;
                element
            }
            (None, None) => {
                let element = patch::build(&node, &document)?;
                self.root.replace_children_with_node_1(&element);
                element
            }
        };
        self.drawn = Some((node, element));
        Ok(())
    }
}

/// Whether the level rose in a member view since an earlier one, and then the ids of the badges that did, in one list;
/// `undefined` if nothing rose.
#[wasm_bindgen(js_name = earnedSince)]
pub fn earned_since(view: JsValue, before: JsValue) -> Result<JsValue, JsValue> {
    let (view, before) = (read_member(view)?, read_member(before)?);
    let earned = view.news_since(&before).earned;
    if earned.badges.is_empty() && earned.level.is_none() {
        return Ok(JsValue::UNDEFINED);
    }
    let list = Array::of1(&earned.level.is_some().into());
    for badge in earned.badges {
        list.push(&JsValue::from_str(&badge.badge));
    }
    Ok(list.into())
}

fn read_member(view: JsValue) -> Result<MemberView, JsError> {
    read(view, "a member view")
}

fn read_answers(answers: JsValue) -> Result<Answers, JsError> {
    read(answers, "answers")
}

/// What a member has seen, as the browser's storage has it. What cannot be read there is of no use, and as good as
/// nothing.
fn read_seen(seen: JsValue) -> Option<Seen> {
    read(seen, "what a member has seen").ok()
}
