//! The world of a run: a desk with an account at each service, what was asked of each post, and
//! what happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::ChannelForm;
use rundown_core::clock::Clock as _;
use rundown_core::model::{AccountId, ChannelId, Post, PostId, Standing};
use rundown_practice::Recorded;

use super::history::History;
use super::{checks, faults, readings};
use crate::desk::Desk;
use crate::offices::{connect_all, one_post_each};

pub struct World {
    pub desk: Desk,
    pub chance: fastrand::Rng,
    /// How far the services' clocks are ahead of ours.
    pub ahead: TimeDelta,
    pub accounts: Vec<Office>,
    /// The end state that each post was last asked to have, and was not taken back since.
    pub wanted: BTreeMap<PostId, Wanted>,
    /// The posts that somebody else has changed since.
    pub touched: BTreeSet<PostId>,
    /// The posts to which somebody else has given a text since the user last did.
    pub rewritten: BTreeSet<PostId>,
    /// Those of them that somebody else has paused, and when.
    pub paused_elsewhere: BTreeMap<PostId, DateTime<Utc>>,
    /// Everything the app told its shell.
    pub told: String,
    seed: u64,
    began: DateTime<Utc>,
    texts: u32,
    pub history: History,
    trace: Vec<String>,
    broken: Vec<String>,
}

/// An account at a service.
#[derive(Clone, Debug)]
pub struct Office {
    pub account: AccountId,
    pub service: String,
    pub channels: Vec<ChannelId>,
}

/// What a post was asked to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// None where only the text was to be another.
    pub standing: Option<Standing>,
    /// None where it was left alone.
    pub text: Option<String>,
    pub is_leaving: bool,
}

impl Wanted {
    /// What is open for a post, beside what was wanted `before`; none where nothing is.
    fn of(post: &Post, before: Option<&Self>) -> Option<Self> {
        let open = post.open.as_ref()?;
        let earlier = before.and_then(|wanted| wanted.text.clone());
        let earlier = earlier.filter(|text| text == post.shown_text());
        let is_text_alone = open.text.is_some() && open.aim.is_reached_by(&post.confirmed);
        Some(Self {
            standing: (!is_text_alone).then(|| post.shown()),
            text: open.text.clone().or(earlier),
            is_leaving: post.is_leaving(),
        })
    }
}

impl World {
    pub async fn begin(seed: u64) -> Self {
        let mut chance = fastrand::Rng::with_seed(seed);
        let desk = Desk::bare();
        let ahead = TimeDelta::seconds([0, 0, 0, 90, 400, -200][chance.usize(..6)]);
        *desk.road.ahead.lock().unwrap() = ahead;
        one_post_each(&desk);
        readings::choose(&desk.practice, &mut chance);
        connect_all(&desk).await;
        desk.app.start().unwrap();
        let ours = desk.app.accounts().unwrap();
        let ours = ours.iter().find(|it| it.account.is_this_computer()).unwrap();
        let form = ChannelForm { network: "Telegram".to_owned(), name: "Friends".to_owned() };
        desk.app.add_channel(&ours.account.id, &form).unwrap();
        desk.pass(TimeDelta::seconds(30)).await;
        *desk.road.latency.lock().unwrap() = Some(fastrand::Rng::with_seed(!seed));
        let accounts = desk.app.accounts().unwrap().into_iter().map(|state| Office {
            account: state.account.id,
            service: state.service.kind.0,
            channels: state.channels.into_iter().map(|channel| channel.id).collect(),
        });
        let accounts = accounts.collect();
        let began = desk.clock.now();
        Self {
            desk,
            chance,
            ahead,
            accounts,
            wanted: BTreeMap::new(),
            touched: BTreeSet::new(),
            rewritten: BTreeSet::new(),
            paused_elsewhere: BTreeMap::new(),
            told: String::new(),
            seed,
            began,
            texts: 0,
            history: History::default(),
            trace: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Something happens, and some time goes by.
    pub async fn step(&mut self) {
        match self.chance.u32(..100) {
            0..56 => self.act(),
            56..60 => self.visit_a_corner().await,
            60..75 => faults::order(self),
            75..85 => self.somebody_else_changes_a_post(),
            85..90 => {
                self.note("down".to_owned());
                self.desk.take_down();
            }
            90..96 => {
                self.note("up".to_owned());
                self.desk.bring_up();
            }
            96..98 => {
                let slept = TimeDelta::minutes(self.chance.i64(3..90));
                self.note(format!("sleeps {} min", slept.num_minutes()));
                self.desk.clock.jump(slept);
            }
            _ => {
                self.act();
                let moment = TimeDelta::milliseconds(self.chance.i64(0..900));
                self.desk.pass(moment).await;
                self.crash().await;
            }
        }
        let span = match self.chance.u32(..10) {
            0..6 => TimeDelta::milliseconds(self.chance.i64(0..3_000)),
            6..9 => TimeDelta::seconds(self.chance.i64(3..90)),
            _ => TimeDelta::minutes(self.chance.i64(2..20)),
        };
        self.desk.pass(span).await;
        self.hear();
    }

    /// Rundown is killed, and begins again with what is on disk.
    pub async fn crash(&mut self) {
        self.note("crash".to_owned());
        self.history.crashed();
        self.hear();
        self.desk.restart().await;
    }

    /// All works again, for long enough that everything is sent and read.
    pub async fn come_to_rest(&mut self) {
        self.note("at rest".to_owned());
        self.desk.practice.clear_faults();
        self.desk.road.delays.clear();
        self.desk.bring_up();
        self.desk.app.set_in_front(false);
        for _ in 0..2 {
            self.desk.app.refresh();
            self.desk.pass(TimeDelta::minutes(20)).await;
            self.hear();
        }
        // A whole sweep is due then, by which what was deleted elsewhere is found out.
        self.desk.clock.jump(TimeDelta::hours(6));
        self.desk.pass(TimeDelta::minutes(15)).await;
        self.hear();
    }

    /// Takes in what was sent and told since the last time.
    pub fn hear(&mut self) {
        for request in self.desk.practice.requests() {
            if request.method != "GET" {
                self.note(format!(
                    "{} {} {} → {:?}{}",
                    request.method,
                    request.path,
                    request.body,
                    request.status,
                    if request.applied { ", applied" } else { "" }
                ));
            }
            self.look_at(&request);
        }
        self.desk.practice.clear_requests();
        for event in self.desk.news() {
            self.told.push_str(&format!("{event:?}\n"));
        }
    }

    fn look_at(&mut self, request: &Recorded) {
        if let Some(why) = checks::of_request(request, self.ahead) {
            self.broken.push(why);
        }
        if request.method == "GET" {
            return self.history.of_read(request, request.at - self.ahead);
        }
        let mut posts = self.posts();
        posts.retain(|post| request.path.contains(self.service_of(post)));
        self.broken.extend(self.history.of_request(request, &posts, request.at - self.ahead));
        let is_of = |post: &Post| {
            let remote = post.remote.as_ref().map(|remote| remote.as_str());
            remote.is_some_and(|remote| request.path.contains(remote))
        };
        let Some(post) = posts.iter().find(|post| is_of(post)) else { return };
        if let Some(since) = self.paused_elsewhere.get(&post.id)
            && checks::is_armed_again(request, *since + self.ahead)
        {
            self.broken.push(format!(
                "a post that was paused elsewhere at {since} was armed again, unasked: {} {}",
                request.path, request.body
            ));
        }
    }

    /// Does something as the user; what that leaves wanted of each post is remembered.
    pub fn as_the_user<T>(&mut self, what: String, act: impl FnOnce(&Desk) -> T) -> T {
        let before = self.posts();
        let answer = act(&self.desk);
        self.note(what);
        for post in self.posts() {
            let was = before.iter().find(|it| it.id == post.id);
            if was == Some(&post) {
                continue;
            }
            self.history.wished(&post, self.desk.clock.now());
            match Wanted::of(&post, self.wanted.get(&post.id)) {
                Some(wanted) => {
                    self.touched.remove(&post.id);
                    if post.open.as_ref().is_some_and(|open| open.text.is_some()) {
                        self.rewritten.remove(&post.id);
                    }
                    self.paused_elsewhere.remove(&post.id);
                    self.wanted.insert(post.id.clone(), wanted);
                }
                // Taken back, or answered.
                None => drop(self.wanted.remove(&post.id)),
            }
        }
        answer
    }

    /// The posts the app knows, in the order in which they came to be.
    pub fn posts(&self) -> Vec<Post> {
        let mut posts = self.desk.posts();
        posts.sort_by(|a, b| a.id.cmp(&b.id));
        posts
    }

    /// Which service a post is at, by the name its adapter registers.
    pub fn service_of(&self, post: &Post) -> &str {
        let office = self.accounts.iter().find(|office| office.account == post.account);
        office.map_or("", |office| office.service.as_str())
    }

    pub fn any_post(&mut self) -> Option<(usize, Post)> {
        let mut posts = self.posts();
        let place = (!posts.is_empty()).then(|| self.chance.usize(..posts.len()))?;
        Some((place, posts.swap_remove(place)))
    }

    /// A text that no post has had.
    pub fn new_text(&mut self) -> String {
        self.texts += 1;
        format!("Text {} of seed {}", self.texts, self.seed)
    }

    /// A time ahead, seldom too near to be had.
    pub fn new_time(&mut self) -> DateTime<Utc> {
        let minutes = match self.chance.u32(..10) {
            0 => self.chance.i64(0..4),
            1..4 => self.chance.i64(4..30),
            _ => self.chance.i64(30..2_000),
        };
        let now = self.desk.clock.now();
        let whole = now - TimeDelta::milliseconds(now.timestamp_millis() % 60_000);
        whole + TimeDelta::minutes(minutes)
    }

    pub fn note(&mut self, what: String) {
        let since = self.desk.clock.now() - self.began;
        self.trace.push(format!(
            "{:>8}.{:03} {what}",
            since.num_seconds(),
            since.subsec_nanos() / 1_000_000
        ));
    }

    pub fn break_promise(&mut self, how: String) {
        self.broken.push(how);
    }

    pub fn trace(self) -> Vec<String> {
        self.trace
    }

    /// Panics where a promise was broken, with what had happened.
    pub fn check(&mut self) {
        let mut broken = std::mem::take(&mut self.broken);
        broken.extend(checks::at_rest(self));
        assert!(
            broken.is_empty(),
            "{}\n--- what happened ---\n{}",
            broken.join("\n"),
            self.trace.join("\n")
        );
    }
}
