//! Node: an element that should stand in the page, as plain data.
//!
//! Tags, classes and attribute names are ours. Data becomes text or the value of an attribute, never markup.

/// An element to be drawn. It is built by calls in a row, so it is a pointer that each call hands on: moving the
/// fields themselves would be a third of all code that draws.
#[derive(Debug, PartialEq)]
pub struct Node(Box<Parts>);

/// What an element consists of.
#[derive(Debug, PartialEq)]
struct Parts {
    tag: &'static str,
    namespace: Namespace,
    /// Tells children with the same parent and tag apart, so that each keeps its element when others come and go.
    key: String,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

/// The namespace of an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Namespace {
    /// HTML.
    Html,
    /// SVG.
    Svg,
}

/// What stands in an element: text, or other elements.
#[derive(Debug, PartialEq)]
pub enum Content {
    /// Text, and nothing else.
    Text(String),
    /// Other elements.
    Children(Vec<Node>),
}

/// An HTML element with a class, the hook for our own style sheet; `""` for none.
#[inline(never)]
pub(crate) fn html(tag: &'static str, class: &'static str) -> Node {
    let node = Node::new(tag, Namespace::Html);
    if class.is_empty() { node } else { node.set("class", class) }
}

/// A text of its own. Not generic, so the code exists once.
#[inline(never)]
fn copied(text: &str) -> String {
    text.into()
}

/// An SVG element.
pub(crate) fn svg(tag: &'static str) -> Node {
    Node::new(tag, Namespace::Svg)
}

impl Node {
    fn new(tag: &'static str, namespace: Namespace) -> Self {
        let content = Content::Children(Vec::new());
        Self(Box::new(Parts { tag, namespace, key: String::new(), attributes: Vec::new(), content }))
    }

    /// Sets the key.
    #[inline(never)]
    pub(crate) fn key(mut self, key: impl AsRef<str>) -> Self {
        self.0.key = copied(key.as_ref());
        self
    }

    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn set(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.push(name, copied(value.as_ref()));
        self
    }

    /// Adds an attribute. Not generic, so the code exists once.
    #[inline(never)]
    fn push(&mut self, name: &'static str, value: String) {
        self.0.attributes.push((name, value));
    }

    /// Sets an attribute to a whole number.
    #[inline(never)]
    pub(crate) fn set_number(self, name: &'static str, value: impl Into<i64>) -> Self {
        let value: i64 = value.into();
        self.set(name, value.to_string())
    }

    /// Sets an attribute if there is a value.
    #[inline(never)]
    pub(crate) fn set_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Sets `part`, the hook for the page's style sheet.
    #[inline(never)]
    pub(crate) fn part(self, part: &'static str) -> Self {
        self.set("part", part)
    }

    /// Makes a text the whole content.
    #[inline(never)]
    pub(crate) fn text(mut self, text: impl AsRef<str>) -> Self {
        self.0.content = Content::Text(copied(text.as_ref()));
        self
    }

    /// Adds a child.
    #[inline(never)]
    pub(crate) fn child(mut self, child: Node) -> Self {
        match &mut self.0.content {
            Content::Children(children) => children.push(child),
            Content::Text(_) => self.0.content = Content::Children(vec![child]),
        }
        self
    }

    /// Adds a child if there is one.
    #[inline(never)]
    pub(crate) fn child_some(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Adds children.
    pub(crate) fn children(self, more: impl IntoIterator<Item = Node>) -> Self {
        more.into_iter().fold(self, Node::child)
    }

    /// Makes the element with this id a heading of a level, whether it is this one or within it. False if none has
    /// the id.
    pub fn make_heading(&mut self, id: &str, level: u8) -> bool {
        if self.attribute("id").is_some_and(|known| known == id) {
            let attributes = [("role", "heading".to_owned()), ("aria-level", level.to_string())];
            self.0.attributes.extend(attributes);
            return true;
        }
        match &mut self.0.content {
            Content::Children(children) => children.iter_mut().any(|child| child.make_heading(id, level)),
            Content::Text(_) => false,
        }
    }

    /// Its tag.
    pub fn tag(&self) -> &'static str {
        self.0.tag
    }

    /// Its namespace.
    pub fn namespace(&self) -> Namespace {
        self.0.namespace
    }

    /// Its attributes, in the order set.
    pub fn attributes(&self) -> &[(&'static str, String)] {
        &self.0.attributes
    }

    /// What stands in it.
    pub fn content(&self) -> &Content {
        &self.0.content
    }

    /// The children; none if the content is text.
    pub fn all_children(&self) -> &[Node] {
        match &self.0.content {
            Content::Children(children) => children,
            Content::Text(_) => &[],
        }
    }

    /// Whether an element drawn from one can become the other.
    pub fn is_same_element_as(&self, other: &Node) -> bool {
        self.0.tag == other.0.tag && self.0.key == other.0.key
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&String> {
        self.0.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
