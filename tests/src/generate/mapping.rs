//! Made-up mappings: the `input` of a program, and the same activities as lines of a feed that this input reads.

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// How a feed writes what an activity says.
#[derive(Clone, Debug)]
pub struct Mapping {
    places: Vec<Place>,
    /// The form of each value, chosen anew for every line.
    forms: Vec<u8>,
    has_detail: bool,
    utc_is_unknown: bool,
}

/// Where a part is.
#[derive(Clone, Debug)]
struct Place {
    /// Keys above it.
    above: Vec<&'static str>,
    /// How many pointers that find nothing come first.
    decoys: usize,
    /// Whether the host hands it over beside the line.
    is_beside: bool,
}

/// A line, and what the host hands over beside it.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The line.
    pub line: Value,
    /// Names and values.
    pub beside: Vec<(String, String)>,
}

const SINGLE: [&str; 8] = ["source", "id", "at", "sequence", "kind", "actor", "owner", "object"];
const ATTRIBUTES: [&str; 8] = ["words", "topics", "audience", "draft", "due", "asker", "starts", "ends"];
/// Keys that a pointer must escape, that look like a number or an `@` pointer, and plain ones.
const KEYS: [&str; 8] = ["data", "a/b", "m~n", "0", "@id", "", "with space", "*x"];

/// Any mapping.
pub fn mappings() -> impl Strategy<Value = Mapping> {
    let place = (vec(select(&KEYS[..]), 0..3), 0..3_usize, prop::bool::weighted(0.2))
        .prop_map(|(above, decoys, is_beside)| Place { above, decoys, is_beside });
    let places = vec(place, SINGLE.len() + ATTRIBUTES.len() + 1);
    (places, vec(any::<u8>(), 1..40), any::<bool>(), any::<bool>())
        .prop_map(|(places, forms, has_detail, utc_is_unknown)| Mapping { places, forms, has_detail, utc_is_unknown })
}

impl Mapping {
    fn place(&self, part: &str) -> (usize, &Place) {
        let parts = SINGLE.iter().chain(&ATTRIBUTES).chain(&["recipients"]);
        let number = parts.clone().position(|known| *known == part).expect("every part has its place");
        (number, &self.places[number])
    }

    /// Whether a part comes beside the line: one text does, a list or a number does not.
    fn is_beside(&self, part: &str) -> bool {
        let texts = ["source", "id", "at", "actor", "owner", "object", "audience", "asker", "due"];
        self.place(part).1.is_beside && texts.contains(&part)
    }

    /// The steps to a part. Its number makes the last one its own.
    fn steps(&self, part: &str) -> Vec<String> {
        let (number, place) = self.place(part);
        place.above.iter().map(|key| (*key).to_owned()).chain([format!("part-{number}")]).collect()
    }

    /// The pointers to a part, the first of which may find nothing.
    fn pointers(&self, part: &str) -> Value {
        let own = if self.is_beside(part) {
            format!("@{part}")
        } else {
            let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
            self.steps(part).iter().map(escaped).collect()
        };
        let decoys = ["/nowhere", "@nobody"].into_iter().take(self.place(part).1.decoys).map(Value::from);
        let mut pointers: Vec<Value> = decoys.chain([Value::from(own)]).collect();
        if pointers.len() == 1 { pointers.remove(0) } else { pointers.into() }
    }

    /// The program with this input.
    pub fn program(&self, program: &Value) -> Value {
        let mut program = program.clone();
        let mut input: Map<String, Value> =
            SINGLE.iter().map(|part| ((*part).to_owned(), self.pointers(part))).collect();
        input["at"] = json!({ "at": input["at"], "epoch": "milliseconds" });
        input.insert("recipients".to_owned(), json!([self.pointer_to_names("recipients"), "/no/recipients"]));
        if self.has_detail {
            input.insert("detail".to_owned(), json!(["/nowhere", "/detail"]));
        }
        if self.utc_is_unknown {
            input.insert("utc".to_owned(), "unknown".into());
        }
        program["input"] = input.into();
        for (name, kind) in program["kinds"].as_object_mut().into_iter().flatten() {
            kind["input"] = json!({ "is": self.called(name) });
            let declared = kind["attributes"].clone();
            for attribute in ATTRIBUTES.into_iter().filter(|attribute| !declared[attribute].is_null()) {
                kind["input"][attribute] = match attribute {
                    "words" => json!({ "at": self.pointers(attribute), "times": 100 }),
                    "due" | "starts" | "ends" => json!({ "at": self.pointers(attribute), "epoch": "seconds" }),
                    "topics" => self.pointer_to_names(attribute).into(),
                    _ => self.pointers(attribute),
                };
            }
        }
        program
    }

    fn pointer_to_names(&self, part: &str) -> String {
        let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
        self.steps(part).iter().map(escaped).collect::<String>() + "/*/name"
    }

    fn called(&self, kind: &str) -> String {
        if self.has_detail { format!("did {kind}") } else { format!("did-{kind}") }
    }

    /// An activity in the program's own format as a line of this feed. `number` is that of the line.
    pub fn sent(&self, activity: &Value, number: usize) -> Sent {
        let mut sent = Sent { line: json!({ "unused": { "deep": [1, 2.5, null] } }), ..Sent::default() };
        let form = |of: usize| self.forms[(number * 7 + of) % self.forms.len()];
        for (of, part) in SINGLE.into_iter().enumerate() {
            let value = match (part, &activity[part]) {
                (_, Value::Null) => continue,
                ("kind", kind) if self.has_detail => {
                    sent.line["detail"] = kind.clone();
                    "did".into()
                }
                ("kind", kind) => self.called(kind.as_str().unwrap_or_default()).into(),
                ("at", at) => time(at.as_str().unwrap_or_default(), form(of), self.is_beside(part)),
                ("sequence", number) => self::number(number.as_i64().unwrap_or_default(), form(of)),
                (_, value) => value.clone(),
            };
            self.put(part, value, &mut sent);
        }
        for (of, part) in ATTRIBUTES.into_iter().enumerate() {
            let form = form(SINGLE.len() + of);
            let value = match (part, &activity["attributes"][part]) {
                (_, Value::Null) => continue,
                ("words", words) => hundredths(words.as_i64().unwrap_or_default(), form),
                ("topics", topics) => named(topics),
                ("due" | "starts" | "ends", at) => moment(at.as_str().unwrap_or_default(), form, self.is_beside(part)),
                (_, value) => value.clone(),
            };
            self.put(part, value, &mut sent);
        }
        if !activity["recipients"].is_null() {
            self.put("recipients", named(&activity["recipients"]), &mut sent);
        }
        for rest in ["attributes", "profile"] {
            sent.line[rest] = activity[rest].clone();
        }
        sent
    }

    fn put(&self, part: &str, value: Value, sent: &mut Sent) {
        match value.as_str() {
            Some(text) if self.is_beside(part) => sent.beside.push((part.to_owned(), text.to_owned())),
            _ => {
                let mut place = &mut sent.line;
                for step in self.steps(part) {
                    place = &mut place[step];
                }
                *place = value;
            }
        }
    }

    /// The activity as this input must read it, in the program's own format.
    pub fn meant(&self, activity: &Value) -> Value {
        let mut meant = activity.clone();
        if let Some(at) = activity["at"].as_str().filter(|_| self.utc_is_unknown) {
            meant["at"] = at.replace("+00:00", "Z").into();
        }
        meant
    }
}

/// A time in some form that keeps what it says of local time.
fn time(at: &str, form: u8, is_text: bool) -> Value {
    let (local, offset) = at.split_at(19);
    match (form % 6, offset) {
        (0, "Z" | "-00:00") => format!("{} UTC", local.replace('T', " ")).into(),
        (1, "Z" | "-00:00") => format!("{local},000Z").into(),
        (2, "Z" | "-00:00") if !is_text => (seconds(at) * 1_000).into(),
        (3, "Z" | "-00:00") => format!("{}000.00", seconds(at)).into(),
        (0, _) => format!("{local}{}", offset.replace(':', "")).into(),
        (1, _) => format!("{}.0 {offset}", local.replace('T', " ")).into(),
        (2, _) if offset.ends_with(":00") => format!("{local}{}", &offset[..3]).into(),
        (3, _) if local.ends_with(":00") => format!("{}{offset}", &local[..16]).into(),
        _ => at.into(),
    }
}

/// The moment of a time in some form, whatever its local time.
fn moment(at: &str, form: u8, is_text: bool) -> Value {
    match form % 4 {
        0 if !is_text => seconds(at).into(),
        1 => seconds(at).to_string().into(),
        2 if !is_text => (seconds(at) as f64).into(),
        _ => time(at, [0, 1, 4][usize::from(form / 4 % 3)], is_text),
    }
}

fn seconds(at: &str) -> i64 {
    at.parse::<jiff::Timestamp>().expect("a time").as_second()
}

/// A whole number in some form.
fn number(number: i64, form: u8) -> Value {
    match form % 4 {
        0 => number.to_string().into(),
        1 => format!("{number}.000").into(),
        2 => (number as f64).into(),
        _ => number.into(),
    }
}

/// A number of which 100 times itself is meant, in some form.
fn hundredths(number: i64, form: u8) -> Value {
    let digits = format!("{}{}.{:02}", if number < 0 { "-" } else { "" }, number.abs() / 100, number.abs() % 100);
    match form % 3 {
        0 => digits.into(),
        // What comes after is cut.
        1 => (digits + "9999").into(),
        _ => digits.parse::<f64>().expect("digits").into(),
    }
}

/// Each text as the name of a table, between items that have none.
fn named(texts: &Value) -> Value {
    let texts = texts.as_array().into_iter().flatten();
    texts.flat_map(|text| [json!({ "name": text, "other": 1 }), json!({ "name": null }), json!({})]).collect()
}
