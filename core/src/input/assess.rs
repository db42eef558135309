//! Assess: whether the values of a profile meet what its fields need.

use crate::{
    base::{
        keyword::Keyword,
        sort::{map_of, sort},
        text::Text,
        tree::Tree,
    },
    program::{Field, Program, value::FieldState},
};
use alloc::{collections::BTreeMap, vec::Vec};

impl Program {
    /// Turns the values of a profile into the state of each field, ready to send as a profile activity.
    ///
    /// A value is a text, a list of texts, a number or a flag. A table with a `state` says `does-not-apply` or
    /// `prefer-not-to-say`. A field that is absent, empty or short of its needs is `missing`. The values themselves
    /// are not kept.
    ///
    /// ```
    /// use knownfor::{FieldState, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "profile.saved" = {} }
    ///     [profile]
    ///     on = "profile.saved"
    ///     [profile.fields]
    ///     known-for = { ask = "What do you want to be known for?", needs = { items = 2 } }
    ///     phone = { ask = "Your phone number?" }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let values: Tree = serde_json::from_str(r#"{"known-for": ["rust"], "phone": {"state": "prefer-not-to-say"}}"#)?;
    /// let states = program.assess(&values);
    /// assert_eq!(states["known-for"], FieldState::Missing);
    /// assert_eq!(states["phone"], FieldState::PreferNotToSay);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assess(&self, values: &Tree<'_>) -> BTreeMap<Text, FieldState> {
        map_of(self.field_states(values).map(|(field, state)| (field.clone(), state)))
    }

    /// The same states field by field, in the order written.
    ///
    /// ```
    /// # use knownfor::{FieldState, Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "profile.saved" = {} }
    /// #     profile = { on = "profile.saved", fields = { motto = { ask = "Your motto?" } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let values: Tree = serde_json::from_str(r#"{"motto": "Fail fast"}"#)?;
    /// let (field, state) = program.field_states(&values).next().unwrap();
    /// assert_eq!((field.as_str(), state), ("motto", FieldState::Done));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn field_states(&self, values: &Tree<'_>) -> impl Iterator<Item = (&Text, FieldState)> {
        let state = |field: &Field| values.get(&field.name).map_or(FieldState::Missing, |value| field.assess(value));
        self.fields.values().map(move |field| (&field.name, state(field)))
    }
}

impl Field {
    fn assess(&self, value: &Tree<'_>) -> FieldState {
        let met = match value {
            Tree::Table(_) => {
                let said = value.get("state").and_then(Tree::as_text).and_then(FieldState::from_name);
                return match said {
                    Some(state @ (FieldState::DoesNotApply | FieldState::PreferNotToSay)) => state,
                    _ => FieldState::Missing,
                };
            }
            Tree::Null | Tree::Flag(false) => false,
            Tree::Flag(true) | Tree::Integer(_) | Tree::Fraction(_) => self.needs.is_none(),
            Tree::Text(text) => {
                let text = text.trim();
                !text.is_empty()
                    && self.needs.length.is_none_or(|least| text.chars().count() >= least as usize)
                    && self.needs.items.is_none_or(|least| items(text.split(',')) >= least as usize)
                    && (!self.needs.link || is_link(text))
            }
            Tree::List(list) => {
                let texts = || list.iter().filter_map(Tree::as_text).map(str::trim).filter(|text| !text.is_empty());
                let count = items(texts());
                count > 0
                    && self.needs.items.is_none_or(|least| count >= least as usize)
                    && self.needs.length.is_none_or(|least| texts().all(|text| text.chars().count() >= least as usize))
                    && (!self.needs.link || texts().all(is_link))
            }
        };
        if met { FieldState::Done } else { FieldState::Missing }
    }
}

/// How many different items there are, ignoring spaces around them.
fn items<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let mut items: Vec<&str> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
    sort(&mut items);
    items.dedup();
    items.len()
}

fn is_link(text: &str) -> bool {
    // Schemes ignore case (RFC 3986, section 3.1).
    let is_web = |scheme: &str| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let rest = text.split_once(':').filter(|(scheme, _)| is_web(scheme)).and_then(|(_, rest)| rest.strip_prefix("//"));
    rest.is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty() && !rest.contains(char::is_whitespace))
}
