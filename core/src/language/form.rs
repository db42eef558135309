//! Form: what a value in a program looks like. Both the problems of a tree and the JSON Schema come from it.

#[cfg(feature = "schema")]
use crate::base::{number::capped, schema::table};
use crate::{
    base::{
        day::Day,
        time::{Time, duration_seconds},
        time_error::Fault,
        tree::Tree,
    },
    language::{
        hint,
        nearest::{instead, nearest, unknown},
        problem::{Diagnostics, Path},
    },
};
#[cfg(feature = "schema")]
use alloc::{borrow::Cow, vec};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The form of one value in a program.
pub(crate) enum Form {
    /// Any text of 1 to [`MAX_TEXT_BYTES`] bytes.
    Text,
    /// A name: 1 to [`MAX_NAME_CHARS`] characters, no control characters, no leading `@`.
    Name,
    /// A JSON Pointer, or `@` and the name of what a host hands over beside a line.
    Pointer,
    /// A whole number within bounds.
    Integer(i64, i64),
    Flag,
    /// A whole number and a unit.
    Duration,
    /// A date, or a time in RFC 3339.
    Moment,
    Date,
    /// One of a few words.
    Word(&'static [&'static str]),
    List(&'static Form),
    /// One value, or a list of them.
    OneOrMore(&'static Form),
    /// A table of names with values of one form, and how many it may hold.
    Map(&'static Form, usize),
    /// A table with fixed keys.
    Table(&'static [Key]),
    /// A table with fixed keys, and other names with values of one form.
    Open(&'static [Key], &'static Form),
    /// The first of these forms that accepts the value's type.
    Either(&'static [Form]),
    /// Refused, with the message that says where the key belongs.
    Elsewhere(&'static str),
    /// A form with its own definition in the schema, so it may contain itself.
    Shared(
        #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "the schema's name for it"))] &'static str,
        &'static Form,
    ),
}

/// A key of a table: its name, its meaning, its form, and whether it is required.
pub(crate) struct Key {
    name: &'static str,
    about: &'static str,
    form: &'static Form,
    required: bool,
}

/// The most bytes of a title or description in a program. Longer texts belong on a page of their own.
pub const MAX_TEXT_BYTES: usize = 1_000;
/// The most characters in the name of a kind, rule, badge and so on. A longer name makes messages unreadable.
pub const MAX_NAME_CHARS: usize = 64;
/// JavaScript's largest exact integer, 2^53 − 1.
pub(crate) const MAX_INTEGER: i64 = (1 << 53) - 1;

pub(crate) const fn key(name: &'static str, about: &'static str, form: &'static Form) -> Key {
    // Only the schema describes optional keys, so builds without it drop the texts.
    let about = if cfg!(feature = "schema") { about } else { "" };
    Key { name, about, form, required: false }
}

pub(crate) const fn required(name: &'static str, about: &'static str, form: &'static Form) -> Key {
    Key { name, about, form, required: true }
}

impl Key {
    fn belongs_here(&self) -> bool {
        !matches!(self.form, Form::Elsewhere(_))
    }
}

impl Form {
    /// Reports everything in a tree that is not of this form.
    pub(crate) fn check(&self, tree: &Tree<'_>, path: &Path<'_>, found: &mut Diagnostics) {
        match (self, tree) {
            (Form::Shared(_, form), _) => form.check(tree, path, found),
            (Form::Elsewhere(position), _) => found.add(path, *position),
            (Form::Either(forms), _) => match forms.iter().find(|form| form.takes(tree)) {
                Some(form) => form.check(tree, path, found),
                None => self.mistaken(tree, path, found),
            },
            (Form::OneOrMore(form), Tree::List(items)) => check_items(form, items, path, found),
            (Form::OneOrMore(form), _) => form.check(tree, path, found),
            (Form::List(form), Tree::List(items)) => check_items(form, items, path, found),
            (Form::Map(form, most), Tree::Table(entries)) => {
                form.check_nameless(tree, path, found);
                if entries.len() > *most {
                    found.add(path, format_args!("{} entries; expected at most {most}", entries.len()));
                }
                check_entries(&[], Some(form), tree, path, found);
            }
            (Form::Table(keys), Tree::Table(_)) => check_entries(keys, None, tree, path, found),
            (Form::Open(keys, form), Tree::Table(_)) => check_entries(keys, Some(form), tree, path, found),
            _ if self.takes(tree) => {}
            _ => self.mistaken(tree, path, found),
        }
    }

    /// Whether a tree has the type of this form. For a form without parts: whether the value is valid.
    fn takes(&self, tree: &Tree<'_>) -> bool {
        match (self, tree) {
            (Form::Text, Tree::Text(text)) => !text.is_empty() && text.len() <= MAX_TEXT_BYTES,
            (Form::Name, Tree::Text(text)) => is_name(text),
            (Form::Pointer, Tree::Text(text)) => {
                text.is_empty() || text.starts_with('/') || text.strip_prefix('@').is_some_and(is_name)
            }
            (Form::Duration, Tree::Text(text)) => duration_seconds(text).is_some_and(|seconds| seconds > 0),
            (Form::Moment, Tree::Text(text)) => moment_fault(text).is_none(),
            (Form::Date, Tree::Text(text)) => Day::parse(text).is_ok(),
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

    /// Reports keys of one entry that stand in the table of all entries. They are read no further.
    fn check_nameless(&self, all: &Tree<'_>, path: &Path<'_>, found: &mut Diagnostics) {
        let Form::Table(keys) = self else { return };
        let is_key = |name: &str| keys.iter().any(|key| key.name == name);
        let is_entry = |value: &Tree<'_>| match value {
            Tree::Table(entries) => entries.is_empty() || entries.iter().any(|(name, _)| is_key(name)),
            _ => false,
        };
        let stray = all.entries().iter().filter(|(name, value)| is_key(name) && !is_entry(value));
        for (index, (key, _)) in stray.enumerate() {
            let position = path.key(key);
            found.leave_out(&position);
            if index == 0 {
                let message = format_args!(
                    "`{key}` is a key of one entry, and this is the table of all; give the entry a name: {}",
                    named(path, "NAME")
                );
                found.add(&position, message);
                found.has_unknown_key(path);
            }
        }
    }

    /// What to write instead of a value that has not this form, if that can be told from the value.
    fn instead_of(&self, tree: &Tree<'_>, path: &Path<'_>) -> Option<String> {
        let has_key = |keys: &[Key], name| keys.iter().any(|key| key.name == name);
        match (self, tree) {
            (Form::Either(forms), _) => forms.iter().find_map(|form| form.instead_of(tree, path)),
            (Form::Shared(_, form) | Form::OneOrMore(form), _) => form.instead_of(tree, path),
            (Form::Integer(..), Tree::Text(text)) => hint::number(text),
            (Form::Flag, Tree::Text(text)) => hint::flag(text),
            (Form::Table(keys), Tree::Text(text)) if has_key(keys, "min") => hint::comparison(text),
            (Form::Table(keys), Tree::Integer(number)) if has_key(keys, "within") => {
                Some(format!("`{{ times = {number}, per = \"day\" }}`"))
            }
            (Form::Open(..), Tree::Text(text)) => hint::condition(text),
            (Form::Open(..), Tree::Integer(number)) => Some(format!("`{{ NAME = {number} }}`")),
            (Form::Open(keys, _), Tree::List(_)) if has_key(keys, "all") => {
                Some("`{ all = […] }` if all must hold, or `{ any = […] }` if one is enough".into())
            }
            (Form::Map(_, 1), Tree::Integer(number)) => Some(format!("`{{ CURRENCY = {number} }}`")),
            (Form::Map(..), Tree::List(items)) => {
                let name = items.first().and_then(Tree::as_text).unwrap_or("NAME");
                Some(format!("a table for each, like {}", named(path, name)))
            }
            (Form::Pointer, Tree::Text(text)) => hint::pointer(text),
            _ => None,
        }
    }

    fn mistaken(&self, tree: &Tree<'_>, path: &Path<'_>, found: &mut Diagnostics) {
        if let (Form::Moment | Form::Date, Tree::Text(text)) = (self, tree)
            && let Some(fault) = moment_fault(text).filter(|fault| *fault != Fault::Form)
        {
            return found.add(path, format_args!("`{text}`{fault}"));
        }
        if let (Form::Word(words), Tree::Text(word)) = (self, tree) {
            return found.add(path, format_args!("`{word}` is not allowed here{}", instead(word, words)));
        }
        let hint = self.instead_of(tree, path);
        let value = match tree {
            Tree::Text(text) if text.chars().count() > 80 => tree.what().into(),
            Tree::Text(text) if hint.is_some() => format!("the text `{text}`"),
            Tree::Text(text) => format!("`{text}`"),
            Tree::Integer(number) => format!("{number}"),
            _ => tree.what().into(),
        };
        let hint = hint.map(|hint| format!("; write {hint}")).unwrap_or_default();
        found.add(path, format_args!("expected {}, found {value}{hint}", self.expected()));
    }

    /// The form in the words of a message.
    fn expected(&self) -> String {
        match self {
            Form::Text => format!("a text of 1 to {MAX_TEXT_BYTES} bytes"),
            Form::Name => {
                format!("a name of 1 to {MAX_NAME_CHARS} characters, without control characters or a leading `@`")
            }
            Form::Pointer => "a JSON Pointer like `/data/id`, or an empty text for the whole line".into(),
            Form::Integer(min, max) if *min == -MAX_INTEGER && *max == MAX_INTEGER => "a whole number".into(),
            Form::Integer(min, max) if *max == MAX_INTEGER => format!("a whole number, {min} or more"),
            Form::Integer(min, max) if min == max => format!("{min}"),
            Form::Integer(min, max) => format!("a whole number from {min} to {max}"),
            Form::Flag => "true or false".into(),
            Form::Duration => "a duration above 0 like `60 days` (seconds, minutes, hours, days or weeks)".into(),
            Form::Moment => "a date like `2026-03-01`, or a time in RFC 3339 with an offset".into(),
            Form::Date => "a date like `2026-12-25`".into(),
            Form::Word([word]) => format!("`{word}`"),
            Form::Word(words) => format!("one of: {}", words.join(", ")),
            Form::List(form) => format!("a list, each item {}", form.expected()),
            Form::OneOrMore(form) => format!("{}, or a list of them", form.expected()),
            Form::Map(form, 1) => format!("a currency with {}", form.expected()),
            Form::Map(form, _) => format!("a table of names, each with {}", form.expected()),
            Form::Table(keys) => {
                let names: Vec<_> = keys.iter().filter(|key| key.belongs_here()).map(|key| key.name).collect();
                format!("a table ({})", names.join(", "))
            }
            Form::Open(..) => "a table".into(),
            Form::Either(forms) => {
                let forms: Vec<_> = forms.iter().map(Form::expected).collect();
                forms.join("; or ")
            }
            Form::Shared(_, form) => form.expected(),
            Form::Elsewhere(_) => "nothing".into(),
        }
    }

    /// The JSON Schema of this form. Definitions of shared forms are added to `shared`.
    #[cfg(feature = "schema")]
    pub(crate) fn schema(&'static self, shared: &mut Vec<(Cow<'static, str>, Tree<'static>)>) -> Tree<'static> {
        let of_type = |name: &'static str| ("type", Tree::from(name));
        match self {
            Form::Text => table([
                of_type("string"),
                ("minLength", Tree::Integer(1)),
                // A schema counts characters; check counts bytes and is the stricter one.
                ("maxLength", Tree::Integer(capped(MAX_TEXT_BYTES))),
            ]),
            Form::Name => table([
                of_type("string"),
                ("pattern", Tree::from("^[^@\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]{0,63}$")),
            ]),
            Form::Pointer => table([of_type("string"), ("pattern", Tree::from("^(/.*|@[^@]+)?$"))]),
            Form::Duration => {
                table([of_type("string"), ("pattern", Tree::from("^0*[1-9][0-9]* (second|minute|hour|day|week)s?$"))])
            }
            Form::Moment => {
                table([of_type("string"), ("pattern", Tree::from("^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].+)?$"))])
            }
            Form::Date => table([of_type("string"), ("pattern", Tree::from("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]),
            Form::Integer(min, max) => {
                table([of_type("integer"), ("minimum", Tree::Integer(*min)), ("maximum", Tree::Integer(*max))])
            }
            Form::Flag => table([of_type("boolean")]),
            Form::Word(words) => table([("enum", Tree::List(words.iter().map(|word| Tree::from(*word)).collect()))]),
            Form::List(form) => list_schema(form.schema(shared)),
            Form::OneOrMore(form) => {
                let many = list_schema(form.schema(shared));
                table([("anyOf", Tree::List(vec![form.schema(shared), many]))])
            }
            Form::Map(form, most) => {
                let values = form.schema(shared);
                let most = Tree::Integer(capped(*most));
                table([of_type("object"), ("maxProperties", most), ("additionalProperties", values)])
            }
            Form::Table(keys) => table_schema(keys, Tree::Flag(false), shared),
            Form::Open(keys, form) => {
                let others = form.schema(shared);
                table_schema(keys, others, shared)
            }
            Form::Either(forms) => {
                table([("anyOf", Tree::List(forms.iter().map(|form| form.schema(shared)).collect()))])
            }
            Form::Elsewhere(_) => Tree::Flag(false),
            Form::Shared(name, form) => {
                if !shared.iter().any(|(known, _)| known == name) {
                    // The name is entered first: a form that contains itself must find it.
                    shared.push((Cow::Borrowed(*name), Tree::Null));
                    let schema = form.schema(shared);
                    if let Some((_, definition)) = shared.iter_mut().find(|(known, _)| known == name) {
                        *definition = schema;
                    }
                }
                table([("$ref", Tree::Text(Cow::Owned(format!("#/$defs/{name}"))))])
            }
        }
    }
}

/// The table of an entry, as TOML writes it.
fn named(path: &Path<'_>, name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let quote = if name.chars().all(is_bare) { "" } else { "\"" };
    format!("`[{}.{quote}{name}{quote}]`", path.to_string().trim_start_matches('/').replace('/', "."))
}

fn check_items(form: &Form, items: &[Tree<'_>], path: &Path<'_>, found: &mut Diagnostics) {
    if items.is_empty() {
        found.add(path, "an empty list; expected at least one item");
    }
    for (index, item) in items.iter().enumerate() {
        form.check(item, &path.item(index), found);
    }
}

fn check_entries(keys: &[Key], others: Option<&Form>, tree: &Tree<'_>, path: &Path<'_>, found: &mut Diagnostics) {
    let mut written = tree.indices();
    for (index, (name, value)) in tree.entries().iter().enumerate() {
        let below = path.key(name);
        if found.is_left_out(&below) {
            continue;
        }
        if written.get(&**name) != Some(&index) {
            found.repeated(&below, name);
        }
        match (keys.iter().find(|key| key.name == name), others) {
            (Some(key), _) => key.form.check(value, &below, found),
            (None, Some(form)) => {
                if !is_name(name) {
                    found.add(&below, format_args!("expected {}", Form::Name.expected()));
                }
                form.check(value, &below, found);
            }
            (None, None) => {
                let known: Vec<_> = keys.iter().filter(|key| key.belongs_here()).map(|key| key.name).collect();
                let meant = nearest(name, &known);
                let mut message = unknown("key", name, known.iter().copied());
                if let (None, Path::Key(Path::Key(Path::Root, _), above), Tree::Table(_)) = (meant, path, value) {
                    message += &format!("; a name with a dot is written in quotes: `\"{above}.{name}\"`");
                }
                found.add(&below, message);
                // Read as the key that is meant, unless that one is written, too.
                let meant = meant.filter(|meant| !written.contains_key(meant));
                if let Some(key) = meant.and_then(|meant| keys.iter().find(|key| key.name == meant)) {
                    found.misspelt(&below, key.name);
                    written.insert(key.name, index);
                    key.form.check(value, &below, found);
                } else {
                    found.has_unknown_key(path);
                }
            }
        }
    }
    for key in keys.iter().filter(|key| key.required && !written.contains_key(key.name)) {
        found.add(path, format_args!("`{}` is missing: {}", key.name, key.about));
    }
}

/// What keeps a text from being a date or a time.
fn moment_fault(text: &str) -> Option<Fault> {
    match Day::parse(text) {
        Err(Fault::Form) => Time::parse(text).err(),
        day => day.err(),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= MAX_NAME_CHARS
        && !text.starts_with('@')
        && !text.chars().any(char::is_control)
}

#[cfg(feature = "schema")]
fn list_schema(items: Tree<'static>) -> Tree<'static> {
    table([("type", Tree::from("array")), ("minItems", Tree::Integer(1)), ("items", items)])
}

#[cfg(feature = "schema")]
fn table_schema(
    keys: &'static [Key],
    others: Tree<'static>,
    shared: &mut Vec<(Cow<'static, str>, Tree<'static>)>,
) -> Tree<'static> {
    let mut properties = Vec::new();
    for key in keys.iter().filter(|key| key.belongs_here()) {
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
