//! Kitchen: plays recipes, a program and lines of what then happens, as pages write them.
//!
//! The top of core/COOKBOOK.md explains the lines. A line that begins with two spaces continues the one before, and `on 5
//! days from` in front of a line repeats it on the days that follow.

use crate::world::tree;
use knownfor::{
    Activity, Engine, EntryLine, Feed, Incoming, MemberOutcome, Outcome, Program, SkipReason, ViewContext, Zone,
};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// A question or a programme, and its answer.
pub(crate) struct Recipe<'p> {
    pub(crate) question: &'p str,
    pub(crate) program: String,
    /// The program to compare with, if the answer shows two.
    pub(crate) other: Option<String>,
    /// The activities, and the expected results.
    pub(crate) steps: Vec<(String, Vec<&'p str>)>,
}

/// The lines of a text, each with what must follow from it.
pub(crate) fn steps<'p>(text: &'p str, question: &str) -> Vec<(String, Vec<&'p str>)> {
    let mut steps: Vec<(String, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let last = || panic!("{question}: `{line}` comes first");
        match (line.strip_prefix("→ "), line.strip_prefix("  ")) {
            (Some(then), _) => steps.last_mut().unwrap_or_else(last).1.push(then),
            (None, Some(more)) => steps.last_mut().unwrap_or_else(last).0 += more,
            (None, None) => steps.push((line.to_owned(), Vec::new())),
        }
    }
    steps
}

/// The blocks of a language.
pub(crate) fn blocks<'p>(part: &'p str, language: &str) -> impl Iterator<Item = &'p str> {
    part.split("```").skip(1).step_by(2).filter_map(move |block| block.strip_prefix(language)?.strip_prefix('\n'))
}

/// What a recipe claims and does not hold.
pub(crate) fn tried(recipe: &Recipe<'_>) -> Result<(), Vec<String>> {
    let of = |what: String| format!("{}: {what}", recipe.question);
    let checked = |text: &str| Program::from_toml(text, Zone::named).map_err(|problems| vec![of(problems.to_string())]);
    let other = recipe.other.as_deref().map(checked).transpose()?;
    let mut kitchen = Kitchen { engine: Engine::new(checked(&recipe.program)?), other, activities: Vec::new() };
    let mut wrong = Vec::new();
    for (line, then) in &recipe.steps {
        let said = kitchen.take_all(line);
        if !said.is(then) {
            wrong.push(of(format!("{line}\n  expected {then:?}\n  found    {said:?}")));
        }
    }
    if recipe.steps.iter().all(|(_, then)| then.is_empty()) {
        wrong.push(of("nothing is expected".into()));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The result of a line.
#[derive(Debug)]
enum Said {
    /// The whole result, or the reasons why there is none.
    All(Vec<String>, Vec<&'static str>),
    /// Everything visible. The page names only the parts that matter.
    Seen(Vec<String>),
}

impl Said {
    fn is(&self, then: &[&str]) -> bool {
        match self {
            Self::All(all, reasons) if all.is_empty() => match then {
                [] | ["nothing"] => true,
                [one] => reasons.iter().any(|reason| *one == format!("nothing ({reason})")),
                _ => false,
            },
            Self::All(all, _) => all == then,
            Self::Seen(seen) => {
                let is = |fact: &str| seen.iter().any(|seen| seen == fact);
                let so = |one: &&str| one.strip_prefix("no ").map_or(is(one), |absent| !is(absent) && !is("nothing"));
                !then.is_empty() && then.iter().all(so)
            }
        }
    }
}

/// The state in which a recipe is tried.
struct Kitchen {
    engine: Engine,
    other: Option<Program>,
    /// The activities so far; a page refers to them by number.
    activities: Vec<Activity>,
}

impl Kitchen {
    /// Takes a line, or the same on several days.
    fn take_all(&mut self, line: &str) -> Said {
        let several = line.strip_prefix("on ").and_then(|rest| rest.split_once(" days from "));
        let Some((count, line)) = several else { return self.take(line) };
        let (day, rest) = line.split_once(' ').expect(line);
        let (first, count): (jiff::civil::Date, usize) = (day.parse().expect(line), count.parse().expect(line));
        let mut all = Vec::new();
        for day in first.series(jiff::Span::new().days(1)).take(count) {
            match self.take(&format!("{day} {rest}")) {
                Said::All(said, _) => all.extend(said),
                Said::Seen(_) => panic!("`{line}` only looks"),
            }
        }
        Said::All(all, Vec::new())
    }

    fn take(&mut self, line: &str) -> Said {
        let numbered = |number: &str| number.parse::<usize>().expect(line) - 1;
        if line.starts_with('{') {
            return self.read(line);
        }
        let (time, rest) = timed(line);
        let (rest, team) = mates(rest);
        let team: Vec<&str> = team.iter().map(String::as_str).collect();
        let ask =
            |viewer, locale| ViewContext { team: &team, ..ViewContext::of(viewer, locale, time.parse().expect(line)) };
        match rest.split_whitespace().collect::<Vec<_>>()[..] {
            [_, "voids", number] => {
                let activity = &self.activities[numbered(number)];
                let (source, id) = (activity.source().to_owned(), activity.id().to_owned());
                let outcome = self.engine.void(&source, &id);
                Said::All(self.changes(&outcome), Vec::new())
            }
            [_, "renames", member, "to", name] => {
                let changed = self.engine.rename(member, name);
                self.members(changed)
            }
            [_, "erases", member, "as", name] => {
                let changed = self.engine.erase(member, name);
                self.members(changed)
            }
            [_, "repeats", number] => self.apply(self.activities[numbered(number)].clone()),
            [member, "asks", "for", reward] => self.ask_for(reward, member, &time),
            [_, "would", ..] => self.may_give(&time, &rest.replacen("would ", "", 1)),
            [_, "compares"] => self.compare(&time),
            [_, "reads", "the", "warnings"] => {
                let warnings = self.engine.program().warnings().into_iter().map(|warning| warning.path);
                // The kinds are those of all recipes, and each recipe uses a few of them.
                Said::All(warnings.filter(|path| !path.starts_with("/kinds/")).collect(), Vec::new())
            }
            [viewer, "looks", "at", "model", member] => {
                let model =
                    serde_json::to_value(self.engine.model(member, &ask(viewer, "en"))).expect("a model is JSON");
                Said::Seen(facts(&model))
            }
            [viewer, "looks", "for", topic] => self.experts(topic, &ask(viewer, "en")),
            [viewer, "looks", "at", "board", board] => self.board(board, &ask(viewer, "en")),
            [viewer, "looks", "at", member] => self.view(member, &ask(viewer, "en")),
            [viewer, "looks", "at", member, "in", locale] => self.view(member, &ask(viewer, locale)),
            _ => {
                let activity = written(&time, &rest, self.activities.len() + 1);
                self.read(&activity.to_string())
            }
        }
    }

    fn read(&mut self, text: &str) -> Said {
        match self.engine.program().read(&tree(text), &Feed::new("intranet")) {
            Ok(Incoming::Activity(activity)) => self.apply(activity),
            Ok(Incoming::Void { source, id }) => {
                let outcome = self.engine.void(&source, &id);
                Said::All(self.changes(&outcome), Vec::new())
            }
            Ok(Incoming::Ignored { .. }) => Said::All(Vec::new(), Vec::new()),
            Err(error) => Said::All(vec![error.to_string()], Vec::new()),
        }
    }

    fn apply(&mut self, activity: Activity) -> Said {
        self.activities.push(activity.clone());
        match self.engine.apply(activity.clone()) {
            Ok(outcome) => Said::All(self.changes(&outcome), self.reasons(&activity)),
            Err(error) => Said::All(vec![error.to_string()], Vec::new()),
        }
    }

    /// What changed for members who got another name.
    fn members(&self, changed: Result<Vec<MemberOutcome>, knownfor::MembersError>) -> Said {
        match changed {
            Ok(members) => Said::All(self.changes_of(&members), Vec::new()),
            Err(error) => Said::All(vec![error.to_string()], Vec::new()),
        }
    }

    /// The changes, one line per entry, losses first.
    fn changes(&self, outcome: &Outcome) -> Vec<String> {
        self.changes_of(&outcome.members)
    }

    fn changes_of(&self, members: &[MemberOutcome]) -> Vec<String> {
        let went =
            |changed: &MemberOutcome| changed.taken_lines().into_iter().map(|line| self.entry(&line, "no longer: "));
        let came = |changed: &MemberOutcome| changed.added_lines().into_iter().map(|line| self.entry(&line, ""));
        members.iter().flat_map(|changed| went(changed).chain(came(changed)).collect::<Vec<_>>()).collect()
    }

    /// One entry in the words of the page.
    fn entry(&self, line: &EntryLine, before: &str) -> String {
        let line = serde_json::to_value(line).expect("a line is JSON");
        let text = |key: &str| line[key].as_str().map(str::to_owned);
        let mut said = format!("{before}{}", text("member").unwrap_or_default());
        for key in ["badge", "level", "reward"] {
            said += &text(key).map(|name| format!(" {key} {name}")).unwrap_or_default();
        }
        said += &text("grade").map(|grade| format!(" {grade}")).unwrap_or_default();
        said +=
            &text("object").filter(|_| line["badge"].is_string()).map(|of| format!(" for {of}")).unwrap_or_default();
        said += &line["amount"].as_i64().map(|amount| format!(" {amount:+}")).unwrap_or_default();
        said += &text("currency").map(|currency| format!(" {currency}")).unwrap_or_default();
        let times = line["times"].as_u64().filter(|times| *times > 1 && line["badge"].is_string());
        said += &times.map(|times| format!(" {times} times")).unwrap_or_default();
        said += if line["taken"] == true { " taken" } else { "" };
        let own = self.activities.iter().find(|activity| activity.id() == line["activity"]);
        let at = text("at").unwrap_or_default();
        if own.is_some_and(|activity| at.parse() != Ok(activity.at())) {
            said += &format!(" on {}", at.split('T').next().unwrap_or_default());
        }
        said + if line["backfill"] == true { " (backfill)" } else { "" }
    }

    /// Why rules gave nothing, in the words of the page.
    fn reasons(&self, activity: &Activity) -> Vec<&'static str> {
        let histories = activity.members().filter_map(|member| self.engine.history(member));
        let skips = histories.filter_map(|history| history.why_not(activity.source(), activity.id(), "en")).flatten();
        let reasons = skips.filter_map(|skip| match skip.because {
            SkipReason::Condition(_) => Some("condition"),
            SkipReason::Limit(_) => Some("limit"),
            SkipReason::Floor { .. } => Some("floor"),
            SkipReason::Account => Some("account"),
            _ => None,
        });
        reasons.collect()
    }

    fn view(&self, member: &str, ask: &ViewContext<'_>) -> Said {
        let view = serde_json::to_value(self.engine.view(member, ask)).expect("a view is JSON");
        Said::Seen(facts(&view))
    }

    fn board(&self, board: &str, ask: &ViewContext<'_>) -> Said {
        let board = self.engine.board(board, ask, 10).expect("there is such a board");
        let total = |total: Option<i64>| total.map_or_else(String::new, |total| format!(" {total}"));
        let rows = board.rows.iter().map(|row| format!("{}. {}{}", row.place, row.member, total(row.total)));
        Said::All(rows.collect(), Vec::new())
    }

    fn experts(&self, topic: &str, ask: &ViewContext<'_>) -> Said {
        let found = self.engine.known_for(topic, ask, 10).experts;
        let rows =
            found.iter().zip(1..).map(|(expert, place)| format!("{place}. {} {}", expert.member, expert.strength));
        Said::All(rows.collect(), Vec::new())
    }
}

impl Kitchen {
    /// Whether a member can redeem a reward.
    fn ask_for(&self, reward: &str, member: &str, time: &str) -> Said {
        let answer = self.engine.can_redeem(member, reward, time.parse().expect(time));
        Said::All(vec![answer.map_or_else(|why| why.to_string(), |()| "granted".into())], Vec::new())
    }

    /// Whether a member may give what a line describes.
    fn may_give(&self, time: &str, line: &str) -> Said {
        let line = written(time, line, self.activities.len() + 1).to_string();
        let read = self.engine.program().read(&tree(&line), &Feed::new("intranet"));
        let Ok(Incoming::Activity(activity)) = read else { panic!("{line}: {read:?}") };
        let answer = self.engine.can_give(&activity);
        Said::All(vec![answer.map_or_else(|why| why.to_string(), |()| "granted".into())], Vec::new())
    }

    /// The result under the other program.
    fn compare(&mut self, time: &str) -> Said {
        let other = self.other.take().expect("there is another program");
        let mut other = Engine::new(other);
        for activity in &self.activities {
            let own = activity.to_tree();
            let read = other.program().read_own(&own).expect("both programs read the same");
            other.apply(read).expect("it is in the record once");
        }
        let changes = self.engine.compare(&other, time.parse().expect(time));
        let change = |change: &knownfor::MemberChange| {
            let points = change
                .points
                .iter()
                .map(|points| format!("{} {} {}, not {}", change.member, points.after, points.currency, points.before));
            let badges = change.badges.iter().map(|badge| {
                let what = match (&badge.before, &badge.after) {
                    (Some(before), Some(after)) => {
                        format!("badge {} {} times, not {}", badge.badge, after.times, before.times)
                    }
                    (Some(_), None) => format!("loses badge {}", badge.badge),
                    (None, _) => format!("gains badge {}", badge.badge),
                };
                format!("{} {what}", change.member)
            });
            points.chain(badges).collect::<Vec<_>>()
        };
        Said::All(changes.iter().flat_map(change).collect(), Vec::new())
    }
}

/// The time at the start of a line in RFC 3339, and the rest of the line.
fn timed(line: &str) -> (String, &str) {
    let (date, rest) = line.split_once(' ').expect(line);
    let (clock, rest) = rest.split_once(' ').expect(line);
    let (clock, offset) = clock.split_at(5);
    let offset = if offset.is_empty() { "Z" } else { offset };
    (format!("{date}T{clock}:00{offset}"), rest.trim_start())
}

/// The line without the viewer's team, and that team. For example: `bob, in a team with ada, cleo, looks at ada`.
fn mates(line: &str) -> (Cow<'_, str>, Vec<String>) {
    let with = line.split_once(", in a team with ");
    let Some((viewer, (mates, looks))) = with.and_then(|(viewer, rest)| Some((viewer, rest.split_once(", looks ")?)))
    else {
        return (line.into(), Vec::new());
    };
    (format!("{viewer} looks {looks}").into(), mates.split(", ").map(str::to_owned).collect())
}

/// The activity that a line describes, in the program's own format.
fn written(time: &str, line: &str, number: usize) -> Value {
    let (line, attributes) = inline(line, " with ");
    let (line, profile) = inline(line, " says ");
    let mut words = line.split_whitespace();
    let mut activity = json!({ "id": number, "at": time, "actor": words.next(), "kind": words.next() });
    let mut place = "";
    for word in words {
        match word {
            "about" => place = "object",
            "of" => place = "owner",
            "to" => place = "recipients",
            _ if place == "recipients" => {
                let recipients = activity["recipients"].as_array().cloned().unwrap_or_default();
                let one = Value::from(word.trim_end_matches(','));
                activity["recipients"] = recipients.into_iter().chain([one]).collect();
            }
            _ if !place.is_empty() => activity[place] = word.into(),
            _ => panic!("`{word}` in `{line}` means nothing"),
        }
    }
    (activity["attributes"], activity["profile"]) = (attributes, profile);
    activity
}

/// The line up to a word, and what follows the word as the inside of a TOML table. A date stands for its midnight.
fn inline<'l>(line: &'l str, word: &str) -> (&'l str, Value) {
    let Some((line, inside)) = line.split_once(word) else { return (line, Value::Null) };
    let table: Map<String, Value> = toml::from_str(&format!("it = {{ {inside} }}")).expect(inside);
    let mut table = table["it"].clone();
    for value in table.as_object_mut().into_iter().flat_map(Map::values_mut) {
        let date =
            value.as_str().filter(|text| text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2);
        if let Some(date) = date {
            *value = format!("{date}T00:00:00Z").into();
        }
    }
    (line, table)
}

/// What a viewer sees, in the words of the page.
fn facts(view: &Value) -> Vec<String> {
    if view.is_null() {
        return vec!["nothing".into()];
    }
    let list = |pointer: &str| view.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
    let mut facts = Vec::new();
    for points in list("/standing/points") {
        let currency = text(&points, "currency");
        facts.push(format!("{} {currency}", points["total"]));
        facts.push(format!("{} {currency} to spend", points["spendable"]));
    }
    let level = view.pointer("/standing/level/name").and_then(Value::as_str);
    facts.extend(level.map(|level| format!("level {level}")));
    for badge in list("/badges/earned") {
        let (name, grade) = (text(&badge, "badge"), badge.pointer("/face/grade").and_then(Value::as_str));
        facts.push(format!("badge {name}"));
        facts.push(format!("badge {name} {} times", badge["times"]));
        facts.push(format!("badge “{}”", text(&badge, "name")));
        facts.extend(grade.map(|grade| format!("badge {name} {grade}")));
    }
    facts.extend(list("/badges/on_the_way").iter().map(|badge| format!("{} on the way", text(badge, "badge"))));
    facts.extend(view.pointer("/profile/percent").map(|percent| format!("{percent} percent done")));
    facts.extend(view.pointer("/profile/next/field").and_then(Value::as_str).map(|field| format!("{field} next")));
    for step in list("/steps") {
        facts.push(format!("step “{}” for {} {}", text(&step, "invite"), text(&step, "target"), text(&step, "id")));
    }
    for topic in list("/topics") {
        let (name, strength) = (text(&topic, "name"), &topic["strength"]);
        let claimed = if topic["claimed"] == true { "known" } else { "becoming known" };
        facts.push(format!("{claimed} for {name} {strength}"));
        facts.push(format!("{name} confirmed by {}", topic["confirmed"]));
        let colleagues = topic["confirmers"].as_array().into_iter().flatten();
        facts.extend(colleagues.map(|colleague| format!("{name} confirmed by {}", text(colleague, "member"))));
    }
    facts.extend(list("/gains").iter().map(|gain| format!("{} {}", text(gain, "name"), gain["value"])));
    for (part, audience) in view["audience"].as_object().into_iter().flatten() {
        facts.push(format!("{part} for {}", audience.as_str().unwrap_or_default()));
    }
    for reward in list("/rewards") {
        let name = text(&reward, "reward");
        facts.push(format!("{name} {} to go", reward["to_go"]));
        facts.extend(reward["pending"].as_u64().map(|_| format!("{name} pending")));
    }
    for allowance in list("/allowances") {
        facts.push(format!("{} {} of {}", text(&allowance, "name"), allowance["left"], allowance["most"]));
    }
    for field in list("/profile/fields").iter().filter(|field| field["review"] == true) {
        facts.push(format!("{} to be looked at again", text(field, "field")));
    }
    facts
}
