//! Elements: the widget as the server draws it, so that a page is complete before its scripts run and without them.

use crate::{error::Error, intranet::Intranet, language::Language, pages::none_if_not_found, views};
use anyhow::Result;
use knownfor::view::MemberView;
use knownfor_html::{Answers, Deed, Links, Page, Question};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// The level of the titles: each page has one heading of its own above them.
const HEADING_LEVEL: u8 = 2;

/// The style of the drawings, from the package of the widget.
const STYLESHEET: &str = "/pkg/elements.css";

/// Where a member says that steps are not for them.
const DECLINE: &str = "/steps/{id}/decline";

/// Elements as HTML, each absent if it would show nothing.
#[derive(Serialize)]
pub(super) struct HomeElements {
    lead: String,
    /// Absent if nothing is offered.
    steps: Option<String>,
    challenges: Vec<String>,
    standing: String,
    gains: Option<String>,
    board: Option<String>,
}

/// Elements as HTML, each absent if it would show nothing.
#[derive(Serialize)]
pub(super) struct PersonElements {
    topics: Option<String>,
    standing: Option<String>,
    profile: Option<String>,
    badges: Option<String>,
}

impl HomeElements {
    /// The viewer's own.
    pub(super) fn of(intranet: &Intranet, view: &MemberView, language: Language) -> Result<Self, Error> {
        let page = page(intranet, language);
        let (links, answers) = (links(&view.member), answers(true));
        let challenge = |id: &String| {
            let cohort = none_if_not_found(views::groups::cohort(intranet, id, &view.member, language.tag()))?;
            let drawn = page.challenge(view, id, cohort.as_ref()).heading_level(HEADING_LEVEL);
            let drawn = drawn.form(Deed::Join, "/challenges/{id}/join").form(Deed::Leave, "/challenges/{id}/leave");
            let drawn = drawn.form(Deed::Decline, DECLINE).form(Deed::TakeBack, "/steps/{id}/take-back");
            Ok::<_, Error>(drawn.to_string())
        };
        let board = |id: &String| {
            let board = views::board(intranet, id, &view.member, language.tag(), views::BOARD_ROWS)?;
            let drawn = page.board(&board).heading_level(HEADING_LEVEL);
            let drawn = drawn.form(Deed::Join, "/boards/{id}/join").form(Deed::Leave, "/boards/{id}/leave");
            Ok::<_, Error>(drawn.to_string())
        };
        let has_gains = view.gains.iter().any(|gain| gain.value > 0);
        Ok(Self {
            // Its title is the heading of the page.
            lead: page.lead(view, &[]).heading_level(1).to_string(),
            steps: (!view.steps.is_empty()).then(|| {
                page.steps(view, &links).heading_level(HEADING_LEVEL).form(Deed::Decline, DECLINE).to_string()
            }),
            challenges: view.challenges.iter().map(|of| challenge(&of.challenge)).collect::<Result<_, _>>()?,
            standing: page.standing(view, &answers).heading_level(HEADING_LEVEL).to_string(),
            gains: has_gains.then(|| page.gains(view).heading_level(HEADING_LEVEL).to_string()),
            board: intranet.rules.own_kinds.boards.keys().next().map(board).transpose()?,
        })
    }
}

impl PersonElements {
    /// A member's, as the viewer sees them.
    pub(super) fn of(intranet: &Intranet, view: &MemberView, language: Language) -> Self {
        let page = page(intranet, language);
        let answers = answers(view.own);
        let drawn = |is_shown: bool, element: &dyn Fn() -> knownfor_html::Element| {
            is_shown.then(|| element().heading_level(HEADING_LEVEL).to_string())
        };
        Self {
            topics: drawn(view.own || !view.topics.is_empty(), &|| page.topics(view, &[])),
            standing: drawn(view.own && !view.standing.points.is_empty(), &|| page.standing(view, &answers)),
            profile: drawn(view.own, &|| page.profile(view, &links(&view.member))),
            badges: drawn(view.own || !view.badges.earned.is_empty(), &|| page.badges(view, &answers)),
        }
    }
}

/// The profile beside the editor, whose fields are on the same page.
pub(super) fn preview(intranet: &Intranet, view: &MemberView, language: Language) -> String {
    let links = Links { edit_href: Some("#field-{field}".into()), ..Links::default() };
    page(intranet, language).profile(view, &links).heading_level(HEADING_LEVEL).to_string()
}

pub(super) fn page(intranet: &Intranet, language: Language) -> Page<'_> {
    Page { words: intranet.pages.words(language), stylesheet: STYLESHEET }
}

/// Fields are edited on a page of their member's.
fn links(member: &str) -> Links {
    let member = utf8_percent_encode(member, NON_ALPHANUMERIC);
    Links { edit_href: Some(format!("/people/{member}/edit#field-{{field}}")), ..Links::default() }
}

/// What the page's source can be asked. Reasons are for the member alone.
fn answers(own: bool) -> Answers {
    Answers::to(if own { &[Question::Why, Question::WhyNot, Question::Entries] } else { &[] })
}

/// Whether a member has begun: has said, shown or joined anything. Until then their home page asks one question.
pub(super) fn has_begun(view: &MemberView) -> bool {
    view.published
        || !view.topics.is_empty()
        || !view.badges.earned.is_empty()
        || view.profile.as_ref().is_some_and(|profile| profile.percent > 0)
        || view.standing.points.iter().any(|points| points.total != 0)
        || view.challenges.iter().any(|challenge| challenge.joined)
}
