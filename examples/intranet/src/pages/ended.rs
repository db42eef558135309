//! The end: a member's home page once the programme has ended, with what they are known for.

use super::Frame;
use crate::{error::Error, intranet::Intranet, language::Language};
use axum::response::Html;
use knownfor::view::MemberView;
use serde::Serialize;

#[derive(Serialize)]
struct EndedPage {
    frame: Frame,
    topics: Vec<String>,
    badges: Vec<String>,
}

/// The page for a viewer, who may have taken no part.
pub(super) fn page(
    intranet: &Intranet,
    viewer: &str,
    view: Option<&MemberView>,
    language: Language,
) -> Result<Html<String>, Error> {
    let topics = view.map_or(&[][..], |view| &view.topics).iter().map(|topic| topic.name.clone());
    let badges = view.map_or(&[][..], |view| &view.badges.earned).iter().map(|badge| badge.name.clone());
    let page = EndedPage { frame: Frame::of(intranet, viewer), topics: topics.collect(), badges: badges.collect() };
    intranet.pages.render(language, "ended.html", &page)
}
