//! Grammar: the keys of a program and their forms, in one table for the check and the JSON Schema.

use crate::{
    base::{day::Window, keyword::Keyword, tree::Tree},
    language::{
        audience::Audience,
        face::{Icon, Shape},
        form::{Form, Key, MAX_INTEGER, key, required},
        input_grammar::{INPUT, KIND_INPUT},
        retention_grammar::RETENTION,
        time_grammar::{HOURS, LEAVE, OWN_WEEK, SEASON, WEEK},
    },
};
#[cfg(feature = "schema")]
use alloc::{borrow::Cow, vec::Vec};

/// The most things of one type in a program, such as its rules. Their ids then fit 16 bits.
pub const MAX_OF_A_SORT: usize = 4_096;
/// The most grades of a badge. Reaching the highest at once gives an entry for each.
const MAX_GRADES: usize = 100;
/// The most points that a rule gives or takes at once. Totals stop at ±(2^53 − 1), the end of JavaScript's exact
/// range: nine billion times as much.
pub const MAX_POINTS: i64 = 1_000_000;
/// The `expires` of a badge that ends with those that it needs.
pub(crate) const WITH_BADGES: &str = "with-badges";
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
            key(
                "min",
                "at least this number; for a level, this level or a higher one",
                &Form::Either(&[ANY_INTEGER, Form::Text]),
            ),
            key("max", "this or less", &Form::Either(&[ANY_INTEGER, Form::Text])),
            key("any", "one of these; for a set: it contains one of these", &Form::List(&LITERAL)),
            key("contains", "for a set: it contains this", &Form::Text),
            key("only", "for a set: it contains nothing but these", &Form::List(&Form::Text)),
            key("missing", "true: the value is absent; false: it is present", &Form::Flag),
            key("after", "for a time: later than this", &Form::Text),
            key("before", "for a time: earlier than this", &Form::Text),
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
    key("from", "activities count from this moment; a date means its start in the program's zone", &Form::Moment);
const UNTIL: Key = key("until", "activities count before this moment", &Form::Moment);
const BACKFILL: Key = key("backfill", "at `from`, award what earlier activities earned", &Form::Flag);
const ONE_BADGE: Form = Form::Elsewhere("a goal asks for a list of badges: `badges = [\"…\"]`");
const GOALS: Form = Form::OneOrMore(&GOAL);
const GOAL: Form = Form::Shared(
    "goal",
    &Form::Open(
        &[
            key("fields", "these fields of the profile are done", &Form::List(&Form::Name)),
            key("completeness", "the profile is at least this complete, in percent", &Form::Integer(1, 100)),
            key("level", "this level or a higher one", &Form::Name),
            key("badges", "of a badge: these badges are held", &Form::List(&Form::Name)),
            key("challenge", "all steps of this challenge are done", &Form::Name),
            FROM,
            UNTIL,
            BACKFILL,
            key("badge", "", &ONE_BADGE),
        ],
        &Form::Either(&[
            AT_LEAST,
            Form::Table(&[key("min", "this or more", &ANY_INTEGER), key("max", "this or less", &ANY_INTEGER)]),
        ]),
    ),
);
/// The types of attributes.
pub(crate) const ATTRIBUTE_TYPES: &[&str] = &["integer", "text", "flag", "time", "member", "texts"];
const REVERSES: Form = Form::Either(&[
    Form::Text,
    Form::Table(&[
        key("kind", "the kinds that it undoes; default: all that do not reverse", &NAMES),
        key(
            "by",
            "whose activities it undoes; default: actor, those of its own actor",
            &Form::Word(&["actor", "anyone"]),
        ),
        key("all", "true: all about its object; default: the latest", &Form::Flag),
        key("id", "instead of the same object: the text attribute with the id of what is undone", &Form::Name),
    ]),
]);
const KIND: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key(
        "attributes",
        "the attributes of these activities: names, each with its type",
        &Form::Map(&Form::Word(ATTRIBUTE_TYPES), 64),
    ),
    key(
        "reverses",
        "the kind whose latest activity this one undoes, or `@object` for everything about its object, or a table",
        &REVERSES,
    ),
    key(
        "comfort",
        "the audience its actor faces; default: company, or private for kinds that nobody sees",
        &Form::Word(Audience::NAMES),
    ),
    key("invite", "the invitation to do it, shown as a next step; default: the name", &LOCALIZED),
    key("input", "where a feed has the parts of these activities", &KIND_INPUT),
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
        key(
            "per",
            "with `nth` or `best`: a calendar window, a key with one value, or one of each; default: ever",
            &PER,
        ),
        key("by", "instead of `nth`: the integer attribute that decides the points", &Form::Name),
        key("every", "with `by`: points for each full `every` of the attribute; default: 1", &AT_LEAST),
        key("times", "with `by`: how many points each time; default: 1", &POINTS),
        key("best", "with `by`: true: only what is above the best so far; default: each time", &Form::Flag),
        key("max", "with `by`: never more than this, up or down; default: 1,000,000", &Form::Integer(1, MAX_POINTS)),
    ]),
]);
const RULE: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("on", "the kinds of activity that it gives points for", &NAMES),
    key(
        "when",
        "instead of `on`: the goal that it gives points for, or a list of goals of which one is enough",
        &GOALS,
    ),
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
    key("name", "the name shown to people", &LOCALIZED),
    key("count", "how many activities of these kinds", &NAMES),
    key(
        "sum",
        "a total: of an integer attribute, of a currency, or a number for each kind",
        &Form::Either(&[Form::Name, Form::Map(&Form::Integer(-MAX_POINTS, MAX_POINTS), MAX_OF_A_SORT)]),
    ),
    key("highest", "the highest value of an integer attribute, at least 0", &Form::Name),
    key("distinct", "how many different ones: of a key such as `recipient`, or `day`", &Form::Name),
    key("streak", "how many days, weeks or months in a row", &Form::Word(&["day", "week", "month"])),
    key(
        "least",
        "with `streak` of weeks or months: on how many different days of each; default: 1",
        &Form::Integer(1, 28),
    ),
    key(
        "grace",
        "with `streak`: how many missed ones do not matter, in each gap or in a window; default: 0",
        &Form::Either(&[
            Form::Integer(0, 366),
            Form::Table(&[
                required("times", "how many", &Form::Integer(1, 366)),
                required(
                    "per",
                    "the window in which they are used up",
                    &Form::Word(&["week", "month", "quarter", "year"]),
                ),
            ]),
        ]),
    ),
    key("since", "how long ago the first of these kinds was", &NAMES),
    key("unit", "with `since`: in full ones of these", &Form::Word(&["day", "week", "month", "quarter", "year"])),
    key("of", "the kinds for `highest`, `distinct`, `streak` and `sum` of an attribute", &NAMES),
    key("if", "what must hold", &CONDITION),
    key("to", "the role it counts for; default: actor", &Form::Name),
    key("per", "a calendar window, a key such as `object`, or one of each; default: ever", &PER),
    key("within", "a rolling window instead of one of the calendar", &Form::Duration),
]);
const IN_THE_GOAL: Form = Form::Elsewhere("belongs in the goal: `when = { …, from = … }`");
const BADGE: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("description", "what it is for", &LOCALIZED),
    key("when", "the goal, or a list of goals of which one is enough", &GOALS),
    key("grades", "instead of `when`: grades, the lowest first, each with its goal", &Form::Map(&GOALS, MAX_GRADES)),
    key("given", "how often; default: once", &GIVEN),
    key("from", "", &IN_THE_GOAL),
    key("until", "", &IN_THE_GOAL),
    key("backfill", "", &IN_THE_GOAL),
    key(
        "expires",
        "how long it is held after it was last given or renewed, or `with-badges`: while it has those that it needs",
        &Form::Either(&[Form::Duration, Form::Word(&[WITH_BADGES])]),
    ),
    key("accepted_by", "the kind by which its member accepts it; others see it only then", &Form::Name),
    key("hidden_by", "the kind by which its member hides it", &Form::Name),
    key("live", "true: it is lost when its goal no longer holds; default: it is kept", &Form::Flag),
    key("secret", "true: it is not shown before it is earned", &Form::Flag),
    key("shape", "its outline; default: circle", &Form::Word(Shape::NAMES)),
    key("icon", "its picture; default: award", &Form::Word(Icon::NAMES)),
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
    key("review", "how long after the last answer the question is asked again", &Form::Duration),
]);
const PROFILE: Form = Form::Table(&[
    required("on", "the kind that carries the fields' states", &Form::Name),
    key("published_by", "the kind by which a member publishes; others see nothing before", &Form::Name),
    key("hidden_by", "the kind by which a member hides again", &Form::Name),
    key("first", "the field that is asked before all others", &Form::Name),
    required("fields", "what is asked", &Form::Map(&FIELD, 200)),
]);
const BOARD: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    required("of", "the currency that is compared", &Form::Name),
    key("per", "this month's points, or the total; default: ever", &Form::Word(&["month", "ever"])),
    key("joined_by", "the kind by which a member joins; default: everyone who published is on the board", &Form::Name),
    required("left_by", "the kind by which a member leaves", &Form::Name),
]);
const AUDIENCE: Form = Form::Table(&[
    required("on", "the kind by which a member chooses who sees what", &Form::Name),
    key(
        "points",
        "who sees points and level, unless the member chooses; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
    key("badges", "who sees badges, unless the member chooses; default: company", &Form::Word(Audience::OF_MEMBERS)),
    key("topics", "who sees topics, unless the member chooses; default: company", &Form::Word(Audience::OF_MEMBERS)),
    key(
        "profile",
        "who sees what the profile says, unless the member chooses; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
    key(
        "boards",
        "who sees the member's rows on boards, unless the member chooses; default: company",
        &Form::Word(Audience::OF_MEMBERS),
    ),
]);
const MEMBERS: Form = Form::Table(&[
    key("gone_by", "the kinds by which their owner departs and is no longer shown to anyone", &NAMES),
    key("back_by", "the kinds by which their owner returns", &NAMES),
    key("earn_nothing", "accounts that earn nothing and are shown to nobody, such as bots", &Form::List(&Form::Text)),
]);
const TOPICS: Form = Form::Table(&[
    key("claimed_by", "the kind by which a member claims what they want to be known for", &Form::Name),
    key("declined_by", "the kind by which a member declines topics that others said", &Form::Name),
    required("evidence", "tallies counted by topic, and what each is worth", &Form::Map(&Form::Integer(1, 1_000), 50)),
    key("confirmed_by", "the tally in `evidence` of different colleagues who confirm a topic", &Form::Name),
    key("named_by", "the tally of those among them who let others see their name", &Form::Name),
    key("suggest_from", "the strength from which a member is asked to claim the topic; default: 5", &AT_LEAST),
    key("names", "names of topics; default: as activities call them", &Form::Map(&LOCALIZED, MAX_OF_A_SORT)),
]);
const STEPS: Form = Form::Table(&[required(
    "declined_by",
    "the kind by which a member says which steps are not for them",
    &Form::Name,
)]);
const MODELS: Form = Form::Table(&[
    required("agreed_by", "the kind by which a member agrees to be a model", &Form::Name),
    required("ended_by", "the kind by which a member ends that", &Form::Name),
]);
const CHALLENGE: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("description", "a description shown to people", &LOCALIZED),
    key("days", "how many days it lasts, from the day on which a member joins", &Form::Integer(1, 366)),
    key("from", "instead of `days`: its first day", &Form::Date),
    key("until", "with `from`: its last day, included", &Form::Date),
    required("joined_by", "the kind by which a member joins; its object names the challenge", &Form::Name),
    required("left_by", "the kind by which a member leaves it", &Form::Name),
    required(
        "steps",
        "what there is to do",
        &Form::Map(
            &Form::Table(&[
                key("name", "the name shown to people", &LOCALIZED),
                required("when", "its goal, counted from the day its member joined", &GOAL),
                key("day", "offered from this day on; free days do not count; default: 1", &Form::Integer(1, 366)),
            ]),
            50,
        ),
    ),
    key("shared", "tallies, and the sums that all who joined reach together", &Form::Map(&AT_LEAST, 50)),
]);
const REPEAT: Form = Form::Table(&[
    required("count", "how many levels there are, this one included", &Form::Integer(2, 1_000)),
    required("step", "how many points lie between it and the second one", &AT_LEAST),
    key(
        "percent",
        "each further step in percent of the one before, rounded down; default: 100",
        &Form::Integer(100, 1_000),
    ),
    key("plus", "how many points each further step takes more, after `percent`; default: 0", &AT_LEAST),
]);
const LEVEL: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("min", "the currency and total to reach", &Form::Map(&AT_LEAST, 1)),
    key("when", "instead of `min`: the goal to reach, or a list of goals of which one is enough", &GOALS),
    key("live", "true: it is lost when its total or goal no longer holds; default: it is kept", &Form::Flag),
    key("repeat", "with `min`: the levels that follow it at regular totals", &REPEAT),
]);
const CURRENCY: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("start", "the total that everyone starts with; default: 0", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
    key("floor", "the total never falls below this; default: no floor", &Form::Integer(-MAX_POINTS, MAX_POINTS)),
    key("per", "the window after which the total starts again; default: ever", &WINDOW),
    key("private", "true: only the member sees the total; default: false", &Form::Flag),
]);
const REDEEM: Form = Form::Table(&[
    required("on", "the kind by which a reward is redeemed", &Form::Name),
    key("approved_by", "the kind by which a redemption is approved", &Form::Name),
]);
const REWARD: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    key("description", "a description shown to people", &LOCALIZED),
    required("cost", "a currency and points", &Form::Map(&Form::Integer(1, MAX_POINTS), 1)),
    key("stock", "how many there are; 0 means none are left; default: unlimited", &Form::Integer(0, 1_000_000)),
    key("approval", "true: a redemption is pending until it is approved", &Form::Flag),
]);

const ALLOWANCE: Form = Form::Table(&[
    key("name", "the name shown to people", &LOCALIZED),
    required("of", "the tally of what a member has given", &Form::Name),
    key("most", "how much a member may give, for all keys of the tally together", &AT_LEAST),
    key("each", "how much a member may give for each key of the tally", &AT_LEAST),
]);

/// The form of a program.
pub(crate) static PROGRAM: Form = Form::Table(&[
    required("version", "the version of this language", &Form::Integer(1, 1)),
    required("id", "a short name that identifies the program", &Form::Name),
    key("name", "the name shown to people", &LOCALIZED),
    key("zone", "its time zone, an IANA name; default: UTC", &Form::Text),
    key("day_starts", "the hour at which days begin, such as 04:00; default: 00:00", &Form::Word(HOURS)),
    key("week", "how weeks run", &WEEK),
    key("season", "where seasons begin and how long they are", &SEASON),
    key("holidays", "dates on which no streak expects anything", &Form::List(&Form::Date)),
    key("leave", "how members record their leave", &LEAVE),
    key("own_week", "how members say on which weekdays they rest", &OWN_WEEK),
    key("input", "where a feed has the parts of an activity; default: the program's own format", &INPUT),
    required("kinds", "the kinds of activities", &Form::Map(&KIND, MAX_OF_A_SORT)),
    key("currencies", "what points are counted in", &Form::Map(&CURRENCY, 16)),
    key("limits", "limits that several rules share", &Form::Map(&LIMIT, MAX_OF_A_SORT)),
    key("tallies", "the counts that goals, conditions and topics use", &Form::Map(&TALLY, MAX_OF_A_SORT)),
    key("rules", "what gives points", &Form::Map(&RULE, MAX_OF_A_SORT)),
    key("badges", "the badges that members earn", &Form::Map(&BADGE, MAX_OF_A_SORT)),
    key("levels", "the levels that a total or goals reach", &Form::Map(&LEVEL, 1_000)),
    key("profile", "what a profile asks", &PROFILE),
    key("boards", "members in order of their points", &Form::Map(&BOARD, 100)),
    key("audience", "who sees what, and how members choose it", &AUDIENCE),
    key("members", "how members depart and return, and which accounts earn nothing", &MEMBERS),
    key("topics", "what members are known for", &TOPICS),
    key("steps", "how members decline steps", &STEPS),
    key("gains", "tallies that show a member what taking part brings", &Form::List(&Form::Name)),
    key("models", "how members agree to be role models", &MODELS),
    key("challenges", "steps within a number of days", &Form::Map(&CHALLENGE, 100)),
    key("groups", "the smallest group whose figures are shown; default: 10", &Form::Integer(1, 1_000)),
    key("retention", "how long activities are kept; default: 13 months", &RETENTION),
    key("redeem", "how rewards are redeemed", &REDEEM),
    key("rewards", "what members can spend points on", &Form::Map(&REWARD, 1_000)),
    key("allowances", "what members may give away", &Form::Map(&ALLOWANCE, 100)),
]);

/// The JSON Schema (2020-12) of a program, for completion and checks in an editor.
///
/// It comes from the table that [`Program::check`](crate::Program::check) uses. `check` refuses more: a schema cannot
/// say that a name must exist elsewhere in the program.
///
/// ```
/// let schema = serde_json::to_value(knownfor::schema())?;
/// assert_eq!(schema["properties"]["rules"]["type"], "object");
/// assert_eq!(schema["required"], serde_json::json!(["version", "id", "kinds"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "schema")]
pub fn schema() -> Tree<'static> {
    let mut shared = Vec::new();
    let mut schema = PROGRAM.schema(&mut shared);
    if let Tree::Table(entries) = &mut schema {
        entries.insert(0, (Cow::Borrowed("$schema"), Tree::from("https://json-schema.org/draft/2020-12/schema")));
        entries.insert(1, (Cow::Borrowed("title"), Tree::from("A knownfor program")));
        entries.push((Cow::Borrowed("$defs"), Tree::Table(shared)));
    }
    schema
}

/// A window by its name, or `Ever`. The grammar has already refused windows that a key does not take.
pub(crate) fn window(tree: Option<&Tree<'_>>) -> Window {
    tree.and_then(Tree::as_text).and_then(Window::from_name).unwrap_or(Window::Ever)
}
