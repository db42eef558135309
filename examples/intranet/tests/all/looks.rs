//! Who looked: what only a few may see is not looked at unnoticed.

use crate::support::{server::Intranet, store::Database};
use jiff::{Span, Zoned, civil::Date};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// The day a number of days from now, in the demonstration's time zone.
fn day(ahead: i64) -> Date {
    let today = Zoned::now().with_time_zone(jiff::tz::TimeZone::get("Europe/Berlin").unwrap()).date();
    today.checked_add(Span::new().days(ahead)).unwrap()
}

/// The company a number of days from now.
fn company(folder: &Path, ahead: i64) -> Intranet {
    Intranet::start_with(folder, &["--days-ahead", &ahead.to_string()])
}

/// Who looked, as somebody's page of settings says it.
fn lookers(intranet: &Intranet, viewer: &str) -> String {
    let page = intranet.get("/settings", viewer).text;
    let (_, section) = page.split_once("<h2>Who looked</h2>").unwrap_or_else(|| panic!("{page}"));
    section.split_once("</section>").unwrap().0.to_owned()
}

#[test]
fn everyone_reads_on_which_days_the_programme_was_looked_at() {
    let folder = TempDir::new().unwrap();
    let intranet = company(folder.path(), 0);
    assert_eq!(intranet.get("/programme", "ada").status, 403);
    assert!(lookers(&intranet, "ada").contains("Nobody so far."), "who is refused saw nothing");
    for path in ["/programme", "/api/programme", "/programme"] {
        assert_eq!(intranet.get(path, "hannah").status, 200);
    }
    for viewer in ["ada", "hannah"] {
        let found = lookers(&intranet, viewer);
        let today = day(0).strftime("%-d %B");
        assert!(found.contains(&format!("<li>Hannah Lindqvist, on {today}</li>")), "{found}");
    }
    let german = intranet.get_in("de", "/settings", "ada").text;
    assert!(german.contains("Wer hingesehen hat") && german.contains("Hannah Lindqvist, am "), "{german}");
    intranet.kill();

    let intranet = company(folder.path(), 1);
    assert_eq!(intranet.get("/api/programme", "hannah").status, 200);
    let found = lookers(&intranet, "ada");
    let tomorrow = day(1).strftime("%-d %B");
    assert!(found.contains(&format!("Hannah Lindqvist, on 2 days, last on {tomorrow}")), "{found}");
}

#[test]
fn looks_are_dropped_after_thirteen_months() {
    let folder = TempDir::new().unwrap();
    company(folder.path(), 0).get("/programme", "hannah");
    let ends = day(0).checked_add(Span::new().months(13)).unwrap();
    let last = i64::from((ends - day(0)).get_days());
    // A month may lack the day, so a look may stay a few days longer.
    for (ahead, kept) in [(last, [0, last]), (last + 4, [last, last + 4])] {
        let intranet = company(folder.path(), ahead);
        intranet.get("/programme", "hannah");
        let days = Database::of(folder.path()).column("SELECT day FROM looks ORDER BY day");
        assert_eq!(days, kept.map(|ahead| day(ahead).to_string()), "{ahead} days ahead");
        intranet.kill();
    }
}

#[test]
fn members_see_when_the_file_about_them_was_saved() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    assert!(!intranet.get("/settings", "ada").text.contains("You last saved it"));
    let looks = |viewer: &str| intranet.get(&format!("/api/members/{viewer}/export"), viewer).json["looks"].clone();
    assert_eq!(looks("ada"), json!([{"day": day(0).to_string(), "at": "export"}]));
    assert!(intranet.get("/settings", "ada").text.contains("You last saved it on "));
    assert!(!intranet.get("/settings", "ingrid").text.contains("You last saved it"));
    assert!(lookers(&intranet, "ingrid").contains("Nobody so far."), "a file about oneself is nobody else's business");
    intranet.get("/api/programme", "hannah");
    let at: Vec<Value> = looks("hannah").as_array().unwrap().iter().map(|look| look["at"].clone()).collect();
    assert_eq!(at, ["programme", "export"]);
}
