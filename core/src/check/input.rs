//! The input mapping of a program: for each kind, where everything stands.

use super::Check;
use crate::{
    problem::Path,
    program::{
        Attribute, Program,
        mapping::{Epoch, Input, KindInput},
    },
    table::Id,
    text::Text,
    tree::Tree,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Where the program's own format keeps what a kind with these attributes carries. Profile fields are added for the kind
/// that carries them.
pub(super) fn own(attributes: &[Id<Attribute>], program: &Program) -> KindInput {
    KindInput {
        actor: "/actor".into(),
        owner: "/owner".into(),
        recipients: "/recipients".into(),
        object: "/object".into(),
        attributes: attributes.iter().map(|id| (*id, below("/attributes", &program.attributes[*id].name))).collect(),
        profile: Vec::new(),
    }
}

impl Check<'_> {
    pub(super) fn input(&mut self, program: &mut Program) {
        let tree = self.tree.get("input");
        let said = |key: &str| tree.and_then(|tree| tree.get(key)).and_then(Tree::as_text).map(String::from);
        let own = Input::own();
        let at = tree.and_then(|tree| tree.get("at"));
        program.input = Input {
            source: said("source").unwrap_or(own.source),
            id: said("id").unwrap_or(own.id),
            at: said("at").or_else(|| at?.get("at")?.as_text().map(String::from)).unwrap_or(own.at),
            epoch: at.and_then(|at| at.get("epoch")?.as_text()).map(|unit| match unit {
                "milliseconds" => Epoch::Milliseconds,
                _ => Epoch::Seconds,
            }),
            sequence: said("sequence").unwrap_or(own.sequence),
            kind: said("kind").unwrap_or(own.kind),
            kinds: own.kinds,
            ignores_unknown_kinds: said("unknown_kinds").is_some_and(|word| word == "ignore"),
        };
        for key in ["source", "id", "kind", "actor", "owner", "recipients", "object", "attributes", "profile"] {
            if said(key).is_some_and(|pointer| pointer == "@line") {
                self.found.add(
                    &Path::Root.key("input").key(key),
                    "`@line` is for `sequence` only; expected a JSON Pointer like `/data/id`",
                );
            }
        }
        self.kind_inputs(program);
    }

    fn kind_inputs(&mut self, program: &mut Program) {
        let section = Path::Root.key("kinds");
        let shared = self.tree.get("input");
        for (name, tree) in self.section("kinds") {
            let Some(id) = program.kinds_by_name.get(&**name).copied() else { continue };
            let path = section.key(name);
            let path = path.key("input");
            let its = tree.get("input");
            self.known_inputs(program, its, id, &path);
            let kind = &program.kinds[id];
            let in_kind = |key: &str| its.and_then(|its| its.get(key)).and_then(Tree::as_text);
            let in_all = |key: &str| shared.and_then(|shared| shared.get(key)).and_then(Tree::as_text);
            let place = |key: &str, own: &str| in_kind(key).or_else(|| in_all(key)).unwrap_or(own).to_string();
            let attributes_at = in_all("attributes").unwrap_or("/attributes");
            let attributes = kind.attributes.iter().map(|attribute| {
                let name = &program.attributes[*attribute].name;
                (*attribute, in_kind(name).map_or_else(|| below(attributes_at, name), ToString::to_string))
            });
            let mut input = KindInput {
                actor: place("actor", "/actor"),
                owner: place("owner", "/owner"),
                recipients: place("recipients", "/recipients"),
                object: place("object", "/object"),
                attributes: attributes.collect(),
                profile: Vec::new(),
            };
            let mut own_profile = Vec::new();
            if program.profile.as_ref().is_some_and(|profile| profile.on == id) {
                let fields_at = place("profile", "/profile");
                input.profile =
                    program.fields.iter().map(|(field, its)| (field, below(&fields_at, &its.name))).collect();
                own_profile = program.fields.iter().map(|(field, its)| (field, below("/profile", &its.name))).collect();
            }
            let called = in_kind("is").unwrap_or(name);
            if let Some(other) = program.input.kinds.insert(Text::from(called), id) {
                let message = format!("`{called}` already stands for kind `{}`", program.kinds[other].name);
                self.found.add(&path.key("is"), message);
            }
            let kind = &mut program.kinds[id];
            kind.input = input;
            kind.own_input.profile = own_profile;
        }
    }

    /// Tells of keys in a kind's `input` that are neither a role nor one of its attributes.
    fn known_inputs(
        &mut self,
        program: &Program,
        its: Option<&Tree<'_>>,
        id: Id<crate::program::Kind>,
        path: &Path<'_>,
    ) {
        const ROLES: [&str; 6] = ["is", "actor", "owner", "recipients", "object", "profile"];
        for (key, _) in its.map_or(&[][..], Tree::entries) {
            let attributes =
                program.kinds[id].attributes.iter().map(|attribute| program.attributes[*attribute].name.as_str());
            let known = ROLES.into_iter().chain(attributes);
            if !known.clone().any(|name| name == key) {
                let message = crate::problem::unknown("role or attribute of this kind", key, known);
                self.found.add(&path.key(key), message);
            }
        }
    }
}

/// The pointer to a name below another pointer.
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
