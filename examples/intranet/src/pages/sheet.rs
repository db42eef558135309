//! The data sheet: what the rules that run here record, derive and show, for everyone to read.

use super::{Frame, Page};
use crate::{access::sign_in::Viewer, intranet::Intranet, language::Language};
use axum::extract::State;
use knownfor::{Sheet, SheetLanguage, SheetOptions};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct SheetPage {
    frame: Frame,
    sheet: Sheet,
}

pub(super) async fn sheet(State(intranet): State<Arc<Intranet>>, viewer: Viewer, language: Language) -> Page {
    let options = SheetOptions::new(match language {
        Language::English => SheetLanguage::English,
        Language::German => SheetLanguage::German,
    });
    let systems = intranet.sources.systems().into_iter();
    let options = systems.fold(options, |options, (name, kinds)| options.system(name, kinds.clone()));
    let page = SheetPage { frame: Frame::of(&intranet, viewer.id()), sheet: intranet.rules.program.sheet(&options) };
    intranet.pages.render(language, "sheet.html", &page)
}
