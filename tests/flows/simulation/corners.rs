//! Corners: what chance alone seldom leads to, and what a guard is there for.

use chrono::TimeDelta;
use rundown_core::model::{Post, PostStatus, SyncState};
use rundown_practice::{Fault, Match, What};

use super::truth;
use super::world::World;

impl World {
    pub async fn visit_a_corner(&mut self) {
        match self.chance.u32(..4) {
            0 => self.a_wish_meets_a_pause_elsewhere().await,
            1 => self.publishing_is_cut().await,
            2 => self.publishing_is_cut_by_a_crash().await,
            _ => self.creating_is_cut_by_a_crash().await,
        }
    }

    /// A post is paused at its service while a move of it waits here, for longer than what was read
    /// of it is good for.
    async fn a_wish_meets_a_pause_elsewhere(&mut self) {
        let is_it = |post: &Post| {
            post.sync == SyncState::Synced && post.confirmed.status == PostStatus::Scheduled
        };
        let Some((place, post)) = self.a_post(is_it) else { return };
        self.note("down".to_owned());
        self.desk.take_down();
        let time = self.new_time() + TimeDelta::hours(2);
        let id = post.id.clone();
        self.ask(format!("moves post {place} to {time}"), |desk| {
            desk.app.reschedule(&id, time).map(drop)
        });
        self.change_elsewhere(place, &post, &truth::Change::Draft);
        self.desk.pass(TimeDelta::minutes(7)).await;
        self.hear();
        self.note("up".to_owned());
        self.desk.bring_up();
        self.desk.pass(TimeDelta::minutes(1)).await;
    }

    /// The request to publish is cut off before it arrives.
    async fn publishing_is_cut(&mut self) {
        let Some((place, post)) = self.a_post(|post| post.sync == SyncState::Synced) else {
            return;
        };
        for method in ["PATCH", "POST"] {
            self.desk.practice.fault(Fault::once(Match::method(method), What::CutBeforeApplying));
        }
        self.publish_now(place, &post);
        self.desk.pass(TimeDelta::minutes(2)).await;
    }

    /// Rundown is killed while it waits for the answer to a request to publish.
    async fn publishing_is_cut_by_a_crash(&mut self) {
        let Some((place, post)) = self.a_post(|post| post.sync == SyncState::Synced) else {
            return;
        };
        let slow = What::DelayAfterApplying(20_000);
        for method in ["PATCH", "POST"] {
            self.desk.practice.fault(Fault::once(Match::method(method), slow.clone()));
        }
        self.publish_now(place, &post);
        self.desk.pass(TimeDelta::seconds(2)).await;
        self.crash().await;
    }

    /// Rundown is killed while it waits for the answer to a creation, and nothing else goes wrong.
    async fn creating_is_cut_by_a_crash(&mut self) {
        self.desk.practice.clear_faults();
        self.desk.road.delays.clear();
        self.desk.bring_up();
        let slow = What::DelayAfterApplying(20_000);
        self.desk.practice.fault(Fault::once(Match::method("POST"), slow));
        let text = self.create();
        self.desk.pass(TimeDelta::seconds(2)).await;
        self.crash().await;
        self.desk.pass(TimeDelta::minutes(3)).await;
        let there = truth::everything(&self.desk.practice);
        let made = there.iter().filter(|it| it.text == text).count();
        if made > 1 {
            self.break_promise(format!("“{text}” was created {made} times"));
        }
    }

    fn a_post(&mut self, is_it: impl Fn(&Post) -> bool) -> Option<(usize, Post)> {
        let posts = self.posts().into_iter().enumerate();
        let mut fit: Vec<_> =
            posts.filter(|(_, post)| post.remote.is_some() && is_it(post)).collect();
        let place = (!fit.is_empty()).then(|| self.chance.usize(..fit.len()))?;
        Some(fit.swap_remove(place))
    }
}
