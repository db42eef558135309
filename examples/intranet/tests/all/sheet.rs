//! The data sheet of the rules that run, as everyone can read it.

use crate::support::server::Intranet;
use knownfor::{Program, Zone};
use std::fs;
use tempfile::TempDir;

const GOING_SOCIAL: &str = include_str!("../../going-social.toml");

fn hash(program: &str) -> String {
    format!("{:016x}", Program::from_toml(program, Zone::named).unwrap().fingerprint())
}

#[test]
fn everyone_reads_the_sheet_of_the_rules_that_run() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    for viewer in ["ada", "hannah"] {
        let settings = intranet.get("/settings", viewer).text;
        assert!(settings.contains(r#"href="/data-sheet""#), "{settings}");
        let page = intranet.get("/data-sheet", viewer).text;
        for text in ["<h1>Data sheet: Going Social</h1>", "What cannot be promised", &hash(GOING_SOCIAL)] {
            assert!(page.contains(text), "{text}: {page}");
        }
        // Each system of `sources.toml` stands beside what it may send.
        let row = page.split("<tr>").find(|row| row.contains("(blog.published)")).unwrap();
        assert!(row.contains("<td>social</td>"), "{row}");
    }
    let german = intranet.get_in("de", "/data-sheet", "ada").text;
    assert!(german.contains("<h1>Datenblatt: Going Social</h1>") && german.contains(&hash(GOING_SOCIAL)), "{german}");
}

#[test]
fn other_rules_have_another_sheet_and_names_are_no_markup() {
    let folder = TempDir::new().unwrap();
    let program = GOING_SOCIAL.replacen(r#"name = "Going Social""#, r#"name = "Going <b>Social</b>""#, 1);
    assert_ne!(program, GOING_SOCIAL);
    let file = folder.path().join("program.toml");
    fs::write(&file, &program).unwrap();
    let intranet = Intranet::start_with(folder.path(), &["--program", file.to_str().unwrap()]);
    let page = intranet.get("/data-sheet", "ada").text;
    assert!(page.contains(&hash(&program)) && !page.contains(&hash(GOING_SOCIAL)), "{page}");
    assert!(page.contains("Going &lt;b&gt;Social&lt;") && !page.contains("<b>Social"), "{page}");
}
