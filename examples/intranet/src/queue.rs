//! Queues: how many requests work at once, and how many may wait for that. Everyone else is asked to come back.

use crate::{error::Error, metrics::Counter};
use axum::http::StatusCode;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a request waits. After that, most clients have given up.
const PATIENCE: Duration = Duration::from_secs(10);
/// When a request that found no place should come again.
pub(crate) const RETRY_AFTER_SECONDS: u32 = 2;

/// Requests that wait for one of a few places.
pub(crate) struct Queue {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    /// How many requests found no place.
    refused: Counter,
}

impl Queue {
    pub(crate) fn new(places: usize, most_waiting: usize, refused: Counter) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), waiting: AtomicUsize::new(0), most_waiting, refused }
    }

    /// Waits for a place. It is free again once the permit is dropped.
    ///
    /// # Errors
    ///
    /// 503 if too many wait already, or if none came free in time.
    pub(crate) async fn enter(&self) -> Result<OwnedSemaphorePermit, Error> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(permit);
        }
        let waiting = Waiting::among(&self.waiting);
        if waiting.others < self.most_waiting
            && let Ok(permit) = tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await
        {
            return permit.map_err(|error| anyhow::Error::from(error).into());
        }
        self.refused.inc();
        Err(busy())
    }

    /// How many wait now.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// The answer to a request for which the server has no place.
pub(crate) fn busy() -> Error {
    Error::new(StatusCode::SERVICE_UNAVAILABLE, "the server has too much to do; nothing was changed")
        .hint("try again in a few seconds")
        .retry_after(RETRY_AFTER_SECONDS)
}

/// One who waits, until dropped: also if the client goes away.
struct Waiting<'a> {
    count: &'a AtomicUsize,
    others: usize,
}

impl<'a> Waiting<'a> {
    fn among(count: &'a AtomicUsize) -> Self {
        Self { count, others: count.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test(start_paused = true)]
    async fn a_few_work_some_wait_and_the_rest_are_refused_at_once() {
        let queue = Queue::new(2, 3, Counter::default());
        let working = [queue.enter().await.ok(), queue.enter().await.ok()];
        let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(queue.enter())).collect();
        assert!(waiting.iter_mut().all(|one| one.as_mut().now_or_never().is_none()));
        let refused = queue.enter().now_or_never().and_then(Result::err);
        assert_eq!(refused.map(|error| error.status()), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!((queue.waiting(), queue.refused.get()), (3, 1));
        // A client that goes away leaves the queue, and a place that comes free goes to the next.
        waiting.pop();
        assert_eq!(queue.waiting(), 2);
        drop(working);
        assert!(waiting.remove(0).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever() {
        let queue = Queue::new(1, 3, Counter::default());
        let _working = queue.enter().await.ok();
        let begun = tokio::time::Instant::now();
        assert!(queue.enter().await.is_err());
        assert_eq!((begun.elapsed(), queue.waiting()), (PATIENCE, 0));
    }
}
