//! Input mapping: for each kind, the pointers to the parts of its activities.

use super::Check;
use crate::{
    base::{id_table::Id, text::Text, tree::Tree},
    language::{nearest::unknown, problem::Path},
    program::{
        Attribute, Definition, Kind,
        format::{Defaults, Format},
        mapping::{AttributeInput, Envelope, Epoch, KindInput, Pointer, Sequence},
        value::AttributeType,
    },
};

/// The keys of `input` that hold no pointers.
const NO_POINTERS: [&str; 5] = ["format", "unknown_kinds", "utc", "home", "is"];

impl Check<'_> {
    pub(super) fn input(&mut self, program: &mut Definition) {
        let tree = self.tree.get("input");
        let path = Path::Root.key("input");
        let word = |key: &str| tree.and_then(|tree| tree.get(key)).and_then(Tree::as_text);
        let format = word("format").and_then(Format::from_name).unwrap_or(Format::Own);
        let own = Envelope::of(&format.defaults());
        let said = |key: &str, own: Option<Pointer>| tree.and_then(|tree| Pointer::said(tree.get(key)?)).or(own);
        program.input.format = format;
        program.input.ignores_unknown_kinds = word("unknown_kinds") == Some("ignore");
        program.input.feed = Envelope {
            source: said("source", own.source),
            sequence: match word("sequence") {
                Some("@line") => Sequence::Line,
                _ => said("sequence", None).map_or(own.sequence, Sequence::At),
            },
            kind: said("kind", own.kind),
            detail: said("detail", own.detail),
            void: said("void", own.void),
            utc_is_unknown: word("utc") == Some("unknown"),
            ..own
        };
        for (key, pointers) in tree.map_or(&[][..], Tree::entries) {
            let takes_many = key == "recipients";
            self.check_pointers(key, pointers, takes_many, &path.key(key));
        }
        if let Some(home) = tree.and_then(|tree| tree.get("home")) {
            let homes = home.items().iter().chain([home]).filter_map(Tree::as_text);
            program.input.homes = homes.map(Text::from).collect();
            if format != Format::Xapi {
                self.found.add(&path.key("home"), "only applies with `format = \"xapi\"`, which names home pages");
            }
        }
        self.kind_inputs(program);
        program.input.feed.finish(format, program.kinds.values_mut().map(|kind| &mut kind.input));
        program.input.own.finish(Format::Own, program.kinds.values_mut().map(|kind| &mut kind.own_input));
    }

    /// Reports pointers under a key where they mean nothing.
    fn check_pointers(&mut self, key: &str, tree: &Tree<'_>, takes_many: bool, path: &Path<'_>) {
        let (tree, path) = match tree.get("at") {
            Some(at) => (at, &path.key("at")),
            None => (tree, path),
        };
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.check_pointer(key, item, takes_many, &path.item(index));
                }
            }
            one => self.check_pointer(key, one, takes_many, path),
        }
    }

    fn check_pointer(&mut self, key: &str, tree: &Tree<'_>, takes_many: bool, path: &Path<'_>) {
        let Some(text) = tree.as_text().filter(|_| !NO_POINTERS.contains(&key)) else { return };
        let is_table = ["attributes", "profile"].contains(&key);
        let problem = match text {
            "" if is_table => return,
            "" => "the empty pointer means the whole line, a table; expected a pointer like `/data/id`",
            "@line" if key != "sequence" => "`@line` is only for `sequence`; expected a JSON Pointer like `/data/id`",
            "@content" if key != "id" => "`@content` is only for `id`; expected a JSON Pointer like `/data/id`",
            _ if is_table && text.starts_with('@') => "expected a pointer to a table, like `/data`",
            _ if !takes_many && Pointer::new(text).finds_many => {
                "`*` finds each item of a list, and this takes one value; write the number of an item, like `/labels/0`"
            }
            _ => return,
        };
        self.found.add(path, problem);
    }

    fn kind_inputs(&mut self, program: &mut Definition) {
        let section = Path::Root.key("kinds");
        for (name, tree) in self.section("kinds") {
            let Some(id) = program.kind(name) else { continue };
            let path = section.key(name);
            let its = tree.get("input");
            self.known_inputs(program, its, id, &path.key("input"));
            let called = its.and_then(|its| its.get("is")).and_then(Tree::as_text).unwrap_or(name);
            match program.input.kind(called) {
                None => {
                    program.input.called.add(called);
                    program.input.kinds.push(id);
                }
                Some(other) => {
                    let other = &program.kinds[other].name;
                    let message =
                        format_args!("`{called}` is already the feed's name for kind `{other}`; expected another");
                    self.found.add(&path.key("input").key("is"), message);
                }
            }
            let defaults = program.input.format.defaults_of(called);
            let input = self.kind_input(program, id, (its, self.tree.get("input")), &defaults, &path);
            let own = self.kind_input(program, id, (None, None), &Format::Own.defaults(), &path);
            let kind = &mut program.kinds[id];
            (kind.input, kind.own_input) = (input, own);
        }
    }

    /// The pointers of one kind: from its own `input`, else from the program's `input`, else from the format.
    fn kind_input(
        &mut self,
        program: &Definition,
        id: Id<Kind>,
        (its, all): (Option<&Tree<'_>>, Option<&Tree<'_>>),
        defaults: &Defaults,
        path: &Path<'_>,
    ) -> KindInput {
        let in_kind = |key: &str| its.and_then(|its| its.get(key));
        let in_all = |key: &str| all.and_then(|all| all.get(key));
        let said = |key: &str| in_kind(key).or_else(|| in_all(key));
        let part = |key: &str, own: &[&'static str]| match said(key) {
            Some(tree) => Pointer::said(tree.get("at").unwrap_or(tree)),
            None => Pointer::first_of(own.iter().copied()),
        };
        let mut input = KindInput {
            source: part("source", defaults.source),
            id: part("id", defaults.id),
            at: part("at", defaults.at),
            epoch: said("at").and_then(epoch),
            actor: part("actor", defaults.actor),
            owner: part("owner", defaults.owner),
            recipients: part("recipients", defaults.recipients),
            object: part("object", defaults.object),
            ..KindInput::default()
        };
        let attributes_at = part("attributes", defaults.attributes.as_slice());
        for id in &program.kinds[id].attributes {
            let attribute = &program.attributes[*id];
            let tree = in_kind(&attribute.name);
            let pointer = match (tree, &attributes_at) {
                (Some(tree), _) => Pointer::said(tree.get("at").unwrap_or(tree)),
                (None, Some(above)) => Some(above.below(&attribute.name)),
                (None, None) => {
                    let name = &attribute.name;
                    let message = format_args!(
                        "the format has no pointer for `{name}`; \
                        add one to the kind's `input`, like `{name} = \"/result/{name}\"`"
                    );
                    self.found.add(&path.key("attributes").key(name), message);
                    None
                }
            };
            let times = tree.and_then(|tree| tree.get("times")?.as_integer());
            let epoch = tree.and_then(epoch);
            let position = path.key("input");
            let position = position.key(&attribute.name);
            if times.is_some() && attribute.value_type != AttributeType::Integer {
                self.found.add(&position.key("times"), "is only for attributes of type `integer`");
            }
            if epoch.is_some() && attribute.value_type != AttributeType::Time {
                self.found.add(&position.key("epoch"), "is only for attributes of type `time`");
            }
            input.attributes.extend(pointer.map(|pointer| AttributeInput { attribute: *id, pointer, epoch, times }));
        }
        if program.profile.as_ref().is_some_and(|profile| profile.on == id) {
            match part("profile", defaults.profile.as_slice()) {
                Some(above) => {
                    let fields = program.fields.iter().map(|(field, its)| (field, above.below(&its.name)));
                    input.profile = fields.collect();
                }
                None => self.found.add(
                    path,
                    "the format has no pointer for the states of profile fields; \
                    add one to the kind's `input`, like `profile = \"/result/profile\"`",
                ),
            }
        }
        input
    }

    /// Reports keys in a kind's `input` that are neither a part of an activity nor one of its attributes.
    fn known_inputs(&mut self, program: &Definition, its: Option<&Tree<'_>>, id: Id<Kind>, path: &Path<'_>) {
        const PARTS: [&str; 9] = ["is", "source", "id", "at", "actor", "owner", "recipients", "object", "profile"];
        let attributes = || program.kinds[id].attributes.iter().map(|attribute| &program.attributes[*attribute]);
        for (key, pointers) in its.map_or(&[][..], Tree::entries) {
            let known = PARTS.into_iter().chain(attributes().map(|attribute| attribute.name.as_str()));
            if !known.clone().any(|name| name == key) {
                self.found.add(&path.key(key), unknown("role or attribute of this kind", key, known));
                continue;
            }
            let texts = |attribute: &Attribute| attribute.name == **key && attribute.value_type == AttributeType::Texts;
            self.check_pointers(key, pointers, key == "recipients" || attributes().any(texts), &path.key(key));
        }
    }
}

/// The unit that a table with pointers says.
fn epoch(tree: &Tree<'_>) -> Option<Epoch> {
    tree.get("epoch")?.as_text().map(|unit| match unit {
        "milliseconds" => Epoch::Milliseconds,
        _ => Epoch::Seconds,
    })
}
