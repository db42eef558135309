//! The data sheet: everything of a program is on it, in every language, and as the program says.

use super::{cases, regressions};
use crate::world::program;
use knownfor::{Sheet, SheetLanguage, SheetOptions, SheetPart};
use knownfor_tests::generate;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a part of a sheet is, its columns, and the paths of its rows.
type PartShape = (&'static str, usize, Vec<String>);

/// The shape of a sheet: its sections, each with its parts.
fn shape(sheet: &Sheet) -> Vec<(&'static str, Vec<PartShape>)> {
    let part = |part: &SheetPart| match part {
        SheetPart::Paragraph(_) => ("paragraph", 0, Vec::new()),
        SheetPart::List(rows) => ("list", 1, rows.iter().map(|row| row.path.clone()).collect()),
        SheetPart::Table { head, rows } => {
            assert!(rows.iter().all(|row| row.cells.len() == head.len()), "{head:?}");
            ("table", head.len(), rows.iter().map(|row| row.path.clone()).collect())
        }
        _ => ("other", 0, Vec::new()),
    };
    sheet.sections.iter().map(|section| (section.id, section.parts.iter().map(part).collect())).collect()
}

/// The rows of a section whose path begins with something.
fn paths<'a>(sheet: &'a Sheet, section: &str, below: &str) -> Vec<&'a str> {
    let section = sheet.sections.iter().find(|other| other.id == section).expect("there is such a section");
    let paths = section.parts.iter().flat_map(SheetPart::rows).map(|row| row.path.as_str());
    paths.filter(|path| path.starts_with(below)).collect()
}

fn keys(table: &Value, below: &str) -> Vec<String> {
    table.as_object().into_iter().flatten().map(|(name, _)| format!("{below}{}", name.replace('~', "~0"))).collect()
}

proptest! {
    #![proptest_config(cases(120, regressions!("sheet")))]

    #[test]
    fn everything_of_a_program_is_on_its_sheet(tree in generate::programs(), other in generate::programs()) {
        let (of, since) = (program(&tree), program(&other));
        let sheet = of.sheet(&SheetOptions::new(SheetLanguage::English));
        for (place, section) in [
            ("kinds", "kinds"), ("currencies", "derived"), ("currencies", "most"), ("rules", "rules"),
            ("tallies", "rules"), ("badges", "rules"),
        ] {
            let below = format!("/{place}/");
            prop_assert_eq!(paths(&sheet, section, &below), keys(&tree[place], &below));
        }
        let below = "/profile/fields/";
        prop_assert_eq!(paths(&sheet, "kinds", below), keys(&tree["profile"]["fields"], below));
        for place in ["levels", "boards", "rewards", "allowances"] {
            let below = format!("/{place}/");
            let on_sheet: BTreeSet<_> = paths(&sheet, "derived", &below).into_iter().map(str::to_owned).collect();
            prop_assert_eq!(on_sheet, BTreeSet::from_iter(keys(&tree[place], &below)));
        }
        for (name, challenge) in tree["challenges"].as_object().into_iter().flatten() {
            let below = format!("/challenges/{name}/steps/");
            prop_assert_eq!(paths(&sheet, "derived", &below), keys(&challenge["steps"], &below));
        }
        for part in ["points", "badges", "topics", "profile", "boards"] {
            let path = format!("/audience/{part}");
            let rows = sheet.sections.iter().flat_map(|section| &section.parts).flat_map(SheetPart::rows);
            let row = rows.into_iter().find(|row| row.path == path).expect("each part has a row");
            let said = tree["audience"][part].as_str().unwrap_or("company");
            let publishes = !tree["profile"]["published_by"].is_null();
            let words = match said {
                _ if part != "boards" && !publishes => "only the member",
                "private" => "only the member",
                "team" => "the member’s team",
                _ => "everyone in the company",
            };
            prop_assert_eq!(&row.cells[2], words);
        }
        let warnings: Vec<_> = of.warnings().into_iter().map(|one| vec![one.path, one.reason, one.fix]).collect();
        let rows = sheet.sections.iter().find(|section| section.id == "warnings").expect("it warns");
        let rows: Vec<_> = rows.parts.iter().flat_map(SheetPart::rows).map(|row| row.cells.clone()).collect();
        prop_assert_eq!(rows, warnings);

        // Both languages say the same things in the same order, about a difference too.
        let [english, german] = [SheetLanguage::English, SheetLanguage::German]
            .map(|language| shape(&of.sheet(&SheetOptions::new(language).since(&since))));
        prop_assert!(english.len() > shape(&sheet).len());
        let without_difference = |shape: Vec<(&'static str, _)>| -> Vec<_> {
            shape.into_iter().filter(|(id, _)| *id != "difference").collect()
        };
        // What is called the same in one language may be called otherwise in the other, and then differs there alone.
        prop_assert_eq!(without_difference(english), without_difference(german));

        // Both formats say all of it.
        let (html, markdown) = (sheet.to_html(), sheet.to_markdown());
        let rows = sheet.sections.iter().flat_map(|section| &section.parts).flat_map(SheetPart::rows).count();
        let is_row = |line: &&str| line.starts_with("| ") || line.starts_with("- ");
        let tables = markdown.lines().filter(|line| line.starts_with("|---")).count();
        prop_assert_eq!(markdown.lines().filter(is_row).count(), rows + tables);
        prop_assert_eq!(html.matches("<li>").count() + html.matches("<tr><td>").count(), rows);
    }
}
