//! Languages: every page, form and error in English and in German.

use crate::support::server::{Answer, Intranet, REQUEST_ID};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder and those within it, by their paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => BTreeMap::from([(path.clone(), fs::read_to_string(&path).unwrap())]),
        })
        .collect()
}

fn german() -> BTreeMap<String, String> {
    toml::from_str(&fs::read_to_string(folder("german.toml")).unwrap()).unwrap()
}

/// The literals of a text that stand directly after one of these beginnings.
fn literals<'t>(text: &'t str, beginnings: &[&str]) -> BTreeSet<&'t str> {
    let after = |beginning: &str| {
        let found = text.match_indices(beginning).map(|(at, _)| text[at + beginning.len()..].trim_start());
        found.filter_map(|rest| Some(rest.strip_prefix('"')?.split_once('"')?.0)).collect::<Vec<_>>()
    };
    beginnings.iter().flat_map(|beginning| after(beginning)).collect()
}

/// The `{name}`s of a text.
fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn every_text_of_the_templates_and_every_error_that_people_see_is_in_german() {
    let german = german();
    let (templates, sources) = (files(&folder("templates")), files(&folder("src")));
    let of_templates = templates.values().flat_map(|template| literals(template, &["t("]));
    // Systems that send activities read English.
    let for_systems = ["api", "sender.rs", "config", "main.rs", "language.rs", "live.rs", "clock.rs"];
    let is_for_people = |path: &&Path| !for_systems.iter().any(|part| path.iter().any(|name| name == *part));
    let for_people = sources.iter().filter(|(path, _)| is_for_people(&path.as_path()));
    let errors = ["Error::unprocessable(", "Message::with(", ".hint(", "fail(", "Err(fail("]
        .into_iter()
        .chain(["StatusCode::NOT_FOUND,", "StatusCode::FORBIDDEN,", "StatusCode::INTERNAL_SERVER_ERROR,"])
        .collect::<Vec<_>>();
    let of_sources = for_people.flat_map(|(_, source)| literals(source, &errors));
    let texts: BTreeSet<&str> = of_templates.chain(of_sources).collect();
    assert!(texts.len() > 100, "{texts:?}");
    let missing: Vec<_> = texts.iter().filter(|text| !german.contains_key(**text)).collect();
    assert!(missing.is_empty(), "not in german.toml: {missing:#?}");
    let all: String = templates.values().chain(sources.values()).map(String::as_str).collect();
    let unused: Vec<_> = german.keys().filter(|english| !all.contains(&format!("\"{english}\""))).collect();
    assert!(unused.is_empty(), "in german.toml, and nowhere else: {unused:#?}");
}

#[test]
fn german_fills_in_what_english_does_and_addresses_people_as_du() {
    let program = fs::read_to_string(folder("going-social.toml")).unwrap();
    for (english, german) in german() {
        assert_eq!(holes(&german), holes(&english), "{english}");
        assert!(!german.is_empty() && german.ends_with('.') == english.ends_with('.'), "{english}: {german}");
    }
    for text in german().values().map(String::as_str).chain(program.lines().filter(|line| line.contains("de = "))) {
        let formal = text.split(|letter: char| !letter.is_alphabetic());
        let formal: Vec<_> = formal.filter(|word| ["Ihnen", "Ihre", "Ihren", "Ihrem"].contains(word)).collect();
        assert!(formal.is_empty(), "{text}");
    }
}

/// Every table of the program with a text in English has it in German.
fn check_names(path: &str, value: &toml::Value) {
    let Some(table) = value.as_table() else { return };
    assert_eq!(table.contains_key("en"), table.contains_key("de"), "{path}");
    for (key, value) in table {
        check_names(&format!("{path}.{key}"), value);
    }
}

#[test]
fn the_program_has_every_name_in_both_languages() {
    let program: toml::Value = toml::from_str(&fs::read_to_string(folder("going-social.toml")).unwrap()).unwrap();
    check_names("", &program);
    for kind in program["kinds"].as_table().unwrap().values() {
        for text in ["name", "invite"].iter().filter_map(|key| kind.get(key)) {
            assert!(text.is_table(), "without a language: {text:?}");
        }
    }
}

fn page(intranet: &Intranet, language: &str, path: &str, viewer: &str) -> Answer {
    let page = intranet.get_in(language, path, viewer);
    let lang = if language == "de" { "de" } else { "en-GB" };
    assert!(page.text.contains(&format!("<html lang=\"{lang}\">")), "{path}: {}", page.text);
    page
}

#[test]
fn pages_are_in_the_language_of_the_browser_from_the_title_to_the_footer() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let paths = [
        ("/", "ada"),
        ("/people", "ada"),
        ("/people/ada", "ada"),
        ("/people/ingrid", "ada"),
        ("/people/ada/edit", "ada"),
        ("/experts", "ada"),
        ("/experts?topic=facilitation", "ada"),
        ("/models/ingrid", "ada"),
        ("/settings", "ada"),
        ("/settings?saved=yes", "ada"),
        ("/programme", "hannah"),
        ("/data-sheet", "ada"),
        ("/nowhere", "ada"),
    ];
    let table = german();
    let (mut english, mut translated) = (BTreeSet::new(), BTreeSet::new());
    for (path, viewer) in paths {
        let german = page(&intranet, "de", path, viewer).text;
        let british = page(&intranet, "en", path, viewer).text;
        for (text, translation) in table.iter().filter(|(english, german)| english != german) {
            // Between tags, or as a whole attribute.
            let stands = |page: &str, text: &str| {
                let text = text.replace('&', "&amp;");
                page.contains(&format!(">{text}<")) || page.contains(&format!("=\"{text}\""))
            };
            assert!(!stands(&german, text), "{path} still says `{text}`");
            english.extend(stands(&british, text).then_some(text.clone()));
            translated.extend(stands(&german, translation).then_some(text.clone()));
        }
    }
    assert_eq!(english, translated);
    assert!(translated.len() > 60, "{translated:?}");
    let home = intranet.get_in("de-AT,en;q=0.5", "/", "ada").text;
    for text in ["Schön, dass du da bist, Ada", "Zwei von uns sind vorangegangen", "Deine ersten dreißig Tage"] {
        assert!(home.contains(text), "{text}: {home}");
    }
    let own = intranet.get_in("de", "/people/ada/edit", "ada").text;
    assert!(own.contains("Wofür möchtest du bekannt sein?") && own.contains("Mindestens 80 Zeichen."), "{own}");
}

#[test]
fn a_visitor_can_choose_another_language_and_stays_on_the_page() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let choose = |language: &str, from: Option<&str>| {
        let request = ureq::http::Request::post(format!("{}/language", intranet.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let request = match from {
            Some(from) => request.header("referer", from),
            None => request,
        };
        let answer = intranet.agent.run(request.body(format!("language={language}")).unwrap()).unwrap();
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), header("location").unwrap(), header("set-cookie"))
    };
    let (status, location, cookie) = choose("de", Some(&format!("{}/people/ada", intranet.address)));
    assert_eq!((status, location.as_str()), (303, "/people/ada"));
    let cookie = cookie.unwrap();
    assert!(cookie.starts_with("language=de;"), "{cookie}");
    for (language, from, to) in
        [("en", None, "/"), ("xx", Some("not an address at all"), "/"), ("de", Some("https://h//evil"), "/")]
    {
        assert_eq!(choose(language, from).1, to);
    }
    assert_eq!(choose("xx", None).2, None, "a language that pages are not written in is not kept");
    let request = intranet.agent.get(format!("{}/", intranet.address)).header("accept-language", "en");
    let home = Answer::of(request.header("cookie", "signed-in=ada; language=de").call().unwrap());
    assert!(home.text.contains("<html lang=\"de\">"), "{}", home.text);
}

#[test]
fn errors_are_in_the_language_of_the_visitor_as_pages_and_as_json() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let nowhere = intranet.get_in("de", "/people/nobody", "ada");
    assert_eq!(nowhere.status, 404);
    assert!(nowhere.text.contains("<p>Hier gibt es keine Seite für `nobody`.</p>"), "{}", nowhere.text);
    let thank = |language: &str, to: &str| {
        let request = ureq::http::Request::post(format!("{}/api/members/ada/kudos", intranet.address))
            .header("cookie", "signed-in=ada")
            .header("accept-language", language)
            .body(json!({ "to": to }).to_string())
            .unwrap();
        Answer::of(intranet.agent.run(request).unwrap())
    };
    let german = thank("de", "nobody");
    let said =
        json!({"error": "niemand im Verzeichnis hat die Kennung `nobody`", "path": "/to", "request": REQUEST_ID});
    assert_eq!((german.status, &german.json), (422, &said));
    assert_eq!(thank("fr", "nobody").error(), "nobody in the directory has the id `nobody`");
    assert_eq!(
        intranet.get_in("de", "/api/members/ada/view", "priya").error(),
        "nicht gefunden, oder für dich nicht sichtbar"
    );
}
