//! Live events: an open page hears when to ask again, and nothing that its viewer should not know.
//!
//! A page hears soon of what happens to its own viewer. Everything else, such as a board or a colleague's page, it is
//! told to read again once a minute, whether anything happened or not. So nobody can tell from the events when a
//! colleague did something.
//!
//! A commit wakes the pages of the members that it touched and no others, so its cost does not grow with the number of
//! open pages. Pages that would read again at the same moment are spread: by chance, and over a time that depends on
//! nothing but the number of open pages.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt, stream};
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::watch::{Receiver, Sender},
    time::{Instant, Interval},
};

/// Least time between two events to one page. However many commits happen in it, the page asks once.
const PAUSE: Duration = Duration::from_secs(1);
/// Time between two events that come whether anything happened or not.
const ROUTINE: Duration = Duration::from_secs(60);
/// A commit may touch every open page. Then they read again this far apart on average: a page reads its view and its
/// board, which together take a core a few milliseconds.
const APART: Duration = Duration::from_millis(4);
/// The latest that a page hears of a commit, however many pages are open.
const LATEST: Duration = Duration::from_secs(10);
/// When a page that lost its stream asks for another, so that a server that starts again is not met by all at once.
const RECONNECT_MS: std::ops::Range<u64> = 1_000..9_000;
/// Limit for the pages open at once. Each takes a connection and some 20 KB.
pub(crate) const MAX_PAGES: u32 = 10_000;

/// Announces commits to open pages.
pub(crate) struct Changes(Arc<Pages>);

struct Pages {
    open: Mutex<Open>,
    stopping: Sender<bool>,
}

#[derive(Default)]
struct Open {
    /// For each member who has their own page open: the commits that touched them.
    own: BTreeMap<String, Sender<()>>,
    count: u32,
}

impl Pages {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time over which the open pages are spread.
    fn spread(&self) -> Duration {
        APART.saturating_mul(self.lock().count.saturating_sub(1)).min(LATEST)
    }
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Pages { open: Mutex::default(), stopping: Sender::new(false) }))
    }

    /// Announces a commit that touched these members.
    pub(crate) fn announce(&self, members: &BTreeSet<String>) {
        let open = self.0.lock();
        for commits in members.iter().filter_map(|member| open.own.get(member)) {
            // A page that waits for its moment hears of both commits at once.
            commits.send_replace(());
        }
    }

    /// Ends all streams. Otherwise they would keep the server from stopping.
    pub(crate) fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// The number of open pages.
    pub(crate) fn open(&self) -> u32 {
        self.0.lock().count
    }

    /// A stream of events for one open page; `None` if too many are open. `{"member": true}` means that the viewer's own
    /// standing changed, and is sent only to a viewer on their own page (`own`). `{"member": false}` comes once a minute
    /// and means nothing.
    pub(crate) fn follow(
        &self,
        own: Option<String>,
    ) -> Option<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>> {
        let follower = Follower::new(&self.0, own, ROUTINE.mul_f64(fastrand::f64()))?;
        let first = Event::default().retry(Duration::from_millis(fastrand::u64(RECONNECT_MS)));
        let events = stream::unfold(follower, |mut follower| async move {
            let data = if follower.next().await? { r#"{"member":true}"# } else { r#"{"member":false}"# };
            Some((Ok(Event::default().event("changed").data(data)), follower))
        });
        Some(Sse::new(stream::iter([Ok(first)]).chain(events)).keep_alive(KeepAlive::default()))
    }
}

/// One open page.
struct Follower {
    pages: Arc<Pages>,
    /// The member whose own page it is, and the commits that touch them.
    own: Option<(String, Receiver<()>)>,
    /// When the page hears of a commit that has touched its viewer.
    due: Option<Instant>,
    stopping: Receiver<bool>,
    routine: Interval,
    /// Whether it has heard an event before.
    is_later: bool,
}

impl Follower {
    /// A page whose first routine event comes after `first`.
    fn new(pages: &Arc<Pages>, own: Option<String>, first: Duration) -> Option<Self> {
        let mut open = pages.lock();
        if open.count >= MAX_PAGES {
            return None;
        }
        open.count += 1;
        let own = own.map(|member| {
            let commits = open.own.entry(member.clone()).or_insert_with(|| Sender::new(()));
            let commits = commits.subscribe();
            (member, commits)
        });
        drop(open);
        let stopping = pages.stopping.subscribe();
        let routine = tokio::time::interval_at(Instant::now() + first, ROUTINE);
        Some(Self { pages: Arc::clone(pages), own, due: None, stopping, routine, is_later: false })
    }

    /// Waits for the next event, and says whether it is about the viewer's own standing. `None` if the server stops.
    async fn next(&mut self) -> Option<bool> {
        let mut stopping = self.stopping.clone();
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => None,
            is_own = self.event() => Some(is_own),
        }
    }

    async fn event(&mut self) -> bool {
        if self.is_later {
            tokio::time::sleep(PAUSE).await;
        }
        self.is_later = true;
        loop {
            // Neither branch is lost if the other one comes first.
            tokio::select! {
                _ = self.routine.tick() => return false,
                () = touched(&mut self.own), if self.due.is_none() => {
                    self.due = Some(Instant::now() + self.pages.spread().mul_f64(fastrand::f64()));
                }
                () = tokio::time::sleep_until(self.due.unwrap_or_else(Instant::now)), if self.due.is_some() => {
                    self.due = None;
                    if let Some((_, commits)) = &mut self.own {
                        // All commits until now make one event.
                        commits.mark_unchanged();
                    }
                    return true;
                }
            }
        }
    }
}

/// Waits for a commit that touches the viewer of their own page.
async fn touched(own: &mut Option<(String, Receiver<()>)>) {
    // The sender is there as long as a page is.
    let is_touched = match own {
        Some((_, commits)) => commits.changed().await.is_ok(),
        None => false,
    };
    if !is_touched {
        std::future::pending().await
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut open = self.pages.lock();
        open.count -= 1;
        let Some((member, commits)) = self.own.take() else { return };
        drop(commits);
        if open.own.get(&member).is_some_and(|commits| commits.receiver_count() == 0) {
            open.own.remove(&member);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    fn follower(changes: &Changes, own: Option<&str>) -> Follower {
        Follower::new(&changes.0, own.map(String::from), ROUTINE).unwrap()
    }

    fn touch(changes: &Changes, members: &[&str]) {
        changes.announce(&members.iter().map(|member| String::from(*member)).collect());
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_hears_of_colleagues_once_a_minute_whether_they_do_something_or_not() {
        for colleagues in [vec![], vec!["bo"], vec!["bo", "cy", "di"]] {
            let changes = Changes::new();
            let _open = follower(&changes, Some("bo"));
            for own in [Some("ada"), None] {
                let mut page = follower(&changes, own);
                colleagues.iter().for_each(|member| touch(&changes, &[member]));
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
        let begun = Instant::now();
        (0..5).for_each(|_| touch(&changes, &["ada"]));
        assert_eq!(page.next().await, Some(true));
        assert_eq!(begun.elapsed(), Duration::ZERO, "the only page waits for nobody");
        touch(&changes, &["ada"]);
        assert_eq!(page.next().await, Some(true));
        assert_eq!(begun.elapsed().as_secs(), 1);
        assert_eq!(page.next().await, Some(false), "one burst made a second event");
    }

    #[tokio::test(start_paused = true)]
    async fn many_open_pages_hear_of_a_commit_apart_and_each_hears_once() {
        let changes = Changes::new();
        let members: BTreeSet<String> = (0..500).map(|number| format!("p{number}")).collect();
        let begun = Instant::now();
        let mut pages: Vec<Follower> = members.iter().map(|member| follower(&changes, Some(member))).collect();
        changes.announce(&members);
        changes.announce(&members);
        let heard = pages.iter_mut().map(|page| async { (page.next().await, begun.elapsed()) });
        let heard = futures_util::future::join_all(heard).await;
        assert!(heard.iter().all(|(event, _)| *event == Some(true)));
        let busiest = (0..2_000)
            .step_by(100)
            .map(|from| heard.iter().filter(|(_, at)| (from..from + 100).contains(&at.as_millis())).count());
        // 25 in each tenth of a second on average.
        assert!(busiest.max() < Some(60), "the pages came at once");
        assert!(heard.iter().all(|(_, at)| *at <= 500 * APART), "a page waited too long");
        assert_eq!(pages[0].next().await, Some(false), "one burst made a second event");
    }

    #[tokio::test(start_paused = true)]
    async fn routine_events_of_pages_opened_together_come_apart() {
        let changes = Changes::new();
        let opened = Instant::now();
        let streams = (0..120).map(|_| async {
            let mut stream = changes.follow(None).unwrap().into_response().into_body().into_data_stream();
            while let Some(Ok(text)) = stream.next().await {
                if text.starts_with(b"event: changed") {
                    break;
                }
            }
            opened.elapsed().as_secs()
        });
        let seconds: BTreeSet<u64> = futures_util::future::join_all(streams).await.into_iter().collect();
        assert!(seconds.len() > 30, "{seconds:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn more_pages_than_the_limit_find_no_place_until_one_is_closed() {
        let changes = Changes::new();
        let mut open: Vec<_> = (0..MAX_PAGES).map(|_| changes.follow(Some("ada".into()))).collect();
        assert!(open.iter().all(Option::is_some) && changes.follow(None).is_none());
        open.pop();
        assert!(changes.follow(None).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_stopping_server_ends_every_page_and_closed_pages_leave_nothing_behind() {
        let changes = Changes::new();
        let [mut ada, mut again, mut other] = [Some("ada"), Some("ada"), None].map(|own| follower(&changes, own));
        assert_eq!(changes.open(), 3);
        touch(&changes, &["ada"]);
        changes.stop();
        for page in [&mut ada, &mut again, &mut other] {
            assert_eq!(page.next().await, None);
        }
        drop(ada);
        assert_eq!(changes.0.lock().own.len(), 1);
        drop((again, other));
        assert_eq!((changes.open(), changes.0.lock().own.len()), (0, 0));
    }
}
