//! Live: open pages hear that something changed, and ask anew. What changed is never in the message.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use std::{collections::BTreeSet, convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::broadcast::{self, error::RecvError};

/// Commits that a slow page may be behind before it is told only that it missed some.
const BACKLOG: usize = 256;
/// The least time between two messages to one page: a burst of activities is one change.
const PAUSE: Duration = Duration::from_millis(300);

/// Where commits are announced.
pub(crate) struct Changes(broadcast::Sender<Change>);

#[derive(Clone)]
enum Change {
    /// These members' standings, and with them boards.
    Of(Arc<BTreeSet<String>>),
    /// The server stops, and open pages should let go.
    Stop,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    /// Announces a commit that touched these members.
    pub(crate) fn tell(&self, members: BTreeSet<String>) {
        if !members.is_empty() {
            // An error only means that no page is open.
            let _ = self.0.send(Change::Of(Arc::new(members)));
        }
    }

    /// Ends all streams, which would otherwise keep the server from stopping.
    pub(crate) fn stop(&self) {
        let _ = self.0.send(Change::Stop);
    }

    /// A stream for an open page: `{"member": …}` says whether a change is about the one who looks, if it is theirs. Of anybody
    /// else it never says so: that a colleague did something is theirs to tell, and they may have hidden themselves since.
    pub(crate) fn follow(&self, own: Option<String>) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let listener = self.0.subscribe();
        let messages = stream::unfold((listener, own, false), |(mut listener, own, told)| async move {
            if told {
                tokio::time::sleep(PAUSE).await;
            }
            let touched = next(&mut listener, own.as_deref()).await?;
            let data = if touched { r#"{"member":true}"# } else { r#"{"member":false}"# };
            Some((Ok(Event::default().event("changed").data(data)), (listener, own, true)))
        });
        Sse::new(messages).keep_alive(KeepAlive::default())
    }
}

/// Waits for a commit, and takes with it all that have come since; says whether one touched the one who looks.
async fn next(listener: &mut broadcast::Receiver<Change>, own: Option<&str>) -> Option<bool> {
    let is_own = |members: &BTreeSet<String>| own.is_some_and(|own| members.contains(own));
    let mut touched = match listener.recv().await {
        Ok(Change::Of(members)) => is_own(&members),
        Err(RecvError::Lagged(_)) => own.is_some(),
        Ok(Change::Stop) | Err(RecvError::Closed) => return None,
    };
    loop {
        match listener.try_recv() {
            Ok(Change::Of(members)) => touched |= is_own(&members),
            Err(broadcast::error::TryRecvError::Lagged(_)) => touched = own.is_some(),
            Ok(Change::Stop) => return None,
            Err(_) => return Some(touched),
        }
    }
}
