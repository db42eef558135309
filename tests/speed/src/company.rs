//! Company: members with claimed topics, the evidence for them, and the audience each member chose.

use super::{TOPICS, draws::Draws};
use knownfor::{Program, Tree, Zone};
use serde_json::json;

const PROGRAM: &str = r#"
version = 1
id = "company"
input = { at = { at = "/at", epoch = "seconds" } }

[kinds."topics.claimed"]
attributes = { topics = "texts" }

[kinds."question.answered"]
attributes = { topics = "texts" }

[kinds."kudos.given"]
attributes = { topics = "texts" }

[kinds."audience.said"]
attributes = { share_topics = "text" }

[kinds."profile.updated"]
[kinds."profile.published"]
[kinds."profile.hidden"]

[tallies.helped-on]
count = "question.answered"
per = "topics"

[tallies.confirmed-on]
distinct = "actor"
of = "kudos.given"
to = "owner"
if = { actor = { not = "@owner" } }
per = "topics"

[profile]
on = "profile.updated"
published_by = "profile.published"
hidden_by = "profile.hidden"
fields.about = { ask = "About you?" }

[audience]
on = "audience.said"

[topics]
claimed_by = "topics.claimed"
evidence = { helped-on = 2, confirmed-on = 5 }
confirmed_by = "confirmed-on"
names = { t00 = "Teamwork" }
"#;

/// The topic that everyone claims.
pub const COMMON_TOPIC: &str = "t00";
const BEGIN: u64 = 1_704_067_200;

/// The program that reads the lines of a company.
pub fn company_program() -> Program {
    let tree: Tree = toml::from_str(PROGRAM).expect("the program is TOML");
    Program::check(&tree, Zone::named).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The activities of a company with `members` members, from `m000000` on, as JSON lines in order of time. One member
/// in four never publishes, and one in three shares topics with the team alone.
pub fn company(members: u64) -> impl Iterator<Item = String> {
    let mut draws = Draws::new(2012);
    let lines = (0..members).flat_map(move |member| did(&mut draws, member, members));
    (0_u64..).zip(lines).map(|(number, mut line)| {
        line["id"] = number.into();
        line["at"] = (BEGIN + number).into();
        line.to_string()
    })
}

/// What one member did, and what others said about them.
fn did(draws: &mut Draws, number: u64, members: u64) -> Vec<serde_json::Value> {
    let name = |number: u64| format!("m{number:06}");
    let member = name(number);
    let mut claims = vec![COMMON_TOPIC.to_owned()];
    claims.extend((0..draws.below(4)).map(|_| format!("t{:02}", draws.below(TOPICS))));
    let mut did = vec![json!({ "kind": "topics.claimed", "actor": member, "attributes": { "topics": claims } })];
    // A few members are very active.
    let most = draws.below(30) + 1;
    for _ in 0..draws.below(most) {
        let topic = &claims[draws.below(claims.len() as u64) as usize];
        did.push(json!({ "kind": "question.answered", "actor": member, "attributes": { "topics": [topic] } }));
    }
    for _ in 0..draws.below(5) {
        let topic = &claims[draws.below(claims.len() as u64) as usize];
        let colleague = name(draws.below(members));
        did.push(
            json!({ "kind": "kudos.given", "actor": colleague, "owner": member, "attributes": { "topics": [topic] } }),
        );
    }
    if draws.below(4) > 0 {
        did.push(json!({ "kind": "profile.published", "actor": member }));
    }
    if draws.below(3) == 0 {
        did.push(json!({ "kind": "audience.said", "actor": member, "attributes": { "share_topics": "team" } }));
    }
    did
}
