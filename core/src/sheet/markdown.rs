//! Markdown: a data sheet as a text that people read and programs compare.

use super::{Sheet, SheetPart, SheetRow, visible};
use alloc::{format, string::String};

impl Sheet {
    /// The sheet as Markdown with tables, as on GitHub. Names cannot become markup.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        for section in &self.sections {
            out += &format!("\n## {}\n", escaped(&section.title));
            for part in &section.parts {
                out.push('\n');
                match part {
                    SheetPart::Paragraph(text) => out += &format!("{}\n", escaped(text)),
                    SheetPart::List(rows) => rows.iter().for_each(|row| out += &item(row)),
                    SheetPart::Table { head, rows } => {
                        out += &line(head);
                        out += &format!("|{}\n", "---|".repeat(head.len()));
                        rows.iter().for_each(|row| out += &line(&row.cells));
                    }
                }
            }
        }
        out
    }
}

fn item(row: &SheetRow) -> String {
    format!("- {}\n", escaped(&row.cells.join(" ")))
}

fn line(cells: &[String]) -> String {
    let cells = cells.iter().fold(String::new(), |line, cell| line + " " + &escaped(cell) + " |");
    format!("|{cells}\n")
}

/// A text in which nothing is markup: signs of Markdown and HTML are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().map(visible) {
        match sign {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => out.extend(['\\', sign]),
            _ => out.push(sign),
        }
    }
    out
}
