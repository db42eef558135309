//! Views of members and boards, and the reasons that only the member may read.

use super::{params::Locale, schema};
use crate::{
    access::sign_in::{OwnMember, Viewer},
    error::Error,
    intranet::Intranet,
    record::looks::Sight,
    views::{
        self,
        export::{self, Export},
        own,
    },
};
use anyhow::Context as _;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
};
use knownfor::{
    EntryQuery, Explanation, WhyNot,
    view::{BoardView, EntryView, MemberView},
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// View a member
///
/// Members see everything about themselves. Of others they see the standing, earned badges and topics, once these
/// have published their profile and as far as they share each part.
#[utoipa::path(get, path = "/api/members/{id}/view", tag = "views",
    params(("id" = String, Path, description = "The member"), Locale),
    responses((status = 200, description = "What the viewer may see", body = schema::MemberView),
              (status = 404, description = "No such person, or nothing visible to this viewer", body = Error)))]
pub(crate) async fn view(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Locale { locale }: Locale,
) -> Result<Json<MemberView>, Error> {
    Ok(Json(intranet.read(move |intranet, db| views::member(intranet, db, &id, viewer.id(), &locale)).await?))
}

/// How much of a board to show.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BoardQuery {
    /// Rows, 1 to 9: the viewer's neighbours, not the whole list.
    #[serde(default = "board_rows")]
    rows: usize,
}

fn board_rows() -> usize {
    views::BOARD_ROWS
}

/// View a board
///
/// The members who joined it: the viewer's neighbours, or the first rows for a viewer who has not joined.
#[utoipa::path(get, path = "/api/boards/{board}", tag = "views",
    params(("board" = String, Path, description = "The board"), Locale, BoardQuery),
    responses((status = 200, description = "Part of the board", body = schema::BoardView),
              (status = 404, description = "No such board", body = Error)))]
pub(crate) async fn board(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(board): Path<String>,
    Locale { locale }: Locale,
    Query(query): Query<BoardQuery>,
) -> Result<Json<BoardView>, Error> {
    let view = intranet.read(move |intranet, _| views::board(intranet, &board, viewer.id(), &locale, query.rows));
    Ok(Json(view.await?))
}

/// The entry to explain.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhyQuery {
    /// A badge that was given.
    badge: Option<String>,
    /// Or a rule that gave points.
    rule: Option<String>,
    /// The source of the activity it was given for. Without an activity, the latest time is explained.
    source: Option<String>,
    /// The id of that activity.
    activity: Option<String>,
}

/// Ask why
///
/// Why the member was given a badge or points: the activities that counted, what the goal asked for, and the limits
/// that applied. Only for the member.
#[utoipa::path(get, path = "/api/members/{id}/why", tag = "views",
    params(("id" = String, Path, description = "The member"), Locale, WhyQuery),
    responses((status = 200, description = "The reasons", body = schema::Explanation),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "It was not given", body = Error),
              (status = 422, description = "Neither a badge nor a rule was named", body = Error)))]
pub(crate) async fn why(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
    Query(WhyQuery { badge, rule, source, activity }): Query<WhyQuery>,
) -> Result<Json<Explanation>, Error> {
    if badge.is_none() && rule.is_none() {
        return Err(Error::unprocessable("expected `badge` or `rule` in the query"));
    }
    let query = EntryQuery { badge, rule, source, activity };
    Ok(Json(intranet.read(move |intranet, db| own::why(intranet, db, &member, &query, &locale)).await?))
}

/// Limit for the entries in one answer: as many as people read.
const MAX_ENTRIES: usize = 30;

/// List the latest entries
///
/// What the member was given, newest first. Only for the member.
#[utoipa::path(get, path = "/api/members/{id}/entries", tag = "views",
    params(("id" = String, Path, description = "The member"), Locale),
    responses((status = 200, description = "At most 30 entries", body = Vec<schema::EntryView>),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn entries(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
) -> Result<Json<Vec<EntryView>>, Error> {
    let entries = intranet.read(move |intranet, db| Ok(own::entries(intranet, db, &member, &locale, MAX_ENTRIES)?));
    Ok(Json(entries.await?))
}

/// Export everything
///
/// All that the intranet keeps about the member, as a file for people and machines to read. Only for the member.
#[utoipa::path(get, path = "/api/members/{id}/export", tag = "own",
    params(("id" = String, Path, description = "The member"), Locale),
    responses((status = 200, description = "A file to be saved", body = Export),
              (status = 403, description = "The viewer is not the member", body = Error)))]
pub(crate) async fn export(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
) -> Result<impl IntoResponse, Error> {
    intranet.note_look(member.id(), Sight::Export).await?;
    let export = intranet.read(move |intranet, db| export::of(intranet, db, &member, &locale)).await?;
    let file = serde_json::to_string_pretty(&export).context("the export cannot be written")?;
    let saved_as = "attachment; filename=\"recognition.json\"";
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, saved_as)], file))
}

/// A badge or an activity.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhyNotQuery {
    /// A badge that was not given.
    badge: Option<String>,
    /// Or the source of an activity that gave nothing.
    source: Option<String>,
    /// The id of that activity.
    activity: Option<String>,
}

/// Ask why not
///
/// Why an activity gave the member nothing by some rule (`skips`), or how far they are with a badge (`parts`). Only
/// for the member.
#[utoipa::path(get, path = "/api/members/{id}/why-not", tag = "views",
    params(("id" = String, Path, description = "The member"), Locale, WhyNotQuery),
    responses((status = 200, description = "What was missing", body = schema::WhyNot),
              (status = 403, description = "The viewer is not the member", body = Error),
              (status = 404, description = "No such activity or badge, or the badge has no grade left", body = Error),
              (status = 422, description = "Neither a badge nor an activity was named", body = Error)))]
pub(crate) async fn why_not(
    State(intranet): State<Arc<Intranet>>,
    member: OwnMember,
    Locale { locale }: Locale,
    Query(query): Query<WhyNotQuery>,
) -> Result<Json<WhyNot>, Error> {
    let answer = intranet.read(move |intranet, db| match (query.badge, query.source, query.activity) {
        (Some(badge), None, None) => own::why_not_badge(intranet, db, &member, &badge, &locale),
        (None, Some(source), Some(activity)) => {
            own::why_not_activity(intranet, db, &member, (&source, &activity), &locale)
        }
        _ => Err(Error::unprocessable("expected `badge`, or `source` and `activity`, in the query")),
    });
    Ok(Json(answer.await?))
}
