//! Activities from systems outside: taken whole or not at all, acknowledged when they are on the disk.

use super::Body;
use crate::{
    intranet::Intranet,
    record::{self, Status, TakeError},
    refusal::Refusal,
    sources::Source,
};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
};
use knownfor::{Activity, Feed, Incoming, Tree};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// How far ahead of the server's clock a source's may be. What lies further in the future is a mistake, and would
/// keep the member's later activities from being the latest for as long.
const MAX_AHEAD_SECONDS: i64 = 24 * 3_600;

/// The system that sends, known by its token.
pub(crate) struct Sender(Arc<Source>);

impl FromRequestParts<Arc<Intranet>> for Sender {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Refusal> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        token.and_then(|token| intranet.sources.by_token(token)).map(|source| Self(Arc::clone(source))).ok_or_else(
            || {
                Refusal::new(StatusCode::UNAUTHORIZED, "no known source token").hint(
                    "send `Authorization: Bearer TOKEN`; sources and the hashes of their tokens stand in sources.toml",
                )
            },
        )
    }
}

/// What became of each activity or void, in the order sent.
#[derive(Serialize, ToSchema)]
struct Taken {
    results: Vec<ItemResult>,
}

#[derive(Serialize, ToSchema)]
struct ItemResult {
    /// Absent where the activity was ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    status: Status,
}

/// Send activities
///
/// One activity, an array of them, or JSON lines. A request is taken whole or not at all; when it is answered, it is
/// on the disk. An activity is known by the token's source and its id: the same again changes nothing, the same id
/// with other content is a conflict. A void among them, `{"void": "post-42"}`, does as one sent by itself.
#[utoipa::path(post, path = "/api/activities", tag = "sources", security(("source_token" = [])),
    request_body(description = "In the form that the program's `[input]` says", content(
        (Object = "application/json", example = json!({
            "id": "post-42", "at": "2026-03-02T09:30:00+01:00", "kind": "blog.published", "actor": "ada", "owner": "ada",
            "object": "blog/ada/hello", "attributes": {"words": 420}})),
        (String = "application/x-ndjson"))),
    responses(
        (status = 200, description = "Taken", body = Taken),
        (status = 400, description = "Not JSON; the error names line and column", body = Refusal),
        (status = 401, description = "No known source token", body = Refusal),
        (status = 403, description = "A kind that this source may not send", body = Refusal),
        (status = 409, description = "Known with other content", body = Refusal),
        (status = 413, description = "More than 4 MiB", body = Refusal),
        (status = 422, description = "JSON, but not an activity of the program; the path says where", body = Refusal)))]
pub(crate) async fn send(
    State(intranet): State<Arc<Intranet>>,
    sender: Sender,
    Body(body): Body,
) -> Result<Json<impl Serialize>, Refusal> {
    let Batch { activities, places, voids, mut results, single } = Batch::read(&intranet, &sender.0, &body)?;
    let taken = intranet
        .write(move |intranet, db| {
            let program = &intranet.rules.program;
            let taken = record::take(db, program, &activities).map_err(|error| match error {
                TakeError::Store(error) => Refusal::from(error),
                TakeError::Conflict(at) => locate(conflict(&activities[at]), places[at], single),
            })?;
            for (place, status) in places.into_iter().zip(taken.statuses) {
                results[place].status = status;
            }
            let mut members = taken.members;
            for (place, id) in voids {
                let (status, touched) = record::void(db, program, &sender.0.name, &id)?;
                // An activity of this very request is void too, wherever its void stands.
                let its = results.iter_mut().filter(|result| result.id.as_deref() == Some(&*id));
                its.for_each(|result| result.status = status);
                results[place].status = status;
                members.extend(touched);
            }
            Ok((Taken { results }, members))
        })
        .await?;
    Ok(Json(taken))
}

/// What a request asks to take.
struct Batch {
    activities: Vec<Activity>,
    /// Where in the request each activity stands: ignored ones are not among them.
    places: Vec<usize>,
    /// Where in the request each void stands, and the id that it takes out of the record.
    voids: Vec<(usize, String)>,
    /// One for each item of the request.
    results: Vec<ItemResult>,
    /// The request is one activity by itself, so that paths start at it.
    single: bool,
}

impl Batch {
    fn read(intranet: &Intranet, source: &Source, body: &[u8]) -> Result<Self, Refusal> {
        let (items, single) = parse(body)?;
        let (activities, places, voids, results) = Default::default();
        let mut batch = Self { activities, places, voids, results, single };
        for (index, item) in items.iter().enumerate() {
            let result = match accept(intranet, source, item, index) {
                Ok(Incoming::Activity(activity)) => {
                    // Its status is known when it is taken.
                    let result = ItemResult { id: Some(activity.id().into()), status: Status::Applied };
                    batch.activities.push(activity);
                    batch.places.push(index);
                    result
                }
                Ok(Incoming::Void { id, .. }) => {
                    // What became of it is known when it is taken, too.
                    batch.voids.push((index, id.to_string()));
                    ItemResult { id: Some(id.to_string()), status: Status::Voided }
                }
                Ok(Incoming::Ignored) => ItemResult { id: None, status: Status::Ignored },
                Err(refusal) => return Err(locate(refusal, index, single)),
            };
            batch.results.push(result);
        }
        Ok(batch)
    }
}

/// The items of a body, and whether it is one activity by itself.
fn parse(body: &[u8]) -> Result<(Vec<Tree<'_>>, bool), Refusal> {
    let read: Result<Vec<Tree<'_>>, _> = serde_json::Deserializer::from_slice(body).into_iter().collect();
    let mut trees = read.map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}"))
            .hint("send one activity, an array of activities, or one on each line")
    })?;
    match trees.as_mut_slice() {
        [] => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "the body is empty; expected an activity, an array of them, or JSON lines",
        )),
        [Tree::List(items)] => Ok((std::mem::take(items), false)),
        [_] => Ok((trees, true)),
        _ => Ok((trees, false)),
    }
}

/// Puts the number of the item, from 0, in front of the path.
fn locate(refusal: Refusal, index: usize, single: bool) -> Refusal {
    if single { refusal } else { refusal.under(&format!("/{index}")) }
}

/// Reads one item and sees that this source may send it.
fn accept(intranet: &Intranet, source: &Source, item: &Tree<'_>, index: usize) -> Result<Incoming, Refusal> {
    let program = &intranet.rules.program;
    let feed = Feed::new(&source.name).line(index as u64 + 1);
    let read = program.read(item, &feed).map_err(|error| {
        let place = if error.path().is_empty() { "the activity" } else { error.path() };
        Refusal::unprocessable(format!("{place}: {}", error.message())).at(error.path())
    })?;
    let named = match &read {
        Incoming::Activity(activity) => activity.source(),
        Incoming::Void { source, .. } => source.as_str(),
        Incoming::Ignored => return Ok(read),
    };
    if named != source.name {
        let error = format!("the token speaks for source `{}`, the activity names `{named}`", source.name);
        return Err(Refusal::new(StatusCode::FORBIDDEN, error).hint("leave the source out; it comes from the token"));
    }
    let Incoming::Activity(activity) = &read else { return Ok(read) };
    let kind = activity.kind();
    if !source.may_send(kind) {
        let error = format!("source `{}` may not send `{kind}`", source.name);
        return Err(Refusal::new(StatusCode::FORBIDDEN, error).hint(format!("it may send: {}", source.kinds())));
    }
    if activity.at().unix_seconds() > intranet.clock.instant()?.unix_seconds() + MAX_AHEAD_SECONDS {
        return Err(Refusal::unprocessable(format!("the time {} lies more than a day in the future", activity.at())));
    }
    Ok(read)
}

fn conflict(activity: &Activity) -> Refusal {
    let (source, id) = (activity.source(), activity.id());
    Refusal::new(
        StatusCode::CONFLICT,
        format!("activity `{id}` of source `{source}` is known with other content; an activity cannot be changed"),
    )
    .hint("void it and send the new content under a new id")
}

/// What to take out of the record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VoidRequest {
    /// The id under which this source sent it, or will.
    id: String,
}

/// What a void did.
#[derive(Serialize, ToSchema)]
struct Voided {
    id: String,
    status: Status,
}

/// Void an activity
///
/// Takes an activity of the same source out of the record, as if it had never been. One that is not there yet is
/// remembered and will have no effect when it comes. A void cannot be taken back: send the activity anew under
/// another id.
#[utoipa::path(post, path = "/api/voids", tag = "sources", security(("source_token" = [])), request_body = VoidRequest,
    responses(
        (status = 200, description = "It is out of the record", body = Voided),
        (status = 400, description = "Not JSON", body = Refusal),
        (status = 401, description = "No known source token", body = Refusal),
        (status = 422, description = "No id", body = Refusal)))]
pub(crate) async fn void(
    State(intranet): State<Arc<Intranet>>,
    sender: Sender,
    Body(body): Body,
) -> Result<Json<impl Serialize>, Refusal> {
    let VoidRequest { id } = super::json(&body)?;
    if id.is_empty() || id.len() > knownfor::MAX_ACTIVITY_TEXT_BYTES {
        return Err(Refusal::unprocessable("expected the id of an activity").at("/id"));
    }
    let voided = intranet
        .write(move |intranet, db| {
            let (status, members) = record::void(db, &intranet.rules.program, &sender.0.name, &id)?;
            Ok((Voided { id, status }, members))
        })
        .await?;
    Ok(Json(voided))
}
