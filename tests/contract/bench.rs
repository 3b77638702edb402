//! A practice server, an adapter connected to it, and a way to look behind the API.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rundown_core::model::{
    Edit, IdempotencyKey, RemoteId, ServiceAddress, ServiceKind, Standing, Workspace,
};
use rundown_core::service::{
    ListQuery, RemotePost, SchedulingService, ServiceCatalogue, ServiceError,
};
use rundown_practice::{Clock, Fault, Match, Practice, Running, What};
use rundown_services::{Catalogue, HttpTransport, Limits, Transport};
use rundown_tests::RouterTransport;

/// The practice time at which every case begins.
pub const NOW: &str = "2026-03-10T09:00:00Z";

/// What a service's practice dialect can be asked behind its API.
pub trait Dialect: Sized {
    /// The name its adapter registers.
    const KIND: &str;
    /// The API key of the only account.
    const KEY: &str;
    /// Its base address below the practice server's.
    const PATH: &str;
    /// The ids of the account's two channels, in order.
    const CHANNELS: [&str; 2];
    /// The account's workspace, at a service that has them.
    const WORKSPACE: Option<&str> = None;

    /// An account with two channels and a plan that allows everything.
    fn new(practice: &Practice) -> Self;
    /// Adds a post that goes to both channels.
    fn add(&self, text: &str, standing: &Standing) -> RemoteId;
    /// Where a post stands in truth; none where there is none.
    fn standing(&self, post: &RemoteId) -> Option<Standing>;
    /// Changes a post behind the API's back.
    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing);
    /// Deletes a post behind the API's back.
    fn delete_elsewhere(&self, post: &RemoteId);
}

/// How an adapter reaches the practice server.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    Http,
    InProcess,
}

pub struct Bench<D> {
    pub practice: Practice,
    pub world: D,
    pub service: Arc<dyn SchedulingService>,
    way: Way,
    pub running: Running,
}

impl<D: Dialect> Bench<D> {
    pub async fn start(way: Way) -> Self {
        let practice = Practice::new(Clock::manual(at(NOW)));
        let world = D::new(&practice);
        let running = practice.serve(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
        let service = connect::<D>(&practice, &running, way, Limits::default(), D::KEY);
        Self { practice, world, service, way, running }
    }

    /// The same account with another key.
    pub fn with_key(&self, key: &str) -> Arc<dyn SchedulingService> {
        connect::<D>(&self.practice, &self.running, self.way, Limits::default(), key)
    }

    /// The same account over a transport that gives up soon.
    pub fn impatient(&self) -> Arc<dyn SchedulingService> {
        let limits = Limits { total: Duration::from_secs(1), ..Limits::default() };
        connect::<D>(&self.practice, &self.running, self.way, limits, D::KEY)
    }

    pub fn scheduled(&self, time: &str) -> RemoteId {
        self.world.add("Hello", &Standing::scheduled(at(time)))
    }

    pub fn draft(&self) -> RemoteId {
        self.world.add("Not yet", &Standing::draft())
    }

    /// What an edit comes to when its request meets this fault, and whether it took effect.
    pub async fn faulty_edit(&self, what: What, edit: Edit) -> (ServiceError, bool) {
        self.faulty_edit_by(self.service.as_ref(), what, edit).await
    }

    pub async fn faulty_edit_by(
        &self,
        service: &dyn SchedulingService,
        what: What,
        edit: Edit,
    ) -> (ServiceError, bool) {
        let post = self.scheduled("2026-03-12T10:00:00Z");
        self.practice.fault(Fault::once(Match::any(), what));
        let error = service.apply(&post, &edit, &key()).await.unwrap_err();
        let applied = self.world.standing(&post).unwrap().same_as(&edit.desired().standing());
        (error, applied)
    }

    /// What a list comes to when its request meets this fault.
    pub async fn faulty_list(&self, what: What) -> ServiceError {
        self.practice.fault(Fault::once(Match::any(), what));
        self.service.list(&ListQuery::Drafts, None).await.unwrap_err()
    }

    /// A whole list, page by page.
    pub async fn everything(&self, query: &ListQuery) -> Vec<RemotePost> {
        let (mut posts, mut next) = (Vec::new(), None);
        loop {
            let page = self.service.list(query, next.as_ref()).await.unwrap().value;
            assert_eq!(page.unreadable, 0);
            posts.extend(page.posts);
            next = page.next;
            if next.is_none() {
                return posts;
            }
        }
    }

    /// Asserts that nothing was sent that no client should send.
    pub fn assert_clean(&self) {
        assert_eq!(self.practice.violations(), []);
    }
}

fn connect<D: Dialect>(
    practice: &Practice,
    running: &Running,
    way: Way,
    limits: Limits,
    key: &str,
) -> Arc<dyn SchedulingService> {
    let transport: Arc<dyn Transport> = match way {
        Way::Http => Arc::new(HttpTransport::with_limits(limits)),
        Way::InProcess => Arc::new(RouterTransport::new(practice.router(), limits)),
    };
    let address = ServiceAddress {
        kind: ServiceKind(D::KIND.to_owned()),
        base_url: format!("http://{}{}", running.addr, D::PATH).parse().unwrap(),
        workspace: D::WORKSPACE
            .map(|id| Workspace { id: RemoteId(id.to_owned()), name: id.to_owned() }),
        managed_user: None,
    };
    Catalogue::new(transport).open(&address, key.into()).ok().unwrap()
}

/// A key that no other edit has.
pub fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
