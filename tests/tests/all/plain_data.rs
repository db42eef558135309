//! Plain data: every view, explanation and ledger line is read as it was written, and an error says where it is not.
//!
//! The values come from the JSON Schemas, so a new type, field or word is tested without being listed here.

use knownfor::{
    BadgeOutlook, EntryQuery, Explanation, FieldDifference, FromTree, HasSchema, SharedPart, SheetLanguage,
    SkippedRule, SumLine, Tree, WhyNot, schemas_of,
    view::{BoardView, CohortView, EntryView, ExpertsView, MemberView, ModelView, ReportView, Seen, TopicNameView},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, fs, path::Path};

/// Whole types; the others are parts of these.
fn check_all(check: &mut impl Check) {
    check.check::<MemberView>();
    check.check::<BoardView>();
    check.check::<CohortView>();
    check.check::<ReportView>();
    check.check::<ExpertsView>();
    check.check::<ModelView>();
    check.check::<TopicNameView>();
    check.check::<Explanation>();
    check.check::<WhyNot>();
    check.check::<BadgeOutlook>();
    check.check::<FieldDifference>();
    check.check::<EntryView>();
    check.check::<Seen>();
    check.check::<EntryQuery>();
    check.check::<SharedPart>();
    check.check::<SheetLanguage>();
    check.check::<SumLine>();
}

trait Check {
    fn check<T: FromTree + HasSchema + Serialize + DeserializeOwned>(&mut self);
}

/// Enough to visit each variant of each enum.
const CHOICES: usize = 16;
/// Words of which an unknown one is drawn in the plainest way.
const DECORATION: [&str; 2] = ["Shape", "Icon"];

/// The schemas of a type and of its parts, by name.
struct Schemas(Value);

impl Schemas {
    fn of<T: HasSchema>() -> Self {
        Self(serde_json::to_value(schemas_of::<T>("")).expect("schemas are JSON"))
    }

    /// The name and the schema behind a reference; other schemas have no name.
    fn resolve<'a>(&'a self, schema: &'a Value) -> (&'a str, &'a Value) {
        schema["$ref"].as_str().map_or(("", schema), |name| (name, &self.0[name]))
    }

    /// A value of a schema: with all properties or only those required, and in enums the variant chosen.
    fn value(&self, schema: &Value, choice: usize, is_full: bool) -> Value {
        let (_, schema) = self.resolve(schema);
        let chosen = |list: &Value| list.as_array().map(|all| all[choice % all.len()].clone());
        if let Some(variant) = chosen(&schema["oneOf"]) {
            return self.value(&variant, choice, is_full);
        }
        if let Some(word) = chosen(&schema["enum"]) {
            return word;
        }
        match schema["type"].as_str() {
            Some("boolean") => json!(is_full),
            Some("integer") => json!(if is_full { 7 } else { 0 }),
            Some("string") => json!("text"),
            Some("array") => {
                let length = schema["minItems"].as_u64().unwrap_or(u64::from(is_full));
                (0..length).map(|_| self.value(&schema["items"], choice, is_full)).collect()
            }
            Some("object") => {
                let required = schema["required"].as_array().expect("an object says what it requires");
                let properties = schema["properties"].as_object().expect("an object has properties").iter();
                let kept = properties.filter(|(name, _)| is_full || required.contains(&json!(name)));
                kept.map(|(name, of)| (name.clone(), self.value(of, choice, is_full))).collect::<Map<_, _>>().into()
            }
            other => panic!("no value for the schema type {other:?}: {schema}"),
        }
    }

    /// Each place of a full value, with the name and schema there, and whether something must be there.
    fn places<'a>(
        &'a self,
        schema: &'a Value,
        value: &Value,
        place: String,
        is_required: bool,
        found: &mut Vec<PlaceOf<'a>>,
    ) {
        let (name, schema) = self.resolve(schema);
        found.push((place.clone(), name, schema, is_required));
        if let Some(variants) = schema["oneOf"].as_array() {
            let key = value.as_object().and_then(|object| object.keys().next());
            if let Some(variant) =
                key.and_then(|key| variants.iter().find(|variant| variant["properties"].get(key).is_some()))
            {
                for (key, of) in variant["properties"].as_object().into_iter().flatten() {
                    self.places(of, &value[key], format!("{place}/{key}"), false, found);
                }
            }
        }
        for (key, of) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = schema["required"].as_array().is_some_and(|all| all.contains(&json!(key)));
            self.places(of, &value[key], format!("{place}/{key}"), is_required, found);
        }
        if value.is_array() {
            self.places(&schema["items"], &value[0], format!("{place}/0"), true, found);
        }
    }
}

type PlaceOf<'a> = (String, &'a str, &'a Value, bool);

fn name_of<T>() -> &'static str {
    std::any::type_name::<T>().rsplit("::").next().unwrap_or_default()
}

/// Reads by a tree, which is what deserializing does, too.
fn read<T: FromTree + DeserializeOwned>(value: &Value) -> Result<T, knownfor::ShapeError> {
    let text = value.to_string();
    let tree: Tree<'_> = serde_json::from_str(&text).expect("JSON is a tree");
    let read = T::from_tree(&tree);
    let deserialized: Result<T, _> = serde_json::from_str(&text);
    assert_eq!(deserialized.is_ok(), read.is_ok(), "{text}");
    read
}

fn rewritten<T: FromTree + DeserializeOwned + Serialize>(value: &Value) -> Value {
    let data: T = read(value).unwrap_or_else(|error| panic!("{}: {error} in {value}", name_of::<T>()));
    serde_json::to_value(data).expect("plain data is JSON")
}

struct RoundTrips(BTreeSet<String>);

impl Check for RoundTrips {
    fn check<T: FromTree + HasSchema + Serialize + DeserializeOwned>(&mut self) {
        let schemas = Schemas::of::<T>();
        let names = schemas.0.as_object().expect("schemas have names").keys().cloned();
        self.0.extend(names);
        let whole = json!({"$ref": name_of::<T>()});
        for choice in 0..CHOICES {
            for is_full in [true, false] {
                let value = schemas.value(&whole, choice, is_full);
                assert_eq!(rewritten::<T>(&value), value, "{}", name_of::<T>());
            }
        }
    }
}

#[test]
fn plain_data_is_read_as_it_was_written() {
    let mut trips = RoundTrips(BTreeSet::new());
    check_all(&mut trips);
    let missing: Vec<_> = declared().into_iter().filter(|name| !trips.0.contains(name)).collect();
    assert!(missing.is_empty(), "part of no type above: {}", missing.join(", "));
}

/// The types that core declares as plain data or keywords, read from the sources.
fn declared() -> BTreeSet<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")];
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("core has sources").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source can be read");
            for rest in ["\nplain_data! {", "\nkeywords!("].iter().flat_map(|macro_call| text.split(macro_call).skip(1))
            {
                names.extend(rest.split_whitespace().next().map(String::from));
            }
        }
    }
    assert!(names.contains("MemberView") && names.contains("Window"), "{names:?}");
    names
}

struct Errors;

impl Check for Errors {
    fn check<T: FromTree + HasSchema + Serialize + DeserializeOwned>(&mut self) {
        let schemas = Schemas::of::<T>();
        let whole = json!({"$ref": name_of::<T>()});
        for choice in 0..CHOICES {
            let value = schemas.value(&whole, choice, true);
            let mut places = Vec::new();
            schemas.places(&whole, &value, String::new(), true, &mut places);
            for (place, name, schema, is_required) in places {
                let with = |other: Value| {
                    let mut value = value.clone();
                    *value.pointer_mut(&place).expect("the place is there") = other;
                    read::<T>(&value)
                };
                let refuses = |other: Value| match with(other.clone()) {
                    Ok(_) => panic!("{} with {other} at `{place}` is read", name_of::<T>()),
                    Err(error) => assert_eq!(error.path(), place, "{error}"),
                };
                refuses(json!(1.5));
                match schema["type"].as_str() {
                    Some("string") if DECORATION.contains(&name) => assert!(with(json!("of a newer version")).is_ok()),
                    Some("string") if schema["enum"].is_array() => refuses(json!("of a newer version")),
                    Some("string") => refuses(json!(7)),
                    Some("integer") => {
                        refuses(json!("7"));
                        refuses(json!(u64::MAX));
                        if schema["minimum"].is_number() {
                            refuses(json!(-1));
                        }
                    }
                    _ => refuses(json!("text")),
                }
                if is_required {
                    refuses(Value::Null);
                }
            }
        }
    }
}

#[test]
fn an_error_says_where_the_shape_is_another() {
    check_all(&mut Errors);
}

struct Missing;

impl Check for Missing {
    fn check<T: FromTree + HasSchema + Serialize + DeserializeOwned>(&mut self) {
        let schemas = Schemas::of::<T>();
        let whole = json!({"$ref": name_of::<T>()});
        for choice in 0..CHOICES {
            let value = schemas.value(&whole, choice, true);
            let mut places = Vec::new();
            schemas.places(&whole, &value, String::new(), true, &mut places);
            for (place, ..) in &places {
                let Some((object, key)) = place.rsplit_once('/') else { continue };
                let mut without = value.clone();
                let Some(Value::Object(fields)) = without.pointer_mut(object) else { continue };
                fields.remove(key);
                let (_, _, schema, _) =
                    places.iter().find(|(place, ..)| place == object).expect("it is inside a place");
                let Some(required) = schema["required"].as_array() else { continue };
                match read::<T>(&without) {
                    Ok(data) => {
                        assert!(!required.contains(&json!(key)), "{} without `{place}` is read", name_of::<T>());
                        assert_eq!(serde_json::to_value(data).expect("plain data is JSON"), without);
                    }
                    Err(error) => {
                        assert!(required.contains(&json!(key)), "{error}");
                        assert_eq!(error.path(), place);
                    }
                }
            }
        }
    }
}

#[test]
fn a_missing_field_is_named_if_it_is_required() {
    check_all(&mut Missing);
}

struct Newer;

impl Check for Newer {
    fn check<T: FromTree + HasSchema + Serialize + DeserializeOwned>(&mut self) {
        fn extend(value: &mut Value) {
            match value {
                Value::Object(fields) => {
                    fields.values_mut().for_each(extend);
                    fields.insert("zz of a newer version".into(), json!({"with": ["more", 1.5, null]}));
                }
                Value::Array(items) => items.iter_mut().for_each(extend),
                _ => {}
            }
        }
        let schemas = Schemas::of::<T>();
        for choice in 0..CHOICES {
            let value = schemas.value(&json!({"$ref": name_of::<T>()}), choice, true);
            let mut newer = value.clone();
            extend(&mut newer);
            assert_eq!(rewritten::<T>(&newer), value);
        }
    }
}

#[test]
fn what_only_a_newer_version_knows_is_ignored() {
    check_all(&mut Newer);
}

#[test]
fn the_schemas_are_those_of_what_hosts_see() {
    let schemas = serde_json::to_value(schemas_of::<SkippedRule>("#/$defs/")).expect("schemas are JSON");
    assert_eq!(schemas["SkippedRule"]["properties"]["because"], json!({"$ref": "#/$defs/SkipReason"}));
    let reason = &schemas["SkipReason"]["oneOf"];
    assert_eq!(reason[0]["properties"]["condition"]["items"], json!({"$ref": "#/$defs/FailedTest"}));
    let words = json!({"type": "string", "enum": ["version", "amount", "balanced", "best", "account"]});
    assert!(reason.as_array().is_some_and(|variants| variants.contains(&words)), "{reason}");
    let limit = &schemas["LimitLine"];
    assert_eq!(limit["required"], json!(["limit", "per", "used"]));
    assert_eq!(limit["properties"]["within_seconds"], json!({"type": "integer", "format": "int64"}));
}
