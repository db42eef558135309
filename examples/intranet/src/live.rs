//! Live events: an open page hears when to ask again, and nothing that its viewer should not know.
//!
//! A page hears at once of what happens to its own viewer. Everything else, such as a board or a colleague's page, it
//! is told to read again once a minute, whether anything happened or not. So nobody can tell from the events when a
//! colleague did something.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use std::{collections::BTreeSet, convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::broadcast::{self, Receiver, error::RecvError},
    time::{Instant, Interval},
};

/// Commits that a slow page may fall behind. After that it hears only that it missed some.
const BACKLOG: usize = 256;
/// Least time between two events to one page. However many commits happen in it, the page asks once.
const PAUSE: Duration = Duration::from_secs(1);
/// Time between two events that come whether anything happened or not.
const ROUTINE: Duration = Duration::from_secs(60);

/// Announces commits to open pages.
pub(crate) struct Changes(broadcast::Sender<Change>);

#[derive(Clone)]
enum Change {
    /// The standings of these members changed.
    Members(Arc<BTreeSet<String>>),
    /// The server is stopping, so open streams should end.
    Stop,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    /// Announces a commit that touched these members.
    pub(crate) fn announce(&self, members: BTreeSet<String>) {
        if !members.is_empty() {
            // An error means that no page is open.
            let _ = self.0.send(Change::Members(Arc::new(members)));
        }
    }

    /// Ends all streams. Otherwise they would keep the server from stopping.
    pub(crate) fn stop(&self) {
        let _ = self.0.send(Change::Stop);
    }

    /// A stream of events for one open page. `{"member": true}` means that the viewer's own standing changed, and is
    /// sent only to a viewer on their own page (`own`). `{"member": false}` comes once a minute and means nothing.
    pub(crate) fn follow(&self, own: Option<String>) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let follower = Follower {
            listener: self.0.subscribe(),
            own,
            routine: tokio::time::interval_at(Instant::now() + ROUTINE, ROUTINE),
            is_later: false,
        };
        let events = stream::unfold(follower, |mut follower| async move {
            let data = if follower.next().await? { r#"{"member":true}"# } else { r#"{"member":false}"# };
            Some((Ok(Event::default().event("changed").data(data)), follower))
        });
        Sse::new(events).keep_alive(KeepAlive::default())
    }
}

/// One open page.
struct Follower {
    listener: Receiver<Change>,
    own: Option<String>,
    routine: Interval,
    /// Whether it has heard an event before.
    is_later: bool,
}

impl Follower {
    /// Waits for the next event, and says whether it is about the viewer's own standing. `None` if the server stops.
    async fn next(&mut self) -> Option<bool> {
        if self.is_later {
            tokio::time::sleep(PAUSE).await;
        }
        self.is_later = true;
        loop {
            let is_own = tokio::select! {
                change = self.listener.recv() => self.is_own(change)?,
                _ = self.routine.tick() => return Some(false),
            };
            if is_own {
                // All commits until now make one event.
                self.listener = self.listener.resubscribe();
                return Some(true);
            }
        }
    }

    /// Whether a commit touched the viewer's own standing. A page that missed some commits takes it that one did.
    fn is_own(&self, change: Result<Change, RecvError>) -> Option<bool> {
        match (change, &self.own) {
            (Ok(Change::Members(members)), Some(own)) => Some(members.contains(own)),
            (Err(RecvError::Lagged(_)), Some(_)) => Some(true),
            (Ok(Change::Members(_)) | Err(RecvError::Lagged(_)), None) => Some(false),
            (Ok(Change::Stop) | Err(RecvError::Closed), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follower(changes: &Changes, own: Option<&str>) -> Follower {
        Follower {
            listener: changes.0.subscribe(),
            own: own.map(String::from),
            routine: tokio::time::interval_at(Instant::now() + ROUTINE, ROUTINE),
            is_later: false,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_hears_of_colleagues_once_a_minute_whether_they_do_something_or_not() {
        for colleagues in [vec![], vec!["bo"], vec!["bo", "cy", "di"]] {
            let changes = Changes::new();
            for own in [Some("ada"), None] {
                let mut page = follower(&changes, own);
                for member in &colleagues {
                    changes.announce(BTreeSet::from([String::from(*member)]));
                }
                let begun = Instant::now();
                let heard = [page.next().await, page.next().await];
                assert_eq!(heard, [Some(false); 2], "{colleagues:?}, {own:?}");
                assert_eq!(begun.elapsed().as_secs(), 120, "{colleagues:?}, {own:?}");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_of_own_changes_is_one_event_and_the_next_comes_a_second_later() {
        let changes = Changes::new();
        let mut page = follower(&changes, Some("ada"));
        let own = || changes.announce(BTreeSet::from(["ada".into()]));
        let begun = Instant::now();
        (0..5).for_each(|_| own());
        assert_eq!(page.next().await, Some(true));
        assert_eq!(begun.elapsed(), Duration::ZERO);
        own();
        assert_eq!(page.next().await, Some(true));
        assert_eq!(begun.elapsed().as_secs(), 1);
        assert_eq!(page.next().await, Some(false), "one burst made a second event");
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_fell_behind_reads_again_and_a_stopping_server_ends_it() {
        let changes = Changes::new();
        let mut page = follower(&changes, Some("ada"));
        (0..=BACKLOG).for_each(|_| changes.announce(BTreeSet::from(["bo".into()])));
        assert_eq!(page.next().await, Some(true));
        changes.stop();
        assert_eq!(page.next().await, None);
    }
}
