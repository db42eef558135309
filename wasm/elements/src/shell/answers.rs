//! Answers: what can be asked on demand, and the answers that have arrived.

use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::{Explanation, FromTree, Reader, Tree, WhyNot, from_tree, view::EntryView};

/// The questions that can be asked here, and the answers that have arrived.
#[derive(Debug)]
pub struct Answers {
    can: Vec<Question>,
    why: Vec<Answer<Explanation>>,
    why_not: Vec<Answer<WhyNot>>,
    entries: Vec<Answer<Vec<EntryView>>>,
}

impl FromTree for Answers {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        Self {
            can: reader.required(tree, "can"),
            why: reader.required(tree, "why"),
            why_not: reader.required(tree, "why-not"),
            entries: reader.required(tree, "entries"),
        }
    }
}

/// A question that the shell asks a source when a drawer is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Why a badge or points were given.
    Why,
    /// Why they were not.
    WhyNot,
    /// Which entries are the latest.
    Entries,
}

from_tree! { enum Question { Why = "why", WhyNot = "why-not", Entries = "entries" } }

/// What a question is about; all of it stands in the `data-…` attributes of the drawer that asks.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Subject {
    /// A badge, by its id.
    pub(crate) badge: Option<String>,
    /// A rule, by its id.
    pub(crate) rule: Option<String>,
    /// The source of an activity.
    pub(crate) source: Option<String>,
    /// The id of that activity.
    pub(crate) activity: Option<String>,
}

from_tree! { struct Subject { badge, rule, source, activity } }

/// An answer that has arrived; without data if the source has none.
#[derive(Debug)]
struct Answer<T> {
    about: Subject,
    answer: Option<T>,
}

impl<T: FromTree> FromTree for Answer<T> {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        Self { about: reader.required(tree, "about"), answer: reader.required(tree, "answer") }
    }
}

impl Answers {
    /// No answers yet, to the questions that can be asked.
    pub fn to(can: &[Question]) -> Self {
        Self { can: can.to_vec(), why: Vec::new(), why_not: Vec::new(), entries: Vec::new() }
    }

    /// A drawer that answers why something was given; none if nobody can be asked.
    pub(crate) fn why(
        &self,
        about: &Subject,
        summary: Node,
        words: &dyn Words,
        draw: impl FnOnce(&Explanation) -> Node,
    ) -> Option<Node> {
        self.drawer(Question::Why, &self.why, about, summary, words, draw)
    }

    /// A drawer that answers why something was not given; none if nobody can be asked.
    pub(crate) fn why_not(
        &self,
        about: &Subject,
        summary: Node,
        words: &dyn Words,
        draw: impl FnOnce(&WhyNot) -> Node,
    ) -> Option<Node> {
        self.drawer(Question::WhyNot, &self.why_not, about, summary, words, draw)
    }

    /// A drawer with the member's latest entries; none if nobody can be asked.
    pub(crate) fn entries(
        &self,
        summary: Node,
        words: &dyn Words,
        draw: impl FnOnce(&Vec<EntryView>) -> Node,
    ) -> Option<Node> {
        self.drawer(Question::Entries, &self.entries, &Subject::default(), summary, words, draw)
    }

    fn drawer<T>(
        &self,
        question: Question,
        answers: &[Answer<T>],
        about: &Subject,
        summary: Node,
        words: &dyn Words,
        draw: impl FnOnce(&T) -> Node,
    ) -> Option<Node> {
        if !self.can.contains(&question) {
            return None;
        }
        let quiet = |key| html("p", "quiet").text(words.plain(key));
        let content = match answers.iter().find(|answer| answer.about == *about) {
            None => quiet("one-moment"),
            Some(Answer { answer: None, .. }) => quiet("why-none"),
            Some(Answer { answer: Some(answer), .. }) => draw(answer),
        };
        let drawer = html("details", "why")
            .key(question.name())
            .part("why")
            .set("data-ask", question.name())
            .set_some("data-badge", about.badge.as_deref())
            .set_some("data-rule", about.rule.as_deref())
            .set_some("data-source", about.source.as_deref())
            .set_some("data-activity", about.activity.as_deref());
        Some(drawer.child(summary).child(content))
    }
}

impl Question {
    fn name(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::WhyNot => "why-not",
            Self::Entries => "entries",
        }
    }
}
