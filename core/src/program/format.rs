//! Format: the feeds that are known by name, and where each keeps things.

/// The shape of a feed's JSON.
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

/// Where a format keeps things: JSON Pointers, of which the first that leads to something counts. None where it has no place.
#[derive(Clone, Copy)]
pub(crate) struct Defaults {
    pub(crate) source: &'static [&'static str],
    pub(crate) id: &'static [&'static str],
    pub(crate) at: &'static [&'static str],
    pub(crate) sequence: &'static [&'static str],
    pub(crate) kind: &'static [&'static str],
    pub(crate) void: &'static [&'static str],
    pub(crate) actor: &'static [&'static str],
    pub(crate) owner: &'static [&'static str],
    /// Those at all of these.
    pub(crate) recipients: &'static [&'static str],
    pub(crate) object: &'static [&'static str],
    /// What holds the attributes, each under its name.
    pub(crate) attributes: Option<&'static str>,
    /// What holds the states of profile fields, each under its name.
    pub(crate) profile: Option<&'static str>,
}

const OWN: Defaults = Defaults {
    source: &["/source"],
    id: &["/id"],
    at: &["/at"],
    sequence: &["/sequence"],
    kind: &["/kind"],
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
    void: &[],
    actor: &["/actor"],
    owner: &["/object/attributedTo"],
    recipients: &["/to", "/cc"],
    object: &["/object"],
    attributes: Some("/object"),
    profile: Some("/object/profile"),
};

/// An `Undo` is about what the activity that it undoes was about, so that `reverses` finds that activity.
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

    /// Where it keeps what is the same for all kinds.
    pub(crate) fn defaults(self) -> Defaults {
        match self {
            Self::Own => OWN,
            Self::CloudEvents => CLOUD_EVENTS,
            Self::ActivityStreams => ACTIVITY_STREAMS,
            Self::Xapi => XAPI,
        }
    }

    /// The keys of a line that it asks for by itself, wherever a program keeps things.
    pub(crate) fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Own => &["source"],
            Self::CloudEvents => &["specversion", "datacontenttype"],
            Self::ActivityStreams | Self::Xapi => &["object"],
        }
    }

    /// Where it keeps the rest, for what it calls a kind.
    pub(crate) fn defaults_of(self, called: &str) -> Defaults {
        match self {
            Self::ActivityStreams if called.starts_with("Undo ") => UNDO,
            _ => self.defaults(),
        }
    }
}
