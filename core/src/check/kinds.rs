//! Kinds: the sorts of activities, and their attributes.

use super::{
    Check,
    own_names::{CURRENCY, TALLY},
    text_at, words,
};
use crate::{
    base::{
        id_table::{Id, Table},
        keyword::Keyword,
        sort::sort,
        text::Text,
        tree::Tree,
    },
    language::{audience::Audience, grammar::ATTRIBUTE_TYPES, nearest::nearest, problem::Path},
    program::{Attribute, Definition, Kind, mapping::KindInput, value::AttributeType},
};
use alloc::vec::Vec;

impl Check<'_> {
    /// All attributes. A name has the same type in every kind.
    pub(super) fn attributes(&mut self) -> Table<Attribute> {
        let mut attributes = Table::new();
        let section = Path::Root.key("kinds");
        for (kind, tree) in self.section("kinds") {
            let path = section.key(kind);
            let path = path.key("attributes");
            for (name, of) in tree.get("attributes").map_or(&[][..], Tree::entries) {
                let Some(of) = of.as_text().and_then(attribute_type) else { continue };
                let position = path.key(name);
                self.own_name(name, &[TALLY, CURRENCY], false, &position);
                match self.attribute_named(name) {
                    Some((_, earlier)) if earlier != of => {
                        self.found.add(
                            &position,
                            format_args!("`{name}` has another type in an earlier kind; expected the same type"),
                        );
                    }
                    Some(_) => {}
                    None => {
                        self.attribute_names.insert(name, attributes.len());
                        self.attribute_types.push(of);
                        attributes.push(Attribute { name: Text::from(&**name), value_type: of });
                    }
                }
            }
        }
        attributes
    }

    pub(super) fn kinds(&mut self, program: &mut Definition) {
        let section = Path::Root.key("kinds");
        let meanings = self.meanings();
        let publishes = self.tree.get("profile").and_then(|profile| text_at(profile, "published_by"));
        for (name, tree) in self.section("kinds") {
            let path = section.key(name);
            let declared = tree.get("attributes").map_or(&[][..], Tree::entries).iter();
            let mut attributes: Vec<_> =
                declared.filter_map(|(name, _)| Id::new(*self.attribute_names.get(&**name)?)).collect();
            sort(&mut attributes);
            attributes.dedup();
            let reverses = self.reverses(tree, &path);
            let meaning = meanings.iter().rev().find(|(kind, _)| *kind == &**name).map(|(_, meaning)| meaning);
            let comfort = text_at(tree, "comfort").and_then(Audience::from_name);
            program.kind_names.add(name);
            program.kinds.push(Kind {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                invite: words(tree.get("invite")),
                comfort: comfort.or(meaning.map(|meaning| meaning.comfort)).unwrap_or_default(),
                setting: meaning.is_some_and(|meaning| meaning.setting),
                has_meaning: meaning.is_some() || publishes == Some(&**name),
                own_input: KindInput::default(),
                input: KindInput::default(),
                attributes,
                reverses,
                undoes: 0,
                rules: Vec::new(),
                tallies: Vec::new(),
                index_blocks: Vec::new(),
            });
        }
        let undoes = program.undoes();
        program.kinds.values_mut().zip(undoes).for_each(|(kind, undoes)| kind.undoes = undoes);
    }
}

/// The type of a name, or of the one that is meant by another, which the grammar has reported.
fn attribute_type(name: &str) -> Option<AttributeType> {
    let name = if ATTRIBUTE_TYPES.contains(&name) { name } else { nearest(name, ATTRIBUTE_TYPES)? };
    Some(match name {
        "integer" => AttributeType::Integer,
        "text" => AttributeType::Text,
        "flag" => AttributeType::Flag,
        "time" => AttributeType::Time,
        "member" => AttributeType::Member,
        "texts" => AttributeType::Texts,
        _ => return None,
    })
}
