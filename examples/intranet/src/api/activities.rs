//! Activities from other systems. A request is added whole or not at all, and acknowledged once it is on disk.

use super::Body;
use crate::{
    access::sender::Sender,
    actions::standstill,
    config::sources::Source,
    error::Error,
    intranet::Intranet,
    record::{self, AddError, Status},
};
use axum::{Json, extract::State, http::StatusCode};
use knownfor::{Activity, Feed, FieldDifference, Incoming, Tree};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What became of each activity or void, in the order sent.
#[derive(Serialize, ToSchema)]
struct Results {
    results: Vec<ItemResult>,
}

#[derive(Clone, Serialize, ToSchema)]
struct ItemResult {
    /// Absent if the activity was ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    status: Status,
}

/// Send activities
///
/// Send one activity, an array of activities, or JSON lines. A request is added whole or not at all. Once it is
/// answered, it is on disk. An activity is identified by the token's source and its id: sending it again changes
/// nothing, and sending other content under the same id is a conflict. What was erased with a member does not come back,
/// whatever its content. A void among the activities, `{"void": "post-42"}`, works like one sent to `/api/voids`.
#[utoipa::path(post, path = "/api/activities", tag = "sources", security(("source_token" = [])),
    request_body(description = "In the format that the program states under `[input]`", content(
        (Object = "application/json", example = json!({
            "id": "post-42", "at": "2026-03-02T09:30:00+01:00", "kind": "blog.published", "actor": "ada",
            "owner": "ada", "object": "blog/ada/hello", "attributes": {"words": 420}})),
        (String = "application/x-ndjson"))),
    responses(
        (status = 200, description = "Added", body = Results),
        (status = 400, description = "Not JSON; the error names line and column", body = Error),
        (status = 401, description = "The source token is missing or unknown", body = Error),
        (status = 403, description = "This source may not send this kind", body = Error),
        (status = 409, description = "The record has this activity with other content, or the programme is frozen or has \
                                     ended", body = Error),
        (status = 413, description = "More than 4 MiB", body = Error),
        (status = 422, description = "JSON, but not an activity of the program, or of a time that the server refuses; \
                                     `path` says where", body = Error),
        (status = 503, description = "Too much to do, or nothing can be saved; `Retry-After` says when to try again",
         body = Error)))]
pub(crate) async fn send(
    State(intranet): State<Arc<Intranet>>,
    sender: Sender,
    Body(body): Body,
) -> Result<Json<impl Serialize>, Error> {
    let source = Arc::clone(&sender.0);
    let batch = intranet.compute(move |intranet| Batch::read(intranet, &source, &body)).await?;
    let Batch { activities, positions, voids, results: read, single } = batch;
    let results: Results = intranet
        .write_shared(positions.len() + voids.len(), move |intranet, db| {
            standstill::check(intranet)?;
            let mut results = read.clone();
            let program = &intranet.rules.program;
            let added = record::add(db, program, &activities).map_err(|error| match error {
                AddError::Database(error) => Error::from(error),
                AddError::Conflict(index, differences) => {
                    locate(conflict(&activities[index], &differences), positions[index], single)
                }
            })?;
            for (position, status) in positions.iter().zip(added.statuses) {
                results[*position].status = status;
            }
            let mut members = added.members;
            for (position, id) in &voids {
                let (status, touched) = record::void(db, program, &sender.0.name, id)?;
                // The activity may be in this request too, before or after its void.
                let same = results.iter_mut().filter(|result| result.id.as_deref() == Some(id));
                same.for_each(|result| result.status = status);
                results[*position].status = status;
                members.extend(touched);
            }
            Ok((Results { results }, members))
        })
        .await?;
    intranet.metrics.took_in(results.results.iter().map(|result| result.status));
    Ok(Json(results))
}

/// The content of one request.
struct Batch {
    activities: Vec<Activity>,
    /// The position of each activity in the request. Ignored activities are left out.
    positions: Vec<usize>,
    /// The position of each void in the request, and the id it voids.
    voids: Vec<(usize, String)>,
    /// One for each item of the request.
    results: Vec<ItemResult>,
    /// The request is a single activity, so paths start inside it.
    single: bool,
}

impl Batch {
    fn read(intranet: &Intranet, source: &Source, body: &[u8]) -> Result<Self, Error> {
        let (items, single) = parse(body)?;
        let (activities, positions, voids, results) = Default::default();
        let mut batch = Self { activities, positions, voids, results, single };
        for (index, item) in items.iter().enumerate() {
            let result = match accept(intranet, source, item, index) {
                Ok(Incoming::Activity(activity)) => {
                    // The status is replaced when the activity is added.
                    let result = ItemResult { id: Some(activity.id().into()), status: Status::Applied };
                    batch.activities.push(activity);
                    batch.positions.push(index);
                    result
                }
                Ok(Incoming::Void { id, .. }) => {
                    // This status is replaced too.
                    batch.voids.push((index, id.to_string()));
                    ItemResult { id: Some(id.to_string()), status: Status::Voided }
                }
                Ok(Incoming::Ignored { .. }) => ItemResult { id: None, status: Status::Ignored },
                Err(error) => return Err(locate(error, index, single)),
            };
            batch.results.push(result);
        }
        Ok(batch)
    }
}

/// The items of a body, and whether it is a single activity.
fn parse(body: &[u8]) -> Result<(Vec<Tree<'_>>, bool), Error> {
    let read: Result<Vec<Tree<'_>>, _> = serde_json::Deserializer::from_slice(body).into_iter().collect();
    let mut trees = read.map_err(|error| {
        Error::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}"))
            .hint("send one activity, an array of activities, or one on each line")
    })?;
    match trees.as_mut_slice() {
        [] => Err(Error::new(
            StatusCode::BAD_REQUEST,
            "the body is empty; expected an activity, an array of them, or JSON lines",
        )),
        [Tree::List(items)] => Ok((std::mem::take(items), false)),
        [_] => Ok((trees, true)),
        _ => Ok((trees, false)),
    }
}

/// Puts the item's index in front of the path.
fn locate(error: Error, index: usize, single: bool) -> Error {
    if single { error } else { error.under(&format!("/{index}")) }
}

/// Reads one item and checks that this source may send it.
fn accept(intranet: &Intranet, source: &Source, item: &Tree<'_>, index: usize) -> Result<Incoming, Error> {
    let program = &intranet.rules.program;
    let feed = Feed::new(&source.name).line(index as u64 + 1);
    let read = program.read(item, &feed).map_err(|error| {
        let location = if error.path().is_empty() { "the activity" } else { error.path() };
        Error::unprocessable(format!("{location}: {}", error.message())).at(error.path())
    })?;
    let named = match &read {
        Incoming::Activity(activity) => activity.source(),
        Incoming::Void { source, .. } => source.as_str(),
        Incoming::Ignored { .. } => return Ok(read),
    };
    if named != source.name {
        let error = format!("the token is of source `{}`, but the activity names source `{named}`", source.name);
        return Err(Error::new(StatusCode::FORBIDDEN, error).hint("leave `source` out; it follows from the token"));
    }
    let Incoming::Activity(activity) = &read else { return Ok(read) };
    let kind = activity.kind();
    if !source.may_send(kind) {
        let error = format!("source `{}` may not send `{kind}`", source.name);
        return Err(Error::new(StatusCode::FORBIDDEN, error).hint(format!("it may send: {}", source.kinds())));
    }
    intranet.clock.check(activity.at()).map_err(|error| Error::unprocessable(error.to_string()))?;
    Ok(read)
}

fn conflict(activity: &Activity, differences: &[FieldDifference]) -> Error {
    let (source, id) = (activity.source(), activity.id());
    let differs: Vec<_> = differences.iter().map(|difference| format!("; {difference}")).collect();
    let differs = differs.concat();
    Error::new(
        StatusCode::CONFLICT,
        format!("the record has activity `{id}` of source `{source}` with other content{differs}"),
    )
    .hint("void it, and send the new content under a new id")
}

/// The activity to void.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VoidRequest {
    /// The id under which this source sent it or will send it.
    id: String,
}

/// What became of the void.
#[derive(Serialize, ToSchema)]
struct VoidResult {
    id: String,
    status: Status,
}

/// Void an activity
///
/// Takes an activity of the same source out of the record, as if it had never happened. If the activity has not come
/// yet, it will have no effect when it does. A void cannot be undone: send the activity again under another id.
#[utoipa::path(post, path = "/api/voids", tag = "sources", security(("source_token" = [])), request_body = VoidRequest,
    responses(
        (status = 200, description = "The activity is out of the record", body = VoidResult),
        (status = 400, description = "Not JSON", body = Error),
        (status = 401, description = "The source token is missing or unknown", body = Error),
        (status = 409, description = "The programme is frozen or has ended", body = Error),
        (status = 422, description = "The id is missing", body = Error),
        (status = 503, description = "Too much to do, or nothing can be saved; `Retry-After` says when to try again",
         body = Error)))]
pub(crate) async fn void(
    State(intranet): State<Arc<Intranet>>,
    sender: Sender,
    Body(body): Body,
) -> Result<Json<impl Serialize>, Error> {
    let VoidRequest { id } = super::json(&body)?;
    if id.is_empty() || id.len() > knownfor::MAX_ACTIVITY_TEXT_BYTES {
        return Err(Error::unprocessable("expected the id of an activity in `id`").at("/id"));
    }
    let voided = intranet
        .write_shared(1, move |intranet, db| {
            standstill::check(intranet)?;
            let (status, members) = record::void(db, &intranet.rules.program, &sender.0.name, &id)?;
            Ok((VoidResult { id: id.clone(), status }, members))
        })
        .await?;
    intranet.metrics.took_in([voided.status]);
    Ok(Json(voided))
}
