//! Write: nodes as HTML that a parser turns into the same elements.

use crate::{Deed, links::encoded};
use knownfor_elements::{Content, Node};
use std::fmt::{self, Write};

/// The id of the form that buttons send where scripts are off.
pub(crate) const FORM: &str = "deeds";

/// Writes a node. A button whose deed has the address of a form sends it.
pub(crate) fn node(node: &Node, forms: &[(Deed, String)], out: &mut impl Write) -> fmt::Result {
    let tag = node.tag();
    let address = (tag == "button").then(|| address(node, forms)).flatten();
    write!(out, "<{tag}")?;
    for (name, value) in node.attributes() {
        match (&address, *name) {
            (Some(_), "type") => attribute(name, "submit", out)?,
            _ => attribute(name, value, out)?,
        }
    }
    if let Some(address) = address {
        attribute("form", FORM, out)?;
        attribute("formaction", &address, out)?;
    }
    out.write_char('>')?;
    match node.content() {
        // The only element drawn that has no end tag.
        _ if tag == "input" => return Ok(()),
        Content::Text(content) => text(content, out)?,
        Content::Children(children) => children.iter().try_for_each(|child| self::node(child, forms, out))?,
    }
    write!(out, "</{tag}>")
}

/// Where a button is to post its form; `None` if nothing was said about its deed.
fn address(node: &Node, forms: &[(Deed, String)]) -> Option<String> {
    let (id, address) = forms.iter().find_map(|(deed, address)| Some((node.attribute(deed.attribute())?, address)))?;
    Some(address.replace("{id}", &encoded(id)))
}

/// Writes an attribute, with the space before it.
pub(crate) fn attribute(name: &str, value: &str, out: &mut impl Write) -> fmt::Result {
    write!(out, " {name}=\"")?;
    text(value, out)?;
    out.write_char('"')
}

/// Writes a text so that it ends neither the text nor the quotes around it. A parser reads a carriage return as a new
/// line unless it is escaped, and U+0000 not at all.
fn text(text: &str, out: &mut impl Write) -> fmt::Result {
    text.chars().try_for_each(|character| match character {
        '&' => out.write_str("&amp;"),
        '<' => out.write_str("&lt;"),
        '>' => out.write_str("&gt;"),
        '"' => out.write_str("&quot;"),
        '\r' => out.write_str("&#13;"),
        '\0' => out.write_char('\u{fffd}'),
        other => out.write_char(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element_or_its_attribute() {
        for (raw, written) in [
            ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
            ("\" onclick=\"alert(1)", "&quot; onclick=&quot;alert(1)"),
            ("&lt; is &amp;lt;", "&amp;lt; is &amp;amp;lt;"),
            ("</template></p>", "&lt;/template&gt;&lt;/p&gt;"),
            ("a\r\nb\0", "a&#13;\nb\u{fffd}"),
        ] {
            let mut out = String::new();
            text(raw, &mut out).expect("a string takes any text");
            assert_eq!(out, written);
        }
    }
}
