//! Allowances: what members may give away.

use super::{Check, integer_at, text_at, words};
use crate::{
    base::{id_table::Table, text::Text, tree::Tree},
    language::problem::Path,
    program::{Allowance, Counted, Definition, Role, Tally},
};

impl Check<'_> {
    pub(super) fn allowances(&mut self, program: &Definition) -> Table<Allowance> {
        let mut allowances = Table::new();
        let section = Path::Root.key("allowances");
        for (name, tree) in self.section("allowances") {
            let path = section.key(name);
            let (most, each) = (integer_at(tree, "most"), integer_at(tree, "each"));
            if tree.get("most").is_none() && tree.get("each").is_none() {
                self.found.add_missing(&path, "has no bound; expected `most`, or `each` for each key of the tally");
            }
            let Some(tally) =
                text_at(tree, "of").and_then(|of| self.id::<Tally>("tallies", "tally", of, &path.key("of")))
            else {
                continue;
            };
            if let Some(of) = program.tallies.lookup(tally) {
                self.of_the_giver(of, tree, &path);
            }
            self.observed.push(tally);
            allowances.push(Allowance { name: Text::from(&**name), words: words(tree.get("name")), tally, most, each });
        }
        allowances
    }

    /// Reports a tally that does not say how much its member has given.
    fn of_the_giver(&mut self, tally: &Tally, tree: &Tree<'_>, path: &Path<'_>) {
        let of = path.key("of");
        if !matches!(tally.counts, Counted::ByKind | Counted::Sum(_) | Counted::Distinct(_)) {
            let message = "does not count what somebody gives; expected a tally with `count`, `distinct`, or `sum` of \
                           an attribute";
            self.found.add(&of, message);
        } else if tally.to != Role::Actor {
            let message = "counts what others give; expected a tally to the actor, who is the giver";
            self.found.add(&of, message);
        }
        if tree.get("each").is_some() && tally.scope.key.is_none() {
            let message = "needs a tally with a key, such as `per = [\"recipient\", \"month\"]`";
            self.found.add(&path.key("each"), message);
        }
    }
}
