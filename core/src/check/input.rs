//! Input mapping: for each kind, the pointers to the parts of its activities.

use super::Check;
use crate::{
    base::{id_table::Id, tree::Tree},
    language::{nearest::unknown, problem::Path},
    program::{
        Definition, Kind,
        format::{Defaults, Format},
        mapping::{Envelope, Epoch, KindInput, Pointer, Sequence},
    },
};
use alloc::vec::Vec;

impl Check<'_> {
    pub(super) fn input(&mut self, program: &mut Definition) {
        let tree = self.tree.get("input");
        let path = Path::Root.key("input");
        let word = |key: &str| tree.and_then(|tree| tree.get(key)).and_then(Tree::as_text);
        let at = tree.and_then(|tree| tree.get("at"));
        let format = word("format").and_then(Format::from_name).unwrap_or(Format::Own);
        let own = Envelope::of(&format.defaults());
        let said = |key: &str, own: Option<Pointer>| word(key).map(Pointer::new).or(own);
        program.input.format = format;
        program.input.ignores_unknown_kinds = word("unknown_kinds") == Some("ignore");
        program.input.feed = Envelope {
            source: said("source", own.source),
            id: said("id", own.id),
            at: said("at", at.and_then(|at| at.get("at")?.as_text()).map(Pointer::new).or(own.at)),
            epoch: at.and_then(|at| at.get("epoch")?.as_text()).map(|unit| match unit {
                "milliseconds" => Epoch::Milliseconds,
                _ => Epoch::Seconds,
            }),
            sequence: match word("sequence") {
                None => own.sequence,
                Some("@line") => Sequence::Line,
                Some(pointer) => Sequence::At(Pointer::new(pointer)),
            },
            kind: said("kind", own.kind),
            void: said("void", own.void),
            keys: own.keys,
        };
        for (key, pointer) in tree.map_or(&[][..], Tree::entries) {
            self.check_pointer(key, pointer.get("at").unwrap_or(pointer), &path.key(key));
        }
        self.kind_inputs(program);
        program.input.feed.number_keys(format, program.kinds.values_mut().map(|kind| &mut kind.input));
        program.input.own.number_keys(Format::Own, program.kinds.values_mut().map(|kind| &mut kind.own_input));
    }

    /// Reports `@line` and the empty pointer under keys where they mean nothing.
    fn check_pointer(&mut self, key: &str, pointer: &Tree<'_>, path: &Path<'_>) {
        match pointer.as_text() {
            Some("@line") if key != "sequence" => {
                self.found.add(path, "`@line` is only for `sequence`; expected a JSON Pointer like `/data/id`");
            }
            Some("") if !["attributes", "profile", "format", "unknown_kinds"].contains(&key) => {
                self.found
                    .add(path, "the empty pointer means the whole line, a table; expected a pointer like `/data/id`");
            }
            _ => {}
        }
    }

    fn kind_inputs(&mut self, program: &mut Definition) {
        let section = Path::Root.key("kinds");
        for (name, tree) in self.section("kinds") {
            let Some(id) = program.kinds_by_name.get(&**name).copied() else { continue };
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
        let in_kind = |key: &str| its.and_then(|its| its.get(key)).and_then(Tree::as_text);
        let in_all = |key: &str| all.and_then(|all| all.get(key)).and_then(Tree::as_text);
        let said = |key: &str| in_kind(key).or_else(|| in_all(key));
        let role = |key: &str, own: &[&str]| match said(key) {
            Some(pointer) => Some(Pointer::new(pointer)),
            None => Pointer::first_of(own),
        };
        let mut input = KindInput {
            actor: role("actor", defaults.actor),
            owner: role("owner", defaults.owner),
            object: role("object", defaults.object),
            ..KindInput::default()
        };
        let own = defaults.recipients.iter().copied();
        let recipients: Vec<_> = said("recipients").map_or_else(|| own.collect(), |pointer| [pointer].into());
        input.recipients = recipients.into_iter().map(Pointer::new).collect();
        let attributes_at = in_all("attributes").or(defaults.attributes).map(Pointer::new);
        for attribute in &program.kinds[id].attributes {
            let name = &program.attributes[*attribute].name;
            let pointer = match (its.and_then(|its| its.get(name)), &attributes_at) {
                (Some(pointer), _) => Pointer::new(pointer.as_text().unwrap_or_default()),
                (None, Some(above)) => above.below(name),
                (None, None) => {
                    let message = format_args!(
                        "the format has no pointer for `{name}`; \
                        add one to the kind's `input`, like `{name} = \"/result/{name}\"`"
                    );
                    self.found.add(&path.key("attributes").key(name), message);
                    continue;
                }
            };
            input.attributes.push((*attribute, pointer));
        }
        if program.profile.as_ref().is_some_and(|profile| profile.on == id) {
            match said("profile").or(defaults.profile).map(Pointer::new) {
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

    /// Reports keys in a kind's `input` that are neither a role nor one of its attributes.
    fn known_inputs(&mut self, program: &Definition, its: Option<&Tree<'_>>, id: Id<Kind>, path: &Path<'_>) {
        const ROLES: [&str; 6] = ["is", "actor", "owner", "recipients", "object", "profile"];
        for (key, pointer) in its.map_or(&[][..], Tree::entries) {
            let attributes =
                program.kinds[id].attributes.iter().map(|attribute| program.attributes[*attribute].name.as_str());
            let known = ROLES.into_iter().chain(attributes);
            if !known.clone().any(|name| name == key) {
                self.found.add(&path.key(key), unknown("role or attribute of this kind", key, known));
            } else if key != "is" {
                self.check_pointer(key, pointer, &path.key(key));
            }
        }
    }
}
