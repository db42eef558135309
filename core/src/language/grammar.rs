//! Grammar: what a program may hold, as one table that both the reader's problems and the JSON Schema come from.

use crate::{
    base::{
        time::{Weekday, Window},
        tree::Tree,
    },
    language::{
        audience::Audience,
        form::{Form, Key, MAX_INTEGER, key, required},
    },
};
#[cfg(feature = "schema")]
use alloc::{borrow::Cow, vec::Vec};

/// Kinds, rules, badges and so on of a program, of each at most this many. Their ids then fit into 16 bits.
pub const MAX_OF_A_SORT: usize = 4_096;
/// The most points that a rule gives at a time. Totals stop at ±(2^53 − 1), the end of JavaScript's exact range, which is nine
/// thousand million times as much.
pub const MAX_POINTS: i64 = 1_000_000;
const ANY_INTEGER: Form = Form::Integer(-MAX_INTEGER, MAX_INTEGER);
const LOCALIZED: Form = Form::Shared("text", &Form::Either(&[Form::Text, Form::Map(&Form::Text, 100)]));
const NAMES: Form = Form::OneOrMore(&Form::Name);
const WINDOW: Form = Form::Word(Window::NAMES);
const GIVEN: Form = Form::Word(&["once", "each", "every", "again"]);
const PER: Form = Form::OneOrMore(&Form::Name);
const AT_LEAST: Form = Form::Integer(1, MAX_INTEGER);

const LITERAL: Form = Form::Either(&[Form::Text, ANY_INTEGER, Form::Flag]);
const TEST: Form = Form::Shared(
    "test",
    &Form::Either(&[
        Form::Text,
        ANY_INTEGER,
        Form::Flag,
        Form::Table(&[
            key("is", "equal to this", &LITERAL),
            key("not", "not equal to this", &LITERAL),
            key("min", "this or more; for a level: this or higher", &Form::Either(&[ANY_INTEGER, Form::Name])),
            key("max", "this or less", &Form::Either(&[ANY_INTEGER, Form::Name])),
            key("any", "one of these; of a set: one of these is in it", &Form::List(&LITERAL)),
            key("contains", "of a set: this is in it", &Form::Text),
            key("only", "of a set: nothing but these is in it", &Form::List(&Form::Text)),
            key("missing", "true: it is absent; false: it is there", &Form::Flag),
            key("after", "of a time: later than this", &Form::Text),
            key("before", "of a time: earlier than this", &Form::Text),
            key("by", "with `after` or `before`: by more than this", &Form::Duration),
        ]),
    ]),
);
static CONDITION: Form = Form::Shared(
    "condition",
    &Form::Open(
        &[
            key("all", "all of these hold", &Form::List(&CONDITION)),
            key("any", "one of these holds", &Form::List(&CONDITION)),
            key("not", "this does not hold", &CONDITION),
        ],
        &TEST,
    ),
);
const FROM: Key =
    key("from", "it counts from this moment on; a date is its start in the program's zone", &Form::Moment);
const UNTIL: Key = key("until", "it counts before this moment", &Form::Moment);
const BACKFILL: Key = key("backfill", "at `from`, make up for what came before", &Form::Flag);
const GOALS: Form = Form::OneOrMore(&GOAL);
const GOAL: Form = Form::Shared(
    "goal",
    &Form::Open(
        &[
            key("fields", "these fields of the profile are done", &Form::List(&Form::Name)),
            key("completeness", "the profile is at least this complete, in percent", &Form::Integer(1, 100)),
            key("level", "this level or a higher one", &Form::Name),
            key("challenge", "all steps of this challenge are done", &Form::Name),
            FROM,
            UNTIL,
            BACKFILL,
        ],
        &Form::Either(&[
            AT_LEAST,
            Form::Table(&[key("min", "this or more", &ANY_INTEGER), key("max", "this or less", &ANY_INTEGER)]),
        ]),
    ),
);
const TIME_AT: Form = Form::Either(&[
    Form::Pointer,
    Form::Table(&[
        required("at", "where the time is", &Form::Pointer),
        key("epoch", "the time is a count since 1970, in this unit", &Form::Word(&["seconds", "milliseconds"])),
    ]),
]);
const KIND_INPUT: Form = Form::Open(
    &[
        key("is", "what the feed calls this kind; default: its name", &Form::Text),
        key("actor", "where the actor is", &Form::Pointer),
        key("owner", "where the object's owner is", &Form::Pointer),
        key("recipients", "where the recipients are", &Form::Pointer),
        key("object", "where the object is", &Form::Pointer),
        key("profile", "where the states of profile fields are", &Form::Pointer),
    ],
    &Form::Pointer,
);
const KIND: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key(
        "attributes",
        "what such an activity carries: names, each with its type",
        &Form::Map(&Form::Word(&["integer", "text", "flag", "time", "member", "texts"]), 64),
    ),
    key(
        "reverses",
        "the kind whose latest activity it undoes, or `@object` for everything about its object",
        &Form::Text,
    ),
    key(
        "comfort",
        "before whom its actor does it; default: company, or private for kinds that nobody sees",
        &Form::Word(Audience::NAMES),
    ),
    key("invite", "how a next step asks a member to do it; default: its name", &LOCALIZED),
    key("input", "where a feed keeps it", &KIND_INPUT),
]);
const LIMIT_KEYS: &[Key] = &[
    key("points", "at most this many points, net", &Form::Integer(1, MAX_INTEGER)),
    key("times", "at most this many times", &AT_LEAST),
    key("per", "a calendar window, a key such as `object`, or one of each; default: ever", &PER),
    key("within", "with `times`: a rolling window instead of one of the calendar", &Form::Duration),
];
const LIMIT: Form = Form::Table(LIMIT_KEYS);
const LIMIT_OF_RULE: Form = Form::Either(&[Form::Name, Form::Table(LIMIT_KEYS)]);
const POINTS: Form = Form::Integer(-MAX_POINTS, MAX_POINTS);
const AMOUNT: Form = Form::Either(&[
    POINTS,
    Form::Table(&[
        key(
            "nth",
            "points for the first, the second … activity in a window; later ones give the last number",
            &Form::List(&POINTS),
        ),
        key("per", "with `nth`: the window in which activities are numbered; default: ever", &WINDOW),
        key("by", "an integer attribute that decides how much", &Form::Name),
        key("every", "with `by`: points for each full `every` of the attribute; default: 1", &AT_LEAST),
        key("times", "with `by`: how many points each time; default: 1", &POINTS),
        key("max", "with `by`: never more than this, up or down; default: 1,000,000", &Form::Integer(1, MAX_POINTS)),
    ]),
]);
const RULE: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("on", "the kinds of activities it is for", &NAMES),
    key("when", "instead of `on`: the goal it is for, or a list of which any one suffices", &GOALS),
    key("if", "what must hold", &CONDITION),
    key("to", "with `on`: the role that gets the points; default: actor", &Form::Name),
    required("give", "a currency and points", &Form::Map(&AMOUNT, 1)),
    key("given", "with `when`: how often; default: once", &GIVEN),
    key("limit", "its limits, and the names of shared ones", &Form::OneOrMore(&LIMIT_OF_RULE)),
    FROM,
    UNTIL,
    BACKFILL,
]);
const TALLY: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("count", "how many activities of these kinds", &NAMES),
    key(
        "sum",
        "a total: of an integer attribute, of a currency, or a number for each kind",
        &Form::Either(&[Form::Name, Form::Map(&Form::Integer(-MAX_POINTS, MAX_POINTS), MAX_OF_A_SORT)]),
    ),
    key("distinct", "how many different ones: of a key such as `recipient`, or `day`", &Form::Name),
    key("streak", "how many days or weeks in a row", &Form::Word(&["day", "week"])),
    key("grace", "with `streak`: how many missed ones do not matter; default: 0", &Form::Integer(0, 366)),
    key("since", "how long ago the first of these kinds was", &NAMES),
    key("unit", "with `since`: in full ones of these", &Form::Word(&["day", "week", "month", "quarter", "year"])),
    key("of", "the kinds for `distinct`, `streak` and `sum` of an attribute", &NAMES),
    key("if", "what must hold", &CONDITION),
    key("to", "the role whose tally it is; default: actor", &Form::Name),
    key("per", "a calendar window, a key such as `object`, or one of each; default: ever", &PER),
    key("within", "a rolling window instead of one of the calendar", &Form::Duration),
]);
pub(crate) const SHAPES: &[&str] = &["circle", "hexagon", "shield", "square", "star"];
pub(crate) const ICONS: &[&str] = &[
    "award",
    "book",
    "bulb",
    "chat",
    "check",
    "compass",
    "globe",
    "heart",
    "link",
    "megaphone",
    "pen",
    "people",
    "profile",
    "spark",
    "star",
    "video",
];
const IN_THE_GOAL: Form = Form::Elsewhere("is said in the goal: `when = { …, from = … }`");
const BADGE: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("description", "what it is for", &LOCALIZED),
    key("when", "its goal, or a list of which any one suffices", &GOALS),
    key(
        "grades",
        "instead of `when`: a goal for each grade",
        &Form::Table(&[
            key("bronze", "the lowest grade", &GOALS),
            key("silver", "the middle grade", &GOALS),
            key("gold", "the highest grade", &GOALS),
        ]),
    ),
    key("given", "how often; default: once", &GIVEN),
    key("from", "", &IN_THE_GOAL),
    key("until", "", &IN_THE_GOAL),
    key("backfill", "", &IN_THE_GOAL),
    key("expires", "how long it is held after it was last given or renewed", &Form::Duration),
    key("accepted_by", "the kind by which its member accepts it; others do not see it before", &Form::Name),
    key("hidden_by", "the kind by which its member hides it", &Form::Name),
    key("live", "it goes when its goal no longer holds; default: it stays", &Form::Flag),
    key("secret", "not shown until earned", &Form::Flag),
    key("shape", "its outline; default: circle", &Form::Word(SHAPES)),
    key("icon", "its picture; default: award", &Form::Word(ICONS)),
]);
const FIELD: Form = Form::Table(&[
    required("ask", "what it asks", &LOCALIZED),
    key("help", "a line of help", &LOCALIZED),
    key("section", "the section it stands in", &LOCALIZED),
    key("weight", "its share of completeness; default: 1", &Form::Integer(1, 1_000)),
    key(
        "needs",
        "what a value must meet",
        &Form::Table(&[
            key("items", "at least this many items", &Form::Integer(1, 100)),
            key("length", "at least this many characters", &Form::Integer(1, 10_000)),
            key("link", "a link, http or https", &Form::Flag),
        ]),
    ),
    key("review", "ask again this long after it was last answered", &Form::Duration),
]);
const PROFILE: Form = Form::Table(&[
    required("on", "the kind that carries the fields' states", &Form::Name),
    key("published_by", "the kind by which a member publishes; others see nothing before", &Form::Name),
    key("hidden_by", "the kind by which a member hides again", &Form::Name),
    required("fields", "what is asked", &Form::Map(&FIELD, 200)),
]);
const BOARD: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    required("of", "the currency that is compared", &Form::Name),
    key("per", "this month's points, or the total; default: ever", &Form::Word(&["month", "ever"])),
    key("joined_by", "the kind by which a member joins; default: everyone who published is on the board", &Form::Name),
    required("left_by", "the kind by which a member leaves", &Form::Name),
]);
const AUDIENCE: Form = Form::Table(&[
    required("on", "the kind by which a member says who sees what", &Form::Name),
    key(
        "points",
        "who sees points and level, unless the member says; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
    key("badges", "who sees badges, unless the member says; default: company", &Form::Word(Audience::OF_MEMBERS)),
    key("topics", "who sees topics, unless the member says; default: company", &Form::Word(Audience::OF_MEMBERS)),
    key(
        "profile",
        "who sees what the profile says, unless the member says; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
    key(
        "boards",
        "who sees the member's rows on boards, unless the member says; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
]);
const MEMBERS: Form = Form::Table(&[
    required("gone_by", "the kinds whose owner is seen by nobody from then on", &NAMES),
    key("back_by", "the kinds whose owner has come back", &NAMES),
]);
const TOPICS: Form = Form::Table(&[
    key("claimed_by", "the kind by which a member says what they want to be known for", &Form::Name),
    required("evidence", "tallies counted by topic, and what each is worth", &Form::Map(&Form::Integer(1, 1_000), 50)),
    key("confirmed_by", "which of the evidence counts different colleagues who say so", &Form::Name),
    key("suggest_from", "the strength from which a member is asked to claim the topic; default: 5", &AT_LEAST),
    key("names", "names of topics; default: as activities call them", &Form::Map(&LOCALIZED, MAX_OF_A_SORT)),
]);
const MODELS: Form = Form::Table(&[
    required("agreed_by", "the kind by which a member agrees to be a model", &Form::Name),
    required("ended_by", "the kind by which a member ends that", &Form::Name),
]);
const CHALLENGE: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("description", "what it is", &LOCALIZED),
    key("days", "how many days, from the day on which its member joins", &Form::Integer(1, 366)),
    key("from", "instead of `days`: its first day", &Form::Date),
    key("until", "with `from`: its last day, included", &Form::Date),
    required("joined_by", "the kind by which a member joins; its object names the challenge", &Form::Name),
    required("left_by", "the kind by which a member leaves it", &Form::Name),
    required(
        "steps",
        "what there is to do",
        &Form::Map(
            &Form::Table(&[
                key("name", "its name", &LOCALIZED),
                required("when", "its goal, counted from the day its member joined", &GOAL),
                key("day", "offered from this day on; free days do not count; default: 1", &Form::Integer(1, 366)),
            ]),
            50,
        ),
    ),
    key("shared", "tallies, and the sums that all who joined reach together", &Form::Map(&AT_LEAST, 50)),
]);
const INPUT: Form = Form::Table(&[
    key(
        "format",
        "a known format; default: the program's own",
        &Form::Word(&["cloudevents", "activitystreams", "xapi"]),
    ),
    key("source", "where the source is", &Form::Pointer),
    key("id", "where the id is", &Form::Pointer),
    key("at", "where the time is", &TIME_AT),
    key("sequence", "where a sequence number is, or `@line` for the number of the line", &Form::Pointer),
    key("kind", "where the kind is", &Form::Pointer),
    key("void", "in a line without a kind: where the id of the activity to void is", &Form::Pointer),
    key("actor", "where the actor is", &Form::Pointer),
    key("owner", "where the object's owner is", &Form::Pointer),
    key("recipients", "where the recipients are", &Form::Pointer),
    key("object", "where the object is", &Form::Pointer),
    key("attributes", "where the attributes are", &Form::Pointer),
    key("profile", "where the states of profile fields are", &Form::Pointer),
    key(
        "unknown_kinds",
        "what to do with kinds that the program does not have; default: refuse",
        &Form::Word(&["ignore", "refuse"]),
    ),
]);
const LEVEL: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    required("min", "the currency and total to reach", &Form::Map(&Form::Integer(1, MAX_INTEGER), 1)),
    key("live", "it is held only while the total is there; default: it stays", &Form::Flag),
]);
const CURRENCY: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("start", "what everyone begins with; default: 0", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
    key("floor", "the total never falls below this; default: no floor", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
    key("per", "the total begins anew in each of these; default: ever", &WINDOW),
]);
const WEEK: Form = Form::Table(&[
    key("starts", "the first day of a week; default: monday", &Form::Word(Weekday::NAMES)),
    key("rest", "days on which no streak expects anything", &Form::List(&Form::Word(Weekday::NAMES))),
]);
const LEAVE: Form = Form::Table(&[
    required("on", "the kind by which members say when they are away", &Form::Name),
    required("from", "its attribute of the first day", &Form::Name),
    required("until", "its attribute of the last day", &Form::Name),
]);
const REDEEM: Form = Form::Table(&[
    required("on", "the kind by which a reward is redeemed", &Form::Name),
    key("approved_by", "the kind by which a redemption is approved", &Form::Name),
]);
const REWARD: Form = Form::Table(&[
    key("name", "its name", &LOCALIZED),
    key("description", "what it is", &LOCALIZED),
    required("cost", "a currency and points", &Form::Map(&Form::Integer(1, MAX_POINTS), 1)),
    key("stock", "how many there are; 0 is none left; default: no end", &Form::Integer(0, 1_000_000)),
    key("approval", "it is pending until approved", &Form::Flag),
]);

/// The form of a whole program.
pub(crate) static PROGRAM: Form = Form::Table(&[
    required("version", "the version of this language", &Form::Integer(1, 1)),
    required("id", "its id", &Form::Name),
    key("name", "its name", &LOCALIZED),
    key("zone", "its time zone, an IANA name; default: UTC", &Form::Text),
    key("week", "how weeks run", &WEEK),
    key("holidays", "dates on which no streak expects anything", &Form::List(&Form::Date)),
    key("leave", "how members say that they are away", &LEAVE),
    key("input", "where a feed keeps things; default: the program's own format", &INPUT),
    required("kinds", "the kinds of activities", &Form::Map(&KIND, MAX_OF_A_SORT)),
    key("currencies", "what points are counted in", &Form::Map(&CURRENCY, 16)),
    key("limits", "limits that several rules share", &Form::Map(&LIMIT, MAX_OF_A_SORT)),
    key("tallies", "what is counted", &Form::Map(&TALLY, MAX_OF_A_SORT)),
    key("rules", "what gives points", &Form::Map(&RULE, MAX_OF_A_SORT)),
    key("badges", "what can be earned and shown", &Form::Map(&BADGE, MAX_OF_A_SORT)),
    key("levels", "how far a total has climbed", &Form::Map(&LEVEL, 100)),
    key("profile", "what a profile asks", &PROFILE),
    key("boards", "members in order of their points", &Form::Map(&BOARD, 100)),
    key("audience", "how members say who sees what", &AUDIENCE),
    key("members", "how members go and come back", &MEMBERS),
    key("topics", "what members are known for", &TOPICS),
    key("gains", "tallies that show a member what taking part brings", &Form::List(&Form::Name)),
    key("models", "how members agree to be models", &MODELS),
    key("challenges", "steps within a number of days", &Form::Map(&CHALLENGE, 100)),
    key("groups", "the smallest group whose numbers are shown; default: 5", &Form::Integer(1, 1_000)),
    key("redeem", "how rewards are redeemed", &REDEEM),
    key("rewards", "what points can be spent on", &Form::Map(&REWARD, 1_000)),
]);

/// The JSON Schema (2020-12) of a program, from the same table that the reader uses.
///
/// ```
/// let schema = serde_json::to_value(knownfor::schema())?;
/// assert_eq!(schema["properties"]["rules"]["type"], "object");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "schema")]
pub fn schema() -> Tree<'static> {
    let mut shared = Vec::new();
    let mut schema = PROGRAM.schema(&mut shared);
    if let Tree::Table(entries) = &mut schema {
        entries.insert(0, (Cow::Borrowed("$schema"), Tree::from("https://json-schema.org/draft/2020-12/schema")));
        entries.insert(1, (Cow::Borrowed("title"), Tree::from("A program of knownfor")));
        entries.push((Cow::Borrowed("$defs"), Tree::Table(shared)));
    }
    schema
}

/// A window by its name. Forms that offer only some of them are checked before.
pub(crate) fn window(tree: Option<&Tree<'_>>) -> Window {
    tree.and_then(Tree::as_text).and_then(Window::from_name).unwrap_or(Window::Ever)
}
