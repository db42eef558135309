//! Views and reasons: what pages read.

use super::{Wanted, own::own};
use crate::{intranet::Intranet, record, refusal::Refusal, sign_in::Viewer, views};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use knownfor::{
    EntryLine, Explanation, PartLine, SkippedRule,
    view::{BoardView, MemberView},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// View a member
///
/// What whoever is signed in may see of the member: everything of themselves; of others, once they have published their profile,
/// standing, earned badges and topics, each as far as they share it.
#[utoipa::path(get, path = "/api/members/{id}/view", tag = "views",
    params(("id" = String, Path, description = "The member"),
           ("locale" = Option<String>, Query, description = "A language, like `de`")),
    responses((status = 200, description = "A `MemberView` of the crate knownfor", body = Object),
              (status = 404, description = "Nobody, or nothing that this viewer may see", body = Refusal)))]
pub(crate) async fn view(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<MemberView>, Refusal> {
    Ok(Json(intranet.read(move |intranet, db| views::member(intranet, db, &id, &viewer.0, &wanted.locale)).await?))
}

/// View a board
///
/// Those who joined: near whoever is signed in, or the first ones for someone who has not joined.
#[utoipa::path(get, path = "/api/boards/{board}", tag = "views",
    params(("board" = String, Path, description = "The board"), Wanted),
    responses((status = 200, description = "A `BoardView` of the crate knownfor", body = Object),
              (status = 404, description = "No such board", body = Refusal)))]
pub(crate) async fn board(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<BoardView>, Refusal> {
    let view =
        intranet.read(move |intranet, db| views::board(intranet, db, &board, &viewer.0, &wanted.locale, wanted.rows));
    Ok(Json(view.await?))
}

/// What to explain.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Given {
    /// A badge that was given.
    badge: Option<String>,
    /// Or a rule that gave points.
    rule: Option<String>,
    /// The source of the activity it was given for; the latest time where none is named.
    source: Option<String>,
    /// The id of that activity.
    activity: Option<String>,
}

/// Ask why
///
/// Why the member was given a badge or points: the activities that counted, what the goal asked for, and the limits
/// passed. For the member alone.
#[utoipa::path(get, path = "/api/members/{id}/why", tag = "views",
    params(("id" = String, Path, description = "The member"),
           ("locale" = Option<String>, Query, description = "A language, like `de`"),
           Given),
    responses((status = 200, description = "An `Explanation` of the crate knownfor", body = Object),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 404, description = "It was not given", body = Refusal),
              (status = 422, description = "Neither a badge nor a rule", body = Refusal)))]
pub(crate) async fn why(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Query(given): Query<Given>,
) -> Result<Json<Explanation>, Refusal> {
    own(&viewer, &id)?;
    if given.badge.is_none() && given.rule.is_none() {
        return Err(Refusal::unprocessable("expected `badge` or `rule` in the query"));
    }
    let explanation = intranet.read(move |intranet, db| {
        let program = &intranet.rules.program;
        let history = record::history(db, program, &id)?;
        let ledger = history.fold().ledger;
        let is_meant = |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        let entry = ledger.iter().rev().find(|entry| {
            let line = entry.line(&id);
            !line.taken
                && is_meant(&given.badge, line.badge.as_deref())
                && is_meant(&given.rule, line.rule.as_deref())
                && is_meant(&given.source, Some(&line.source))
                && is_meant(&given.activity, Some(&line.activity))
        });
        let entry = entry.ok_or_else(Refusal::nothing_here)?;
        history.why(entry, &wanted.locale).ok_or_else(Refusal::nothing_here)
    });
    Ok(Json(explanation.await?))
}

/// Entries in one answer at most: what one reads, latest first.
const MAX_ENTRIES: usize = 30;

/// An entry of a member's ledger, in words.
#[derive(Serialize, ToSchema)]
struct Told {
    /// The name of the rule, badge or level.
    name: String,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    line: EntryLine,
}

/// Read one's latest entries
///
/// What the member was given, latest first. For the member alone.
#[utoipa::path(get, path = "/api/members/{id}/entries", tag = "views",
    params(("id" = String, Path, description = "The member"),
           ("locale" = Option<String>, Query, description = "A language, like `de`")),
    responses((status = 200, description = "An `EntryLine` of the crate knownfor each, with the name of what it was given by", body = Vec<Told>),
              (status = 403, description = "Somebody else's", body = Refusal)))]
pub(crate) async fn entries(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<impl Serialize>, Refusal> {
    own(&viewer, &id)?;
    let entries = intranet.read(move |intranet, db| {
        let program = &intranet.rules.program;
        let ledger = record::history(db, program, &id)?.fold().ledger;
        let latest = ledger
            .iter()
            .rev()
            .take(MAX_ENTRIES)
            .map(|entry| Told { name: entry.name(&wanted.locale).into(), line: entry.line(&id) });
        Ok(latest.collect::<Vec<_>>())
    });
    Ok(Json(entries.await?))
}

/// What was not given.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotGiven {
    /// A badge.
    badge: Option<String>,
    /// Or an activity: its source.
    source: Option<String>,
    /// And its id.
    activity: Option<String>,
}

/// Why not: one of the two, as was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct WhyNot {
    /// For each rule of the activity's kind that gave nothing: what was missing, or which limit held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    skips: Option<Vec<SkippedRule>>,
    /// The parts of the badge's next goal, and what counted so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    parts: Option<Vec<PartLine>>,
}

/// Ask why not
///
/// Why an activity gave the member nothing by some rule, or how far they are with a badge. For the member alone.
#[utoipa::path(get, path = "/api/members/{id}/why-not", tag = "views",
    params(("id" = String, Path, description = "The member"),
           ("locale" = Option<String>, Query, description = "A language, like `de`"),
           NotGiven),
    responses((status = 200, description = "What was missing", body = WhyNot),
              (status = 403, description = "Somebody else's", body = Refusal),
              (status = 404, description = "No such activity or badge in the record, or no grade left", body = Refusal),
              (status = 422, description = "Neither a badge nor an activity", body = Refusal)))]
pub(crate) async fn why_not(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Query(asked): Query<NotGiven>,
) -> Result<Json<impl Serialize>, Refusal> {
    own(&viewer, &id)?;
    let answer = intranet.read(move |intranet, db| {
        let program = &intranet.rules.program;
        let history = record::history(db, program, &id)?;
        let (skips, parts) = match (asked.badge, asked.source, asked.activity) {
            (Some(badge), None, None) => {
                let parts = history.why_not_badge(&badge, intranet.clock.instant()?, &wanted.locale);
                (None, Some(parts.ok_or_else(Refusal::nothing_here)?))
            }
            (None, Some(source), Some(activity)) => {
                let skips = history.why_not(&source, &activity, &wanted.locale);
                (Some(skips.ok_or_else(Refusal::nothing_here)?), None)
            }
            _ => return Err(Refusal::unprocessable("expected `badge`, or `source` and `activity`, in the query")),
        };
        Ok(WhyNot { skips, parts })
    });
    Ok(Json(answer.await?))
}
