//! Grammar: how a program is written, as one table that both the reader's problems and the JSON Schema come from.

use crate::{
    problem::{Found, Path, unknown},
    time::{Weekday, Window, duration_seconds},
    tree::Tree,
};
use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

/// The form of one place in a program.
pub(crate) enum Form {
    /// Any text, 1 to [`MAX_TEXT_BYTES`] bytes.
    Text,
    /// The name of something: 1 to 64 characters, no control characters, no `@` in front.
    Name,
    /// A JSON Pointer, or `@line`.
    Pointer,
    /// A whole number within bounds.
    Integer(i64, i64),
    Flag,
    /// A whole number and a unit.
    Duration,
    /// One of a few words.
    Word(&'static [&'static str]),
    List(&'static Form),
    /// One, or a list of them.
    OneOrMore(&'static Form),
    /// Names, each with the same form: at most so many.
    Map(&'static Form, usize),
    /// Fixed keys.
    Table(&'static [Key]),
    /// Fixed keys, and other names of one form.
    Open(&'static [Key], &'static Form),
    /// The first of these that is of the same sort (text, number, flag, list, table).
    Either(&'static [Form]),
    /// A form of its own in the schema, so that it may contain itself.
    Shared(&'static str, &'static Form),
}

/// A key of a table: its name, what it means, its form, and whether it must be there.
pub(crate) struct Key {
    name: &'static str,
    about: &'static str,
    form: &'static Form,
    required: bool,
}

const fn key(name: &'static str, about: &'static str, form: &'static Form) -> Key {
    Key { name, about, form, required: false }
}

const fn required(name: &'static str, about: &'static str, form: &'static Form) -> Key {
    Key { name, about, form, required: true }
}

/// A name or description: longer ones belong on a page of their own.
pub const MAX_TEXT_BYTES: usize = 1_000;
/// Characters of the name of a kind, rule, badge and so on: what a person can still read in a message.
pub const MAX_NAME_CHARS: usize = 64;
/// Things of one sort in a program. It keeps their numbers within 16 bits and totals exact (see [`MAX_POINTS`]).
pub const MAX_OF_A_SORT: usize = 4_096;
/// Points of one rule for one activity. With [`MAX_OF_A_SORT`] rules and
/// [`MAX_MEMBER_ACTIVITIES`](crate::MAX_MEMBER_ACTIVITIES) a total stays within 2^53, JavaScript's exact range.
pub const MAX_POINTS: i64 = 1_000_000;
/// JavaScript's largest exact integer.
pub(crate) const MAX_INTEGER: i64 = (1 << 53) - 1;

const ANY_INTEGER: Form = Form::Integer(-MAX_INTEGER, MAX_INTEGER);
const LOCALIZED: Form = Form::Shared("text", &Form::Either(&[Form::Text, Form::Map(&Form::Text, 100)]));
const NAMES: Form = Form::OneOrMore(&Form::Name);
const WINDOW: Form = Form::Word(&["day", "week", "month", "ever"]);
const GIVEN: Form = Form::Word(&["once", "each"]);
const AT_LEAST: Form = Form::Integer(1, MAX_INTEGER);

const LITERAL: Form = Form::Either(&[Form::Text, ANY_INTEGER, Form::Flag]);
const TEST: Form = Form::Shared(
    "test",
    &Form::Either(&[
        Form::Text,
        ANY_INTEGER,
        Form::Flag,
        Form::Table(&[
            key("is", "equal to this", &LITERAL),
            key("not", "not equal to this", &LITERAL),
            key("min", "this or more; for a level: this or higher", &Form::Either(&[ANY_INTEGER, Form::Name])),
            key("max", "this or less", &ANY_INTEGER),
            key("any", "one of these; of a set: one of these is in it", &Form::List(&LITERAL)),
            key("contains", "of a set: this is in it", &Form::Text),
            key("only", "of a set: nothing but these is in it", &Form::List(&Form::Text)),
            key("missing", "whether it is absent", &Form::Flag),
            key("after", "of a time: later than this", &Form::Text),
            key("before", "of a time: earlier than this", &Form::Text),
            key("by", "with after or before: by more than this", &Form::Duration),
        ]),
    ]),
);
static CONDITION: Form = Form::Shared(
    "condition",
    &Form::Open(
        &[
            key("all", "all of these hold", &Form::List(&CONDITION)),
            key("any", "one of these holds", &Form::List(&CONDITION)),
            key("not", "this does not hold", &CONDITION),
        ],
        &TEST,
    ),
);
const GOAL: Form = Form::Shared(
    "goal",
    &Form::Open(
        &[
            key("fields", "these fields of the profile are done", &Form::List(&Form::Name)),
            key("completeness", "the profile is so many percent complete", &Form::Integer(1, 100)),
            key("level", "this level or a higher one", &Form::Name),
        ],
        &Form::Either(&[
            AT_LEAST,
            Form::Table(&[key("min", "this or more", &ANY_INTEGER), key("max", "this or less", &ANY_INTEGER)]),
        ]),
    ),
);
const TIME_AT: Form = Form::Either(&[
    Form::Pointer,
    Form::Table(&[
        required("at", "where the time is", &Form::Pointer),
        key("epoch", "it is a count since 1970, in this unit", &Form::Word(&["seconds", "milliseconds"])),
    ]),
]);
const KIND_INPUT: Form = Form::Open(
    &[
        key("is", "what the feed calls this kind", &Form::Text),
        key("actor", "where the actor is", &Form::Pointer),
        key("owner", "where the object's owner is", &Form::Pointer),
        key("recipients", "where the recipients are", &Form::Pointer),
        key("object", "where the object is", &Form::Pointer),
        key("profile", "where the states of profile fields are", &Form::Pointer),
    ],
    &Form::Pointer,
);
const KIND: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key(
        "attributes",
        "what such an activity carries, each with its type",
        &Form::Map(&Form::Word(&["integer", "text", "flag", "time", "member", "texts"]), 64),
    ),
    key("reverses", "the kind whose latest it undoes, or @object for all about its object", &Form::Text),
    key("input", "where a feed keeps it", &KIND_INPUT),
]);
const LIMIT_KEYS: &[Key] = &[
    key("points", "at most so many points, net", &Form::Integer(1, MAX_INTEGER)),
    key("times", "at most so many times", &AT_LEAST),
    key("per", "in each of these; left out: ever", &WINDOW),
];
const LIMIT: Form = Form::Table(LIMIT_KEYS);
const LIMIT_OF_RULE: Form = Form::Either(&[Form::Name, Form::Table(LIMIT_KEYS)]);
const RULE: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("on", "the kinds it is for", &NAMES),
    key("when", "or the goal it is for", &GOAL),
    key("if", "what must hold", &CONDITION),
    key("to", "the role that gets it; left out: actor", &Form::Name),
    required("give", "a currency and points", &Form::Map(&Form::Integer(-MAX_POINTS, MAX_POINTS), 1)),
    key("given", "with when: once, or each for each object", &GIVEN),
    key("limit", "what bounds it", &Form::OneOrMore(&LIMIT_OF_RULE)),
]);
const TALLY: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("count", "the kinds to count", &NAMES),
    key(
        "sum",
        "an integer attribute to add up, or so much for each kind",
        &Form::Either(&[Form::Name, Form::Map(&Form::Integer(-MAX_POINTS, MAX_POINTS), MAX_OF_A_SORT)]),
    ),
    key("distinct", "what to count the different ones of", &Form::Name),
    key("of", "the kinds to read it from", &NAMES),
    key("if", "what must hold", &CONDITION),
    key("to", "the role it is for; left out: actor", &Form::Name),
    key(
        "per",
        "object, a calendar window, or one of each",
        &Form::OneOrMore(&Form::Word(&["object", "day", "week", "month"])),
    ),
]);
pub(crate) const SHAPES: &[&str] = &["circle", "hexagon", "shield", "square", "star"];
pub(crate) const ICONS: &[&str] = &[
    "award",
    "book",
    "bulb",
    "chat",
    "check",
    "compass",
    "globe",
    "heart",
    "link",
    "megaphone",
    "pen",
    "people",
    "profile",
    "spark",
    "star",
    "video",
];
const BADGE: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("description", "what it is for", &LOCALIZED),
    key("when", "its goal", &GOAL),
    key(
        "grades",
        "or a goal for each grade",
        &Form::Table(&[key("bronze", "", &GOAL), key("silver", "", &GOAL), key("gold", "", &GOAL)]),
    ),
    key("given", "once, or each for each object; left out: once", &GIVEN),
    key("live", "it goes when its goal no longer holds; left out: it stays", &Form::Flag),
    key("secret", "not shown until earned", &Form::Flag),
    key("shape", "its outline", &Form::Word(SHAPES)),
    key("icon", "its picture", &Form::Word(ICONS)),
]);
const FIELD: Form = Form::Table(&[
    required("ask", "what it asks", &LOCALIZED),
    key("help", "a line of help", &LOCALIZED),
    key("section", "the section it stands in", &LOCALIZED),
    key("weight", "its weight in completeness; left out: 1", &Form::Integer(1, 1_000)),
    key(
        "needs",
        "what a value must meet",
        &Form::Table(&[
            key("items", "so many items", &Form::Integer(1, 100)),
            key("length", "so many characters", &Form::Integer(1, 10_000)),
            key("link", "a link, http or https", &Form::Flag),
        ]),
    ),
]);
const PROFILE: Form = Form::Table(&[
    required("on", "the kind that carries the fields' states", &Form::Name),
    key("published_by", "the kind by which a member publishes", &Form::Name),
    key("hidden_by", "the kind by which a member hides again", &Form::Name),
    required("fields", "what is asked", &Form::Map(&FIELD, 200)),
]);
const BOARD: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    required("of", "the currency that is compared", &Form::Name),
    key("per", "this month's points, or all; left out: ever", &Form::Word(&["month", "ever"])),
    required("joined_by", "the kind by which a member joins", &Form::Name),
    required("left_by", "the kind by which a member leaves", &Form::Name),
]);
const INPUT: Form = Form::Table(&[
    key("source", "where the source is", &Form::Pointer),
    key("id", "where the id is", &Form::Pointer),
    key("at", "where the time is", &TIME_AT),
    key("sequence", "where a sequence number is, or @line", &Form::Pointer),
    key("kind", "where the kind is", &Form::Pointer),
    key("actor", "where the actor is", &Form::Pointer),
    key("owner", "where the object's owner is", &Form::Pointer),
    key("recipients", "where the recipients are", &Form::Pointer),
    key("object", "where the object is", &Form::Pointer),
    key("attributes", "where the attributes are", &Form::Pointer),
    key("profile", "where the states of profile fields are", &Form::Pointer),
    key(
        "unknown_kinds",
        "what to do with kinds that the program has not; left out: refuse",
        &Form::Word(&["ignore", "refuse"]),
    ),
]);
const LEVEL: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    required("min", "the currency and total to reach", &Form::Map(&Form::Integer(1, MAX_INTEGER), 1)),
]);
const CURRENCY: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("start", "what everyone begins with", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
    key("floor", "never below this", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
]);
const WEEK: Form =
    Form::Table(&[key("starts", "the first day of a week; left out: monday", &Form::Word(Weekday::NAMES))]);

/// The form of a whole program.
pub(crate) static PROGRAM: Form = Form::Table(&[
    required("version", "of this language", &Form::Integer(1, 1)),
    required("id", "its id", &Form::Name),
    key("name", "its name", &LOCALIZED),
    key("zone", "its time zone, an IANA name; left out: UTC", &Form::Text),
    key("week", "how weeks run", &WEEK),
    key("input", "where a feed keeps things", &INPUT),
    required("kinds", "the sorts of activities", &Form::Map(&KIND, MAX_OF_A_SORT)),
    key("currencies", "the rewards that are counted", &Form::Map(&CURRENCY, 16)),
    key("limits", "limits that rules share", &Form::Map(&LIMIT, MAX_OF_A_SORT)),
    key("tallies", "what is counted", &Form::Map(&TALLY, MAX_OF_A_SORT)),
    key("rules", "what gives points", &Form::Map(&RULE, MAX_OF_A_SORT)),
    key("badges", "what gives badges", &Form::Map(&BADGE, MAX_OF_A_SORT)),
    key("levels", "how far a total has climbed", &Form::Map(&LEVEL, 100)),
    key("profile", "what a profile asks", &PROFILE),
    key("boards", "standings in order", &Form::Map(&BOARD, 100)),
]);

impl Form {
    /// Writes down where a tree is not of this form.
    pub(crate) fn check(&self, tree: &Tree<'_>, path: &Path<'_>, found: &mut Found) {
        match (self, tree) {
            (Form::Shared(_, form), _) => form.check(tree, path, found),
            (Form::Either(forms), _) => match forms.iter().find(|form| form.takes(tree)) {
                Some(form) => form.check(tree, path, found),
                None => self.mistaken(tree, path, found),
            },
            (Form::OneOrMore(form), Tree::List(items)) => check_items(form, items, path, found),
            (Form::OneOrMore(form), _) => form.check(tree, path, found),
            (Form::List(form), Tree::List(items)) => check_items(form, items, path, found),
            (Form::Map(form, most), Tree::Table(entries)) => {
                if entries.len() > *most {
                    found.add(path, format!("{} entries; expected at most {most}", entries.len()));
                }
                check_entries(&[], Some(form), tree, path, found);
            }
            (Form::Table(keys), Tree::Table(_)) => check_entries(keys, None, tree, path, found),
            (Form::Open(keys, form), Tree::Table(_)) => check_entries(keys, Some(form), tree, path, found),
            _ if self.takes(tree) => {}
            _ => self.mistaken(tree, path, found),
        }
    }

    /// Whether a tree is of the same sort; for simple forms, whether it is right.
    fn takes(&self, tree: &Tree<'_>) -> bool {
        match (self, tree) {
            (Form::Text, Tree::Text(text)) => !text.is_empty() && text.len() <= MAX_TEXT_BYTES,
            (Form::Name, Tree::Text(text)) => is_name(text),
            (Form::Pointer, Tree::Text(text)) => text.is_empty() || text.starts_with('/') || text == "@line",
            (Form::Duration, Tree::Text(text)) => duration_seconds(text).is_some(),
            (Form::Word(words), Tree::Text(text)) => words.contains(&&**text),
            (Form::Integer(min, max), Tree::Integer(number)) => (min..=max).contains(&number),
            (Form::Flag, Tree::Flag(_)) => true,
            (Form::List(_), Tree::List(_)) => true,
            (Form::Map(..) | Form::Table(_) | Form::Open(..), Tree::Table(_)) => true,
            (Form::OneOrMore(form), _) => matches!(tree, Tree::List(_)) || form.takes(tree),
            (Form::Either(forms), _) => forms.iter().any(|form| form.takes(tree)),
            (Form::Shared(_, form), _) => form.takes(tree),
            _ => false,
        }
    }

    fn mistaken(&self, tree: &Tree<'_>, path: &Path<'_>, found: &mut Found) {
        let message = match (self, tree) {
            (Form::Word(words), Tree::Text(word)) => unknown("such word", word, words.iter().copied())
                .replace("there is no such word", "no word for this place:"),
            (_, Tree::Text(text)) if text.chars().count() <= 80 => {
                format!("expected {}, found `{text}`", self.expected())
            }
            (_, Tree::Integer(number)) => format!("expected {}, found {number}", self.expected()),
            _ => format!("expected {}, found {}", self.expected(), tree.what()),
        };
        found.add(path, message);
    }

    /// What was expected, in words.
    fn expected(&self) -> String {
        match self {
            Form::Text => format!("a text of 1 to {MAX_TEXT_BYTES} bytes"),
            Form::Name => {
                format!("a name of 1 to {MAX_NAME_CHARS} characters, without control characters or an `@` in front")
            }
            Form::Pointer => "a JSON Pointer like `/data/id`, or an empty text for the whole".into(),
            Form::Integer(min, max) if *min == -MAX_INTEGER && *max == MAX_INTEGER => "a whole number".into(),
            Form::Integer(min, max) if *max == MAX_INTEGER => format!("a whole number, {min} or more"),
            Form::Integer(min, max) if min == max => format!("{min}"),
            Form::Integer(min, max) => format!("a whole number from {min} to {max}"),
            Form::Flag => "true or false".into(),
            Form::Duration => "a duration like `60 days` (seconds, minutes, hours, days or weeks)".into(),
            Form::Word(words) => format!("one of: {}", words.join(", ")),
            Form::List(form) => format!("a list, each item {}", form.expected()),
            Form::OneOrMore(form) => format!("{}, or a list of them", form.expected()),
            Form::Map(form, _) => format!("a table of names, each with {}", form.expected()),
            Form::Table(keys) => {
                let names: Vec<_> = keys.iter().map(|key| key.name).collect();
                format!("a table ({})", names.join(", "))
            }
            Form::Open(..) => "a table".into(),
            Form::Either(forms) => {
                let forms: Vec<_> = forms.iter().map(Form::expected).collect();
                forms.join("; or ")
            }
            Form::Shared(_, form) => form.expected(),
        }
    }

    /// The JSON Schema of this form; shared ones go to `shared`.
    fn schema(&'static self, shared: &mut Vec<(Cow<'static, str>, Tree<'static>)>) -> Tree<'static> {
        let of_type = |name: &'static str| ("type", Tree::from(name));
        match self {
            Form::Text => table([of_type("string"), ("minLength", Tree::Integer(1))]),
            Form::Name => table([
                of_type("string"),
                ("pattern", Tree::from("^[^@\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]{0,63}$")),
            ]),
            Form::Pointer => table([of_type("string"), ("pattern", Tree::from("^(/.*|@line)?$"))]),
            Form::Duration => {
                table([of_type("string"), ("pattern", Tree::from("^[0-9]+ (second|minute|hour|day|week)s?$"))])
            }
            Form::Integer(min, max) => {
                table([of_type("integer"), ("minimum", Tree::Integer(*min)), ("maximum", Tree::Integer(*max))])
            }
            Form::Flag => table([of_type("boolean")]),
            Form::Word(words) => table([("enum", Tree::List(words.iter().map(|word| Tree::from(*word)).collect()))]),
            Form::List(form) => table([of_type("array"), ("items", form.schema(shared))]),
            Form::OneOrMore(form) => {
                let many = table([of_type("array"), ("items", form.schema(shared))]);
                table([("anyOf", Tree::List(vec![form.schema(shared), many]))])
            }
            Form::Map(form, most) => {
                let most = i64::try_from(*most).unwrap_or(i64::MAX);
                let values = form.schema(shared);
                table([of_type("object"), ("maxProperties", Tree::Integer(most)), ("additionalProperties", values)])
            }
            Form::Table(keys) => table_schema(keys, Tree::Flag(false), shared),
            Form::Open(keys, form) => {
                let others = form.schema(shared);
                table_schema(keys, others, shared)
            }
            Form::Either(forms) => {
                table([("anyOf", Tree::List(forms.iter().map(|form| form.schema(shared)).collect()))])
            }
            Form::Shared(name, form) => {
                if !shared.iter().any(|(known, _)| known == name) {
                    // Its place is taken first, so that a form may contain itself.
                    shared.push((Cow::Borrowed(*name), Tree::Null));
                    let schema = form.schema(shared);
                    if let Some(place) = shared.iter_mut().find(|(known, _)| known == name) {
                        place.1 = schema;
                    }
                }
                table([("$ref", Tree::Text(Cow::Owned(format!("#/$defs/{name}"))))])
            }
        }
    }
}

fn check_items(form: &Form, items: &[Tree<'_>], path: &Path<'_>, found: &mut Found) {
    if items.is_empty() {
        found.add(path, "an empty list; expected at least one item");
    }
    for (index, item) in items.iter().enumerate() {
        form.check(item, &path.item(index), found);
    }
}

fn check_entries(keys: &[Key], others: Option<&Form>, tree: &Tree<'_>, path: &Path<'_>, found: &mut Found) {
    for (index, (name, value)) in tree.entries().iter().enumerate() {
        let below = path.key(name);
        if tree.entries().iter().take(index).any(|(earlier, _)| earlier == name) {
            found.add(&below, "stands here twice");
        }
        match (keys.iter().find(|key| key.name == name), others) {
            (Some(key), _) => key.form.check(value, &below, found),
            (None, Some(form)) => {
                if !is_name(name) {
                    found.add(&below, format!("expected {}", Form::Name.expected()));
                }
                form.check(value, &below, found);
            }
            (None, None) => found.add(&below, unknown("key", name, keys.iter().map(|key| key.name))),
        }
    }
    for key in keys.iter().filter(|key| key.required && tree.get(key.name).is_none()) {
        found.add(path, format!("`{}` is missing: {}", key.name, key.about));
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= MAX_NAME_CHARS
        && !text.starts_with('@')
        && !text.chars().any(char::is_control)
}

fn table<const N: usize>(entries: [(&'static str, Tree<'static>); N]) -> Tree<'static> {
    Tree::Table(entries.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect())
}

fn table_schema(
    keys: &'static [Key],
    others: Tree<'static>,
    shared: &mut Vec<(Cow<'static, str>, Tree<'static>)>,
) -> Tree<'static> {
    let mut properties = Vec::new();
    for key in keys {
        let mut schema = key.form.schema(shared);
        if let (Tree::Table(entries), false) = (&mut schema, key.about.is_empty()) {
            entries.insert(0, (Cow::Borrowed("description"), Tree::from(key.about)));
        }
        properties.push((Cow::Borrowed(key.name), schema));
    }
    let required = keys.iter().filter(|key| key.required).map(|key| Tree::from(key.name)).collect();
    table([
        ("type", Tree::from("object")),
        ("properties", Tree::Table(properties)),
        ("required", Tree::List(required)),
        ("additionalProperties", others),
    ])
}

/// The JSON Schema (2020-12) of a program, from the same table that the reader uses.
///
/// ```
/// let schema = serde_json::to_value(knownfor::schema())?;
/// assert_eq!(schema["properties"]["rules"]["type"], "object");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn schema() -> Tree<'static> {
    let mut shared = Vec::new();
    let mut schema = PROGRAM.schema(&mut shared);
    if let Tree::Table(entries) = &mut schema {
        entries.insert(0, (Cow::Borrowed("$schema"), Tree::from("https://json-schema.org/draft/2020-12/schema")));
        entries.insert(1, (Cow::Borrowed("title"), Tree::from("A program of knownfor")));
        entries.push((Cow::Borrowed("$defs"), Tree::Table(shared)));
    }
    schema
}

/// A window by its name. Forms that offer only some of them are checked before.
pub(crate) fn window(tree: Option<&Tree<'_>>) -> Window {
    tree.and_then(Tree::as_text).and_then(Window::from_name).unwrap_or(Window::Ever)
}
