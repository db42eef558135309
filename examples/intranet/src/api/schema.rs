//! Schemas of the core's views, for the OpenAPI document.
//!
//! The core knows serde and not OpenAPI. So the schemas are made from what serde knows: `trace.rs` finds them by
//! deserializing.

use super::trace::trace;
use serde::de::DeserializeOwned;
use std::{any::type_name, borrow::Cow, collections::BTreeMap, marker::PhantomData};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// The schema of a type of the core. OpenAPI attributes name it by the aliases below, because they would ask a
/// generic argument for a schema of its own.
pub(crate) struct Core<T>(PhantomData<T>);

pub(crate) type MemberView = Core<knownfor::view::MemberView>;
pub(crate) type BoardView = Core<knownfor::view::BoardView>;
pub(crate) type CohortView = Core<knownfor::view::CohortView>;
pub(crate) type GroupView = Core<knownfor::view::GroupView>;
pub(crate) type ExpertsView = Core<knownfor::view::ExpertsView>;
pub(crate) type ModelView = Core<knownfor::view::ModelView>;
pub(crate) type TopicNameView = Core<knownfor::view::TopicNameView>;
pub(crate) type Explanation = Core<knownfor::Explanation>;
pub(crate) type EntryView = Core<knownfor::view::EntryView>;
pub(crate) type WhyNot = Core<knownfor::WhyNot>;

impl<T: DeserializeOwned> ToSchema for Core<T> {
    fn name() -> Cow<'static, str> {
        let path = type_name::<T>();
        Cow::Borrowed(path.rsplit("::").next().unwrap_or(path))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(schemas_or_log::<T>());
    }
}

impl<T: DeserializeOwned> PartialSchema for Core<T> {
    fn schema() -> RefOr<Schema> {
        schemas_or_log::<T>().remove(&*Self::name()).unwrap_or_default()
    }
}

/// The schemas of a type and of all types in it, by name. A type that cannot be traced has none, and the log says
/// why.
fn schemas_or_log<T: DeserializeOwned>() -> BTreeMap<String, RefOr<Schema>> {
    let schemas = trace::<T>().map_err(|error| error.to_string()).and_then(|schemas| {
        let schemas =
            schemas.into_iter().map(|(name, schema)| Ok((name.into(), RefOr::T(serde_json::from_value(schema)?))));
        schemas.collect::<serde_json::Result<_>>().map_err(|error| error.to_string())
    });
    schemas.unwrap_or_else(|error| {
        tracing::error!("the OpenAPI document lacks {}: {error}", type_name::<T>());
        BTreeMap::new()
    })
}
