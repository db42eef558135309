//! People: the phone book, which shows everyone alike, and a person's page with what they share.

use super::{
    Frame, Page,
    elements::{self, PersonElements},
    no_such_person, none_if_not_found, page_of,
    template_data::{Card, Input, ProfileText, Section, sections},
};
use crate::record::store::Db;
use crate::{
    access::sign_in::{OwnMember, Viewer},
    actions,
    api::Edit,
    config::directory::Person,
    error::Error,
    intranet::Intranet,
    language::Language,
    record::{self, profiles},
    views::{self, own},
};
use anyhow::Result;
use axum::{
    extract::{Path, State},
    response::Redirect,
};
use knownfor::{Audience, view::EntryView};
use serde::Serialize;
use std::sync::Arc;

/// Limit for the entries on a member's own page: the latest, to see what counted.
const MAX_ENTRIES: usize = 8;

#[derive(Serialize)]
struct PeoplePage {
    frame: Frame,
    people: Vec<Card>,
}

pub(super) async fn directory(State(intranet): State<Arc<Intranet>>, viewer: Viewer, language: Language) -> Page {
    let page = intranet.read(move |intranet, db| {
        let context = intranet.context(viewer.id(), language.tag())?;
        let card = |person: &Person| -> Result<Card> {
            let profile = views::profile(intranet, db, &person.id, &context)?;
            Ok(profile.map_or_else(|| Card::contact(person), |profile| Card::of(person, &profile)))
        };
        let people = intranet.directory.people().iter().map(card).collect::<Result<_>>()?;
        intranet.pages.render(language, "people.html", &PeoplePage { frame: Frame::of(intranet, viewer.id()), people })
    });
    page.await
}

#[derive(Serialize)]
struct PersonPage {
    frame: Frame,
    person: Card,
    own: bool,
    teammates: Vec<Card>,
    /// Whether the member has published their profile.
    published: bool,
    /// Absent if the viewer may not see anything.
    elements: Option<PersonElements>,
    profile: Option<ProfileText>,
    /// Topics to thank for.
    topics: Vec<String>,
    /// Who sees the viewer's name beside them, if the viewer lets others see it.
    naming: Option<Audience>,
    /// The latest entries, on the member's own page only.
    entries: Vec<PlainEntry>,
    /// The day before which only a sum is kept of the member's activities, on their own page.
    sealed: Option<String>,
    /// The member's points by month, on their own page only.
    months: Vec<own::Month>,
}

#[derive(Serialize)]
struct PlainEntry {
    name: String,
    points: i64,
    date: String,
}

pub(super) async fn person(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let person = intranet.directory.person(&id).ok_or_else(|| no_such_person(&id))?;
        let own = viewer.own(&id);
        let view = none_if_not_found(views::member(intranet, db, &id, viewer.id(), language.tag()))?;
        let profile = views::profile(intranet, db, &id, &intranet.context(viewer.id(), language.tag())?)?;
        let fields = views::fields(intranet, language.tag())?;
        let others = intranet.directory.people().iter();
        let page = PersonPage {
            frame: Frame::of(intranet, viewer.id()),
            person: profile.as_ref().map_or_else(|| Card::contact(person), |profile| Card::of(person, profile)),
            own: own.is_some(),
            teammates: others.filter(|other| is_teammate(person, other)).map(Card::contact).collect(),
            topics: view.iter().flat_map(|view| &view.topics).map(|topic| topic.name.clone()).collect(),
            naming: views::naming(intranet, db, viewer.id())?,
            sealed: own.as_ref().map(|member| sealed(intranet, db, member)).transpose()?.flatten(),
            months: match (&own, &view) {
                (Some(member), Some(view)) => own::months(intranet, db, member, view, language.tag())?,
                _ => Vec::new(),
            },
            entries: own.map_or_else(|| Ok(Vec::new()), |member| entries(intranet, db, &member, language))?,
            profile: profile.map(|profile| ProfileText::of(&profile, &fields)),
            published: view.as_ref().is_some_and(|view| view.published),
            elements: view.map(|view| PersonElements::of(intranet, &view, language)),
        };
        intranet.pages.render(language, "person.html", &page)
    });
    page.await
}

fn is_teammate(person: &Person, other: &Person) -> bool {
    !person.team.is_empty() && person.team == other.team && person.id != other.id
}

/// The member's latest entries in words.
fn entries(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, language: Language) -> Result<Vec<PlainEntry>> {
    let entries = own::entries(intranet, db, member, language.tag(), MAX_ENTRIES)?.into_iter();
    let plain = entries.map(|EntryView { entry, name, .. }| {
        let at: jiff::Timestamp = entry.at.parse()?;
        let date = at.to_zoned(intranet.rules.zone.clone()).date().to_string();
        Ok(PlainEntry { name, points: entry.amount.unwrap_or(0), date })
    });
    plain.collect()
}

/// The day before which only a sum is kept of the member's activities.
fn sealed(intranet: &Intranet, db: &Db<'_>, member: &OwnMember) -> Result<Option<String>> {
    let Some(sum) = record::sum(db, &intranet.rules.program, member.id())? else { return Ok(None) };
    let at: jiff::Timestamp = sum.before().to_string().parse()?;
    Ok(Some(at.to_zoned(intranet.rules.zone.clone()).date().to_string()))
}

#[derive(Serialize)]
struct EditorPage {
    frame: Frame,
    person: Card,
    sections: Vec<Section<Input>>,
    /// The element that shows how complete the profile is.
    preview: String,
}

pub(super) async fn editor(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    language: Language,
    Path(id): Path<String>,
) -> Page {
    let page = intranet.read(move |intranet, db| {
        let member = viewer.own(&id).ok_or_else(|| no_such_person(&id))?;
        let person = intranet.directory.person(&id).ok_or_else(|| no_such_person(&id))?;
        let view = views::member(intranet, db, member.id(), member.id(), language.tag())?;
        let profile = profiles::of(db, member.id())?;
        let fields = view.profile.as_ref().map(|profile| profile.fields.as_slice()).unwrap_or_default();
        let page = EditorPage {
            frame: Frame::of(intranet, member.id()),
            person: Card::contact(person),
            sections: sections(fields, |field| Some(Input::of(field, profile.get(&field.field)))),
            preview: elements::preview(intranet, &view, language),
        };
        intranet.pages.render(language, "edit.html", &page)
    });
    page.await
}

pub(super) async fn save(
    State(intranet): State<Arc<Intranet>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Edit(profile): Edit,
) -> Result<Redirect, Error> {
    let member = viewer.own(&id).ok_or_else(|| no_such_person(&id))?;
    intranet.act(move |intranet, db| actions::profile::save(intranet, db, &member, &profile)).await?;
    Ok(Redirect::to(&page_of(&id)))
}
