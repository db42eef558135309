//! Ask: what is told on demand. A drawer that is empty until it is opened, then asked about by the shell, then filled.

use crate::{
    data::Data,
    node::{Node, html},
    words::Words,
};
use knownfor::Tree;

/// The questions that can be asked here, and the answers that have come.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'t>(pub(crate) Data<'t>);

/// A question, as attributes: `data-ask` names it, the others say what it is about.
pub(crate) type Question<'q> = [(&'static str, &'q str)];

impl<'t> Asked<'t> {
    /// Whether there is somebody to answer questions of this name.
    pub(crate) fn can(self, name: &str) -> bool {
        self.0.0.get("can").map_or(&[][..], Tree::items).iter().any(|can| can.as_text() == Some(name))
    }

    /// The answer to a question: nothing before it has come, null where there is none.
    fn to(self, question: &Question<'_>) -> Option<&'t Tree<'t>> {
        let mut answers = self.0.list("answers");
        let answered =
            answers.find(|answer| question.iter().all(|(name, value)| answer.text(short(name)) == *value))?;
        answered.0.get("answer")
    }

    /// A drawer that tells the answer to a question; nothing where nobody can be asked.
    pub(crate) fn drawer(
        self,
        question: &Question<'_>,
        summary: Node,
        words: &Words,
        tell: impl FnOnce(Data<'t>) -> Node,
    ) -> Option<Node> {
        let (_, name) = question.first()?;
        if !self.can(name) {
            return None;
        }
        let answer = match self.to(question) {
            Some(answer @ Tree::Table(_)) => tell(Data(answer)),
            Some(_) => html("p", "quiet").text(words.plain("why-none")),
            None => html("p", "quiet").text(words.plain("why-asking")),
        };
        let drawer = html("details", "why").key(name).part("why");
        let drawer = question.iter().fold(drawer, |drawer, (name, value)| drawer.set(name, *value));
        Some(drawer.child(summary).child(answer))
    }
}

/// How JavaScript names a `data-…` attribute.
fn short(attribute: &str) -> &str {
    attribute.trim_start_matches("data-")
}
