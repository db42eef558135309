//! Settings: who sees what, boards, being a role model. A plain form, so that hiding needs no script.

use super::{Frame, Page};
use crate::record::store::Db;
use crate::{
    access::sign_in::{OwnMember, Viewer},
    actions::{self, audience::AudienceChoice},
    error::Error,
    intranet::{Intranet, Touched},
    language::Language,
    record::phase::Phase,
    views,
    views::looks::{self, Looker},
};
use axum::{
    Form,
    extract::{Query, State},
    response::Redirect,
};
use knownfor::{
    Audience,
    view::{AudienceView, MemberView},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Serialize)]
struct SettingsPage {
    frame: Frame,
    saved: bool,
    published: bool,
    /// Who would see the profile; absent once it is published.
    publish_audience: Option<Audience>,
    /// Absent if the program does not let members choose who sees what.
    shares: Option<[Part; 5]>,
    boards: Vec<Board>,
    /// Absent if the program has no role models.
    model: Option<bool>,
    /// Steps that are offered or declined. Empty if the program has no kind for declining them.
    steps: Vec<Step>,
    /// The last day on which the viewer saved the file about themselves.
    last_export: Option<String>,
    /// Who looked at the programme's figures.
    lookers: Vec<Looker>,
}

/// A step that may not be for the member.
#[derive(Serialize)]
struct Step {
    key: String,
    name: String,
    declined: bool,
    /// Who sees a result of declining it; nobody else if the step is declined already.
    audience: Audience,
}

/// A part that a member shares, and with whom.
#[derive(Serialize)]
struct Part {
    part: &'static str,
    name: &'static str,
    hint: &'static str,
    audience: Audience,
}

#[derive(Serialize)]
struct Board {
    board: String,
    name: String,
    joined: bool,
    /// Who would see the viewer on it.
    audience: Audience,
}

#[derive(Deserialize)]
pub(super) struct SettingsQuery {
    /// Present after saving, so that the page confirms it.
    saved: Option<String>,
}

pub(super) async fn settings(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    Query(query): Query<SettingsQuery>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let viewer = viewer.id();
        let view = views::member(intranet, db, viewer, viewer, language.tag())?;
        let kinds = &intranet.rules.own_kinds;
        let boards = kinds.boards.keys().filter(|_| intranet.phase() != Phase::Ended).map(|board| {
            let view = views::board(intranet, board, viewer, language.tag(), 1)?;
            Ok(Board { board: board.clone(), name: view.name, joined: view.joined, audience: view.audience })
        });
        let page = SettingsPage {
            frame: Frame::of(intranet, viewer),
            saved: query.saved.is_some(),
            published: view.published,
            publish_audience: view.publish_audience,
            shares: view.audience.as_ref().map(parts),
            boards: boards.collect::<Result<_, Error>>()?,
            model: kinds.model.as_ref().map(|_| view.model),
            steps: steps(&view),
            last_export: looks::last_export(db, viewer)?,
            lookers: looks::at_programme(intranet, db)?,
        };
        intranet.pages.render(language, "settings.html", &page)
    });
    page.await
}

/// The steps that the member declines, then those that are offered, each once.
fn steps(view: &MemberView) -> Vec<Step> {
    let step =
        |key: &str, name: &str, declined, audience| Step { key: key.into(), name: name.into(), declined, audience };
    let declined = view.declined.iter().map(|its| step(&its.key, &its.name, true, Audience::Private));
    let offered = view.steps.iter().filter_map(|offered| {
        let decline = offered.decline.as_ref()?;
        Some(step(&decline.key, &offered.name, false, decline.audience))
    });
    declined.chain(offered).collect()
}

fn parts(audience: &AudienceView) -> [Part; 5] {
    let part = |part, name, hint, audience| Part { part, name, hint, audience };
    [
        part("profile", "What my profile says", "Who I am, and what people may ask me about", audience.profile),
        part(
            "topics",
            "What I am known for",
            "My topics, the evidence for them, and being found by them",
            audience.topics,
        ),
        part("badges", "My badges", "Badges I have earned, never those I have not", audience.badges),
        part("points", "My points and level", "Totals only; what they are for stays with me", audience.points),
        part("boards", "My place on boards", "Only on boards that I have joined", audience.boards),
    ]
}

/// The form as it was sent. A box that is not ticked is absent.
#[derive(Deserialize)]
pub(super) struct SettingsForm {
    /// `show` or `hide`.
    profile_is: String,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

pub(super) async fn save(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Form(form): Form<SettingsForm>,
) -> Result<Redirect, Error> {
    intranet.act(move |intranet, db| apply(intranet, db, &viewer.as_member(), &form)).await?;
    Ok(Redirect::to("/settings?saved=yes"))
}

/// Applies the form. The audience is set before publishing, so nothing is shown in between to people it is not meant
/// for.
fn apply(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, form: &SettingsForm) -> Result<Touched, Error> {
    let kinds = &intranet.rules.own_kinds;
    let mut touched = Touched::new();
    if kinds.audience.is_some() {
        let choice = AudienceChoice::from_form(&form.rest)?;
        touched.extend(actions::audience::set(intranet, db, member, &choice)?);
    }
    for board in kinds.boards.keys() {
        let joined = form.rest.contains_key(&format!("board.{board}"));
        touched.extend(actions::join_board(intranet, db, board, member, joined)?);
    }
    if kinds.model.is_some() {
        touched.extend(actions::set_model(intranet, db, member, form.rest.contains_key("model"))?);
    }
    if kinds.decline_steps.is_some() {
        let steps = form.rest.keys().filter_map(|key| key.strip_prefix("step.")).map(String::from).collect();
        touched.extend(actions::steps::decline(intranet, db, member, &steps)?);
    }
    if kinds.publish.is_some() {
        touched.extend(actions::set_published(intranet, db, member, form.profile_is == "show")?);
    }
    Ok(touched)
}
