//! Reverses: what the activities of a kind undo.

use super::{Check, flag_at, text_at};
use crate::{
    base::tree::Tree,
    language::problem::Path,
    program::{Kind, Reverses, Undone, value::AttributeType},
};
use alloc::vec::Vec;

impl Check<'_> {
    /// What activities of a kind undo, if they undo anything.
    pub(super) fn reverses(&mut self, kind: &Tree<'_>, path: &Path<'_>) -> Option<Reverses> {
        let below = path.key("reverses");
        match kind.get("reverses")? {
            Tree::Text(word) if word == "@object" => {
                Some(Reverses { kinds: Vec::new(), own: false, which: Undone::All })
            }
            Tree::Text(name) => {
                let undone = self.id::<Kind>("kinds", "kind", name, &below)?;
                Some(Reverses { kinds: Vec::from([undone]), own: true, which: Undone::Latest })
            }
            says @ Tree::Table(_) => {
                let kinds = self.kinds_at(says, "kind", &below);
                let which = self.undone(kind, says, &below)?;
                // Without the kinds that are meant, it would undo all kinds.
                let named = says.get("kind").is_none() || !kinds.is_empty();
                named.then_some(Reverses { kinds, own: text_at(says, "by") != Some("anyone"), which })
            }
            _ => None,
        }
    }

    /// Which of the activities that fit are undone.
    fn undone(&mut self, kind: &Tree<'_>, says: &Tree<'_>, path: &Path<'_>) -> Option<Undone> {
        let all = flag_at(says, "all");
        let Some(name) = text_at(says, "id") else {
            if says.get("kind").is_none() && !all && says.get("id").is_none() {
                let message = "does not say what is undone; expected `kind`, or `all = true` for everything about the \
                               object, or `id`";
                self.found.add_missing(path, message);
                return None;
            }
            return Some(if all { Undone::All } else { Undone::Latest });
        };
        if all {
            self.found
                .add(&path.key("all"), "cannot be combined with `id`, which names one activity; keep one of them");
        }
        let below = path.key("id");
        let attribute =
            self.attribute(name, &[AttributeType::Text], "a text: the id of the activity undone", &[], &below)?;
        if kind.get("attributes").is_none_or(|attributes| attributes.get(name).is_none()) {
            self.found.add(&below, format_args!("this kind does not declare `{name}`; declare it as a text"));
        }
        Some(Undone::Named(attribute))
    }
}
