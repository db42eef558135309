//! Shown: the view that is drawn, and the one before it, so that a drawing can announce what changed.

use knownfor::view::{BoardView, MemberView, News, Participation};

/// The view that is drawn, and the different view that was drawn before it.
#[derive(Debug)]
pub(crate) struct Shown<T> {
    now: Option<T>,
    before: Option<T>,
}

impl<T> Default for Shown<T> {
    fn default() -> Self {
        Self { now: None, before: None }
    }
}

impl<T: PartialEq> Shown<T> {
    /// Shows a view, and returns it with the one before it. If the same view is shown again, with other texts or with
    /// an answer that has arrived, the one before it stays: what was announced stands until there is something new.
    fn show(&mut self, view: T) -> (&T, Option<&T>) {
        if self.now.as_ref() != Some(&view) {
            self.before = self.now.take();
        }
        (self.now.insert(view), self.before.as_ref())
    }
}

impl Shown<MemberView> {
    /// Shows a view, and returns it with what is new in it.
    pub(crate) fn member(&mut self, view: MemberView) -> (&MemberView, News<'_>) {
        let (view, before) = self.show(view);
        (view, before.map_or_else(News::default, |before| view.news_since(before)))
    }
}

impl Shown<BoardView> {
    /// Shows a view, and returns it with whether the viewer has joined or left since.
    pub(crate) fn board(&mut self, view: BoardView) -> (&BoardView, Option<Participation>) {
        let (view, before) = self.show(view);
        (view, before.and_then(|before| view.news_since(before)))
    }
}
