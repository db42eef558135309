//! Traces how a type is deserialized, which yields the JSON Schema of what it is serialized to.
//!
//! One pass visits every field of every type once, and one variant of every enum. More passes visit the other
//! variants, and passes that leave out one field show whether the field is required. Types must not contain
//! themselves, and views do not.

use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
        VariantAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Display},
};

/// The schemas of a type and of all types in it, by name.
pub(super) fn trace<T: DeserializeOwned>() -> Result<BTreeMap<&'static str, Value>, TraceError> {
    let mut tracer = Tracer::default();
    loop {
        tracer.has_more = false;
        tracer.visit::<T>()?;
        if !tracer.has_more {
            break;
        }
    }
    let structs: Vec<_> =
        tracer.structs.iter().map(|(name, found)| (*name, found.within.clone(), found.fields)).collect();
    for (name, within, fields) in structs {
        tracer.chosen = within;
        for field in fields {
            tracer.left_out = Some((name, field));
            if tracer.visit::<T>().is_err() {
                tracer.required.insert((name, field));
            }
        }
    }
    Ok(tracer.schemas())
}

/// What has been found so far.
#[derive(Default)]
struct Tracer {
    structs: BTreeMap<&'static str, Struct>,
    /// By enum, the schema of each variant visited so far.
    enums: BTreeMap<&'static str, Vec<(&'static str, Option<Value>)>>,
    required: BTreeSet<(&'static str, &'static str)>,
    /// Some enum has variants that no pass has visited.
    has_more: bool,
    /// By enum, the variant that this pass visits.
    chosen: BTreeMap<&'static str, usize>,
    /// The field of a struct that this pass leaves out.
    left_out: Option<(&'static str, &'static str)>,
}

struct Struct {
    fields: &'static [&'static str],
    properties: Map<String, Value>,
    /// The variants inside which it was found.
    within: BTreeMap<&'static str, usize>,
}

impl Tracer {
    fn visit<T: DeserializeOwned>(&mut self) -> Result<(), TraceError> {
        T::deserialize(Tracing { tracer: self, schema: &mut Value::Null, within: &BTreeMap::new() }).map(drop)
    }

    fn schemas(self) -> BTreeMap<&'static str, Value> {
        let required = self.required;
        let structs = self.structs.into_iter().map(|(name, Struct { fields, properties, .. })| {
            let required: Vec<_> = fields.iter().filter(|field| required.contains(&(name, **field))).collect();
            (name, json!({"type": "object", "properties": properties, "required": required}))
        });
        structs.chain(self.enums.into_iter().map(|(name, variants)| (name, enum_schema(variants)))).collect()
    }
}

/// Variants without content are strings, the others objects with one property.
fn enum_schema(variants: Vec<(&'static str, Option<Value>)>) -> Value {
    let names: Vec<_> = variants.iter().filter(|(_, content)| content.is_none()).map(|(name, _)| *name).collect();
    let strings = json!({"type": "string", "enum": names});
    let objects = variants.into_iter().filter_map(|(name, content)| {
        Some(json!({"type": "object", "properties": {name: content?}, "required": [name]}))
    });
    let mut schemas: Vec<_> = objects.collect();
    if schemas.is_empty() {
        return strings;
    }
    if !names.is_empty() {
        schemas.push(strings);
    }
    json!({ "oneOf": schemas })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A deserializer that hands out some value of the type asked for, and notes its schema.
struct Tracing<'t> {
    tracer: &'t mut Tracer,
    schema: &'t mut Value,
    within: &'t BTreeMap<&'static str, usize>,
}

impl Tracing<'_> {
    /// The same, for a value inside this one.
    fn inner<'i>(&'i mut self, schema: &'i mut Value) -> Tracing<'i> {
        Tracing { tracer: self.tracer, schema, within: self.within }
    }
}

/// Methods for types that are one value each.
macro_rules! scalars {
    ($($method:ident => $visit:ident($value:expr), $schema:tt;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TraceError> {
            *self.schema = json!($schema);
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Tracing<'_> {
    type Error = TraceError;

    scalars! {
        deserialize_bool => visit_bool(false), {"type": "boolean"};
        deserialize_u8 => visit_u8(1), {"type": "integer", "format": "int32", "minimum": 0};
        deserialize_u16 => visit_u16(1), {"type": "integer", "format": "int32", "minimum": 0};
        deserialize_u32 => visit_u32(1), {"type": "integer", "format": "int64", "minimum": 0};
        deserialize_u64 => visit_u64(1), {"type": "integer", "format": "int64", "minimum": 0};
        deserialize_i32 => visit_i32(1), {"type": "integer", "format": "int32"};
        deserialize_i64 => visit_i64(1), {"type": "integer", "format": "int64"};
        deserialize_str => visit_str("a"), {"type": "string"};
        deserialize_string => visit_str("a"), {"type": "string"};
    }

    /// Views leave out what they do not have, so `null` does not occur.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TraceError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, TraceError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, TraceError> {
        let mut item = Value::Null;
        let value = visitor.visit_seq(Items { tracing: self.inner(&mut item), left: 1 })?;
        *self.schema = json!({"type": "array", "items": item});
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(mut self, length: usize, visitor: V) -> Result<V::Value, TraceError> {
        let mut item = Value::Null;
        let value = visitor.visit_seq(Items { tracing: self.inner(&mut item), left: length })?;
        *self.schema = json!({"type": "array", "items": item, "minItems": length, "maxItems": length});
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TraceError> {
        let mut properties = Map::new();
        let left_out = self.tracer.left_out.filter(|(of, _)| *of == name).map(|(_, field)| field);
        let fields_left = fields.iter().filter(|field| Some(**field) != left_out);
        let mut unused = Value::Null;
        let fields_of = Fields {
            tracing: self.inner(&mut unused),
            left: fields_left.copied().collect(),
            properties: &mut properties,
        };
        let value = visitor.visit_map(fields_of)?;
        let within = self.within.clone();
        self.tracer.structs.entry(name).or_insert(Struct { fields, properties, within });
        *self.schema = reference(name);
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TraceError> {
        let visited = self.tracer.enums.get(name).map_or(0, Vec::len);
        let chosen = self.tracer.chosen.get(name).copied();
        let index = chosen.unwrap_or(if visited < variants.len() { visited } else { 0 });
        let variant = *variants.get(index).ok_or_else(|| TraceError(format!("`{name}` has no variants")))?;
        let mut within = self.within.clone();
        within.insert(name, index);
        let mut content = None;
        let tracer = &mut *self.tracer;
        let value = visitor.visit_enum(Variant { name: variant, tracer, content: &mut content, within: &within })?;
        let found = self.tracer.enums.entry(name).or_default();
        if found.len() == index {
            found.push((variant, content));
        }
        self.tracer.has_more |= found.len() < variants.len();
        *self.schema = reference(name);
        Ok(value)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TraceError> {
        Err(TraceError(format!("no schema for {}", &visitor as &dyn Expected)))
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct map identifier ignored_any
    }
}

/// Items of a list, which have one schema.
struct Items<'t> {
    tracing: Tracing<'t>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = TraceError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, TraceError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let Tracing { tracer, schema, within } = &mut self.tracing;
        seed.deserialize(Tracing { tracer, schema, within }).map(Some)
    }
}

/// Fields of a struct.
struct Fields<'t> {
    tracing: Tracing<'t>,
    /// In reverse order of visiting.
    left: Vec<&'static str>,
    properties: &'t mut Map<String, Value>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = TraceError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, TraceError> {
        let Some(field) = self.left.last() else { return Ok(None) };
        let field: StrDeserializer<'_, TraceError> = field.into_deserializer();
        seed.deserialize(field).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, TraceError> {
        let field = self.left.pop().ok_or_else(|| TraceError("a value without a field".into()))?;
        let mut schema = Value::Null;
        let value = seed.deserialize(self.tracing.inner(&mut schema))?;
        self.properties.insert(field.into(), schema);
        Ok(value)
    }
}

/// A variant of an enum.
struct Variant<'t> {
    name: &'static str,
    tracer: &'t mut Tracer,
    content: &'t mut Option<Value>,
    within: &'t BTreeMap<&'static str, usize>,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = TraceError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), TraceError> {
        let name: StrDeserializer<'_, TraceError> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = TraceError;

    fn unit_variant(self) -> Result<(), TraceError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, TraceError> {
        let schema = self.content.insert(Value::Null);
        seed.deserialize(Tracing { tracer: self.tracer, schema, within: self.within })
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, TraceError> {
        let schema = self.content.insert(Value::Null);
        Tracing { tracer: self.tracer, schema, within: self.within }.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TraceError> {
        let (mut properties, mut unused) = (Map::new(), Value::Null);
        let tracing = Tracing { tracer: self.tracer, schema: &mut unused, within: self.within };
        let value = visitor.visit_map(Fields { tracing, left: fields.to_vec(), properties: &mut properties })?;
        *self.content = Some(json!({"type": "object", "properties": properties, "required": fields}));
        Ok(value)
    }
}

/// Why a type could not be traced, or why it cannot be read without some field.
#[derive(Debug)]
pub(super) struct TraceError(String);

impl Display for TraceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for TraceError {}

impl serde::de::Error for TraceError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
