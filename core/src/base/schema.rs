//! Schema: the JSON Schema of plain data, for hosts that describe their answers.

use super::tree::Tree;
use alloc::{borrow::Cow, format, string::String, vec::Vec};

/// Plain data with a JSON Schema: views, explanations, the lines of a ledger, and what they consist of. [`schemas_of`]
/// makes it.
///
/// ```
/// use knownfor::{Tree, schemas_of, view::GoalPartView};
///
/// let schemas = schemas_of::<GoalPartView>("#/$defs/");
/// let value = schemas.at("/GoalPartView/properties/value/type").and_then(Tree::as_text);
/// assert_eq!(value, Some("integer"));
/// ```
pub trait HasSchema {
    /// Whether it may be missing in an object, even where nothing else says so.
    #[doc(hidden)]
    const MAY_BE_MISSING: bool = false;

    /// Its schema. Those of objects and enums are added to `schemas`, and this is a reference to them.
    #[doc(hidden)]
    fn schema(schemas: &mut Schemas) -> Tree<'static>;
}

/// The schemas found so far, by name.
#[derive(Debug)]
#[doc(hidden)]
pub struct Schemas {
    references: String,
    found: Vec<(Cow<'static, str>, Tree<'static>)>,
}

/// The JSON Schemas of a type and of all types in it, by their names. References begin with `references`.
///
/// They describe what the type serializes to: what is empty is left out, so `null` does not occur.
///
/// ```
/// use knownfor::{Tree, schemas_of, view::BadgesView};
///
/// // As a part of an OpenAPI document.
/// let schemas = schemas_of::<BadgesView>("#/components/schemas/");
/// assert_eq!(schemas.at("/BadgesView/required/0").and_then(Tree::as_text), Some("earned"));
/// let items = schemas.at("/BadgesView/properties/earned/items/$ref").and_then(Tree::as_text);
/// assert_eq!(items, Some("#/components/schemas/EarnedBadgeView"));
/// ```
pub fn schemas_of<T: HasSchema>(references: &str) -> Tree<'static> {
    let mut schemas = Schemas { references: references.into(), found: Vec::new() };
    T::schema(&mut schemas);
    Tree::Table(schemas.found)
}

impl Schemas {
    /// A reference to a schema with a name, which is made if it is new.
    pub(crate) fn reference(
        &mut self,
        name: &'static str,
        make: impl FnOnce(&mut Self) -> Tree<'static>,
    ) -> Tree<'static> {
        if !self.found.iter().any(|(known, _)| known == name) {
            let schema = make(self);
            self.found.push((name.into(), schema));
        }
        table([("$ref", Tree::Text(format!("{}{name}", self.references).into()))])
    }

    /// The schema of a field, its type taken from the way to it.
    pub(crate) fn field<S, T: HasSchema>(&mut self, name: &'static str, is_optional: bool, _: fn(&S) -> &T) -> Field {
        Field { name, is_required: !is_optional && !T::MAY_BE_MISSING, schema: T::schema(self) }
    }
}

/// A field of an object.
pub(crate) struct Field {
    name: &'static str,
    is_required: bool,
    schema: Tree<'static>,
}

/// The schema of an object.
pub(crate) fn object(fields: Vec<Field>) -> Tree<'static> {
    let required = fields.iter().filter(|field| field.is_required).map(|field| field.name.into()).collect();
    let properties = fields.into_iter().map(|field| (field.name.into(), field.schema)).collect();
    table([("type", "object".into()), ("properties", Tree::Table(properties)), ("required", Tree::List(required))])
}

/// The schema of an object with this one property.
pub(crate) fn wrapped(name: &'static str, schema: Tree<'static>) -> Tree<'static> {
    object(Vec::from([Field { name, is_required: true, schema }]))
}

/// The schema of one of several texts.
pub(crate) fn words(words: &[&'static str]) -> Tree<'static> {
    table([("type", "string".into()), ("enum", Tree::List(words.iter().map(|word| (*word).into()).collect()))])
}

/// A table with these entries.
pub(crate) fn table<const N: usize>(entries: [(&'static str, Tree<'static>); N]) -> Tree<'static> {
    Tree::Table(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn integer(format: &'static str) -> Tree<'static> {
    table([("type", "integer".into()), ("format", format.into())])
}

fn natural(format: &'static str) -> Tree<'static> {
    table([("type", "integer".into()), ("format", format.into()), ("minimum", Tree::Integer(0))])
}

macro_rules! scalars {
    ($($type:ty = $schema:expr;)*) => {
        $(impl HasSchema for $type {
            fn schema(_: &mut Schemas) -> Tree<'static> {
                $schema
            }
        })*
    };
}

scalars! {
    bool = table([("type", "boolean".into())]);
    String = table([("type", "string".into())]);
    i64 = integer("int64");
    u32 = natural("int64");
    u8 = natural("int32");
}

impl<T: HasSchema> HasSchema for Option<T> {
    const MAY_BE_MISSING: bool = true;

    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        T::schema(schemas)
    }
}

impl<T: HasSchema> HasSchema for Vec<T> {
    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        table([("type", "array".into()), ("items", T::schema(schemas))])
    }
}

impl<T: HasSchema, const N: usize> HasSchema for [T; N] {
    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        let length = Tree::from(N as u64);
        table([
            ("type", "array".into()),
            ("items", T::schema(schemas)),
            ("minItems", length.clone()),
            ("maxItems", length),
        ])
    }
}
