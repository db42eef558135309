//! Difference: what a sheet says otherwise than the one that was signed last, statement by statement.

use super::{SheetPart, SheetRow, SheetSection, texts::Texts};
use crate::program::Program;
use alloc::{format, string::String, vec::Vec};

/// A statement: the section it stands in, the heads of its columns, and its row.
type Statement<'a> = (&'a SheetSection, &'a [String], &'a SheetRow);

/// The section that says what differs.
pub(super) fn section(
    texts: &Texts,
    (signed, before): (&Program, &[SheetSection]),
    (now, after): (&Program, &[SheetSection]),
) -> SheetSection {
    let (before, after) = (statements(before), statements(after));
    let gone = before.iter().filter(|old| !after.iter().any(|new| is_same(old, new)));
    let mut rows: Vec<SheetRow> = Vec::new();
    for new in &after {
        let (section, head, row) = new;
        let old = before.iter().find(|old| is_same(old, new));
        let (was, is) = match old {
            Some((_, _, old)) if old.cells == row.cells => continue,
            Some((_, _, old)) => (differing(head, &old.cells, &row.cells), differing(head, &row.cells, &old.cells)),
            None => (String::from(texts.none), row.cells.join(" · ")),
        };
        rows.push(SheetRow::new(row.path.clone(), [section.title.clone(), subject(head, row), was, is]));
    }
    rows.extend(gone.map(|(section, head, row)| {
        let cells = [section.title.clone(), subject(head, row), row.cells.join(" · "), texts.none.into()];
        SheetRow::new(row.path.clone(), cells)
    }));
    let same = signed == now;
    let none = if same { texts.difference_none } else { texts.difference_unseen };
    let hashes = format!("{:016x} → {:016x}", signed.fingerprint(), now.fingerprint());
    let mut parts = Vec::from([SheetPart::table(&texts.difference_head, rows, none)]);
    if !same {
        parts.push(SheetPart::Paragraph(texts.difference_hash.replace("{hashes}", &hashes)));
    }
    SheetSection::new("difference", texts.difference, parts)
}

fn statements(sections: &[SheetSection]) -> Vec<Statement<'_>> {
    let mut statements: Vec<Statement<'_>> = Vec::new();
    for section in sections {
        for part in &section.parts {
            let head: &[String] = if let SheetPart::Table { head, .. } = part { head } else { &[] };
            statements.extend(part.rows().iter().map(|row| (section, head, row)));
        }
    }
    statements
}

/// Whether two statements are about the same. One without a path is about what it says, and so is a warning, of which a
/// path may have several.
fn is_same((section, head, row): &Statement<'_>, (other, other_head, other_row): &Statement<'_>) -> bool {
    let is_named = !row.path.is_empty() && section.id != "warnings";
    let is_about = row.path == other_row.path && (is_named || row.cells == other_row.cells);
    section.id == other.id && head == other_head && is_about
}

/// What a statement is about: of a table, what its first column says; and the path into the program.
fn subject(head: &[String], row: &SheetRow) -> String {
    let first = row.cells.first().filter(|first| (row.path.is_empty() || !head.is_empty()) && **first != row.path);
    match (first, row.path.as_str()) {
        (Some(first), "") => first.clone(),
        (Some(first), path) => format!("{first}, {path}"),
        (None, path) => path.into(),
    }
}

/// The cells that another row does not have, each with the head of its column.
fn differing(head: &[String], cells: &[String], others: &[String]) -> String {
    let mut said: Vec<String> = Vec::new();
    for (index, cell) in cells.iter().enumerate().filter(|(index, cell)| others.get(*index) != Some(*cell)) {
        said.push(match head.get(index) {
            Some(head) => format!("{head}: {cell}"),
            None => cell.clone(),
        });
    }
    said.join(" · ")
}
