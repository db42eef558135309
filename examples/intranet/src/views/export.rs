//! Export: all that the intranet keeps about one member, in one document.

use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    api::schema,
    error::Error,
    intranet::Intranet,
    record::{
        self, database,
        looks::Sight,
        profiles::{self, Profile},
    },
    views,
};
use anyhow::Context;
use knownfor::{
    SumLine,
    view::{EntryView, MemberView},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// All that the intranet keeps about a member.
#[derive(Serialize, ToSchema)]
pub(crate) struct Export {
    /// The member's id.
    member: String,
    /// When the export was made, in RFC 3339.
    exported_at: String,
    /// What the company's directory says.
    person: Listed,
    /// What the member has written into their profile, by field.
    profile: Profile,
    /// Every activity that names the member, in the order of arrival. Others may have done it, such as a thank.
    activities: Vec<Kept>,
    /// What is kept of the activities from before the time for which activities are kept.
    sum: Option<Sum>,
    /// The ids of the thanks that the member has reported.
    reported_thanks: Vec<String>,
    /// The days on which it was written down that the member looked at something, and at what: `programme` or `export`.
    looks: Vec<Look>,
    /// What follows from all this, as the member sees it.
    #[schema(value_type = schema::MemberView)]
    view: MemberView,
    /// Everything that the member was given, newest first.
    #[schema(value_type = Vec<schema::EntryView>)]
    entries: Vec<EntryView>,
}

/// A member in the directory.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedPerson)]
struct Listed {
    name: String,
    role: String,
    team: String,
    office: String,
    /// They run the programme.
    runs_program: bool,
}

/// A day on which the member looked at something that only a few may see.
#[derive(Serialize, ToSchema)]
struct Look {
    day: String,
    at: String,
}

/// What is kept of older activities.
#[derive(Serialize, ToSchema)]
#[schema(as = KeptSum)]
struct Sum {
    /// The moment before which only this is kept, in RFC 3339.
    before: String,
    /// Everything that it counts, one by one.
    #[schema(value_type = Vec<schema::SumLine>)]
    counts: Vec<SumLine>,
}

/// An activity as it is kept.
#[derive(Serialize, ToSchema)]
#[schema(as = KeptActivity)]
struct Kept {
    /// In the program's own format.
    activity: Value,
    /// It was taken back and counts for nothing.
    void: bool,
}

/// All that the intranet keeps about the member.
pub(crate) fn of(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, locale: &str) -> Result<Export, Error> {
    let id = member.id();
    let person = intranet.directory.person(id).ok_or_else(Error::not_found)?;
    let now = intranet.clock.instant()?;
    let kept = database::all_of(db, id)?.into_iter().map(|(content, void)| {
        let activity = serde_json::from_str(&content).context("a stored activity is damaged")?;
        Ok(Kept { activity, void })
    });
    let sum = record::sum(db, &intranet.rules.program, id)?;
    let mut looks = Vec::new();
    for at in [Sight::Programme, Sight::Export].map(Sight::name) {
        looks.extend(database::looks_of(db, at, id)?.into_iter().map(|day| Look { day, at: at.into() }));
    }
    let reports = database::reports(db)?.into_iter().filter(|(_, thanked)| thanked == id);
    Ok(Export {
        member: id.into(),
        exported_at: now.to_string(),
        person: Listed {
            name: person.name.clone(),
            role: person.role.clone(),
            team: person.team.clone(),
            office: person.office.clone(),
            runs_program: person.runs_program,
        },
        profile: profiles::of(db, id)?,
        activities: kept.collect::<anyhow::Result<_>>()?,
        sum: sum.map(|sum| Sum { before: sum.before().to_string(), counts: sum.lines() }),
        reported_thanks: reports.map(|(thank, _)| thank).collect(),
        looks,
        view: views::member(intranet, db, id, id, locale)?,
        entries: record::history(db, &intranet.rules.program, id)?.entries(now, locale, usize::MAX),
    })
}
