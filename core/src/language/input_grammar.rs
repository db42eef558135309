//! Input grammar: where a feed has the parts of an activity.

use super::form::{Form, key, required};

const POINTERS: Form = Form::OneOrMore(&Form::Pointer);
const EPOCH: Form = Form::Word(&["seconds", "milliseconds"]);
const TIME_AT: Form = Form::Either(&[
    POINTERS,
    Form::Table(&[
        required("at", "pointers to the time", &POINTERS),
        key("epoch", "a number there is a count since 1970, in this unit", &EPOCH),
    ]),
]);
const ATTRIBUTE_AT: Form = Form::Either(&[
    POINTERS,
    Form::Table(&[
        required("at", "pointers to the attribute", &POINTERS),
        key("epoch", "for a time: a number there is a count since 1970, in this unit", &EPOCH),
        key(
            "times",
            "for an integer: the number there, which may have a fraction, times this; what is left of it is cut",
            &Form::Integer(1, 1_000_000),
        ),
    ]),
]);
pub(super) const KIND_INPUT: Form = Form::Open(
    &[
        key("is", "the feed's name for this kind; default: the kind's name", &Form::Text),
        key("source", "pointers to the source", &POINTERS),
        key("id", "pointers to the id, or `@content` for an id made from the content", &POINTERS),
        key("at", "pointers to the time, or pointers and unit", &TIME_AT),
        key("actor", "pointers to the actor", &POINTERS),
        key("owner", "pointers to the object's owner", &POINTERS),
        key("recipients", "pointers to the recipients, all of which count", &POINTERS),
        key("object", "pointers to the object", &POINTERS),
        key("profile", "pointers to the states of profile fields", &POINTERS),
    ],
    &ATTRIBUTE_AT,
);
pub(super) const INPUT: Form = Form::Table(&[
    key(
        "format",
        "a known format; default: the program's own",
        &Form::Word(&["cloudevents", "activitystreams", "xapi"]),
    ),
    key("source", "pointers to the source", &POINTERS),
    key("id", "pointers to the id, or `@content` for an id made from the content", &POINTERS),
    key("at", "pointers to the time, or pointers and unit", &TIME_AT),
    key(
        "utc",
        "with an offset of zero, local time is UTC, or unknown; default: local",
        &Form::Word(&["local", "unknown"]),
    ),
    key("sequence", "pointers to a sequence number, or `@line` for the line number", &POINTERS),
    key("kind", "pointers to the kind", &POINTERS),
    key("detail", "pointers to what makes the name of the kind more particular", &POINTERS),
    key("void", "in a line without a kind: pointers to the id of the activity to void", &POINTERS),
    key("actor", "pointers to the actor", &POINTERS),
    key("owner", "pointers to the object's owner", &POINTERS),
    key("recipients", "pointers to the recipients, all of which count", &POINTERS),
    key("object", "pointers to the object", &POINTERS),
    key("attributes", "pointers to the attributes", &POINTERS),
    key("profile", "pointers to the states of profile fields", &POINTERS),
    key("home", "with xapi: home pages whose accounts are known by their name alone", &Form::OneOrMore(&Form::Text)),
    key(
        "unknown_kinds",
        "what to do with kinds that the program does not declare; default: refuse",
        &Form::Word(&["ignore", "refuse"]),
    ),
]);
