//! HTML: a data sheet as a page that needs nothing else and prints well.

use super::{Sheet, SheetPart, SheetRow, visible};
use alloc::{format, string::String};

/// The page's style. It is the only thing on the page that is not text.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
    color:#1a1a1a;background:#fff}h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;break-after:avoid}\
    table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.87em}\
    th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}tr{break-inside:avoid}\
    @media print{body{font-size:10pt;margin:0;max-width:none}}";

impl Sheet {
    /// The sheet as a page of HTML. It has no script and loads nothing, and names cannot become markup.
    pub fn to_html(&self) -> String {
        let title = escaped(&self.title);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <h1>{title}</h1>\n",
            self.language.code()
        );
        for section in &self.sections {
            out += &format!("<h2 id=\"{}\">{}</h2>\n", section.id, escaped(&section.title));
            section.parts.iter().for_each(|part| out += &html(part));
        }
        out + "</body>\n</html>\n"
    }
}

fn html(part: &SheetPart) -> String {
    match part {
        SheetPart::Paragraph(text) => format!("<p>{}</p>\n", escaped(text)),
        SheetPart::List(rows) => {
            let item = |row: &SheetRow| format!("<li>{}</li>\n", escaped(&row.cells.join(" ")));
            format!("<ul>\n{}</ul>\n", rows.iter().map(item).collect::<String>())
        }
        SheetPart::Table { head, rows } => {
            let head = cells(head, "th scope=\"col\"", "th");
            let body: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(&row.cells, "td", "td"))).collect();
            format!("<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n")
        }
    }
}

fn cells(cells: &[String], opens: &str, closes: &str) -> String {
    cells.iter().map(|cell| format!("<{opens}>{}</{closes}>", escaped(cell))).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().map(visible) {
        match sign {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(sign),
        }
    }
    out
}
