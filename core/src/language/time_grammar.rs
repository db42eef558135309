//! Time grammar: when days begin, how weeks and seasons run, and when members rest.

use super::form::{Form, key, required};
use crate::base::day::Weekday;

pub(super) const SEASON: Form = Form::Table(&[
    required("starts", "the first day of one season", &Form::Date),
    key("days", "how many days each has", &Form::Integer(1, 3_660)),
    key("weeks", "how many weeks each has", &Form::Integer(1, 520)),
    key("months", "how many months each has", &Form::Integer(1, 120)),
]);
pub(super) const WEEK: Form = Form::Table(&[
    key("starts", "the first day of a week; default: monday", &Form::Word(Weekday::NAMES)),
    key("rest", "days on which no streak expects anything", &Form::List(&Form::Word(Weekday::NAMES))),
]);
/// The hours at which days may begin. Nobody's evening is longer.
pub(super) const HOURS: &[&str] = &[
    "00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00", "09:00", "10:00", "11:00", "12:00",
];
pub(super) const LEAVE: Form = Form::Table(&[
    required("on", "the kind by which members say when they are away", &Form::Name),
    required("from", "its attribute of the first day", &Form::Name),
    required("until", "its attribute of the last day", &Form::Name),
]);
pub(super) const OWN_WEEK: Form = Form::Table(&[
    required("on", "the kind by which members say on which weekdays they rest", &Form::Name),
    required("rest", "its attribute of these weekdays, such as saturday", &Form::Name),
    key("from", "its attribute of the first day on which that holds; default: the day of the activity", &Form::Name),
]);
