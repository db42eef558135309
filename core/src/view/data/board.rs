//! Board: a leaderboard as one viewer sees it.

use crate::{base::from_tree::plain_data, language::audience::Audience};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A board as one viewer sees it. [`Engine::board`](crate::Engine::board) and
/// [`Boards::board`](crate::Boards::board) make it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_on_a_board.rs"));
/// // Ada and Bob are on the board, and Bob has written a post.
/// let board = engine.board("all", &ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?), 10).unwrap();
/// assert!(board.joined);
/// assert_eq!(board.rows.iter().map(|row| row.member.as_str()).collect::<Vec<_>>(), ["bob", "ada"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BoardView {
    /// [`VIEW_VERSION`](super::VIEW_VERSION) in the views of this crate; `None` in data that does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The board's id.
    pub board: String,
    /// The board's name in the viewer's locale.
    pub name: String,
    /// The name of the currency that is compared.
    pub currency: String,
    /// Whether the viewer is on the board.
    pub joined: bool,
    /// The widest circle around the viewer that sees their row, or would if they joined. Of it, those see the row who
    /// are on the board themselves.
    pub audience: Audience,
    /// The rows around the viewer; empty for a viewer who is not on the board.
    pub rows: Vec<BoardRow>,
}

plain_data! { BoardView { version, board, name, currency, joined, audience, rows } }

/// A row of a board.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_on_a_board.rs"));
/// use serde_json::json;
///
/// let board = engine.board("all", &ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?), 10).unwrap();
/// assert_eq!(serde_json::to_value(&board.rows[0])?, json!({
///     "place": 1, "member": "bob", "name": "bob", "own": false
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BoardRow {
    /// The place, from 1 down. Equal totals share a place.
    pub place: u32,
    /// The member's id.
    pub member: String,
    /// The name to show. It is the id until a host that knows names replaces it.
    pub name: String,
    /// The total that is compared. Absent if the member does not share points with the viewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Whether the row is the viewer's.
    pub own: bool,
}

plain_data! { BoardRow { place, member, name, total, own } }
