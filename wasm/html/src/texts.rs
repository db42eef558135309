//! Texts: the tables of `wasm/js/texts`, read from the modules that pages load.

use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

/// The texts of one language, by their keys.
pub(crate) type Table = HashMap<String, Text>;

/// A text, or its plural forms by the names that `Intl.PluralRules` has for them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Text {
    /// One text for all numbers.
    Plain(String),
    /// One text for each category of numbers.
    Forms(HashMap<String, String>),
}

macro_rules! tables {
    ($($tag:literal),*) => {
        /// The languages that the elements speak.
        pub const LANGUAGES: &[&str] = &[$($tag),*];

        /// The texts of a language; `None` if the elements do not speak it.
        fn table(language: &str) -> Option<&'static Table> {
            match language {
                $($tag => {
                    static TABLE: LazyLock<Table> =
                        LazyLock::new(|| read(include_str!(concat!("../../js/texts/", $tag, ".js"))));
                    Some(&TABLE)
                })*
                _ => None,
            }
        }
    };
}

tables!["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt"];

/// The texts of a locale's language: `de-CH` speaks `de`.
pub(crate) fn of(locale: &str) -> Option<&'static Table> {
    table(locale.split('-').next()?)
}

/// The table in a module. The literal of a JavaScript object is JSON5 if it has no expressions, and the tests see to
/// that.
fn read(module: &str) -> Table {
    let table = module.split_once("export const texts = ").map(|(_, table)| table.trim_end().trim_end_matches(';'));
    table.and_then(|table| json5::from_str(table).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_language_has_every_text() {
        let keys = |language: &str| table(language).expect("a language").keys().collect::<BTreeSet<_>>();
        assert!(keys("en").len() > 150, "English has {} texts", keys("en").len());
        for language in LANGUAGES {
            assert_eq!(keys(language), keys("en"), "{language}");
        }
    }

    #[test]
    fn the_languages_are_those_of_pages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js/texts");
        let files = folder.read_dir().expect("the folder is there").flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let tags = names.filter_map(|name| name.strip_suffix(".js").filter(|tag| tag.len() == 2).map(String::from));
        assert_eq!(tags.collect::<BTreeSet<_>>(), LANGUAGES.iter().map(ToString::to_string).collect());
        let list = fs::read_to_string(folder.join("languages.js")).expect("the list is there");
        assert!(LANGUAGES.iter().all(|tag| list.contains(&format!("\n  {tag}: "))));
    }
}
