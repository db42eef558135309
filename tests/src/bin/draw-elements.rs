//! Draws elements as a server does: reads what they show as JSON from its input, and writes their HTML.

use jiff::tz::TimeZone;
use knownfor::view::{BoardView, CohortView, MemberView};
use knownfor_html::{Answers, Deed, Links, Page, Question, Words};
use serde::Deserialize;
use std::{error::Error, io};

#[derive(Deserialize)]
struct Input {
    locale: String,
    zone: String,
    stylesheet: String,
    /// Whether the page's source can be asked for reasons.
    can_ask: bool,
    view: MemberView,
    cohort: CohortView,
    board: BoardView,
}

fn main() -> Result<(), Box<dyn Error>> {
    let input: Input = serde_json::from_reader(io::stdin())?;
    let words = Words::new(&input.locale, TimeZone::get(&input.zone)?)?;
    let page = Page { words: &words, stylesheet: &input.stylesheet };
    let answers = Answers::to(if input.can_ask { &[Question::Why, Question::WhyNot, Question::Entries] } else { &[] });
    let links = Links { edit_href: Some("#field-{field}".into()), do_href: Some("do?kind={kind}".into()) };
    let view = &input.view;
    println!("{}", page.standing(view, &answers).heading_level(2));
    println!("{}", page.profile(view, &links));
    println!("{}", page.badges(view, &answers).attribute("id", "of \"all\""));
    println!("{}", page.topics(view, &[]));
    println!("{}", page.board(&input.board).form(Deed::Join, "/boards/{id}/join"));
    if view.own {
        println!("{}", page.steps(view, &links));
        println!("{}", page.gains(view));
        for challenge in &view.challenges {
            let drawn = page.challenge(view, &challenge.challenge, Some(&input.cohort));
            println!("{}", drawn.form(Deed::Join, "/challenges/{id}/join").form(Deed::Leave, "/challenges/{id}/leave"));
        }
    }
    Ok(())
}
