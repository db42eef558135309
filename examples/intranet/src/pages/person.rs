//! People: the phone book, which is the company's and shows everyone alike, and a person's page with what they share.

use super::{
    Frame, Page, no_such_person, page_of, seen,
    shown::{Card, Input, Section, Shown, sections},
    told::Told,
};
use crate::{
    api::Edit, deeds, directory::Person, intranet::Intranet, profiles, record, refusal::Refusal, sign_in::Viewer, views,
};
use anyhow::Result;
use axum::{
    extract::{Path, State},
    response::Redirect,
};
use rusqlite::Connection;
use serde::Serialize;
use std::sync::Arc;

/// Entries on one's own page: the latest, to see what counted.
const MAX_ENTRIES: usize = 8;

#[derive(Serialize)]
struct PeoplePage {
    frame: Frame,
    people: Vec<Card>,
}

pub(super) async fn directory(State(intranet): State<Arc<Intranet>>, Viewer(viewer): Viewer) -> Page {
    let page = intranet.read(move |intranet, db| {
        let card = |person: &Person| -> Result<Card> {
            let profile = views::profile(intranet, db, &person.id, &viewer)?;
            Ok(profile.map_or_else(|| Card::closed(person), |profile| Card::of(person, &profile)))
        };
        let people = intranet.directory.people().iter().map(card).collect::<Result<_>>()?;
        intranet.pages.show("people.html", &PeoplePage { frame: Frame::of(intranet, &viewer), people })
    });
    page.await
}

#[derive(Serialize)]
struct PersonPage {
    frame: Frame,
    person: Card,
    own: bool,
    teammates: Vec<Card>,
    /// Absent where the viewer may not see it.
    view: Option<Told>,
    profile: Option<Shown>,
    /// Topics to thank for.
    topics: Vec<String>,
    /// The latest entries; only for the member.
    entries: Vec<EntryTold>,
}

#[derive(Serialize)]
struct EntryTold {
    name: String,
    points: i64,
    day: String,
}

pub(super) async fn person(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let person = intranet.directory.person(&id).ok_or_else(|| no_such_person(&id))?;
        let own = viewer == id;
        let view = seen(views::member(intranet, db, &id, &viewer, "en"))?;
        let profile = views::profile(intranet, db, &id, &viewer)?;
        let fields = views::fields(intranet, "en")?;
        let others = intranet.directory.people().iter();
        let page = PersonPage {
            frame: Frame::of(intranet, &viewer),
            person: profile.as_ref().map_or_else(|| Card::closed(person), |profile| Card::of(person, profile)),
            own,
            teammates: others.filter(|other| is_teammate(person, other)).map(Card::closed).collect(),
            topics: view.iter().flat_map(|view| &view.topics).map(|topic| topic.name.clone()).collect(),
            entries: if own { entries(intranet, db, &id)? } else { Vec::new() },
            profile: profile.map(|profile| Shown::of(&profile, &fields)),
            view: view.map(|view| Told::of(&view, &intranet.rules.zone)),
        };
        intranet.pages.show("person.html", &page)
    });
    page.await
}

fn is_teammate(person: &Person, other: &Person) -> bool {
    !person.team.is_empty() && person.team == other.team && person.id != other.id
}

/// What the member was given lately.
fn entries(intranet: &Intranet, db: &Connection, member: &str) -> Result<Vec<EntryTold>> {
    let program = &intranet.rules.program;
    let ledger = record::history(db, program, member)?.fold().ledger;
    let latest = ledger.iter().rev().take(MAX_ENTRIES).map(|entry| {
        let at = jiff::Timestamp::from_second(entry.at().unix_seconds())?.to_zoned(intranet.rules.zone.clone());
        let day = at.strftime("%-d %B").to_string();
        Ok(EntryTold { name: entry.name("en").into(), points: entry.points(), day })
    });
    latest.collect()
}

#[derive(Serialize)]
struct EditorPage {
    frame: Frame,
    person: Card,
    sections: Vec<Section<Input>>,
    view: Told,
}

pub(super) async fn editor(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let person = intranet.directory.person(&id).filter(|_| viewer == id).ok_or_else(|| no_such_person(&id))?;
        let view = views::member(intranet, db, &id, &viewer, "en")?;
        let profile = profiles::of(db, &id)?;
        let fields = view.profile.as_ref().map(|profile| profile.fields.as_slice()).unwrap_or_default();
        let page = EditorPage {
            frame: Frame::of(intranet, &viewer),
            person: Card::closed(person),
            sections: sections(fields, |field| Some(Input::of(field, profile.get(&field.field)))),
            view: Told::of(&view, &intranet.rules.zone),
        };
        intranet.pages.show("edit.html", &page)
    });
    page.await
}

pub(super) async fn save(
    State(intranet): State<Arc<Intranet>>,
    Viewer(viewer): Viewer,
    Path(id): Path<String>,
    Edit(profile): Edit,
) -> Result<Redirect, Refusal> {
    let page = page_of(&id);
    let work = move |intranet: &Intranet, db: &Connection| -> Result<_, Refusal> {
        if viewer != id {
            return Err(no_such_person(&id));
        }
        Ok(((), deeds::profile::save(intranet, db, &id, &profile)?))
    };
    intranet.write(work).await?;
    Ok(Redirect::to(&page))
}
