//! Schemas of the core's views, for the OpenAPI document.
//!
//! The core makes them. Here they become those of utoipa.

use knownfor::{HasSchema, schemas_of};
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
pub(crate) type SumLine = Core<knownfor::SumLine>;

impl<T: HasSchema> ToSchema for Core<T> {
    fn name() -> Cow<'static, str> {
        let path = type_name::<T>();
        Cow::Borrowed(path.rsplit("::").next().unwrap_or(path))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(schemas_or_log::<T>());
    }
}

impl<T: HasSchema> PartialSchema for Core<T> {
    fn schema() -> RefOr<Schema> {
        schemas_or_log::<T>().remove(&*Self::name()).unwrap_or_default()
    }
}

/// The schemas of a type and of all types in it, by name. If one is not a schema for utoipa, there are none, and the
/// log says why.
fn schemas_or_log<T: HasSchema>() -> BTreeMap<String, RefOr<Schema>> {
    let schemas = serde_json::to_value(schemas_of::<T>("#/components/schemas/"));
    schemas.and_then(serde_json::from_value).unwrap_or_else(|error| {
        tracing::error!("the OpenAPI document lacks {}: {error}", type_name::<T>());
        BTreeMap::new()
    })
}
