//! Views for pages: what the core shows to one viewer, with the names that only the directory knows.

use crate::{
    intranet::{Intranet, ask},
    people, record,
    refusal::Refusal,
    store,
};
use anyhow::Result;
use knownfor::view::{BoardView, FieldView, MemberView};
use rusqlite::Connection;

/// A member as this viewer sees them.
///
/// # Errors
///
/// There is nobody, or they have published nothing: the answer is the same.
pub(crate) fn member(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    viewer: &str,
    locale: &str,
) -> Result<MemberView, Refusal> {
    let person = people::one(db, member)?;
    let known = person.is_some() || store::standing(db, member)?.is_some();
    let standing = record::standing(db, &intranet.rules.program, member)?;
    let view = intranet.rules.program.view(member, Some(&standing), &ask(viewer, locale)?);
    let mut view = view.filter(|_| known).ok_or_else(Refusal::nothing_here)?;
    if let Some(person) = person {
        view.name = person.name;
    }
    Ok(view)
}

/// A board as this viewer sees it.
pub(crate) fn board(
    intranet: &Intranet,
    db: &Connection,
    board: &str,
    viewer: &str,
    locale: &str,
    rows: usize,
) -> Result<BoardView, Refusal> {
    let standings = record::standings(db, &intranet.rules.program)?;
    let standings = standings.iter().map(|(member, standing)| (member.as_str(), standing));
    let view = intranet.rules.program.board(board, standings, &ask(viewer, locale)?, rows.clamp(1, 9));
    let mut view = view.ok_or_else(Refusal::nothing_here)?;
    let names = people::names(db)?;
    for row in &mut view.rows {
        if let Some(name) = names.get(&row.member) {
            row.name.clone_from(name);
        }
    }
    Ok(view)
}

/// The fields of a profile as the program asks them, whoever answers.
pub(crate) fn fields(intranet: &Intranet, locale: &str) -> Result<Vec<FieldView>> {
    let nobody = intranet.rules.program.view("", None, &ask("", locale)?);
    Ok(nobody.and_then(|view| view.profile).map(|profile| profile.fields).unwrap_or_default())
}
