//! Value: what an attribute holds, and the states of a profile field.

use crate::base::{
    keyword::{Keyword, keywords},
    packed::Texts,
    text::Text,
    time::{Time, Timestamp},
    tree::Tree,
};
use alloc::{borrow::Cow, boxed::Box, string::String};

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeType {
    Integer,
    Text,
    Flag,
    Time,
    Member,
    Texts,
}

/// The value of an attribute.
// With a tag as wide as the rest, a value moves word by word.
#[repr(u64)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Integer(i64),
    /// A text or a member.
    Text(Text),
    Flag(bool),
    Time(Timestamp),
    /// Sorted, without duplicates.
    Texts(Box<[Text]>),
}

/// The state of a profile field. Every state but `Missing` counts as done.
///
/// ```
/// use knownfor::FieldState;
///
/// let state: FieldState = serde_json::from_str(r#""prefer-not-to-say""#)?;
/// assert!(state.is_done());
/// assert!(!FieldState::Missing.is_done());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldState {
    /// Empty, or short of what the field needs.
    #[default]
    Missing,
    /// Filled in.
    Done,
    /// The member says that it does not apply to them.
    DoesNotApply,
    /// The member prefers not to say.
    PreferNotToSay,
}

keywords!(FieldState {
    Missing = "missing",
    Done = "done",
    DoesNotApply = "does-not-apply",
    PreferNotToSay = "prefer-not-to-say",
});

impl FieldState {
    /// Whether the field counts as done.
    ///
    /// ```
    /// use knownfor::FieldState;
    ///
    /// assert!(FieldState::DoesNotApply.is_done());
    /// assert!(!FieldState::Missing.is_done());
    /// ```
    pub fn is_done(self) -> bool {
        self != Self::Missing
    }

    /// The name in a profile activity.
    ///
    /// ```
    /// assert_eq!(knownfor::FieldState::DoesNotApply.name(), "does-not-apply");
    /// ```
    pub fn name(self) -> &'static str {
        Keyword::name(self)
    }
}

/// A value as it is found in an activity or a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found<'a> {
    Integer(i64),
    /// A text or a member.
    Text(&'a str),
    Flag(bool),
    Time(Timestamp),
    /// Sorted, without duplicates.
    Texts(Texts<'a>),
}

impl Value {
    pub(crate) fn fits(&self, of: AttributeType) -> bool {
        match self {
            Value::Integer(_) => of == AttributeType::Integer,
            Value::Text(_) => matches!(of, AttributeType::Text | AttributeType::Member),
            Value::Flag(_) => of == AttributeType::Flag,
            Value::Time(_) => of == AttributeType::Time,
            Value::Texts(_) => of == AttributeType::Texts,
        }
    }

    /// The value as tests compare it. `None` for a set of texts, which `check` accepts nowhere in a program.
    pub(crate) fn as_found(&self) -> Option<Found<'_>> {
        Some(match self {
            Value::Integer(number) => Found::Integer(*number),
            Value::Text(text) => Found::Text(text),
            Value::Flag(flag) => Found::Flag(*flag),
            Value::Time(instant) => Found::Time(*instant),
            Value::Texts(_) => return None,
        })
    }
}

impl Found<'_> {
    pub(crate) fn to_tree(self) -> Tree<'static> {
        match self {
            Found::Integer(number) => Tree::Integer(number),
            Found::Text(text) => text_tree(text),
            Found::Flag(flag) => Tree::Flag(flag),
            Found::Time(instant) => Tree::Text(Cow::Owned(Time::utc(instant).to_text())),
            Found::Texts(texts) => Tree::List(texts.iter().map(text_tree).collect()),
        }
    }
}

/// A text as a tree of its own.
pub(crate) fn text_tree(text: &str) -> Tree<'static> {
    Tree::Text(Cow::Owned(String::from(text)))
}
