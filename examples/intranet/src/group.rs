//! Group commit: requests that wait to write share one transaction, so that one wait for the disk acknowledges them all.
//!
//! Each has an answer of its own. What is refused has changed nothing yet, and leaves the others alone.

use crate::{
    error::Error,
    intranet::{Intranet, Touched},
    record::store::Db,
};
use axum::http::StatusCode;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};
use tokio::sync::oneshot;
use tracing::Span;

/// How many activities share a transaction, unless one request has more. Beyond that, the wait for the disk is a small
/// part of the work. Senders who are answered together also send together again, and nothing is done meanwhile.
const MAX_SHARED: usize = 64;

/// The work of a request, until somebody begins with it.
pub(crate) type Place = Mutex<Option<Box<dyn Job>>>;

/// The work of requests that wait to write, in the order in which they came. A request that nobody waits for any more
/// has dropped its place.
#[derive(Default)]
pub(crate) struct Group(Mutex<VecDeque<Weak<Place>>>);

/// What one request does in a transaction.
pub(crate) trait Job: Send {
    /// How many activities it writes.
    fn activities(&self) -> usize;

    /// Does the work. It is done once more, in another transaction, if this one is dropped because of somebody else.
    fn run(&mut self, intranet: &Intranet, db: &Db<'_>) -> Result<Touched, Error>;

    /// Answers the request: it is saved, or it is not.
    fn answer(self: Box<Self>, saved: Result<(), Error>);
}

struct Work<T, F> {
    activities: usize,
    work: F,
    worked: Option<T>,
    span: Span,
    answer: oneshot::Sender<Result<T, Error>>,
}

impl<T, F> Job for Work<T, F>
where
    T: Send,
    F: Fn(&Intranet, &Db<'_>) -> Result<(T, Touched), Error> + Send,
{
    fn activities(&self) -> usize {
        self.activities
    }

    fn run(&mut self, intranet: &Intranet, db: &Db<'_>) -> Result<Touched, Error> {
        let (worked, touched) = self.span.in_scope(|| (self.work)(intranet, db))?;
        self.worked = Some(worked);
        Ok(touched)
    }

    fn answer(self: Box<Self>, saved: Result<(), Error>) {
        let Self { worked, answer, .. } = *self;
        // The request may have been cancelled.
        let _ = answer.send(saved.and_then(|()| worked.ok_or_else(Error::panicked)));
    }
}

impl Group {
    /// Adds the work of a request with some activities. It is done as long as its place is held.
    pub(crate) fn join<T, F>(&self, activities: usize, work: F) -> (Arc<Place>, oneshot::Receiver<Result<T, Error>>)
    where
        T: Send + 'static,
        F: Fn(&Intranet, &Db<'_>) -> Result<(T, Touched), Error> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Work { activities, work, worked: None, span: Span::current(), answer });
        let place = Arc::new(Mutex::new(Some(job)));
        let mut waiting = lock(&self.0);
        waiting.retain(|place| place.strong_count() > 0);
        waiting.push_back(Arc::downgrade(&place));
        (place, answered)
    }

    fn take(&self) -> Vec<Box<dyn Job>> {
        let mut waiting = lock(&self.0);
        let (mut jobs, mut activities) = (Vec::new(), 0);
        while activities < MAX_SHARED
            && let Some(place) = waiting.pop_front()
        {
            let job = place.upgrade().and_then(|place| lock(&*place).take());
            activities += job.as_ref().map_or(0, |job| job.activities());
            jobs.extend(job);
        }
        jobs
    }

    /// Does the work of those who wait, in one transaction, and answers each.
    pub(crate) fn commit(&self, intranet: &Intranet) {
        let jobs = self.take();
        for job in commit(intranet, jobs) {
            commit(intranet, vec![job]);
        }
    }
}

/// Takes back work that nobody has begun with. Returns `false` if somebody has.
pub(crate) fn take_back(place: &Place) -> bool {
    lock(place).take().is_some()
}

/// Commits work in one transaction, and answers each request. If one of several fails after it has changed something,
/// nothing is saved and all are returned, to be done one by one.
fn commit(intranet: &Intranet, mut jobs: Vec<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    if jobs.is_empty() {
        return jobs;
    }
    let (mut refused, mut is_of_one) = (Vec::new(), false);
    let written = intranet.transact(|db| {
        let mut all = Touched::new();
        for job in &mut jobs {
            let before = db.changes();
            match job.run(intranet, db) {
                Ok(touched) => {
                    all.extend(touched);
                    refused.push(None);
                }
                Err(error) if db.changes() == before => refused.push(Some(error)),
                Err(error) => {
                    is_of_one = error.status() != StatusCode::SERVICE_UNAVAILABLE;
                    return Err(error);
                }
            }
        }
        Ok(((), all))
    });
    if written.is_err() && is_of_one && jobs.len() > 1 {
        return jobs;
    }
    let mut refused = refused.into_iter();
    for job in jobs {
        let refused = refused.next().flatten();
        job.answer(written.clone().and_then(|()| refused.map_or(Ok(()), Err)));
    }
    Vec::new()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
