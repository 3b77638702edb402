//! What a user does, and what somebody else does at a service's own page.

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::clock::Clock as _;
use rundown_core::model::{Act, Aim, Post, PostId, PostStatus};
use rundown_core::{Keep, KeepSide, NewPostForm, ResumeHow};

use super::truth;
use super::world::{Office, World};

impl World {
    /// Each paused post, later by the same span.
    fn paused_posts_at_other_times(&mut self) -> Vec<(PostId, DateTime<Utc>)> {
        let later = TimeDelta::minutes(self.chance.i64(0..300));
        let pauses = self.desk.app.pauses().unwrap().into_iter().flat_map(|pause| pause.posts);
        pauses.map(|post| (post.post, post.time + later)).collect()
    }

    /// The user does something. A refusal is an answer, too: a wish may make no sense for a post.
    pub fn act(&mut self) {
        let Some((place, post)) = self.any_post() else { return drop(self.create()) };
        let id = post.id.clone();
        match self.chance.u32(..100) {
            0..20 => {
                let time = self.new_time();
                let what = format!("moves post {place} to {time}");
                self.ask(what, |desk| desk.app.reschedule(&id, time).map(drop));
                let now = self.posts().into_iter().find(|it| it.id == id);
                let is_armed = now.is_some_and(|it| it.shown().status == PostStatus::Scheduled);
                if post.shown().status == PostStatus::Draft && is_armed {
                    self.break_promise(format!("moving post {place}, a draft, scheduled it"));
                }
            }
            20..35 => {
                self.ask(format!("pauses post {place}"), |desk| desk.app.pause(&id).map(drop))
            }
            35..50 => {
                let time = self.new_time();
                let what = format!("resumes post {place} for {time}");
                self.ask(what, |desk| desk.app.resume(&id, time).map(drop));
            }
            50..60 => {
                let text = self.new_text();
                let what = format!("edits post {place}: {text}");
                self.ask(what, |desk| desk.app.edit_text(&id, text).map(drop));
            }
            60..66 => self.ask("undoes".to_owned(), |desk| desk.app.undo().map(drop)),
            66..69 => self.ask("redoes".to_owned(), |desk| desk.app.redo().map(drop)),
            69..74 => drop(self.create()),
            74..77 => {
                self.ask(format!("deletes post {place}"), |desk| {
                    desk.app.act(&id, Act::Delete).map(drop)
                });
            }
            77..79 => self.publish_now(place, &post),
            79..82 => self.ask(format!("dismisses what post {place} says"), |desk| {
                desk.app.dismiss_problem(&id)
            }),
            82..85 => {
                let what = format!("tries post {place} again");
                self.ask_what_may_publish(what, &post, |desk| desk.app.try_again(&id).map(drop));
            }
            85..91 => {
                let sides = [KeepSide::Mine, KeepSide::Theirs];
                let [standing, text] = [(); 2].map(|()| sides[self.chance.usize(..2)]);
                let keep = Keep { standing, text };
                self.ask(format!("of post {place} {keep:?}"), |desk| {
                    desk.app.resolve_conflict(&id, keep).map(drop)
                });
            }
            91..93 => {
                let account = [post.account.clone()];
                self.ask("pauses all".to_owned(), |desk| desk.app.pause_all(&account));
            }
            93..96 => {
                let account = [post.account.clone()];
                let how = match self.chance.bool() {
                    true => ResumeHow::AsTheyWere,
                    false => ResumeHow::At(self.paused_posts_at_other_times()),
                };
                self.ask("resumes all".to_owned(), |desk| {
                    desk.app.resume_all(&account, &how).map(drop)
                });
            }
            96..98 => self.ask("looks for news".to_owned(), |desk| {
                desk.app.refresh();
                Ok(())
            }),
            _ => {
                let front = self.chance.bool();
                self.ask("looks here, or away".to_owned(), |desk| {
                    desk.app.set_in_front(front);
                    Ok(())
                });
            }
        }
    }

    pub fn ask(
        &mut self,
        what: String,
        act: impl FnOnce(&crate::desk::Desk) -> Result<(), rundown_core::Error>,
    ) {
        let mut refused = None;
        self.as_the_user(what, |desk| refused = act(desk).err());
        if let Some(error) = refused {
            self.note(format!("  is told: {:?}", error.code));
        }
    }

    /// Writes a post; answers its text.
    pub fn create(&mut self) -> String {
        let Office { account, channels, .. } =
            self.accounts[self.chance.usize(..self.accounts.len())].clone();
        let time = self.chance.bool().then(|| self.new_time());
        let text = self.new_text();
        let what = format!("writes a post for {time:?}: {text}");
        let form =
            NewPostForm { account, channels: channels[..1].to_vec(), text: text.clone(), time };
        self.ask(what, |desk| desk.app.create_post(&form).map(drop));
        text
    }

    pub fn publish_now(&mut self, place: usize, post: &Post) {
        let id = post.id.clone();
        self.ask_what_may_publish(format!("publishes post {place} now"), post, |desk| {
            desk.app.act(&id, Act::PublishNow).map(drop)
        });
    }

    /// Where it is to be published at once, the services expect that once, and no more.
    fn ask_what_may_publish(
        &mut self,
        what: String,
        post: &Post,
        act: impl FnOnce(&crate::desk::Desk) -> Result<(), rundown_core::Error>,
    ) {
        self.ask(what, act);
        let now = self.posts().into_iter().find(|it| it.id == post.id);
        let is_asked = |post: &Post| post.open.as_ref().is_some_and(|it| it.aim == Aim::Published);
        if is_asked(post) || !now.is_some_and(|now| is_asked(&now)) {
            return;
        }
        match (self.service_of(post), &post.remote) {
            ("postato", _) => self.desk.practice.postato().expect_publish(),
            ("posteverywhere", Some(remote)) => {
                self.desk.practice.posteverywhere().expect_publish_now(remote.as_str());
            }
            _ => {}
        }
        // From here on it is out of our hands.
        self.wanted.remove(&post.id);
    }

    pub fn somebody_else_changes_a_post(&mut self) {
        let Some((place, post)) = self.any_post() else { return };
        let (time, text) = (self.new_time() + TimeDelta::hours(1), self.new_text());
        let change = match self.chance.u32(..10) {
            0..4 => truth::Change::Time(time),
            4..7 => truth::Change::Draft,
            7..9 => truth::Change::Text(text),
            // Postato documents no answer that tells a deleted post from one that is not listed.
            _ if self.service_of(&post) == "postato" => truth::Change::Draft,
            _ => truth::Change::Gone,
        };
        self.change_elsewhere(place, &post, &change);
    }

    /// Somebody else does this to a post, where its service has it and it is not out.
    pub fn change_elsewhere(&mut self, place: usize, post: &Post, change: &truth::Change) {
        let Some(remote) = &post.remote else { return };
        let service = self.service_of(post);
        if truth::change_elsewhere(&self.desk.practice, service, remote.as_str(), change) {
            self.note(format!("somebody else changes post {place}: {change:?}"));
            if matches!(change, truth::Change::Draft) {
                let now = self.desk.clock.now();
                self.paused_elsewhere.entry(post.id.clone()).or_insert(now);
            } else {
                self.paused_elsewhere.remove(&post.id);
            }
            if matches!(change, truth::Change::Text(_)) {
                self.rewritten.insert(post.id.clone());
            }
            self.touched.insert(post.id.clone());
        }
    }
}
