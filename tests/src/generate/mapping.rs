//! Made-up mappings: the `input` of a program, and the same activities as lines of a feed that this input reads.

use super::forms::{Style, Unit, hundredths, moment, named, number, time};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// How a feed writes what an activity says.
#[derive(Clone, Debug)]
pub struct Mapping {
    places: Vec<Place>,
    /// The form of each value, chosen anew for every line.
    forms: Vec<u8>,
    style: Style,
    /// Whether the kind has two parts.
    has_detail: bool,
    utc_is_unknown: bool,
    /// Whether the line number is the sequence.
    is_in_line_order: bool,
    /// What happens to lines of unknown kinds, if the program says so.
    unknown_kinds: Option<&'static str>,
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
    /// Whether each kind says where it is, instead of the program for all kinds.
    is_in_kind: bool,
    /// For a time, the unit in which a number there counts, if a time can be one.
    unit: Option<Unit>,
}

/// A line, and what the host hands over beside it.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The line.
    pub line: Value,
    /// Names and values.
    pub beside: Vec<(String, String)>,
}

const SINGLE: [&str; 9] = ["source", "id", "at", "sequence", "kind", "actor", "owner", "object", "void"];
const ATTRIBUTES: [&str; 8] = ["words", "topics", "audience", "draft", "due", "asker", "starts", "ends"];
/// Parts that hold several values.
const WIDE: [&str; 3] = ["recipients", "attributes", "profile"];
/// Parts that a kind can have elsewhere than other kinds.
const OF_KINDS: [&str; 8] = ["source", "id", "at", "actor", "owner", "object", "recipients", "profile"];
/// Keys that a pointer must escape, that look like a number or an `@` pointer, and plain ones.
const KEYS: [&str; 8] = ["data", "a/b", "m~n", "0", "@id", "", "with space", "*x"];

/// Any mapping.
pub fn mappings() -> impl Strategy<Value = Mapping> {
    let unit = select(&[None, Some(Unit::Seconds), Some(Unit::Milliseconds), Some(Unit::Milliseconds)][..]);
    let place = (vec(select(&KEYS[..]), 0..3), 0..3_usize, prop::bool::weighted(0.2), prop::bool::weighted(0.3), unit);
    let place = place.prop_map(|(above, decoys, is_beside, is_in_kind, unit)| Place {
        above,
        decoys,
        is_beside,
        is_in_kind,
        unit,
    });
    let places = vec(place, SINGLE.len() + ATTRIBUTES.len() + WIDE.len());
    let style = prop_oneof![4 => Just(Style::Own), 1 => Just(Style::CloudEvents), 2 => Just(Style::ActivityStreams),
        1 => Just(Style::Xapi), 1 => Just(Style::XapiAtHome), 1 => Just(Style::XapiAtHomes)];
    let unknown = select(&[None, Some("ignore"), Some("refuse")][..]);
    let flags = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (places, vec(any::<u8>(), 1..40), style, unknown, flags).prop_map(
        |(places, forms, style, unknown_kinds, (has_detail, utc_is_unknown, is_in_line_order))| Mapping {
            places,
            forms,
            style,
            has_detail,
            utc_is_unknown,
            is_in_line_order,
            unknown_kinds,
        },
    )
}

impl Mapping {
    fn place(&self, part: &str) -> (usize, &Place) {
        let mut parts = SINGLE.iter().chain(&ATTRIBUTES).chain(&WIDE);
        let number = parts.position(|known| *known == part).expect("every part has its place");
        (number, &self.places[number])
    }

    /// Whether a part comes beside the line: one text does, a list or a number does not.
    fn is_beside(&self, part: &str) -> bool {
        let texts = ["source", "id", "at", "actor", "owner", "object", "audience", "asker", "due"];
        self.place(part).1.is_beside && texts.contains(&part)
    }

    /// Whether a part is where its kind says.
    fn is_in_kind(&self, part: &str) -> bool {
        self.place(part).1.is_in_kind && OF_KINDS.contains(&part)
    }

    /// The steps to a part. Its number makes the last one its own.
    fn steps(&self, part: &str) -> Vec<String> {
        let (number, place) = self.place(part);
        place.above.iter().map(|key| (*key).to_owned()).chain([format!("part-{number}")]).collect()
    }

    fn pointer(&self, part: &str) -> String {
        let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
        self.steps(part).iter().map(escaped).collect()
    }

    /// The pointers to a part, the first of which may find nothing.
    fn pointers(&self, part: &str) -> Value {
        let own = if self.is_beside(part) { format!("@{part}") } else { self.pointer(part) };
        let decoys: &[&str] = if WIDE.contains(&part) { &["/nowhere", "/no/where"] } else { &["/nowhere", "@nobody"] };
        let decoys = decoys.iter().take(self.place(part).1.decoys).map(|decoy| Value::from(*decoy));
        let mut pointers: Vec<Value> = decoys.chain([Value::from(own)]).collect();
        if pointers.len() == 1 { pointers.remove(0) } else { pointers.into() }
    }

    /// What `input` says of a part.
    fn says(&self, part: &str) -> Value {
        let place = self.place(part).1;
        match (part, place.unit) {
            ("at" | "due" | "starts" | "ends", Some(unit)) => {
                json!({ "at": self.pointers(part), "epoch": unit.name() })
            }
            ("sequence", _) if self.is_in_line_order => "@line".into(),
            ("recipients" | "topics", _) if place.decoys == 0 => (self.pointer(part) + "/*/name").into(),
            ("recipients" | "topics", _) => json!([self.pointer(part) + "/*/name", "/no/list"]),
            ("words", _) => json!({ "at": self.pointers(part), "times": 100 }),
            _ => self.pointers(part),
        }
    }

    /// The program with this input.
    pub fn program(&self, program: &Value) -> Value {
        let mut program = program.clone();
        let of_all = SINGLE.into_iter().chain(WIDE).filter(|part| !self.is_in_kind(part));
        let mut input: Map<String, Value> = of_all.map(|part| (part.to_owned(), self.says(part))).collect();
        for (key, says) in [
            ("format", self.style.format()),
            ("home", self.style.home()),
            ("detail", self.detail()),
            ("utc", self.utc().map(Value::from)),
            ("unknown_kinds", self.unknown_kinds.map(Value::from)),
        ] {
            input.extend(says.map(|says| (key.to_owned(), says)));
        }
        program["input"] = input.into();
        let carries = program["profile"]["on"].clone();
        for (name, kind) in program["kinds"].as_object_mut().into_iter().flatten() {
            kind["input"] = json!({ "is": self.called(name) });
            let declared = kind["attributes"].clone();
            let attributes = ATTRIBUTES.into_iter().filter(|attribute| !declared[attribute].is_null());
            let own = OF_KINDS.into_iter().filter(|part| self.is_in_kind(part));
            for part in attributes.chain(own.filter(|part| *part != "profile" || carries == **name)) {
                kind["input"][part] = self.says(part);
            }
        }
        program
    }

    fn detail(&self) -> Option<Value> {
        let alone = self.place("kind").1.decoys == 0;
        self.has_detail.then(|| if alone { "/detail".into() } else { json!(["/nowhere", "/detail"]) })
    }

    fn utc(&self) -> Option<&'static str> {
        match (self.utc_is_unknown, self.forms.len() % 2) {
            (true, _) => Some("unknown"),
            (false, 0) => Some("local"),
            _ => None,
        }
    }

    fn called(&self, kind: &str) -> String {
        if self.has_detail { format!("did {kind}") } else { format!("did-{kind}") }
    }

    /// The frame of a line, with what its format asks of every line.
    fn line(&self) -> Sent {
        let mut line = self.style.line();
        line["unused"] = json!({ "deep": [1, 2.5, null] });
        Sent { line, ..Sent::default() }
    }

    /// An activity in the program's own format as a line of this feed. `number` is that of the line.
    pub fn sent(&self, activity: &Value, number: usize) -> Sent {
        let mut sent = self.line();
        let form = |of: usize| self.forms[(number * 7 + of) % self.forms.len()];
        for (of, part) in SINGLE.into_iter().enumerate() {
            let (is_text, unit) = (self.is_beside(part), self.place(part).1.unit);
            let value = match (part, &activity[part]) {
                (_, Value::Null) => continue,
                ("kind", kind) if self.has_detail => {
                    sent.line["detail"] = kind.clone();
                    "did".into()
                }
                ("kind", kind) => self.style.kind(self.called(kind.as_str().unwrap_or_default()), form(of)),
                ("at", at) => time(at.as_str().unwrap_or_default(), form(of), unit, is_text),
                ("sequence", sequence) => self::number(sequence.as_i64().unwrap_or_default(), form(of)),
                ("actor" | "owner", member) if !is_text => self.style.member(member, form(of)),
                (_, value) => value.clone(),
            };
            self.put(part, value, &mut sent);
        }
        for (of, part) in ATTRIBUTES.into_iter().enumerate() {
            let (form, is_text) = (form(SINGLE.len() + of), self.is_beside(part));
            let unit = self.place(part).1.unit;
            let value = match (part, &activity["attributes"][part]) {
                (_, Value::Null) => continue,
                ("words", words) => hundredths(words.as_i64().unwrap_or_default(), form),
                ("topics", topics) => named(topics),
                ("due" | "starts" | "ends", at) => moment(at.as_str().unwrap_or_default(), form, unit, is_text),
                ("asker", member) if !is_text => self.style.member(member, form),
                (_, value) => value.clone(),
            };
            self.put(part, value, &mut sent);
        }
        if !activity["recipients"].is_null() {
            self.put("recipients", named(&activity["recipients"]), &mut sent);
        }
        for rest in ["attributes", "profile"] {
            self.put(rest, activity[rest].clone(), &mut sent);
        }
        sent
    }

    /// A line that voids the activity with an id, of the feed's own source.
    pub fn void(&self, id: &str) -> Sent {
        let mut sent = self.line();
        self.put("void", id.into(), &mut sent);
        sent
    }

    /// A line of a kind that the program does not declare, and whether it is ignored.
    pub fn unknown(&self) -> (Sent, bool) {
        let mut sent = self.line();
        self.put("kind", "was never heard of".into(), &mut sent);
        (sent, self.unknown_kinds == Some("ignore"))
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

    /// The activity as this input must read it, in the program's own format. `number` is that of the line.
    pub fn meant(&self, activity: &Value, number: usize) -> Value {
        let mut meant = activity.clone();
        if let Some(at) = activity["at"].as_str().filter(|_| self.utc_is_unknown) {
            meant["at"] = at.replace("+00:00", "Z").into();
        }
        if self.is_in_line_order {
            meant["sequence"] = number.into();
        }
        meant
    }
}
