//! Content: a line of a feed in one canonical form, and the id made from it.

use crate::base::{sort::sort_by, tree::Tree};
use alloc::{format, string::String, vec::Vec};
use hmac_sha256::Hash;

/// The id of a line that has none: the first 32 hexadecimal digits of the SHA-256 of its canonical form.
///
/// The form is that of RFC 8785: JSON without spaces, the keys of each table in order of their UTF-16 code units, and
/// only those characters escaped that must be. Numbers are written as digits without an exponent; those that have none
/// ([`Fraction::digits`](crate::Fraction::digits)) as their bits in hexadecimal.
pub(crate) fn content_id(line: &Tree<'_>) -> String {
    let mut hash = Hash::new();
    write(line, &mut |bytes| hash.update(bytes));
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |id, byte| id + &format!("{byte:02x}"))
}

fn write(tree: &Tree<'_>, out: &mut dyn FnMut(&[u8])) {
    match tree {
        Tree::Null => out(b"null"),
        Tree::Flag(flag) => out(if *flag { b"true" } else { b"false" }),
        Tree::Integer(number) => out(itoa::Buffer::new().format(*number).as_bytes()),
        Tree::Fraction(number) => {
            let digits = number.digits().unwrap_or_else(|| format!("{:#018x}", number.bits()));
            out(digits.as_bytes());
        }
        Tree::Text(text) => write_text(text, out),
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out(if index == 0 { b"[" } else { b"," });
                write(item, out);
            }
            out(if items.is_empty() { b"[]" } else { b"]" });
        }
        Tree::Table(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            sort_by(&mut entries, |(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            for (index, (key, value)) in entries.iter().enumerate() {
                out(if index == 0 { b"{" } else { b"," });
                write_text(key, out);
                out(b":");
                write(value, out);
            }
            out(if entries.is_empty() { b"{}" } else { b"}" });
        }
    }
}

fn write_text(text: &str, out: &mut dyn FnMut(&[u8])) {
    out(b"\"");
    for byte in text.bytes() {
        match byte {
            b'"' => out(b"\\\""),
            b'\\' => out(b"\\\\"),
            0x08 => out(b"\\b"),
            0x09 => out(b"\\t"),
            0x0a => out(b"\\n"),
            0x0c => out(b"\\f"),
            0x0d => out(b"\\r"),
            control @ 0..0x20 => out(format!("\\u{control:04x}").as_bytes()),
            plain => out(&[plain]),
        }
    }
    out(b"\"");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(json: &str) -> String {
        content_id(&serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn the_id_is_the_sha_256_of_the_canonical_form() {
        // printf '{"a":1,"b":[true,null,"\\n"]}' | sha256sum
        assert_eq!(id(r#"{ "b": [true, null, "\n"], "a": 1.0 }"#), id(r#"{"a":1,"b":[true,null,"\u000a"]}"#));
        assert_eq!(id("{}"), "44136fa355b3678a1146ad16f7e8649e");
        assert_eq!(id(r#"{"a":1}"#), "015abd7f5cc57a2dd94b7590f04ad808");
    }

    #[test]
    fn other_content_has_another_id() {
        let lines = [r#"{"a":[]}"#, r#"{"a":{}}"#, r#"{"a":""}"#, r#"{"a":null}"#, r#"{"a":[[]]}"#, r#"{"a":["",""]}"#];
        for (index, line) in lines.iter().enumerate() {
            assert!(lines.iter().skip(index + 1).all(|other| id(other) != id(line)), "{line}");
        }
        assert_ne!(id(r#"{"a":0.1}"#), id(r#"{"a":0.10000000000000002}"#));
    }
}
