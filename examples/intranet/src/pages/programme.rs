//! The programme's page: an answer, and the findings that it rests on as sentences, plots and tables. All are of groups
//! and without names.

use super::{Frame, Page};
use crate::{
    access::sign_in::Organizer, actions::standstill, error::Error, intranet::Intranet, language::Language, phase::END,
    record::phase::Phase, views::groups,
};
use axum::{Form, extract::State, response::Redirect};
use knownfor::view::{Band, CohortView, GroupView};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, sync::Arc};

#[derive(Serialize)]
struct ProgrammePage {
    frame: Frame,
    /// The answer, as a text of the templates, with the number of `groups` and in how many of them `most` take part.
    answer: &'static str,
    groups: usize,
    most: usize,
    /// What the group without a name is called.
    rest: &'static str,
    findings: Vec<Finding>,
    challenges: Vec<CohortView>,
    reports: Vec<groups::Report>,
    unknown: Vec<groups::UnknownMember>,
}

/// A sentence about one figure of all groups, and the figure of each.
#[derive(Serialize)]
struct Finding {
    id: &'static str,
    /// The sentence, as a text of the templates.
    say: &'static str,
    /// What stands for `{who}` in it, as a text of the templates.
    who: &'static str,
    /// In how many groups it is most people or more.
    most: usize,
    /// What is counted, as a text of the templates.
    about: &'static str,
    rows: Vec<Row>,
}

/// A group, and the range that its band covers, in percent.
#[derive(Serialize)]
struct Row {
    name: Option<String>,
    members: u32,
    band: &'static str,
    from: u8,
    to: u8,
}

/// What a finding is about: its id, the sentences for one group and for several, and what is counted.
type Figure = (&'static str, [&'static str; 2], &'static str, fn(&GroupView) -> Band);

const FIGURES: [Figure; 3] = [
    (
        "active",
        ["{who} used the programme last month.", "In {n} of {of} teams, most people used the programme last month."],
        "Did something last month that everyone in the company can see.",
        |group| group.active,
    ),
    (
        "published",
        ["{who} published a profile.", "In {n} of {of} teams, most people published a profile."],
        "Show something of themselves to the company.",
        |group| group.published,
    ),
    (
        "complete",
        ["{who} filled the profile.", "In {n} of {of} teams, most people filled the profile."],
        "Share a profile of which three quarters are done.",
        |group| group.complete,
    ),
];

pub(super) async fn programme(
    State(intranet): State<Arc<Intranet>>,
    Organizer(viewer): Organizer,
    language: Language,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let groups = groups::teams(intranet)?;
        let most = groups.iter().filter(|group| group.active >= Band::Most).count();
        let page = ProgrammePage {
            frame: Frame::of(intranet, &viewer),
            answer: answer(&groups, most),
            groups: groups.len(),
            most,
            rest: if groups.len() == 1 { "Everyone together" } else { "Smaller teams together" },
            findings: match groups.is_empty() {
                true => Vec::new(),
                false => FIGURES.iter().map(|figure| Finding::of(figure, &groups)).collect(),
            },
            challenges: groups::cohorts(intranet, &viewer, language.tag())?,
            reports: groups::reports(intranet, db, language.tag())?,
            unknown: groups::unknown(intranet, db)?,
        };
        intranet.pages.render(language, "programme.html", &page)
    });
    page.await
}

/// Freezing the programme, letting it go on, and ending it.
#[derive(Deserialize)]
pub(super) struct Change {
    phase: Phase,
    /// `end`, to end it for good.
    sure: Option<String>,
}

pub(super) async fn set_phase(
    State(intranet): State<Arc<Intranet>>,
    Organizer(_): Organizer,
    Form(change): Form<Change>,
) -> Result<Redirect, Error> {
    if change.phase == Phase::Ended && change.sure.as_deref() != Some(END) {
        return Err(Error::unprocessable("say that you are sure: once it has ended, the programme does not run again"));
    }
    if intranet.phase() == Phase::Ended {
        standstill::check(&intranet)?;
    }
    intranet.set_phase(change.phase).await?;
    Ok(Redirect::to("/programme"))
}

/// Whether the programme is used, as a text of the templates.
fn answer(groups: &[GroupView], most: usize) -> &'static str {
    match (groups, most) {
        ([], _) => "Too early to say. There are too few people yet to show numbers.",
        ([all], _) if all.active == Band::NearlyAll => "Yes. Nearly everyone takes part.",
        ([_], 1) => "Mostly, yes. More people take part than do not.",
        ([_], _) => "Not yet. Fewer than half take part.",
        _ if most == groups.len() => "Yes. In every team, most people take part.",
        _ if 2 * most >= groups.len() => "Mostly, yes. In {n} of {of} teams, most people take part.",
        _ => "Not yet. Most people take part in {n} of {of} teams.",
    }
}

impl Finding {
    fn of(&(id, [one, several], about, figure): &Figure, groups: &[GroupView]) -> Self {
        let mut sorted: Vec<&GroupView> = groups.iter().collect();
        // Groups in the same band keep the order of their names.
        sorted.sort_by_key(|group| Reverse(figure(group)));
        Self {
            id,
            say: if groups.len() == 1 { one } else { several },
            who: sorted.first().map_or("", |group| share(figure(group))),
            most: sorted.iter().filter(|group| figure(group) >= Band::Most).count(),
            about,
            rows: sorted.into_iter().map(|group| Row::of(group, figure(group))).collect(),
        }
    }
}

/// A band as the subject of a sentence, as a text of the templates.
fn share(band: Band) -> &'static str {
    match band {
        Band::Few => "Few people",
        Band::Some => "Some people, fewer than half,",
        Band::Most => "Most people",
        Band::NearlyAll => "Nearly everyone",
    }
}

impl Row {
    fn of(group: &GroupView, band: Band) -> Self {
        let (from, to) = match band {
            Band::Few => (0, 20),
            Band::Some => (20, 50),
            Band::Most => (50, 80),
            Band::NearlyAll => (80, 100),
        };
        Self { name: group.group.clone(), members: group.members, band: band.name(), from, to }
    }
}
