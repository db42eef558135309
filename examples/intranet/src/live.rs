//! Live events: open pages hear that something has changed and ask again. The event never says what.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use std::{collections::BTreeSet, convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::broadcast::{self, error::RecvError};

/// Commits that a slow page may fall behind. After that it hears only that it missed some.
const BACKLOG: usize = 256;
/// Least time between two events to one page. However many commits happen in it, the page asks once.
const PAUSE: Duration = Duration::from_secs(1);

/// Announces commits to open pages.
pub(crate) struct Changes(broadcast::Sender<Change>);

#[derive(Clone)]
enum Change {
    /// The standings of these members changed, and with them boards.
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
    /// sent only to a viewer on their own page (`own`). Every other event is `{"member": false}`: it must not reveal
    /// that a particular colleague did something, because that colleague may have hidden their profile in the
    /// meantime.
    pub(crate) fn follow(&self, own: Option<String>) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let listener = self.0.subscribe();
        let events = stream::unfold((listener, own, false), |(mut listener, own, is_later)| async move {
            if is_later {
                tokio::time::sleep(PAUSE).await;
            }
            let touched = next(&mut listener, own.as_deref()).await?;
            let data = if touched { r#"{"member":true}"# } else { r#"{"member":false}"# };
            Some((Ok(Event::default().event("changed").data(data)), (listener, own, true)))
        });
        Sse::new(events).keep_alive(KeepAlive::default())
    }
}

/// Waits for a commit, merges it with all that have come since, and says whether any of them touched `own`.
async fn next(listener: &mut broadcast::Receiver<Change>, own: Option<&str>) -> Option<bool> {
    let is_own = |members: &BTreeSet<String>| own.is_some_and(|own| members.contains(own));
    let mut touched = match listener.recv().await {
        Ok(Change::Members(members)) => is_own(&members),
        Err(RecvError::Lagged(_)) => own.is_some(),
        Ok(Change::Stop) | Err(RecvError::Closed) => return None,
    };
    loop {
        match listener.try_recv() {
            Ok(Change::Members(members)) => touched |= is_own(&members),
            Err(broadcast::error::TryRecvError::Lagged(_)) => touched = own.is_some(),
            Ok(Change::Stop) => return None,
            Err(_) => return Some(touched),
        }
    }
}
