//! Input: turns lines of a feed into activities.

pub(crate) mod activity;
pub(crate) mod assess;
pub(crate) mod content;
pub(crate) mod differences;
pub(crate) mod error;
pub(crate) mod feed;
mod line;
mod naming;
mod order;
pub(crate) mod origin;
mod reading;
mod renamed;
pub(crate) mod summary;

use self::{
    error::{Read, ReadError},
    feed::Feed,
    line::Line,
    reading::{Word, field_state, value, word},
};
use crate::{
    base::{day::Weekday, id_table::Id, text::Text, tree::Tree},
    input::{activity::Activity, content::Draft, origin::Stamp},
    language::{audience::Audience, nearest::unknown},
    program::{
        Kind, Program,
        format::Format,
        keys::FieldMap,
        mapping::{Envelope, KindInput},
        value::{AttributeType, Found},
    },
};
use serde::Deserializer;

/// The most bytes of an id or other text of an activity: enough for a link.
pub const MAX_ACTIVITY_TEXT_BYTES: usize = 4_096;

/// What a line of a feed turned out to be. [`Program::read`] returns it, and [`Engine::apply`](crate::Engine::apply)
/// takes it.
///
/// ```
/// # use knownfor::{Feed, Incoming, Program, Tree};
/// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// # let program = Program::check(&program, |_| None)?;
/// let line: Tree = serde_json::from_str(r#"{"void": "1"}"#)?;
/// match program.read(&line, &Feed::new("wiki"))? {
///     Incoming::Activity(activity) => println!("{} happened", activity.id()),
///     Incoming::Void { source, id } => assert_eq!((&*source, &*id), ("wiki", "1")),
///     Incoming::Ignored { kind } => println!("skipped: {kind}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Something that happened.
    Activity(Activity),
    /// A request to remove an activity from the record, as if it had never been.
    Void {
        /// The source of the activity, which is also that of the line.
        source: Text,
        /// The id of the activity in this source.
        id: Text,
    },
    /// An activity of a kind that the program does not name (`input = { unknown_kinds = "ignore" }`).
    Ignored {
        /// What the feed calls the kind.
        kind: Text,
    },
}

impl From<Activity> for Incoming {
    fn from(activity: Activity) -> Self {
        Self::Activity(activity)
    }
}

impl Program {
    /// Reads a line of a feed as the program's `input` says.
    ///
    /// Any serde deserializer works. `&mut serde_json::Deserializer` reads JSON text and is the fastest; a
    /// `&serde_json::Value` or a [`&Tree`](Tree) is in memory already. Keys that the program does not use are skipped.
    ///
    /// ```
    /// use knownfor::{Feed, Incoming, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     [kinds."blog.published"]
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"}"#;
    ///
    /// let mut json = serde_json::Deserializer::from_str(line);
    /// let Incoming::Activity(activity) = program.read(&mut json, &Feed::new("wiki"))? else { panic!() };
    /// json.end()?; // nothing may follow on the line
    /// assert_eq!(activity.actor(), Some("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadError`] if the input is malformed, if a required part is missing, if a value has the wrong type or is too
    /// long, if the kind is unknown, or if a redemption names no reward of the program. There are no partial results.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line: Tree = serde_json::from_str(r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.publish"}"#)?;
    /// let error = program.read(&line, &Feed::new("wiki")).unwrap_err();
    /// assert_eq!(error.to_string(), "/kind: there is no kind `blog.publish`; did you mean `blog.published`?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read<'de, D: Deserializer<'de>>(&self, line: D, feed: &Feed) -> Result<Incoming, ReadError> {
        let Envelope { keys, reads_content, .. } = &self.input.feed;
        let fields = if *reads_content { keys.read_whole(line) } else { keys.read(line) };
        let mut fields = fields.map_err(ReadError::unreadable)?;
        fields.beside = Some(&feed.beside);
        self.incoming(&fields, feed)
    }

    /// Reads an activity in the program's own format, as [`Activity::to_tree`] writes it. This is how a host reads
    /// back its record.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored: Tree = serde_json::from_str(r#"{
    ///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
    /// }"#)?;
    /// let activity = program.read_own(&stored)?;
    /// assert_eq!(activity.source(), "wiki");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Program::read`], and if the source is missing:
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    /// let error = program.read_own(&mut serde_json::Deserializer::from_str(stored)).unwrap_err();
    /// assert_eq!(error.to_string(), "/source: is missing; expected the name of the source");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_own<'de, D: Deserializer<'de>>(&self, activity: D) -> Result<Activity, ReadError> {
        let fields = self.input.own.keys.read(activity).map_err(ReadError::unreadable)?;
        self.own_activity(&fields)
    }

    fn incoming(&self, fields: &FieldMap<'_, '_>, feed: &Feed) -> Read<Incoming> {
        let input = &self.input;
        let line = Line { fields, format: input.format, envelope: &input.feed, feed, homes: &input.homes };
        input.format.check_version(fields)?;
        let is_known = |name: &str| input.kind(name).is_some();
        let Some(called) = line.kind(&is_known)? else { return line.void() };
        if let Some(id) = input.format.voided(fields, &called)? {
            return Ok(Incoming::Void { source: line.source(&input.feed.source)?, id });
        }
        let particular = line.particular_kind(&called)?;
        let Some(kind) = particular.as_deref().and_then(|name| input.kind(name)).or_else(|| input.kind(&called)) else {
            if input.ignores_unknown_kinds {
                return Ok(Incoming::Ignored { kind: particular.as_deref().unwrap_or(&called).into() });
            }
            return Err(line.unknown_kind(&called, input.called.texts()));
        };
        let pointers = &self.kinds[kind].input;
        let activity = self.activity(&line, kind, pointers)?;
        input.format.check_required(fields)?;
        self.check_redemption(&line, pointers, &activity)?;
        self.check_week(&line, pointers, &activity)?;
        Ok(Incoming::Activity(activity))
    }

    fn own_activity(&self, fields: &FieldMap<'_, '_>) -> Read<Activity> {
        let source = match fields.under("source") {
            None | Some(Tree::Null) => Err(ReadError::expected("the name of the source", None)),
            Some(source) => word(source),
        };
        let feed = Feed::new(&source.map_err(|error| error.at("/source"))?.as_text());
        let line = Line { fields, format: Format::Own, envelope: &self.input.own, feed: &feed, homes: &[] };
        let Some(called) = line.kind(&|_| false)? else { return Err(Line::missing(&line.envelope.kind, "the kind")) };
        let Some(kind) = self.kind(&called) else {
            return Err(line.unknown_kind(&called, self.kind_names.texts()));
        };
        self.activity(&line, kind, &self.kinds[kind].own_input)
    }

    fn activity(&self, line: &Line<'_, '_>, kind: Id<Kind>, pointers: &KindInput) -> Read<Activity> {
        let mut draft = Draft::default();
        let member = |found| line.format.member(found, line.homes);
        for its in &pointers.attributes {
            let (id, attributes) = (its.attribute, &mut draft.attributes);
            match self.attributes[id].value_type {
                AttributeType::Texts => {
                    if let Some(mut texts) = line.texts(&its.pointer)? {
                        attributes.texts(id, &mut texts);
                    }
                }
                of => {
                    line.at(&its.pointer, |found| value(found, of, its, &self.zone, member, attributes))?;
                }
            }
        }
        for (field, pointer) in &pointers.profile {
            if let Some(state) = line.at(pointer, field_state)? {
                draft.profile.push((*field, state));
            }
        }
        let stamp = Stamp {
            source: line.source(&pointers.source)?,
            id: line.id(&pointers.id)?,
            time: line.time(pointers)?,
            sequence: line.sequence()?,
            kind,
            arrival: line.arrival(pointers),
        };
        draft.actor = line.at(&pointers.actor, member)?.flatten().map(Word::as_text);
        draft.owner = line.at(&pointers.owner, member)?.flatten().map(Word::as_text);
        draft.recipients = line.recipients(&pointers.recipients)?;
        let object = line.at(&pointers.object, |found| line.format.object(found, line.homes))?;
        draft.object = object.flatten().map(Word::as_text);
        let activity = Activity::new(self, stamp, draft);
        if self.sharing.on == Some(kind) {
            self.check_audiences(line, pointers, &activity)?;
        }
        Ok(activity)
    }

    /// Refuses a redemption that names no reward of the program. [`Program::read_own`] accepts it: the program may
    /// have had the reward when the activity was recorded.
    fn check_redemption(&self, line: &Line<'_, '_>, pointers: &KindInput, activity: &Activity) -> Read<()> {
        let Some(redeem) = self.redeem.as_ref().filter(|redeem| redeem.on == activity.origin.kind) else {
            return Ok(());
        };
        let error = match activity.attribute(redeem.reward) {
            Some(Found::Text(name)) if self.rewards.find(name).is_some() => return Ok(()),
            Some(Found::Text(name)) => {
                ReadError::new(unknown("reward", name, self.rewards.values().map(|reward| reward.name.as_str())))
            }
            _ => ReadError::expected("the name of a reward", None),
        };
        let its = pointers.attributes.iter().find(|its| its.attribute == redeem.reward);
        Err(error.at(&its.map(|its| its.pointer.pointer(line.fields)).unwrap_or_default()))
    }

    /// Refuses weekdays that do not exist, and a week without a working day. [`Program::read_own`] accepts them.
    fn check_week(&self, line: &Line<'_, '_>, pointers: &KindInput, activity: &Activity) -> Read<()> {
        let Some(week) = self.own_week.as_ref().filter(|week| week.on == activity.origin.kind) else { return Ok(()) };
        let Some(Found::Texts(days)) = activity.attribute(week.rest) else { return Ok(()) };
        let error = match days.iter().find(|day| Weekday::from_name(day).is_none()) {
            Some(day) => ReadError::new(unknown("weekday", day, Weekday::NAMES.iter().copied())),
            None if days.iter().count() == Weekday::NAMES.len() => {
                ReadError::new("lists all seven days; expected at most six, or days of leave")
            }
            None => return Ok(()),
        };
        let its = pointers.attributes.iter().find(|its| its.attribute == week.rest);
        Err(error.at(&its.map(|its| its.pointer.pointer(line.fields)).unwrap_or_default()))
    }

    /// Refuses an unknown audience. If it were ignored, a part that its member meant to hide would be shown.
    fn check_audiences(&self, line: &Line<'_, '_>, pointers: &KindInput, activity: &Activity) -> Read<()> {
        for (_, attribute) in &self.sharing.attributes {
            let known = |said| matches!(said, Found::Text(name) if Audience::of_member(name).is_some());
            if activity.attribute(*attribute).is_none_or(known) {
                continue;
            }
            for its in pointers.attributes.iter().filter(|its| its.attribute == *attribute) {
                let expected = "one of: private, team, company";
                line.at(&its.pointer, |found| Err::<(), _>(ReadError::expected(expected, Some(found))))?;
            }
        }
        Ok(())
    }
}
