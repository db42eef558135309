//! Format: the feed formats known by name, and the pointers of each.

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The program's own.
    Own,
    /// CloudEvents 1.0, in its JSON format.
    CloudEvents,
    /// ActivityStreams 2.0.
    ActivityStreams,
    /// xAPI statements, 1.0.3 or 2.0.
    Xapi,
}

/// The JSON Pointers of a format. If a part has several, the first that finds a value counts; if it has none, the
/// format lacks it.
#[derive(Clone, Copy)]
pub(crate) struct Defaults {
    pub(crate) source: &'static [&'static str],
    pub(crate) id: &'static [&'static str],
    pub(crate) at: &'static [&'static str],
    pub(crate) sequence: &'static [&'static str],
    pub(crate) kind: &'static [&'static str],
    pub(crate) detail: &'static [&'static str],
    pub(crate) void: &'static [&'static str],
    pub(crate) actor: &'static [&'static str],
    pub(crate) owner: &'static [&'static str],
    /// All of these count.
    pub(crate) recipients: &'static [&'static str],
    pub(crate) object: &'static [&'static str],
    /// The table of attributes, each under its name.
    pub(crate) attributes: Option<&'static str>,
    /// The table of states of profile fields, each under its name.
    pub(crate) profile: Option<&'static str>,
}

const OWN: Defaults = Defaults {
    source: &["/source"],
    id: &["/id"],
    at: &["/at"],
    sequence: &["/sequence"],
    kind: &["/kind"],
    detail: &[],
    void: &["/void"],
    actor: &["/actor"],
    owner: &["/owner"],
    recipients: &["/recipients"],
    object: &["/object"],
    attributes: Some("/attributes"),
    profile: Some("/profile"),
};

const CLOUD_EVENTS: Defaults = Defaults {
    source: &["/source"],
    id: &["/id"],
    at: &["/time"],
    sequence: &[],
    kind: &["/type"],
    detail: &[],
    void: &[],
    actor: &["/data/actor"],
    owner: &["/data/owner"],
    recipients: &["/data/recipients"],
    object: &["/subject"],
    attributes: Some("/data"),
    profile: Some("/data/profile"),
};

const ACTIVITY_STREAMS: Defaults = Defaults {
    source: &[],
    id: &["/id"],
    at: &["/published", "/updated"],
    sequence: &[],
    kind: &["/type"],
    detail: &["/object/type"],
    void: &[],
    actor: &["/actor"],
    owner: &["/object/attributedTo"],
    recipients: &["/to", "/cc"],
    object: &["/object"],
    attributes: Some("/object"),
    profile: Some("/object/profile"),
};

/// An `Undo` takes the object of the activity it undoes, so `reverses` finds that activity.
const UNDO: Defaults = Defaults {
    owner: &["/object/object/attributedTo"],
    object: &["/object/object"],
    attributes: Some("/object/object"),
    profile: Some("/object/object/profile"),
    ..ACTIVITY_STREAMS
};

const XAPI: Defaults = Defaults {
    source: &[],
    id: &["/id"],
    at: &["/timestamp", "/stored"],
    sequence: &[],
    kind: &["/verb/id"],
    detail: &[],
    void: &[],
    actor: &["/actor"],
    owner: &[],
    recipients: &["/object"],
    object: &["/object"],
    attributes: None,
    profile: None,
};

impl Format {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "cloudevents" => Self::CloudEvents,
            "activitystreams" => Self::ActivityStreams,
            "xapi" => Self::Xapi,
            _ => return None,
        })
    }

    /// The pointers for most kinds.
    pub(crate) fn defaults(self) -> Defaults {
        match self {
            Self::Own => OWN,
            Self::CloudEvents => CLOUD_EVENTS,
            Self::ActivityStreams => ACTIVITY_STREAMS,
            Self::Xapi => XAPI,
        }
    }

    /// The keys of a line that the format itself reads, in addition to a program's pointers.
    pub(crate) fn own_keys(self) -> &'static [&'static str] {
        match self {
            Self::Own => &["source"],
            Self::CloudEvents => &["specversion", "datacontenttype"],
            Self::ActivityStreams => &[],
            Self::Xapi => &["actor", "object"],
        }
    }

    /// The pointers for one kind, by the name that the feed gives it.
    pub(crate) fn defaults_of(self, called: &str) -> Defaults {
        match self {
            Self::ActivityStreams if called.starts_with("Undo ") => UNDO,
            _ => self.defaults(),
        }
    }
}
