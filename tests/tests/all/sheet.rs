//! The data sheet: that of Going Social as the works council reads it, and what differs from another.

use insta::{Settings, assert_snapshot};
use knownfor::{Program, Sheet, SheetLanguage, SheetOptions, SheetPart, Zone};
use std::{fs, path::Path};

const LANGUAGES: [SheetLanguage; 2] = [SheetLanguage::English, SheetLanguage::German];

fn going_social() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/intranet/going-social.toml");
    fs::read_to_string(path).expect("there is going-social.toml")
}

fn program(text: &str) -> Program {
    Program::from_toml(text, Zone::named).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The differences that a sheet lists: the path, what was signed, and what is so now.
fn differences(signed: &str, now: &str) -> Vec<[String; 3]> {
    let (signed, now) = (program(signed), program(now));
    let sheet = now.sheet(&SheetOptions::new(SheetLanguage::English).since(&signed));
    let section = sheet.sections.into_iter().find(|section| section.id == "difference").expect("it compares");
    let rows = section.parts[0].rows();
    rows.iter().map(|row| [row.path.clone(), row.cells[2].clone(), row.cells[3].clone()]).collect()
}

#[test]
fn going_social_has_a_sheet_in_two_languages_and_two_formats() {
    let program = program(&going_social());
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("sheets"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for language in LANGUAGES {
            let sheet = program.sheet(&SheetOptions::new(language).system("social", ["blog.published", "post.liked"]));
            assert_snapshot!(format!("{}.md", language.code()), sheet.to_markdown());
            assert_snapshot!(format!("{}.html", language.code()), sheet.to_html());
        }
    });
}

#[test]
fn what_changed_since_the_signature_is_listed_and_nothing_else() {
    let signed = going_social();
    assert_eq!(differences(&signed, &signed), [[""; 3]; 0]);
    let limited = signed.replace("limit = [{ times = 3, per = \"week\" }]", "limit = [{ times = 4, per = \"week\" }]");
    assert_eq!(
        differences(&signed, &limited),
        [
            [
                "/currencies/recognition",
                "A day: 500 · A week: 1190 · A month: 4650",
                "A day: 520 · A week: 1210 · A month: 4770"
            ],
            ["/rules/blog", "Limits: at most 3 times (per week)", "Limits: at most 4 times (per week)"],
        ]
    );
    let wider = signed.replace("points = \"team\"", "points = \"company\"");
    assert_eq!(
        differences(&signed, &wider),
        [["/audience/points", "After publishing: the member’s team", "After publishing: everyone in the company"]]
    );
    let condition = signed.replace("if = { words = { min = 150 } }\ngive", "if = { words = { min = 300 } }\ngive");
    assert_eq!(
        differences(&signed, &condition),
        [[
            "/rules/blog",
            "For: A blog post, only if words is at least 150",
            "For: A blog post, only if words is at least 300"
        ]]
    );
    let more = signed + "\n[kinds.\"mood.said\"]\nattributes = { mood = \"text\" }\n";
    let paths: Vec<_> = differences(&going_social(), &more).into_iter().map(|[path, was, _]| (path, was)).collect();
    assert!(paths.contains(&("/kinds/mood.said".into(), "none".into())), "{paths:?}");
    assert!(paths.iter().any(|(path, _)| path == "/kinds/mood.said"), "{paths:?}");
}

#[test]
fn a_change_that_the_sheet_does_not_show_is_admitted() {
    let signed = going_social();
    let moved = signed.replace("starts = \"monday\"", "starts = \"sunday\"");
    let (signed, moved) = (program(&signed), program(&moved));
    for (language, said) in LANGUAGES.into_iter().zip(["The rules changed, but", "Die Regeln haben sich geändert"]) {
        let text = moved.sheet(&SheetOptions::new(language).since(&signed)).to_markdown();
        assert!(text.contains(said), "{text}");
        let text = signed.sheet(&SheetOptions::new(language).since(&signed)).to_markdown();
        assert!(!text.contains(said), "{text}");
    }
}

#[test]
fn systems_stand_beside_what_they_send() {
    let program = program(&going_social());
    let options =
        SheetOptions::new(SheetLanguage::English).system("wiki", ["blog.published"]).system("hr", ["member.left"]);
    let systems = |sheet: Sheet| -> Vec<String> {
        let rows = sheet.sections.iter().flat_map(|section| &section.parts).flat_map(SheetPart::rows);
        let rows = rows.filter(|row| ["/kinds/blog.published", "/kinds/post.liked"].contains(&row.path.as_str()));
        rows.map(|row| row.cells[4].clone()).collect()
    };
    let alone = "no listed system: only the application itself";
    assert_eq!(systems(program.sheet(&options)), [alone, "wiki"]);
    let unknown = "open: the company names it";
    assert_eq!(systems(program.sheet(&SheetOptions::new(SheetLanguage::English))), [unknown; 2]);
    let asks = |sheet: Sheet| sheet.to_markdown().contains("Which systems send the activities listed above");
    assert!(!asks(program.sheet(&options)) && asks(program.sheet(&SheetOptions::new(SheetLanguage::English))));
}

#[test]
fn names_cannot_become_markup() {
    let hostile = "<script>alert('1')</script>|[x](javascript:y)\\n# &amp; \\\"`*_ {name} \u{202e}";
    let text = format!(
        "version = 1\nid = 'p'\nname = \"{hostile}\"\nkinds = {{ \"{hostile:.20}\" = {{ name = \"{hostile}\" }} }}\n\
         currencies = {{ r = {{ name = \"{hostile}\" }} }}\n[rules.x]\nname = \"{hostile}\"\non = \"{hostile:.20}\"\n\
         give = {{ r = 1 }}\n"
    );
    for language in LANGUAGES {
        let sheet = program(&text).sheet(&SheetOptions::new(language));
        let (html, markdown) = (sheet.to_html(), sheet.to_markdown());
        assert!(
            html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;") && !html.contains("<script"),
            "{html}"
        );
        assert!(!html.contains('\u{202e}') && !markdown.contains('\u{202e}'), "a name turns the text: {html}");
        assert!(html.contains("{name}"), "a name's braces are no placeholder: {html}");
        assert!(markdown.contains("\\|\\[x\\](javascript:y) \\# &amp;amp;") && !markdown.contains("<s"), "{markdown}");
        // A name adds no line and no column.
        let table = markdown.lines().filter(|line| line.contains("alert") && line.starts_with('|'));
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(table.map(columns).all(|columns| [4, 6].contains(&columns)), "{markdown}");
    }
}

/// What a works council asks, and where the sheet of Going Social answers: a section, and what it says there. Questions
/// that only the company can answer stand in `open`.
const QUESTIONS: [(&str, &str, &str); 30] = [
    ("What is the purpose?", "open", "What is the purpose"),
    ("Which uses are excluded?", "open", "Which uses does the agreement exclude"),
    ("Which data about whom are recorded?", "kinds", "Of every activity are kept"),
    ("Only what is needed?", "kinds", "Other details that a system sends are dropped"),
    ("From which systems?", "kinds", "| social |"),
    ("Anything sensitive?", "open", "health, religion or union membership"),
    ("Could it monitor people (§ 87 (1) no. 6 BetrVG)?", "purpose", "suited to watching what a person does"),
    ("Is working time recorded?", "purpose", "Each of them has a time"),
    ("Does anybody rate performance?", "purpose", "it gives no marks"),
    ("Is there an artificial intelligence in it?", "inference", "There is no learning"),
    ("Does it decide about people (Art. 22 GDPR)?", "inference", "decides nothing about a person"),
    ("Who sees my points?", "who-sees-what", "| points and level | only the member | the member’s team | yes |"),
    ("What can administrators see?", "who-sees-what", "can read everything about everyone"),
    ("Can somebody publish for me?", "who-sees-what", "Members speak for themselves"),
    ("What does my manager see?", "managers", "no role for managers"),
    ("What about small teams?", "managers", "No figure is about fewer than 10 members"),
    ("Can figures be subtracted?", "managers", "So nothing can be subtracted"),
    ("Which risk remains?", "managers", "A band can change because of one person"),
    (
        "How much pressure is there to do more?",
        "most",
        "| Recognition (recognition) | as the member shares points | 500 |",
    ),
    ("Does practice that nobody sees count apart?", "most", "| Practice (practice) | only the member |"),
    ("Are there rankings?", "not-taking-part", "Nobody is on a board without having joined"),
    ("Does anybody lose anything?", "not-taking-part", "No rule takes points away"),
    (
        "Am I recorded if I want no part in it?",
        "not-taking-part",
        "Not taking part is not the same as not being recorded",
    ),
    ("Is it voluntary?", "open", "Is taking part voluntary"),
    ("For how long is it kept?", "retention", "Activities are kept for 13 months"),
    ("What remains of those who leave?", "retention", "The sums of people who left stay"),
    ("How do I get my data, correct or erase them?", "rights", "Erasure: what only this member is named in"),
    ("Who has looked at my data?", "who-looked", "keeps no log"),
    ("Who processes it outside?", "open", "does any of it leave the EU"),
    ("Are we asked before the rules change?", "open", "need the works council’s consent beforehand"),
];

#[test]
fn what_a_works_council_asks_is_answered_or_open() {
    let options = SheetOptions::new(SheetLanguage::English).system("social", ["blog.published"]);
    let sheet = program(&going_social()).sheet(&options);
    let markdown = sheet.to_markdown();
    for (question, section, answer) in QUESTIONS {
        let found = sheet.sections.iter().find(|other| other.id == section).expect("there is such a section");
        let text = markdown.split("\n## ").find(|text| text.lines().next() == Some(found.title.as_str()));
        assert!(text.is_some_and(|text| text.contains(answer)), "{question}: `{answer}` is not in {section}");
    }
}
