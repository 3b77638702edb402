//! Reading ahead: while a page is merged, the next one is on its way.
//!
//! It is still the only request under way: whatever else the lane asks for waits until it has come.
//! Nothing is read ahead while a change is open, which would have to wait for it.

use chrono::TimeDelta;
use tokio::task::JoinHandle;

use super::budget::Urgency;
use super::lane::{Lane, Live};
use super::pull::Asked;
use super::pulls::Place;
use crate::app::App;
use crate::error::Error;
use crate::service::{Answer, ListQuery, Page, PageToken, ServiceError};

/// A page that has waited for longer is asked for again.
const GOOD_FOR: TimeDelta = TimeDelta::seconds(30);

type Answered = Result<Answer<Page>, ServiceError>;

/// A page that was asked for ahead of its turn.
pub(super) struct Ahead {
    query: ListQuery,
    page: Option<PageToken>,
    asked: Asked,
    task: Option<JoinHandle<Answered>>,
    answer: Option<Answered>,
}

impl Drop for Ahead {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl Ahead {
    async fn wait(&mut self) {
        if let Some(task) = self.task.as_mut() {
            let answer = match task.await {
                Ok(answer) => answer,
                Err(error) => Err(ServiceError::Interrupted { reason: error.to_string() }),
            };
            self.task = None;
            self.answer = Some(answer);
        }
    }
}

impl Lane {
    /// Asks for a page whose turn comes next, if nothing else may have to be asked for before.
    pub(super) async fn read_ahead(
        &mut self,
        app: &App,
        live: &Live,
        urgency: Urgency,
        place: &Place,
    ) -> Result<(), Error> {
        let now = app.clock.now();
        let is_busy = app.store.read(|tx| tx.open_count(Some(&self.account)))? > 0;
        if is_busy || self.is_held() || !self.pulls.may_read_on(urgency, now) {
            return Ok(());
        }
        let asked = Asked::now(app)?;
        let (query, page) = (place.query.clone(), place.page.clone());
        let service = live.service.clone();
        let task = tokio::spawn({
            let (query, page) = (query.clone(), page.clone());
            async move { service.list(&query, page.as_ref()).await }
        });
        self.pulls.quota.spend(urgency, 1, now);
        self.ahead = Some(Ahead { query, page, asked, task: Some(task), answer: None });
        // A task that was just spawned begins once this one, which is about to keep its thread busy,
        // gives way; then the connection's own has the request to write.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        Ok(())
    }

    /// The answer to this page, if it was asked for ahead, and when that was.
    pub(super) async fn take_ahead(
        &mut self,
        app: &App,
        place: &Place,
    ) -> Option<(Asked, Answered)> {
        self.wait_for_ahead().await;
        let is_it = |ahead: &mut Ahead| ahead.query == place.query && ahead.page == place.page;
        let mut ahead = self.ahead.take_if(is_it)?;
        let is_good = (app.clock.now() - ahead.asked.at).abs() < GOOD_FOR;
        ahead.answer.take().filter(|_| is_good).map(|answer| (ahead.asked, answer))
    }

    /// Until this returns, a request may be under way.
    pub(super) async fn wait_for_ahead(&mut self) {
        if let Some(ahead) = &mut self.ahead {
            ahead.wait().await;
        }
    }
}
