//! Keyword: enums that are one word in programs, activities and views.

/// An enum whose variants have names.
pub(crate) trait Keyword: Copy + PartialEq + 'static {
    /// The names, in the order of the variants.
    const NAMES: &'static [&'static str];
    /// The variants in order.
    const ALL: &'static [Self];

    /// The variant with a name.
    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).and_then(|index| Self::ALL.get(index)).copied()
    }

    /// The variant's name.
    fn name(self) -> &'static str {
        let index = Self::ALL.iter().position(|other| *other == self);
        index.and_then(|index| Self::NAMES.get(index)).copied().unwrap_or_default()
    }
}

/// Gives the variants of an enum their names, by which it is read and written.
///
/// With `or …`, a word that this version does not know is read as that variant instead of being an error: for what is
/// only decoration, and may grow.
macro_rules! keywords {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? } $(or $other:ident)?) => {
        impl $crate::base::keyword::Keyword for $type {
            const NAMES: &'static [&'static str] = &[$($name),*];
            const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        // A variant without a name does not compile.
        const _: fn($type) = |word| match word {
            $($type::$variant => {})*
        };

        impl $crate::FromTree for $type {
            fn read(tree: &$crate::Tree<'_>, reader: &mut $crate::base::from_tree::Reader) -> Self {
                use $crate::base::keyword::Keyword;
                $(if matches!(tree, $crate::Tree::Text(_)) {
                    return Self::from_name(tree.as_text().unwrap_or_default()).unwrap_or(Self::$other);
                })?
                let [first, ..] = [$(Self::$variant),*];
                Self::ALL.get(reader.word(tree, Self::NAMES)).copied().unwrap_or(first)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::base::keyword::Keyword::name(*self))
            }
        }

        #[cfg(feature = "schema")]
        impl $crate::base::schema::HasSchema for $type {
            fn schema(schemas: &mut $crate::base::schema::Schemas) -> $crate::Tree<'static> {
                schemas.reference(stringify!($type), |_| {
                    $crate::base::schema::words(<Self as $crate::base::keyword::Keyword>::NAMES)
                })
            }
        }

        $crate::base::from_tree::deserialize_by_tree!($type);
    };
}
pub(crate) use keywords;
